import YAML

extension ValueType {
    /// A section with a schema of its own, for lists and maps of sections: `.list(of: .section(cluster))`.
    public static func section(_ schema: Schema<Value>, name: String = "section") -> ValueType {
        let keys = schema.tree.names.filter { schema.isOffered([$0]) }
        var description = TypeDescription(name, allowed: "a section with the keys \(Shown.list(keys))") {
            schema.jsonSection
        }
        description.form = .section
        description.isTextual = false
        // A variable or a flag couldn't tell the items of a list apart.
        description.fields = schema.documented.map { $0.withoutShortcuts }
        return ValueType(description: description) { [description] node, current, reading in
            guard case .mapping(let entries) = node.content else {
                let found = if case .sequence = node.content { "a list" } else { node.isNull ? "empty" : "text" }
                return reading.mismatch(node, found: found, description)
            }
            var value = current ?? schema.initial
            let errors = reading.errors.count
            schema.read(entries, into: &value, &reading)
            schema.requireAll(&reading, at: reading.origin(node.position))
            if reading.errors.count == errors { schema.check(value, &reading, at: reading.origin(node.position)) }
            return value
        } write: { value in
            schema.write(value)
        }
    }
}
