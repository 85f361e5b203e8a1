/// Finds a field by the keys that lead to it, one after another.
///
/// A key can lead to a field and to further keys: what is a string in one version is an object in another.
struct FieldPaths<Field: RawRepresentable<UInt8> & Sendable> {
    struct Node {
        var field: Field?
        var members = KeyTable<Int>([])
        /// All those that this key leads to, by way of others.
        var inner: [Field] = []
        /// Bits of all of its fields.
        var mask: UInt64 = 0
    }

    private(set) var nodes = [Node()]

    init(_ keys: [(key: StaticString, field: Field)]) {
        grow(0, keys.map { ("\($0.key)".split(separator: "."), $0.field) })
    }

    /// - Parameter parent: a node's index; 0 is the record itself.
    func node(for key: RawSpan, in parent: Int = 0) -> Int? { nodes[parent].members.value(for: key) }

    private mutating func grow(_ parent: Int, _ paths: [(keys: [Substring], field: Field)]) {
        var table: [(key: [UInt8], value: Int)] = []
        for (key, paths) in Dictionary(grouping: paths, by: { $0.keys[0] }) {
            let index = nodes.count
            nodes.append(Node())
            table.append((Array(key.utf8), index))
            let inner = paths.filter { $0.keys.count > 1 }
            nodes[index].field = paths.first { $0.keys.count == 1 }?.field
            nodes[index].inner = inner.map(\.field)
            nodes[index].mask = paths.reduce(0) { $0 | 1 << UInt64($1.field.rawValue) }
            grow(index, inner.map { (Array($0.keys.dropFirst()), $0.field) })
        }
        nodes[parent].members = KeyTable(table)
    }
}
