/// What stands between the columns of a table that has users' texts in it.
///
/// Users write what they like into a job's name, control characters and newlines included. So a text ends with a mark
/// that nobody can guess, and only columns that nobody can write such things into end with a character alone.
public struct ColumnMark: Equatable, Sendable {
    /// 0x1F, "unit separator".
    static let separator: UInt8 = 0x1F

    let bytes: [UInt8]

    /// - Parameter secret: letters and digits that change from one question to the next.
    public init(secret: String) {
        bytes = [0x1E] + Array(secret.utf8)
    }

    public static func random() -> ColumnMark {
        ColumnMark(secret: String(UInt64.random(in: .min ... .max), radix: 36))
    }

    /// As it is written into a format.
    public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension RawSpan {
    /// Where some bytes are, of which there is at least one.
    func firstRange(of bytes: [UInt8], from start: Int = 0) -> Range<Int>? {
        let first = bytes[0]
        var at = start
        while at + bytes.count <= byteCount {
            if self[at] == first, bytes.indices.allSatisfy({ self[at + $0] == bytes[$0] }) {
                return at..<at + bytes.count
            }
            at += 1
        }
        return nil
    }
}
