import Configuration
import Glibc
import Metrics
import ServiceRuntime
import ShardSettings
import Slurm
import Upstreams

/// What a slurmrestd, or Slurm's commands, offer, as a table for people.
struct ProbeTable {
    private let settings: ClusterSettings
    private let log: LogSettings

    /// - Parameter address: in place of those that the settings name.
    init(_ settings: ShardSettings, address: String?) {
        var cluster = settings.clusters[0]
        if let address {
            cluster.source = .rest
            cluster.rest.addresses = [address]
        }
        self.settings = cluster
        log = settings.log
    }

    /// - Returns: failure where nothing could be asked, or where a feed had no answer.
    func print() async -> ExitCode {
        do throws(UpstreamError) {
            let report = try await report()
            guard StandardDescriptors.print(text(report)) else { return .failure }
            return !report.answers.isEmpty && report.answers.allSatisfy(\.isGood) ? .success : .failure
        } catch {
            _ = DescriptorOutput.standardError.write(Array("slurm-shard: \(error)\n".utf8))
            return .usage
        }
    }

    private func report() async throws(UpstreamError) -> Probe.Report {
        switch settings.source {
        case .rest: try await Probe(settings.rest).run()
        case .cli: await CommandProbe(settings.commands, logger: Log(log).logger("probe")).run()
        }
    }

    private func text(_ report: Probe.Report) -> String {
        var lines = ["\(report.address)\(report.release.map { ", Slurm \($0)" } ?? "")", ""]
        for plugin in Plugin.allCases where settings.source == .rest {
            lines.append("\(plugin.rawValue): \(versions(of: plugin, report))")
        }
        if let expiry = report.tokenExpiry {
            let isPast = Double(expiry.seconds) <= WallClock.system.now.seconds
            lines.append("token: \(isPast ? "expired" : "expires") \(expiry.text)")
        }
        if !report.answers.isEmpty { lines += [""] + table(report.answers) }
        if let caveat = report.caveat { lines += ["", caveat] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func versions(of plugin: Plugin, _ report: Probe.Report) -> String {
        let offers = report.offers.filter { $0.plugin == plugin }
        let good = offers.filter { $0.error == nil }.map(\.version.description)
        if !good.isEmpty { return good.joined(separator: " ") }
        return offers.first?.error.map { "\($0)" } ?? "none of the versions that we know"
    }

    private func table(_ answers: [Probe.FeedAnswer]) -> [String] {
        let header = ["feed", "status", "records", "bytes", "seconds", ""]
        let rows = [header] + answers.map(Self.row)
        let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = ""
            for (cell, width) in zip(row, widths) {
                line += cell + String(repeating: " ", count: width - cell.count + 2)
            }
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    private static func row(_ answer: Probe.FeedAnswer) -> [String] {
        let milliseconds = Int(answer.duration / .milliseconds(1))
        let fraction = String(milliseconds % 1000 + 1000).dropFirst()
        return [
            answer.feed.rawValue, answer.status.map(String.init) ?? "-", answer.records.map(String.init) ?? "-",
            String(answer.bytes), "\(milliseconds / 1000).\(fraction)", answer.error.map { "\($0)" } ?? "",
        ]
    }
}
