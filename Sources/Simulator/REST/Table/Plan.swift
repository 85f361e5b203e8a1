/// A table of fields prepared for one dialect: whatever is the same in every record is rendered once.
struct Plan<Record>: Sendable {
    private struct Step: Sendable {
        let before: [UInt8]
        let depth: Int
        let write: @Sendable (Record, Source, inout JSONWriter) -> Void
    }

    private let steps: [Step]
    private let ending: [UInt8]

    /// - Parameter depth: how many lists and objects are open around a record.
    init(_ fields: [Field<Record>], in dialect: Dialect, depth: Int) {
        var writer = JSONWriter(dialect, depth: depth)
        var steps: [Step] = []
        Self.add(Member.tree(of: fields, in: dialect), to: &steps, &writer)
        self.steps = steps
        ending = writer.bytes
    }

    func write(_ record: Record, _ source: Source, to writer: inout JSONWriter) {
        let depth = writer.depth
        for step in steps {
            writer.bytes.append(contentsOf: step.before)
            writer.depth = step.depth
            step.write(record, source, &writer)
        }
        writer.bytes.append(contentsOf: ending)
        writer.depth = depth
        writer.isFirst = false
    }

    private static func add(_ members: [Member<Record>], to steps: inout [Step], _ writer: inout JSONWriter) {
        writer.beginObject()
        for member in members {
            switch member.content {
            case .object(let inner):
                writer.key(named: member.key)
                add(inner, to: &steps, &writer)
            case .value(.constant(let write)):
                writer.key(named: member.key)
                write(&writer)
            case .value(.computed(let write)):
                writer.key(named: member.key)
                steps.append(cut(&writer, write))
            case .value(.optional(let isThere, let write)):
                let key = member.key
                let step = cut(&writer) { record, source, writer in
                    guard isThere(record, source) else { return }
                    writer.isFirst = false
                    writer.key(named: key)
                    write(record, source, &writer)
                }
                steps.append(step)
            }
            writer.isFirst = false
        }
        writer.endObject()
    }

    private static func cut(
        _ writer: inout JSONWriter, _ write: @escaping @Sendable (Record, Source, inout JSONWriter) -> Void
    ) -> Step {
        defer { writer.bytes.removeAll() }
        return Step(before: writer.bytes, depth: writer.depth, write: write)
    }
}

/// A table of fields as the tree that their paths make.
private struct Member<Record> {
    enum Content {
        case value(Field<Record>.Value)
        case object([Member])
    }

    let key: Substring
    var content: Content

    static func tree(of fields: [Field<Record>], in dialect: Dialect) -> [Member] {
        var members: [Member] = []
        for field in fields {
            guard let value = field.value(in: dialect) else { continue }
            insert(value, at: field.path.split(separator: "/")[...], into: &members)
        }
        return members
    }

    private static func insert(
        _ value: Field<Record>.Value, at path: ArraySlice<Substring>, into members: inout [Member]
    ) {
        guard let key = path.first else { preconditionFailure("a field has a key") }
        guard path.count > 1 else { return members.append(Member(key: key, content: .value(value))) }
        let known = members.firstIndex { $0.key == key }
        if known == nil { members.append(Member(key: key, content: .object([]))) }
        let index = known ?? members.count - 1
        guard case .object(var inner) = members[index].content else {
            preconditionFailure("\(key) is a value and an object in one version")
        }
        insert(value, at: path.dropFirst(), into: &inner)
        members[index].content = .object(inner)
    }
}
