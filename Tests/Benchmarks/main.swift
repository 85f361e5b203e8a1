<<<<<<< HEAD
let wanted = CommandLine.arguments.dropFirst()
if wanted.isEmpty || wanted.contains("parse") { try ParseBenchmark.run() }
=======
let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "serve" {
    try await Serve(arguments.dropFirst()).run()
} else {
    try await Benchmark.run(named: Array(arguments))
}
>>>>>>> in-httpserver
