import Configuration
import Metrics

extension ValueType where Value == MetricPrefix {
    static var metricPrefix: ValueType<MetricPrefix> {
        .text(
            "prefix", allowed: "letters, digits and underscores, with an underscore at the end, such as slurm_jobs_",
            pattern: "[a-zA-Z_:][a-zA-Z0-9_:]*_"
        ) { text throws(Rejection) in
            try? MetricPrefix(validating: text)
        } write: {
            $0.text
        }
    }
}

extension ValueType where Value == LabelName {
    static func label(_ families: KnownFamilies) -> ValueType<LabelName> {
        let names = families.labels.map(\.text).sorted().joined(separator: ", ")
        return .text("label", allowed: families.isEmpty ? "the name of a label" : "one of \(names)") {
            text throws(Rejection) in
            guard let name = try? LabelName(validating: text) else { return nil }
            return families.isEmpty || families.labels.contains(name) ? name : nil
        } write: {
            $0.text
        }
    }
}

extension ValueType where Value == MetricName {
    static func family(_ families: KnownFamilies) -> ValueType<MetricName> {
        let names = families.names
        return .text(
            "family", allowed: "the canonical name of a family, as `slurm-shard catalogue` lists them"
        ) { text throws(Rejection) in
            guard let name = try? MetricName(validating: text) else { return nil }
            return names.isEmpty || names.contains(name) ? name : nil
        } write: {
            $0.text
        }
    }
}

extension ValueType where Value == [Double] {
    /// The upper bounds of a histogram.
    static var buckets: ValueType<[Double]> {
        .list(of: .number).checked { bounds in
            if bounds.isEmpty { return "names no bound" }
            return zip(bounds, bounds.dropFirst()).allSatisfy(<) ? nil : "has to be ascending, without repetition"
        }
    }
}
