import SimulatedCluster

/// What an endpoint has to say, before it becomes a document.
struct Reply: Sendable {
    var status = 200
    var plugin = Plugin.controller
    /// In the order of the document.
    var content: [Content] = []
    var errors: [Fault] = []
    var warnings: [Warning] = []

    indirect enum Content: Sendable {
        case value(String, @Sendable (Source, inout JSONWriter) -> Void)
        /// A list that is written while it is read; it is given its depth.
        case records(String, @Sendable (Source, Int) -> Records)
        case object(String, [Content])
    }

    func body(from source: Source) -> Body {
        var composer = Composer(source: source)
        composer.writer.beginObject()
        if source.version >= .v40 { composer.add(content) }
        composer.writer.meta(plugin, cluster: source.cluster.parameters.name)
        composer.writer.key("errors")
        composer.writer.list(errors) { $1.fault($0) }
        if source.version >= .v39 {
            composer.writer.key("warnings")
            composer.writer.list(warnings) { $1.warning($0) }
        }
        if source.version <= .v39 { composer.add(content) }
        composer.writer.endObject()
        return Body(composer.finish(), source.dialect)
    }
}

extension Reply.Content {
    static func list<Record>(
        _ key: String, _ fields: [Field<Record>], positions: Int,
        _ record: @escaping @Sendable (Int, Cluster) -> Record?
    ) -> Reply.Content {
        .records(key) { source, depth in
            let plan = Plan(fields, in: source.dialect, depth: depth)
            return Records(positions: positions, depth: depth) { position, writer in
                guard let record = record(position, source.cluster) else { return }
                writer.separate()
                plan.write(record, source, to: &writer)
            }
        }
    }

    static func list<Record: Sendable>(_ key: String, _ fields: [Field<Record>], _ records: [Record]) -> Reply.Content {
        list(key, fields, positions: records.count) { position, _ in records[position] }
    }

    static func record<Record: Sendable>(_ key: String, _ fields: [Field<Record>], _ record: Record) -> Reply.Content {
        .value(key) { source, writer in
            Plan(fields, in: source.dialect, depth: writer.depth).write(record, source, to: &writer)
        }
    }

    static func time(_ key: String, _ time: Timestamp) -> Reply.Content {
        .value(key) { $1.time(time) }
    }
}

/// Cuts a document into what is short enough to render at once and the lists that are not.
private struct Composer {
    let source: Source
    var writer: JSONWriter
    private var parts: [Body.Part] = []

    init(source: Source) {
        self.source = source
        writer = JSONWriter(source.dialect)
    }

    mutating func add(_ content: [Reply.Content]) {
        for member in content {
            switch member {
            case .value(let key, let write):
                writer.key(named: key)
                write(source, &writer)
            case .object(let key, let members):
                writer.key(named: key)
                writer.beginObject()
                add(members)
                writer.endObject()
            case .records(let key, let records):
                writer.key(named: key)
                writer.beginList()
                cut()
                parts.append(.records(records(source, writer.depth)))
                writer.endList()
            }
        }
    }

    mutating func finish() -> [Body.Part] {
        cut()
        return parts
    }

    private mutating func cut() {
        parts.append(.literal(writer.bytes))
        writer.bytes.removeAll()
    }
}
