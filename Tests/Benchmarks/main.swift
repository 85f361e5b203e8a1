let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "serve" {
    try await Serve(arguments.dropFirst()).run()
} else {
    try await Benchmark.run(named: Array(arguments))
}
