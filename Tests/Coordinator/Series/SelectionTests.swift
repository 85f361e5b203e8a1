import Exposition
import FederatedSeries
import Metrics
import RegularExpressions
import Selectors
import ServiceRuntime
import TestSupport
import Testing

/// Series and conditions at random, and the plainest way to find out which belong together.
struct SelectionTests {
    private typealias Labels = [String: String]

    private static let names = ["a", "ab", "b_total", "c", "on"]
    private static let labels = ["x", "xy", "instance", "z"]
    private static let values = ["", "", "1", "12", "2", "a", "ab", "ä", "q\"\\\nq"]

    private struct Condition {
        let label: String
        let operation: String
        let value: String

        var text: String {
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(label)\(operation)\"\(escaped)\""
        }

        func holds(for labels: Labels) -> Bool {
            let own = labels[label, default: ""]
            let isRight =
                operation.hasSuffix("~") ? (try? RegularExpression(value))?.matches(own) ?? false : own == value
            return isRight != operation.hasPrefix("!")
        }
    }

    @Test(arguments: 0..<60 as Range<UInt64>)
    func findsThoseThatALookAtEachWouldFind(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var series: [String: Labels] = [:]
        var documents: [String] = []
        for part in 0..<Int.random(in: 1...3, using: &random) {
            var text = ""
            for number in 0..<Int.random(in: 0...60, using: &random) {
                let labels = Self.randomLabels(&random)
                let line = Self.line(labels)
                text += "\(line) \(part * 1000 + number)\n"
                if series[line] == nil { series[line] = labels }
            }
            documents.append(text)
        }
        let generation = Generation(try documents.map { try part($0).part })
        for _ in 0..<40 {
            let selectors = (0..<Int.random(in: 1...3, using: &random)).map { _ in Self.randomConditions(&random) }
            let expected = series.filter { _, labels in
                selectors.contains { !$0.isEmpty && $0.allSatisfy { $0.holds(for: labels) } }
            }
            let texts = selectors.map { "{\($0.map(\.text).joined(separator: ","))}" }
            var rendering = generation.select(try texts.map { try Selector($0) })
                .rendering(.text, AnswerSettings(externalLabels: ["instance": "none"]), now: 0)
            var found: [String] = []
            while let piece = rendering.next() {
                found += String(decoding: piece, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
                    .map { String($0[..<$0.lastIndex(of: " ")!]) }
            }
            let wanted = expected.values.map { Self.line($0.merging(["instance": "none"]) { own, _ in own }) }
            #expect(found.map(Self.sortedLabels).sorted() == wanted.map(Self.sortedLabels).sorted(), "\(texts)")
        }
    }

    private static func randomLabels(_ random: inout SeededGenerator) -> Labels {
        var result = ["__name__": names.randomElement(using: &random)!]
        for label in labels {
            let value = values.randomElement(using: &random)!
            if !value.isEmpty { result[label] = value }
        }
        return result
    }

    private static func line(_ labels: Labels) -> String {
        let pairs = labels.filter { $0.key != "__name__" }.sorted { $0.key < $1.key }.map { name, value in
            let escaped = value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
            return "\(name)=\"\(escaped)\""
        }
        return labels["__name__"]! + "{" + pairs.joined(separator: ",") + "}"
    }

    /// Values of these tests have no comma.
    private static func sortedLabels(_ line: String) -> String {
        let parts = line.dropLast().split(separator: "{", maxSplits: 1, omittingEmptySubsequences: false)
        return parts[0] + "{" + parts[1].split(separator: ",").sorted().joined(separator: ",") + "}"
    }

    private static func randomConditions(_ random: inout SeededGenerator) -> [Condition] {
        (0..<Int.random(in: 0...3, using: &random)).map { _ in
            let label = (labels + ["__name__", "none"]).randomElement(using: &random)!
            let operation = ["=", "!=", "=~", "!~"].randomElement(using: &random)!
            let patterns = ["1|2", ".*", ".+", "a.*", "1.+", "[a1].*", "a|", "(x)?", "ab?", "b_total|on", ".ä?", ""]
            let pool = operation.hasSuffix("~") ? patterns : values + names
            return Condition(label: label, operation: operation, value: pool.randomElement(using: &random)!)
        }
    }
}
