let wanted = CommandLine.arguments.dropFirst()
if wanted.isEmpty || wanted.contains("parse") { try ParseBenchmark.run() }
if wanted.isEmpty || wanted.contains("render") { RenderBenchmark.run() }
