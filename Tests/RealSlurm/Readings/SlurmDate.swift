import Foundation

/// What Slurm writes as `2026-11-21T06:19:23`, in the time zone that its commands are run in here, which is UTC.
enum SlurmDate {
    static func parse(_ text: String) -> Date? {
        try? Date(
            text, strategy: Date.ISO8601FormatStyle().year().month().day().time(includingFractionalSeconds: false))
    }
}
