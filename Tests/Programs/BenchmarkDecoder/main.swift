/// Decodes an answer as an upstream does, and prints records, the best seconds of several passes, and the memory at most
/// in KiB: `benchmark-decoder jobs|nodes FILE CHUNK PASSES`. With `memory:` before the file it is read beforehand.

import Glibc
import Slurm

let arguments = CommandLine.arguments
guard arguments.count == 5, let chunk = Int(arguments[3]), let passes = Int(arguments[4]) else {
    fatalError("benchmark-decoder KIND FILE CHUNK PASSES")
}
let memory = "memory:"
let source: any AnswerSource =
    arguments[2].hasPrefix(memory)
    ? MemorySource(path: String(arguments[2].dropFirst(memory.count))) : FileSource(path: arguments[2])
var best = Double.infinity
var records = 0
for _ in 0..<passes {
    let start = now()
    records =
        arguments[1] == "nodes"
        ? decode(NodesReader.self, source, chunk: chunk) : decode(JobsReader.self, source, chunk: chunk)
    best = min(best, now() - start)
}
print(records, best, peakMemory())
