import Foundation

/// What the simulator's accounting database knows of ended jobs.
struct AccountingFigures: Decodable, Equatable {
    let records: Int
    let byState: [String: Int]
    let elapsedSeconds: Double
    let cpuSeconds: Double
    let gpuSeconds: Double
    let userMicroseconds: Double
    let systemMicroseconds: Double

    private struct Truth: Decodable {
        let accounting: AccountingFigures
    }

    static func read(_ simulator: RunningSimulator) async throws -> AccountingFigures {
        try JSONDecoder().decode(Truth.self, from: try await simulator.get("/simulator/truth").body).accounting
    }

    /// What a scrape shows otherwise.
    func differences(from scrape: Scrape) -> [String] {
        let states = byState.map { state, count in
            ("slurm_accounting_jobs_total", ["state": state.lowercased()], Double(count), 0.0)
        }
        // Each job's CPU time is rounded to milliseconds.
        let rounding = 0.0005 * Double(records)
        let sums: [(String, Scrape.Labels, Double, Double)] = [
            ("slurm_accounting_jobs_total", [:], Double(records), 0),
            ("slurm_jobs_terminal_total", [:], Double(records), 0),
            ("slurm_accounting_qos_jobs_total", [:], Double(records), 0),
            ("slurm_accounting_user_jobs_total", [:], Double(records), 0),
            ("slurm_accounting_elapsed_seconds_total", [:], elapsedSeconds, 0),
            ("slurm_accounting_cpu_seconds_total", [:], cpuSeconds, 0),
            ("slurm_accounting_gpu_seconds_total", [:], gpuSeconds, 0),
            ("slurm_job_cpu_hours_total", [:], cpuSeconds / 3600, 1e-6 * Double(records)),
            ("slurm_account_cpu_hours_used_total", [:], cpuSeconds / 3600, 1e-6 * Double(records)),
            ("slurm_accounting_cpu_used_seconds_total", ["mode": "user"], userMicroseconds / 1e6, rounding),
            ("slurm_accounting_cpu_used_seconds_total", ["mode": "system"], systemMicroseconds / 1e6, rounding),
        ]
        return (states + sums).compactMap { name, labels, expected, tolerance in
            let found = scrape[name, labels] ?? 0
            return abs(found - expected) <= tolerance ? nil : "\(name) \(labels): \(found) instead of \(expected)"
        }
    }
}

extension ClusterConfiguration {
    /// Of ended jobs and little else, asked for as often as can be.
    ///
    /// - Parameters:
    ///   - directory: where counters are kept.
    ///   - overlap: the simulator's records come up to nine minutes late.
    ///   - more: keys of `collectors.accounting`, each with a comma before it.
    static func accounting(in directory: String?, overlap: String = "15m", more: String = "") -> String {
        """
        collection:
          max_load: 1
          retry_attempts: 0
          staleness_factor: 100
          intervals: {scheduler: 1s, accounting: 1s, jobs: 1s}
        collectors:
          cluster: {enabled: false}
          nodes: {enabled: false}
          partitions: {enabled: false}
          jobs: {enabled: false}
          users: {enabled: false}
          accounts: {enabled: false}
          qos: {enabled: false}
          reservations: {enabled: false}
          licenses: {enabled: false}
          fairshare: {enabled: false}
          accounting: {lookback: 1d, overlap: \(overlap), max_window: 1d\(more)}
        \(directory.map { "runtime: {state_dir: \($0)}\n" } ?? "")
        """
    }
}
