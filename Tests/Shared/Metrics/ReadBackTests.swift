import Foundation
import Metrics
import TestSupport
import Testing

/// What is written reads back as the same series and numbers, by parsers that others wrote.
@Suite struct ReadBackTests {
    @Test(.timeLimit(.minutes(2)), arguments: MetricsFormat.allCases)
    func anythingReadsBackInPython(_ format: MetricsFormat) async throws {
        var sample = RandomFamilies(seed: 2024)
        let directory = try TemporaryDirectory()
        let tables = sample.tables()
        let exposition = directory.path("exposition")
        try Data(MetricsRenderer(format).render(tables)).write(to: URL(filePath: exposition))
        let expectation = directory.path("expectation.json")
        try JSONSerialization.data(withJSONObject: sample.expectation(format, tables))
            .write(to: URL(filePath: expectation))
        let python = try await Self.output(of: "\(root)/scripts/python", [])
        let checker = "\(root)/Tests/Shared/Metrics/read_back.py"
        let read = try await Self.output(
            of: python, [checker, format == .text ? "text" : "openMetrics", exposition, expectation])
        #expect(try #require(Int(read)) > 2000)
    }

    @Test func promtoolFindsNothing() async throws {
        var tables = RandomFamilies(seed: 5).wellNamed()
        #expect(try await promtoolFindings(MetricsRenderer(.text).render(tables)) == [])
        var misnamed = SeriesTable(MetricFamily("slurm_jobs_total", .gauge, help: "Jobs."))
        misnamed.set(1, at: misnamed.row())
        tables.append(misnamed)
        #expect(
            try await promtoolFindings(MetricsRenderer(.text).render(tables)) == [
                #"slurm_jobs_total non-counter metrics should not have "_total" suffix"#
            ])
    }

    private static func output(of program: String, _ arguments: [String]) async throws -> String {
        let process = try ChildProcess(program, arguments)
        let status = try await process.exit()
        #expect(status == 0, "\(process.standardError)")
        return process.standardOutput.trimmingCharacters(in: .newlines)
    }
}

/// What `promtool check metrics` says about an exposition, line by line.
func promtoolFindings(_ exposition: [UInt8]) async throws -> [String] {
    let directory = try TemporaryDirectory()
    let path = directory.path("exposition")
    try Data(exposition).write(to: URL(filePath: path))
    let process = try ChildProcess("sh", ["-c", "promtool check metrics < \"$1\"", "sh", path])
    _ = try await process.exit()
    return (process.standardOutput + process.standardError).split(separator: "\n").map(String.init).sorted()
}

private let root = URL(filePath: #filePath).pathComponents.dropFirst().dropLast(4).reduce("") { $0 + "/" + $1 }
