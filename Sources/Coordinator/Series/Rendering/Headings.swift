import Exposition
import Metrics

/// Under which families the series of several sources are written, in one format.
///
/// A family is described as the first source does that has it. Where sources don't agree on its type, all its series are
/// written without one, each name by itself: whoever comes first or last, the outcome is the same.
final class Headings: Sendable {
    struct Heading: Sendable {
        /// `# HELP` and `# TYPE`.
        let text: [UInt8]
        /// Whether samples of several names are told together, label set by label set, as OpenMetrics wants it.
        let isGrouped: Bool
        /// The label that tells samples of one name apart, if there is one.
        let ownLabel: [UInt8]?
    }

    /// Where the series of one name are written.
    struct Place: Sendable {
        let heading: Int
        /// In the order of names within the family.
        let member: Int
    }

    let headings: [Heading]
    /// By part, then by name.
    let places: [[Place]]
    /// How many families the sources don't agree on.
    let conflicts: Int

    init(of indexes: [SeriesIndex], format: MetricsFormat) {
        let wanted = indexes.map { index in index.names.map { Role($0.text, in: index.families, format) } }
        var types: [[UInt8]: String] = [:]
        var disputed: Set<[UInt8]> = []
        for role in wanted.joined() {
            if types.updateValue(role.type, forKey: role.family) ?? role.type != role.type {
                disputed.insert(role.family)
            }
        }
        conflicts = disputed.count
        let roles = wanted.map { $0.map { disputed.contains($0.family) ? $0.withoutType(format) : $0 } }
        var families: [[UInt8]: Family] = [:]
        for role in roles.joined() { families[role.family, default: Family()].add(role) }
        let order = families.keys.sorted { $0.span.precedes($1.span) }
        let numbers = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
        headings = order.map { families[$0]!.heading(named: $0, format) }
        places = roles.map { roles in
            roles.map { Place(heading: numbers[$0.family]!, member: families[$0.family]!.members[$0.suffix]!) }
        }
    }
}

/// What a series' name is to the family that it is written under.
private struct Role {
    let name: [UInt8]
    let family: [UInt8]
    let type: String
    let suffix: String
    let declaration: FamilyDeclarations.Declaration

    private init(
        _ name: [UInt8], _ family: [UInt8], _ type: String, _ suffix: String,
        _ declaration: FamilyDeclarations.Declaration
    ) {
        self.name = name
        self.family = family
        self.type = type
        self.suffix = suffix
        self.declaration = declaration
    }

    init(_ name: [UInt8], in families: FamilyDeclarations, _ format: MetricsFormat) {
        guard let found = families.family(of: name) else {
            self.init(name, name, Self.unknown(format), "", .init())
            return
        }
        let type = found.declaration.type
        switch format {
        case .text:
            let own = Self.textType(type, suffix: found.suffix)
            self.init(
                name, own.isFamily ? found.family : name, own.type, own.isFamily ? found.suffix : "", found.declaration)
        case .openMetrics:
            let (family, word) = Self.openMetrics(found.family, type)
            self.init(
                name, family, word, String(decoding: name.dropFirst(family.count), as: UTF8.self), found.declaration)
        }
    }

    func withoutType(_ format: MetricsFormat) -> Role {
        Role(name, name, Self.unknown(format), "", .init(help: declaration.help))
    }

    private static func unknown(_ format: MetricsFormat) -> String { format == .text ? "untyped" : "unknown" }

    /// - Returns: also whether the name belongs to the family in text, which knows fewer types and no creation times.
    private static func textType(_ type: MetricType, suffix: String) -> (type: String, isFamily: Bool) {
        switch type {
        case _ where suffix == "_created": ("gauge", false)
        case .gaugeHistogram: suffix == "_bucket" ? ("histogram", true) : ("gauge", false)
        case .info, .stateSet: ("gauge", true)
        case .unknown: ("untyped", true)
        case .counter, .gauge, .histogram, .summary: (type.rawValue, true)
        }
    }

    private static func openMetrics(_ family: [UInt8], _ type: MetricType) -> (family: [UInt8], type: String) {
        let ending: String
        switch type {
        case .counter: ending = "_total"
        case .info: ending = "_info"
        default: return (family, type.rawValue)
        }
        guard family.hasSuffix(ending), family.count > ending.utf8.count else { return (family, "unknown") }
        return (Array(family.dropLast(ending.utf8.count)), type.rawValue)
    }
}

private struct Family {
    private var type = ""
    private var declaration = FamilyDeclarations.Declaration()
    /// By what they add to the family's name.
    private(set) var members: [String: Int] = [:]

    mutating func add(_ role: Role) {
        type = role.type
        if declaration.help.isEmpty { declaration.help = role.declaration.help }
        if declaration.unit.isEmpty { declaration.unit = role.declaration.unit }
        members[role.suffix] = Self.order.firstIndex(of: role.suffix) ?? Self.order.count
    }

    func heading(named name: [UInt8], _ format: MetricsFormat) -> Headings.Heading {
        var help: [UInt8] = []
        if !declaration.help.isEmpty {
            help += "# HELP ".utf8 + name + " ".utf8
            help.append(addingCapacity: 2 * declaration.help.count) {
                $0.append(escapingHelp: declaration.help.span, quotes: format == .openMetrics)
            }
            help += "\n".utf8
        }
        let typeLine = "# TYPE ".utf8 + name + " \(type)\n".utf8
        let ownLabel = ["histogram": "le", "gaugehistogram": "le", "summary": "quantile"][type].map { Array($0.utf8) }
        return Headings.Heading(
            text: format == .text ? help + typeLine : typeLine + unitLine(name) + help,
            isGrouped: format == .openMetrics && (members.count > 1 || ownLabel != nil), ownLabel: ownLabel)
    }

    private func unitLine(_ name: [UInt8]) -> [UInt8] {
        let unit = String(decoding: declaration.unit, as: UTF8.self)
        guard !unit.isEmpty, name.hasSuffix("_" + unit), type != "info", type != "stateset" else { return [] }
        return "# UNIT ".utf8 + name + " \(unit)\n".utf8
    }

    private static let order = ["_bucket", "", "_total", "_sum", "_count", "_gcount", "_gsum", "_created"]
}
