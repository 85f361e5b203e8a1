import Glibc

do {
    try await Benchmark.run(named: Array(CommandLine.arguments.dropFirst()))
} catch {
    print(error)
    exit(1)
}
