import SimulatedCluster

/// Fields asked for by name, as the commands around the accounting database take them: `name[%width]`, in any case, and
/// cut where that is unambiguous enough. A width below zero justifies to the left.
enum FieldNames {
    private static let widest = 1 << 16

    /// Name and width of each item of a list; nothing for the width where none is given.
    static func split(_ list: Text) -> [(name: Text, width: Int?)] {
        list.listed.map { item in
            let parts = item.bytes.split(separator: UInt8(ascii: "%"), maxSplits: 1, omittingEmptySubsequences: false)
            let width = parts.count > 1 ? Text(bytes: Array(parts[1])).number : nil
            return (Text(bytes: Array(parts[0])), width.map { min(max($0, -widest), widest) })
        }
    }
}

extension Table {
    /// The columns of a list; nothing and the first name without a field where there is one.
    init?(
        _ list: Text, of fields: [TableField<Record>], _ release: Release, style: TableStyle, unknown: inout Text
    ) {
        self.init(style: style)
        let known = fields.filter { $0.releases.contains(release) }
        for (name, width) in FieldNames.split(list) {
            let wanted = name.repaired.lowercased()
            let exact = known.first { $0.name.lowercased() == wanted }
            guard let field = exact ?? known.first(where: { $0.name.lowercased().hasPrefix(wanted) }) else {
                unknown = name
                return nil
            }
            self.fields.append((field, width ?? field.width))
        }
    }
}
