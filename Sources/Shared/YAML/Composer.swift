/// Builds the tree from events, and holds the limits.
///
/// An alias shares the storage of its anchor's node, so expanding one costs nothing here; but whoever walks the tree visits
/// it each time. So each use is charged with the full size and depth of what it stands for.
struct Composer: ~Copyable {
    private var reader: EventReader
    private let limits: YAML.Limits
    private var nodes = 0
    private var anchors: [String: Anchor] = [:]

    private enum Anchor {
        case open
        case complete(Composed)
    }

    private struct Composed {
        var node: YAML.Node
        var size: Int
        var depth: Int

        mutating func include(_ child: Composed) {
            size += child.size
            depth = max(depth, child.depth + 1)
        }
    }

    init(_ reader: consuming EventReader, limits: YAML.Limits) {
        self.reader = reader
        self.limits = limits
    }

    mutating func document() throws(YAML.Problem) -> YAML.Node {
        _ = try reader.next()
        let first = try reader.next()
        guard case .documentStart = first.kind else { return YAML.Node(.scalar(YAML.Scalar("", .plain))) }
        let root = try compose(try reader.next(), depth: 1).node
        _ = try reader.next()
        let last = try reader.next()
        guard case .streamEnd = last.kind else {
            throw YAML.Problem(.unsupported, at: last.position, "a second document starts here: only one can be read")
        }
        return root
    }

    private mutating func compose(_ event: Event, depth: Int) throws(YAML.Problem) -> Composed {
        try charge(1, depth: depth, at: event.position)
        switch event.kind {
        case .scalar(let scalar, let properties): return try compose(scalar, properties, at: event.position)
        case .sequenceStart(let properties):
            return try anchored(properties, .sequence, at: event.position) { composer throws(YAML.Problem) in
                try composer.sequence(at: event.position, depth: depth)
            }
        case .mappingStart(let properties):
            return try anchored(properties, .mapping, at: event.position) { composer throws(YAML.Problem) in
                try composer.mapping(at: event.position, depth: depth)
            }
        case .alias(let name): return try expand(name, depth: depth, at: event.position)
        case .documentStart, .documentEnd, .streamStart, .streamEnd, .sequenceEnd, .mappingEnd:
            preconditionFailure("libyaml started no node")
        }
    }

    private mutating func compose(
        _ scalar: YAML.Scalar, _ properties: Event.Properties, at position: YAML.Position
    ) throws(YAML.Problem) -> Composed {
        guard !scalar.text.utf8.contains(0) else {
            throw YAML.Problem(.unsupported, at: position, "text can't contain NUL")
        }
        return try anchored(properties, .scalar, at: position) { _ throws(YAML.Problem) in
            let style = Tag.style(properties.tag, scalar.style)
            return Composed(
                node: YAML.Node(.scalar(YAML.Scalar(scalar.text, style)), at: position), size: 1, depth: 1)
        }
    }

    private mutating func anchored(
        _ properties: Event.Properties, _ kind: Tag.Kind, at position: YAML.Position,
        _ body: (inout Composer) throws(YAML.Problem) -> Composed
    ) throws(YAML.Problem) -> Composed {
        try Tag.check(properties.tag, on: kind, at: position)
        guard let name = properties.anchor else { return try body(&self) }
        anchors[name] = .open
        let composed = try body(&self)
        anchors[name] = .complete(composed)
        return composed
    }

    private mutating func sequence(at position: YAML.Position, depth: Int) throws(YAML.Problem) -> Composed {
        var items: [YAML.Node] = []
        var whole = Composed(node: YAML.Node(.sequence([]), at: position), size: 1, depth: 1)
        while true {
            let event = try reader.next()
            if case .sequenceEnd = event.kind { break }
            let item = try compose(event, depth: depth + 1)
            items.append(item.node)
            whole.include(item)
        }
        whole.node.content = .sequence(items)
        return whole
    }

    private mutating func mapping(at position: YAML.Position, depth: Int) throws(YAML.Problem) -> Composed {
        var entries = Entries()
        var whole = Composed(node: YAML.Node(.mapping([]), at: position), size: 1, depth: 1)
        while true {
            let event = try reader.next()
            if case .mappingEnd = event.kind { break }
            let key = try key(event)
            let value = try compose(try reader.next(), depth: depth + 1)
            try entries.add(key, event.position, value.node)
            whole.include(value)
        }
        whole.node.content = .mapping(entries.merged)
        return whole
    }

    private mutating func key(_ event: Event) throws(YAML.Problem) -> YAML.Scalar {
        guard case .scalar = event.kind else {
            let found = if case .alias = event.kind { "an alias" } else { "a list or a section" }
            throw YAML.Problem(.unsupported, at: event.position, "a key has to be text, this is \(found)")
        }
        guard case .scalar(let key) = try compose(event, depth: 1).node.content, !key.isNull, !key.text.isEmpty else {
            throw YAML.Problem(.unsupported, at: event.position, "a key is missing before the colon")
        }
        return key
    }

    private mutating func expand(
        _ name: String, depth: Int, at position: YAML.Position
    ) throws(YAML.Problem) -> Composed {
        switch anchors[name] {
        case nil: throw YAML.Problem(.alias, at: position, "no anchor \(Shown.quoted(name)) comes before this alias")
        case .open:
            throw YAML.Problem(.alias, at: position, "the anchor \(Shown.quoted(name)) contains this alias of itself")
        case .complete(let composed):
            try charge(composed.size - 1, depth: depth + composed.depth - 1, at: position)
            return composed
        }
    }

    private mutating func charge(_ size: Int, depth: Int, at position: YAML.Position) throws(YAML.Problem) {
        nodes += size
        guard nodes <= limits.nodes else {
            throw YAML.Problem(
                .limit, at: position, "the document has more than \(limits.nodes) values, aliases expanded")
        }
        guard depth <= limits.depth else {
            throw YAML.Problem(.limit, at: position, "lists and sections are nested deeper than \(limits.depth)")
        }
    }
}
