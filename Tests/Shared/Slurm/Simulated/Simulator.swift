import Foundation
import FoundationNetworking
import TestSupport

/// The real `slurm-simulator`, frozen, on a free port.
final class Simulator: Sendable {
    private let process: ChildProcess
    let address: String

    init(nodes: Int = 20, jobs: Int = 60, _ arguments: String...) async throws {
        let process = try ChildProcess(
            try builtProgram("slurm-simulator"),
            ["--listen", "127.0.0.1:0", "--freeze", "--nodes", "\(nodes)", "--jobs", "\(jobs)"] + arguments)
        self.process = process
        _ = await eventually { process.standardError.contains("service=welcome") }
        guard let found = process.standardError.firstMatch(of: /address=([0-9.:]+)/) else {
            throw Silent(output: process.standardError)
        }
        address = String(found.1)
    }

    struct Silent: Error {
        let output: String
    }

    func get(_ path: String) async throws -> [UInt8] {
        try await send("GET", path)
    }

    func step(_ count: Int) async throws {
        _ = try await send("POST", "/simulator/step?count=\(count)")
    }

    /// All whole numbers of the truth, by the keys that lead to them.
    func truth() async throws -> [String: Int] {
        let data = Data(try await get("/simulator/truth"))
        return figures(of: try JSONSerialization.jsonObject(with: data), "")
    }

    private func figures(of value: Any, _ path: String) -> [String: Int] {
        if let members = value as? [String: Any] {
            return members.reduce(into: [:]) { found, member in
                found.merge(figures(of: member.value, "\(path)\(member.key)/")) { $1 }
            }
        }
        if let named = value as? [[String: Any]] {
            return named.reduce(into: [:]) { found, member in
                guard let name = member["name"] as? String else { return }
                found.merge(figures(of: member, "\(path)\(name)/")) { $1 }
            }
        }
        if let flag = value as? Bool { return [String(path.dropLast()): flag ? 1 : 0] }
        return (value as? Int).map { [String(path.dropLast()): $0] } ?? [:]
    }

    private func send(_ method: String, _ path: String) async throws -> [UInt8] {
        var request = URLRequest(url: URL(string: "http://\(address)\(path)")!)
        request.httpMethod = method
        return Array(try await URLSession.shared.data(for: request).0)
    }
}
