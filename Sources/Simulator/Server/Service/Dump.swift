import Glibc
import SimulatedREST

/// Writes one answer's body to a file.
enum Dump {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static func write(_ target: String, to path: String, _ settings: SimulatorSettings) throws(Failure) {
        guard let question = Question(target: target)?.request else {
            throw Failure(description: "\(target) is no endpoint")
        }
        let cluster = SimulatedSlurm(settings.cluster).snapshot
        let answer = settings.slurmrestd.answer(to: question, from: cluster)
        guard answer.status == 200 else { throw Failure(description: "\(target): \(answer.status) \(answer.reason)") }
        guard let file = fopen(path, "w") else { throw failure(path) }
        defer { fclose(file) }
        var stream = AnswerStream(answer)
        while let piece = stream.next() {
            guard fwrite(piece, 1, piece.count, file) == piece.count else { throw failure(path) }
        }
        guard fflush(file) == 0 else { throw failure(path) }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(description: "\(path): \(String(cString: strerror(errno)))")
    }
}
