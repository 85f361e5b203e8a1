import Configuration

extension ValueType where Value == Duration {
    /// Of collections: what is shorter would be a question without end.
    static var interval: ValueType<Duration> { .duration(in: .seconds(1) ... .seconds(7 * 86_400)) }
}

extension ValueType where Value == Double {
    static func seconds(in range: ClosedRange<Duration>) -> ValueType<Double> {
        ValueType<Duration>.duration(in: range).mapped(to: \.seconds, from: { .seconds($0) })
    }
}

extension ValueType where Value == Int {
    static var wholeSeconds: ValueType<Int> {
        ValueType<Duration>.duration(in: .seconds(1)...).mapped(
            to: { Int($0.seconds.rounded()) }, from: { .seconds($0) })
    }

    static func bytes(in range: ClosedRange<Int>) -> ValueType<Int> {
        let sizes = ByteSize(bytes: range.lowerBound)...ByteSize(bytes: range.upperBound)
        return ValueType<ByteSize>.byteSize(in: sizes).mapped(to: \.bytes, from: ByteSize.init(bytes:))
    }
}

extension ValueType where Value == String {
    /// What goes into a field of a request's head.
    static var fieldValue: ValueType<String> {
        .string.checked { text in
            guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return nil }
            return "has control characters in it"
        }
    }
}
