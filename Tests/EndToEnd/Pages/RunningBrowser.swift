import Foundation
import Locks
import TestSupport

/// Chromium without a window, for as long as a test wants it.
///
/// It is told what to do by the DevTools protocol over a pipe: messages of JSON, each with a zero behind it.
final class RunningBrowser: Sendable {
    private let process: ChildProcess
    private let profile: TemporaryDirectory
    private let lastNumber = Locked(0)

    /// Its profile is gone afterwards, which it would write to until its end.
    static func use<Result>(_ body: (RunningBrowser) async throws -> Result) async throws -> Result {
        let browser = try RunningBrowser()
        let result: Result
        do { result = try await body(browser) } catch {
            try? await browser.close()
            throw error
        }
        try await browser.close()
        return result
    }

    private init() throws {
        profile = try TemporaryDirectory()
        let options = [
            "--headless", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
            "--no-first-run", "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
            "--user-data-dir=\(profile.url.path)",
        ]
        process = try ChildProcess(
            "sh", ["-c", "exec \"$@\" 3<&0 4>&1 1>&2", "sh", "chromium"] + options, endsWithInput: true)
    }

    struct Failed: Error {
        let reason: String
    }

    struct Message: Decodable {
        var id: Int?
        var sessionId: String?
        var method: String?
        var params: Event?
        var result: Outcome?
        var error: Problem?

        struct Outcome: Decodable {
            var targetId: String?
            var sessionId: String?
            var result: Value?
            var exceptionDetails: Problem?
            var data: String?
            var nodes: [Node]?
        }

        struct Value: Decodable {
            var value: String?
        }

        struct Node: Decodable {
            var role: Value?
            var name: Value?
        }

        struct Event: Decodable {
            var type: String?
            var entry: Entry?
            var exceptionDetails: Problem?
        }

        struct Entry: Decodable {
            var level: String
            var text: String
        }

        struct Problem: Decodable {
            var text: String?
            var message: String?
        }
    }

    private func close() async throws {
        process.endInput()
        _ = try await process.exit()
    }

    /// Sends a command, and waits for what comes of it.
    func send(_ method: String, _ parameters: [String: any Sendable] = [:], to session: String? = nil) async throws
        -> Message.Outcome
    {
        let number = lastNumber.withLock { number in
            number += 1
            return number
        }
        var command: [String: any Sendable] = ["id": number, "method": method, "params": parameters]
        if let session { command["sessionId"] = session }
        let text = String(decoding: try JSONSerialization.data(withJSONObject: command), as: UTF8.self)
        try process.write(text + "\0")
        var answer: Message?
        _ = await eventually {
            answer = messages.first { $0.id == number }
            return answer != nil || !process.isRunning
        }
        guard let answer else { throw Failed(reason: "\(method): \(process.standardError.suffix(2000))") }
        if let error = answer.error { throw Failed(reason: "\(method): \(error)") }
        return answer.result ?? Message.Outcome()
    }

    /// All that was heard so far; what isn't understood is left out.
    var messages: [Message] {
        let decoder = JSONDecoder()
        return process.standardOutput.split(separator: "\0").compactMap {
            try? decoder.decode(Message.self, from: Data($0.utf8))
        }
    }
}
