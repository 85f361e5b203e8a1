import Dispatch
import HTTP
import HTTPServer
import SimulatedCluster

/// Runs Slurm's commands inside the simulator, so that they show the very moment that the documents show.
struct CommandRunner: Sendable {
    let slurm: SimulatedSlurm
    let release: String?

    func answer(to body: [UInt8]) -> Answer {
        guard let request = CommandRequest(body) else {
            return .response(Response(.badRequest, text: "400 Bad Request: no command"))
        }
        return .work { writer in
            writer.start(.ok, ["Content-Type": "application/octet-stream"])
            let pipe = start(request)
            defer { pipe.close() }
            for await frame in pipe.frames {
                pipe.taken()
                try await writer.write(frame.bytes)
            }
        }
    }

    private func start(_ request: CommandRequest) -> FramePipe {
        let pipe = FramePipe()
        let snapshot = slurm.snapshot
        DispatchQueue.global().async { [release] in
            let code = SlurmCommand.run(
                request, snapshot, release: release, output: { pipe.put(.output($0)) },
                error: { pipe.put(.error($0)) })
            pipe.put(.exit(code))
            pipe.finish()
        }
        return pipe
    }
}
