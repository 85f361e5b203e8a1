public import Foundation

/// All that slurmrestd answers at one moment, as it came over the wire.
public struct Recording {
    public static let versions = ["v0.0.36", "v0.0.37", "v0.0.38"]
    public static let controller = ["ping", "diag", "partitions", "reservations", "licenses", "nodes", "jobs"]
    public static let accounting = [
        "diag", "clusters", "tres", "wckeys", "qos", "accounts", "users", "associations", "jobs",
    ]

    /// Writes each answer into a file that is named like its path, and their statuses into `statuses.tsv`. Not every
    /// version has every path; what it says of that is recorded too.
    public static func write(_ slurm: RealSlurm, paths: [String] = allPaths, to directory: URL) async throws {
        let token = try await slurm.token()
        var statuses = "path\tstatus\tbytes\tcontent type\n"
        for path in paths {
            let answer = try await slurm.get(path, token: token)
            let file = directory.appending(path: String(path.dropFirst())).appendingPathExtension("json")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try answer.body.write(to: file)
            statuses += "\(path)\t\(answer.status)\t\(answer.body.count)\t\(answer.contentType ?? "")\n"
        }
        try Data(statuses.utf8).write(to: directory.appending(path: "statuses.tsv"))
    }

    public static var allPaths: [String] {
        versions.flatMap { version in
            controller.map { "/slurm/\(version)/\($0)" } + accounting.map { "/slurmdb/\(version)/\($0)" }
        }
    }
}
