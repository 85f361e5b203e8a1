/// The samples of an answer by series, however its labels are ordered; without what only federated series have.
struct Samples {
    private(set) var values: [String: Double] = [:]
    private(set) var duplicates: [String] = []
    /// Families that only ever grow.
    private(set) var counters: Set<String> = []
}

/// Reads answers that are much like each other.
struct SampleReader {
    private var known: [Substring: String] = [:]

    mutating func read(_ body: [UInt8]) -> Samples {
        var samples = Samples()
        for line in String(decoding: body, as: UTF8.self).split(separator: "\n") {
            if line.hasPrefix("# TYPE ") { samples.declare(line.split(separator: " ")) }
            guard line.hasPrefix("slurm_"), let end = line.lastIndex(of: " ") else { continue }
            samples.add(Double(line[line.index(after: end)...]) ?? .nan, of: series(line[..<end]))
        }
        return samples
    }

    private mutating func series(_ text: Substring) -> String {
        if let series = known[text] { return series }
        let series = Self.ordered(text)
        known[text] = series
        return series
    }

    private static func ordered(_ text: Substring) -> String {
        guard let brace = text.firstIndex(of: "{") else { return String(text) }
        var (labels, isQuoted, isEscaped) = ([""], false, false)
        for character in text[text.index(after: brace)...].dropLast() {
            if character == "\"", !isEscaped { isQuoted.toggle() }
            isEscaped = character == "\\" && !isEscaped
            if character == ",", !isQuoted { labels.append("") } else { labels[labels.endIndex - 1].append(character) }
        }
        let own = labels.filter { !$0.isEmpty && !$0.hasPrefix("job=\"slurm-exporter\"") && !$0.hasPrefix("instance=") }
        return own.isEmpty ? String(text[..<brace]) : "\(text[..<brace]){\(own.sorted().joined(separator: ","))}"
    }
}

extension Samples {
    fileprivate mutating func add(_ value: Double, of series: String) {
        if values.updateValue(value, forKey: series) != nil { duplicates.append(series) }
    }

    fileprivate mutating func declare(_ words: [Substring]) {
        guard words.count == 4 else { return }
        let name = String(words[2])
        if words[3] == "counter" { counters.insert(name) }
        if words[3] == "histogram" { counters.formUnion([name + "_bucket", name + "_count"]) }
    }

    /// What is said of a family of which this is a series; nil where nothing is.
    func isComplete(_ series: String) -> Bool? {
        let name = series.prefix { $0 != "{" }
        for suffix in ["", "_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
            let family = name.dropLast(suffix.count)
            let said = values["slurm_fleet_family_complete{cluster=\"alpha\",family=\"\(family)\"}"]
            if let said { return said == 1 }
        }
        return nil
    }
}
