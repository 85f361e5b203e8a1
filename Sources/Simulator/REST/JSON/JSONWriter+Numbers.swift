import SimulatedCluster

/// A number that Slurm can leave open or make unlimited.
enum Number: Hashable, Sendable {
    case unset
    case infinite
    case value(Int)

    init(_ value: Int?) {
        self = value.map { .value($0) } ?? .unset
    }

    init(_ value: UInt32?) {
        self.init(value.map { Int($0) })
    }

    init(_ limit: Limit) {
        self.init(limit.value)
    }

    init(_ limit: TimeLimit) {
        self = limit.minutes.map { .value($0) } ?? .infinite
    }
}

extension JSONWriter {
    /// `{"set":true,"infinite":false,"number":7}`; up to v0.0.38 the plain number, or null where there is none.
    mutating func number(_ number: Number) {
        guard dialect.version >= .v39 else { return plain(number) }
        switch number {
        case .unset: openNumber(set: false, infinite: false) { $0.integer(0) }
        case .infinite: openNumber(set: false, infinite: true) { $0.integer(0) }
        case .value(let value): openNumber(set: true, infinite: false) { $0.integer(value) }
        }
    }

    /// The same for a number with a fraction.
    mutating func fraction(_ value: Double?) {
        switch (dialect.version >= .v39, value) {
        case (false, nil): null()
        case (false, let value?): double(value)
        case (true, nil): openNumber(set: false, infinite: false) { $0.double(0) }
        case (true, let value?) where value.isInfinite: openNumber(set: false, infinite: true) { $0.double(0) }
        case (true, let value?): openNumber(set: true, infinite: false) { $0.double(value) }
        }
    }

    /// Unix seconds, 0 for never: plain up to v0.0.39, a number like any other from v0.0.40 on.
    mutating func time(_ time: Timestamp) {
        if dialect.version >= .v40 {
            number(.value(Int(time.seconds)))
        } else {
            integer(time.seconds)
        }
    }

    private mutating func plain(_ number: Number) {
        if case .value(let value) = number { integer(value) } else { null() }
    }

    @inline(__always)
    private mutating func openNumber(set: Bool, infinite: Bool, _ value: (inout JSONWriter) -> Void) {
        guard dialect.style == .pretty else {
            bytes.append(ascii: set ? "{\"set\":true" : "{\"set\":false")
            bytes.append(ascii: infinite ? ",\"infinite\":true,\"number\":" : ",\"infinite\":false,\"number\":")
            value(&self)
            return bytes.append(UInt8(ascii: "}"))
        }
        object { writer in
            writer.key("set")
            writer.bool(set)
            writer.key("infinite")
            writer.bool(infinite)
            writer.key("number")
            value(&writer)
        }
    }
}
