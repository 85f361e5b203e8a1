<<<<<<< HEAD
let wanted = CommandLine.arguments.dropFirst()
if wanted.isEmpty || wanted.contains("parse") { try ParseBenchmark.run() }
<<<<<<< HEAD
=======
let arguments = CommandLine.arguments.dropFirst()
if arguments.first == "serve" {
    try await Serve(arguments.dropFirst()).run()
} else {
    try await Benchmark.run(named: Array(arguments))
}
>>>>>>> in-httpserver
=======
if wanted.isEmpty || wanted.contains("render") { RenderBenchmark.run() }
>>>>>>> in-metrics
