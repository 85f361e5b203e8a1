public import Foundation
import FoundationNetworking

extension RealSlurm {
    public struct Answer: Sendable {
        public let status: Int
        public let body: Data
        public let contentType: String?

        /// Slurm's text isn't always UTF-8.
        public var text: String { String(decoding: body, as: UTF8.self) }

        public var json: [String: Any]? { try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] }

        public var errors: [[String: Any]] { json?["errors"] as? [[String: Any]] ?? [] }
    }

    /// Signed by slurmctld, which has to run.
    public func token(of user: String = "root", lifespan: Duration = .seconds(86_400)) async throws -> String {
        let seconds = lifespan.components.seconds
        let line = try await run("scontrol", "token", "username=\(user)", "lifespan=\(seconds)")
        return String(line.split(separator: "=", maxSplits: 1).last ?? "").trimmingCharacters(in: .newlines)
    }

    /// - Parameters:
    ///   - token: nil for a question without any.
    ///   - limit: after how many seconds without a byte nobody waits any longer.
    public func get(
        _ path: String, token: String?, user: String = "root", limit: TimeInterval = 300
    ) async throws -> Answer {
        var request = URLRequest(url: URL(string: address + path)!)
        request.timeoutInterval = limit
        if let token {
            request.setValue(user, forHTTPHeaderField: "X-SLURM-USER-NAME")
            request.setValue(token, forHTTPHeaderField: "X-SLURM-USER-TOKEN")
        }
        let (body, response) = try await URLSession.shared.data(for: request)
        let fields = response as? HTTPURLResponse
        return Answer(
            status: fields?.statusCode ?? 0, body: body,
            contentType: fields?.value(forHTTPHeaderField: "Content-Type"))
    }

    public func get(_ path: String) async throws -> Answer {
        try await get(path, token: try await token())
    }
}
