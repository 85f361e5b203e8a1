public import Exposition

/// What a source says of its families.
public struct FamilyDeclarations: Sendable, Hashable {
    public struct Declaration: Sendable, Hashable {
        public var type = MetricType.unknown
        public var help: [UInt8] = []
        public var unit: [UInt8] = []

        public init(type: MetricType = .unknown, help: [UInt8] = [], unit: [UInt8] = []) {
            self.type = type
            self.help = help
            self.unit = unit
        }
    }

    /// By the families' names as they are in text 0.0.4: with `_total` and `_info`.
    public var byName: [[UInt8]: Declaration] = [:]

    public init() {}
}

extension FamilyDeclarations {
    /// The families as OpenMetrics names them, with their names in text.
    ///
    /// - Parameter entries: by the names under which they were declared.
    init(_ entries: [[UInt8]: Declaration], format: ExpositionFormat) {
        guard format == .openMetrics else {
            byName = entries
            return
        }
        for (name, declaration) in entries {
            switch declaration.type {
            case .counter: byName[name + "_total".utf8] = declaration
            case .info: byName[name + "_info".utf8] = declaration
            default: byName[name] = declaration
            }
        }
    }

    /// The family that a series belongs to, and what its name adds to that of the family.
    func family(of series: [UInt8]) -> Membership? {
        if let declaration = byName[series] { return Membership(series, declaration, suffix: "") }
        for (suffix, types) in Self.suffixes where series.hasSuffix(suffix) && series.count > suffix.utf8.count {
            let base = Array(series.dropLast(suffix.utf8.count))
            if let declaration = byName[base], types.contains(declaration.type) {
                return Membership(base, declaration, suffix: suffix)
            }
        }
        guard series.hasSuffix("_created") else { return nil }
        let counter = Array(series.dropLast("_created".utf8.count)) + "_total".utf8
        guard let declaration = byName[counter], declaration.type == .counter else { return nil }
        return Membership(counter, declaration, suffix: "_created")
    }

    struct Membership {
        let family: [UInt8]
        let declaration: Declaration
        let suffix: String

        init(_ family: [UInt8], _ declaration: Declaration, suffix: String) {
            self.family = family
            self.declaration = declaration
            self.suffix = suffix
        }
    }

    private static let suffixes: [(String, Set<MetricType>)] = [
        ("_bucket", [.histogram, .gaugeHistogram]), ("_count", [.histogram, .summary]),
        ("_sum", [.histogram, .summary]), ("_gcount", [.gaugeHistogram]), ("_gsum", [.gaugeHistogram]),
        ("_created", [.histogram, .summary]),
    ]
}

extension [UInt8] {
    func hasSuffix(_ suffix: String) -> Bool { self.suffix(suffix.utf8.count).elementsEqual(suffix.utf8) }
}
