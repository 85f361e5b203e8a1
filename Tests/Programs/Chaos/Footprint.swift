import Foundation
import Locks
import TestSupport

/// What a process has.
struct Footprint {
    /// In MiB.
    let memory: Double
    let descriptors: Double
    let threads: Double

    /// - Returns: nil of a process that is gone.
    init?(of process: ChildProcess) {
        let place = "/proc/\(process.identifier)"
        guard let status = try? String(contentsOfFile: place + "/status", encoding: .utf8),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: place + "/fd").count
        else { return nil }
        func number(_ key: String) -> Double? {
            status.split(separator: "\n").first { $0.hasPrefix(key + ":") }
                .flatMap { $0.split(whereSeparator: \.isWhitespace).dropFirst().first }.flatMap { Double($0) }
        }
        guard let memory = number("VmRSS"), let threads = number("Threads") else { return nil }
        (self.memory, self.descriptors, self.threads) = (memory / 1024, Double(descriptors), threads)
    }
}

/// Weighs all processes of a fleet again and again, and says which of them grow.
///
/// A process is judged that lived for ten minutes: by what it had in the second quarter of its life, when it was warm, and
/// in the last one. In less time a coordinator may come to lead for the first time, and need some MiB more for it.
final class Scales: Sendable {
    private struct Life {
        let name: String
        let start: ContinuousClock.Instant
        var footprints: [Footprint] = []
        var end: ContinuousClock.Instant
    }

    private static let adulthood = Duration.seconds(600)
    private let lives = Locked<[Int32: Life]>([:])

    func watch(_ fleet: ChaosFleet) async {
        while !Task.isCancelled {
            for (name, process) in fleet.processes {
                guard let footprint = Footprint(of: process) else { continue }
                lives.withLock { lives in
                    var life = lives[process.identifier] ?? Life(name: name, start: .now, end: .now)
                    life.footprints.append(footprint)
                    life.end = .now
                    lives[process.identifier] = life
                }
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    private struct Kind {
        let name: String
        let part: any KeyPath<Footprint, Double> & Sendable
        /// How much more is no growth, for its own sake and as a share.
        let slack: Double
        let share: Double
    }

    private static let kinds = [
        Kind(name: "memory", part: \.memory, slack: 6, share: 0.15),
        Kind(name: "descriptors", part: \.descriptors, slack: 24, share: 0),
        Kind(name: "threads", part: \.threads, slack: 6, share: 0),
    ]

    private struct Change {
        let life: Life
        let kind: Kind
        let before: Double
        let after: Double

        var isGrowth: Bool { after - before > max(kind.slack, before * kind.share) }
    }

    private func changes(after age: Duration) -> [Change] {
        let grown = lives.withLock { $0.values.filter { $0.start.duration(to: $0.end) >= age } }
        return grown.sorted { $0.name < $1.name }.flatMap { life in
            Self.kinds.map { kind in
                let values = life.footprints.map { $0[keyPath: kind.part] }
                let quarter = values.count / 4
                return Change(
                    life: life, kind: kind, before: Self.median(values[quarter..<quarter * 2]),
                    after: Self.median(values[(quarter * 3)...]))
            }
        }
    }

    private static func median(_ values: ArraySlice<Double>) -> Double { values.sorted()[values.count / 2] }

    var complaints: [String] {
        changes(after: Self.adulthood).filter(\.isGrowth).map {
            "\($0.life.name) grew: \($0.kind.name) from \(Int($0.before)) to \(Int($0.after))"
        }
    }

    /// A line for each process that lived for a minute.
    var table: [String] {
        Dictionary(grouping: changes(after: .seconds(60))) {
            "\($0.life.name), \($0.life.start.duration(to: $0.life.end).components.seconds) s"
        }
        .sorted { $0.key < $1.key }.map { name, changes in
            name + ": "
                + changes.map { "\($0.kind.name) \(Int($0.before)) → \(Int($0.after))" }.joined(separator: ", ")
        }
    }
}
