import SimulatedCluster

/// Kinds of values, named after what is told; the API version decides about the shape.
extension Field {
    typealias Get<Value> = @Sendable (Record, Source) -> Value
    typealias Versions = ClosedRange<APIVersion>

    static func value(
        _ path: String, _ versions: Versions = .all,
        _ write: @escaping @Sendable (Record, Source, inout JSONWriter) -> Void
    ) -> Field {
        Field(path, versions, .computed(write))
    }

    /// A member that only some records have.
    static func optional(
        _ path: String, _ versions: Versions, _ isThere: @escaping Get<Bool>,
        _ write: @escaping @Sendable (Record, Source, inout JSONWriter) -> Void
    ) -> Field {
        Field(path, versions, .optional(isThere: isThere, write: write))
    }

    static func text(_ path: String, _ versions: Versions = .all, _ get: @escaping Get<Text>) -> Field {
        value(path, versions) { $2.text(get($0, $1)) }
    }

    /// The accounting database's text: an empty one is null up to v0.0.38.
    static func record(_ path: String, _ versions: Versions = .all, _ get: @escaping Get<Text>) -> Field {
        value(path, versions) { $2.record(get($0, $1)) }
    }

    /// Text that is put together for the answer.
    static func string(
        _ path: String, _ versions: Versions = .all,
        _ append: @escaping @Sendable (Record, Source, inout [UInt8]) -> Void
    ) -> Field {
        value(path, versions) { record, source, writer in writer.string { append(record, source, &$0) } }
    }

    static func integer(_ path: String, _ versions: Versions = .all, _ get: @escaping Get<Int>) -> Field {
        value(path, versions) { $2.integer(get($0, $1)) }
    }

    static func bool(_ path: String, _ versions: Versions = .all, _ get: @escaping Get<Bool>) -> Field {
        value(path, versions) { $2.bool(get($0, $1)) }
    }

    static func number(_ path: String, _ versions: Versions = .all, _ get: @escaping Get<Number>) -> Field {
        value(path, versions) { $2.number(get($0, $1)) }
    }

    static func time(_ path: String, _ versions: Versions = .all, _ get: @escaping Get<Timestamp>) -> Field {
        value(path, versions) { $2.time(get($0, $1)) }
    }

    /// Unix seconds, a plain integer in all versions.
    static func seconds(_ path: String, _ versions: Versions = .all, _ get: @escaping Get<Timestamp>) -> Field {
        value(path, versions) { $2.integer(get($0, $1).seconds) }
    }

    static func double(_ path: String, _ versions: Versions = .all, _ get: @escaping Get<Double>) -> Field {
        value(path, versions) { $2.double(get($0, $1)) }
    }

    static func fraction(_ path: String, _ versions: Versions = .all, _ get: @escaping Get<Double?>) -> Field {
        value(path, versions) { $2.fraction(get($0, $1)) }
    }

    /// Words for whatever is true of a record.
    static func words(_ path: String, _ versions: Versions = .all, _ get: @escaping Get<[StaticString]>) -> Field {
        value(path, versions) { record, source, writer in
            writer.list(get(record, source)) { $1.ascii($0) }
        }
    }
}

/// Values that are the same in every record, because the simulated clusters don't use the feature.
extension Field {
    static func constant(
        _ path: String, _ versions: Versions = .all, _ write: @escaping @Sendable (inout JSONWriter) -> Void
    ) -> Field {
        Field(path, versions, .constant(write))
    }

    static func constant(_ path: String, _ versions: Versions = .all, integer: Int) -> Field {
        constant(path, versions) { $0.integer(integer) }
    }

    static func constant(_ path: String, _ versions: Versions = .all, bool: Bool) -> Field {
        constant(path, versions) { $0.bool(bool) }
    }

    static func constant(_ path: String, _ versions: Versions = .all, text: StaticString) -> Field {
        constant(path, versions) { $0.ascii(text) }
    }

    static func constant(_ path: String, _ versions: Versions = .all, words: [StaticString]) -> Field {
        constant(path, versions) { $0.list(words) { $1.ascii($0) } }
    }

    static func constant(_ path: String, _ versions: Versions = .all, number: Number) -> Field {
        constant(path, versions) { $0.number(number) }
    }

    static func constant(_ path: String, _ versions: Versions = .all, time: Timestamp) -> Field {
        constant(path, versions) { $0.time(time) }
    }

    static func empty(_ path: String, _ versions: Versions = .all) -> Field {
        constant(path, versions, text: "")
    }

    static func null(_ path: String, _ versions: Versions = .all) -> Field {
        constant(path, versions) { $0.null() }
    }
}

extension JSONWriter {
    mutating func record(_ text: Text) {
        if dialect.version <= .v38, text.isEmpty { null() } else { self.text(text) }
    }
}
