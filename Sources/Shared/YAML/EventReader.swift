import CYAML

/// What libyaml finds next in the text.
struct Event {
    enum Kind {
        case documentStart, documentEnd, streamStart, streamEnd
        case scalar(YAML.Scalar, Properties)
        case sequenceStart(Properties), sequenceEnd
        case mappingStart(Properties), mappingEnd
        case alias(String)
    }

    struct Properties {
        var anchor: String?
        var tag: String?
    }

    var kind: Kind
    var position: YAML.Position
}

/// The only user of libyaml: owns its parser and the bytes that the parser reads, and copies whatever leaves.
///
/// Pulls one event at a time, so that whoever refuses a document early spares libyaml the rest.
struct EventReader: ~Copyable {
    // libyaml keeps pointers to both, so neither may move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let input: UnsafeMutableBufferPointer<UInt8>

    init(_ bytes: [UInt8]) {
        parser = .allocate(capacity: 1)
        input = .allocate(capacity: bytes.count)
        _ = input.initialize(from: bytes)
        precondition(yaml_parser_initialize(parser) == 1, "out of memory")
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
        input.deallocate()
    }

    mutating func next() throws(YAML.Problem) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw problem }
        defer { yaml_event_delete(&event) }
        return Event(kind: kind(of: event), position: position(event.start_mark))
    }

    private func kind(of event: yaml_event_t) -> Event.Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let style: YAML.Scalar.Style = scalar.style == YAML_PLAIN_SCALAR_STYLE ? .plain : .quoted
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            return .scalar(
                YAML.Scalar(String(decoding: bytes, as: UTF8.self), style), properties(scalar.anchor, scalar.tag))
        case YAML_SEQUENCE_START_EVENT:
            return .sequenceStart(properties(event.data.sequence_start.anchor, event.data.sequence_start.tag))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            return .mappingStart(properties(event.data.mapping_start.anchor, event.data.mapping_start.tag))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default: return .streamEnd
        }
    }

    private func properties(_ anchor: UnsafePointer<UInt8>?, _ tag: UnsafePointer<UInt8>?) -> Event.Properties {
        Event.Properties(anchor: text(anchor), tag: text(tag))
    }

    private func text(_ pointer: UnsafePointer<UInt8>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    private func position(_ mark: yaml_mark_t) -> YAML.Position {
        YAML.Position(line: mark.line + 1, column: mark.column + 1)
    }

    private var problem: YAML.Problem {
        let state = parser.pointee
        let words = state.problem.map { String(cString: $0) } ?? "out of memory"
        // libyaml gives an offset for what is wrong with the bytes, and a mark for all that comes later.
        guard state.error != YAML_READER_ERROR else {
            let text = Wording.of(words, context: "", character: nil)
            return YAML.Problem(.encoding, at: position(ofByte: state.problem_offset), text)
        }
        let context = state.context.map { String(cString: $0) } ?? ""
        var text = Wording.of(words, context: context, character: character(at: state.problem_mark))
        if Wording.opens(context), state.context_mark.line < state.problem_mark.line {
            text += "; what is open began at line \(state.context_mark.line + 1)"
        }
        return YAML.Problem(.syntax, at: position(state.problem_mark), text)
    }

    /// The printable character that libyaml stopped at. Its marks count characters, so this is the right one only where
    /// nothing but ASCII comes before: a bare guess that otherwise makes the message less specific.
    private func character(at mark: yaml_mark_t) -> UInt8? {
        guard mark.index < input.count, input[..<mark.index].allSatisfy({ $0 < 0x80 }) else { return nil }
        let byte = input[mark.index]
        return byte == UInt8(ascii: "\t") || (0x21...0x7E).contains(byte) ? byte : nil
    }

    private func position(ofByte offset: Int) -> YAML.Position {
        var position = YAML.Position.start
        for byte in input.prefix(offset) where byte & 0xC0 != 0x80 {
            position.column += 1
            if byte == UInt8(ascii: "\n") { position = YAML.Position(line: position.line + 1, column: 1) }
        }
        return position
    }
}
