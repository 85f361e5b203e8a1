import Foundation
import TestSupport
import Testing

/// Shares and limits of associations, of which several have the same name.
struct ShareTruthTests {
    @Test(arguments: 38...46)
    func sharesAndLimitsOfAnOddClusterAreTrue(version: Int) async throws {
        let simulator = try await RunningSimulator("--versions", "v0.0.\(version)")
        let truth = try JSONDecoder().decode(Truth.self, from: try await simulator.get("/simulator/truth").body)
        let scrape = try await simulator.collectOnce(
            "collectors: {fairshare: {include_limits: true}, accounting: {include_wckeys: true}}\n")
        #expect(scrape.duplicates == [])
        let carried = truth.limits + truth.trackedResources + (version >= 40 ? truth.fairshare : [])
        for expectation in carried {
            let found = scrape.sums(expectation.metric, by: expectation.labels)
            #expect(!expectation.values.isEmpty, "\(expectation.metric)")
            #expect(found.differences(from: expectation.values) == [], "\(expectation.metric)")
        }
        if version < 40 {
            #expect(truth.fairshare.allSatisfy { scrape.series($0.metric).isEmpty })
            #expect(scrape.series("slurm_exporter_collector_up")[["cluster": "alpha", "collector": "fairshare"]] == 1)
        }
        #expect(scrape["slurm_dbd_up"] == 1 && scrape["slurm_wckey_total"] == 2)
    }
}

/// What the truth says, decoded as far as it is compared here.
private struct Truth: Decodable {
    let shares: [Share]
    let associations: [Usage]
    let tres: [Tracked]

    struct Share: Decodable {
        let account: String
        let user: String
        let partition: String
        let shares: Double?
        let normalizedShares: Double
        let usageSeconds: Double
        let normalizedUsage: Double
        let effectiveUsage: Double
        let factor: Double?
        let level: Double?

        var labels: Scrape.Labels { owner(account, user, partition) }
    }

    struct Usage: Decodable {
        let name: String
        let user: String
        let partition: String
        let limits: [String: [String: Double]]

        var labels: Scrape.Labels { owner(name, user, partition) }
    }

    struct Tracked: Decodable {
        let name: String
        let count: Double
    }
}

private func owner(_ account: String, _ user: String, _ partition: String) -> Scrape.Labels {
    ["account": account, "user": user, "partition": partition].filter { !$0.value.isEmpty }
}

/// All series of a metric.
private struct Expectation {
    let metric: String
    let labels: [String]
    var values: [Scrape.Labels: Double] = [:]
}

extension Truth {
    var fairshare: [Expectation] {
        let figures: [(String, (Share) -> Double?)] = [
            ("_raw_shares", \.shares), ("_norm_shares", \.normalizedShares), ("_raw_usage", \.usageSeconds),
            ("_norm_usage", \.normalizedUsage), ("_effective_usage", \.effectiveUsage),
            ("_level", { $0.level ?? .infinity }),
        ]
        let accounts = shares.filter(\.user.isEmpty)
        let users = shares.filter { !$0.user.isEmpty }
        return figures.flatMap { name, figure in
            [
                expectation("slurm_account_fairshare" + name, of: accounts, figure),
                expectation("slurm_user_fairshare" + name, of: users, figure),
            ]
        } + [
            expectation("slurm_user_fairshare", of: users, \.factor),
            expectation("slurm_account_usage_cpu_hours", of: accounts) { $0.usageSeconds / 3600 },
            quota,
        ]
    }

    private var quota: Expectation {
        var quota = Expectation(metric: "slurm_account_quota_cpu_hours", labels: ["account"])
        for association in associations where association.user.isEmpty {
            if let minutes = association.limits["groupMinutes"]?["cpu"] {
                quota.values[association.labels] = minutes / 60
            }
        }
        return quota
    }

    private func expectation(
        _ metric: String, of shares: [Share], _ figure: (Share) -> Double?
    ) -> Expectation {
        var expectation = Expectation(metric: metric, labels: ["account", "user", "partition"])
        for share in shares { expectation.values[share.labels] = figure(share) }
        return expectation
    }

    /// Limits of 0 are left out here; folds have tests of their own for them.
    var limits: [Expectation] {
        let words = [
            "group": "group", "groupMinutes": "group_minutes", "job": "job", "node": "node",
            "jobMinutes": "job_minutes",
        ]
        let others = [
            "groupJobs": "group_jobs", "groupSubmitted": "group_submit_jobs", "jobs": "jobs",
            "submitted": "submit_jobs",
            "groupWallSeconds": "group_wall_seconds", "wallSeconds": "job_wall_seconds",
        ]
        var limits = Expectation(
            metric: "slurm_association_limit", labels: ["account", "user", "partition", "limit", "tres"])
        for association in associations {
            for (kind, word) in words {
                for (tres, amount) in association.limits[kind] ?? [:] {
                    limits.values[association.labels.merging(["limit": word, "tres": tres]) { $1 }] = amount
                }
            }
            for (name, amount) in association.limits["others"] ?? [:] {
                guard let word = others[name] else { continue }
                limits.values[association.labels.merging(["limit": word]) { $1 }] = amount
            }
        }
        return [limits]
    }

    var trackedResources: [Expectation] {
        var configured = Expectation(metric: "slurm_tres_configured", labels: ["tres_type", "tres_name"])
        var known = Expectation(metric: "slurm_tres_info", labels: ["tres_type", "tres_name"])
        for resource in tres {
            let parts = resource.name.split(separator: "/", maxSplits: 1).map(String.init)
            let labels = ["tres_type": parts[0]].merging(parts.count > 1 ? ["tres_name": parts[1]] : [:]) { $1 }
            configured.values[labels] = resource.count
            known.values[labels] = 1
        }
        return [configured, known]
    }
}

extension [Scrape.Labels: Double] {
    /// 0 is as good as nothing: of limits of 0 the truth says nothing.
    fileprivate func differences(from expected: Self) -> [String] {
        Set(keys).union(expected.keys).compactMap { labels in
            let (found, wanted) = (self[labels] ?? 0, expected[labels] ?? 0)
            let isClose = found == wanted || abs(found - wanted) <= 1e-9 * abs(wanted)
            return isClose ? nil : "\(labels.sorted { $0.key < $1.key }): \(found) instead of \(wanted)"
        }
    }
}
