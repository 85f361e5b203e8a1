try await Benchmark.run(named: Array(CommandLine.arguments.dropFirst()))
