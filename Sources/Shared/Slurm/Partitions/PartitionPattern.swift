/// A partition's name, or names like it: `*` stands for any characters, `?` for one.
public struct PartitionPattern: Hashable, Sendable {
    public let text: String
    private let pieces: [UInt8]

    public init(_ text: String) {
        self.text = text
        // Two stars in a row say no more than one.
        pieces = text.utf8.reduce(into: []) { pieces, byte in
            if byte != Self.star || pieces.last != Self.star { pieces.append(byte) }
        }
    }

    private static let star = UInt8(ascii: "*")
    private static let any = UInt8(ascii: "?")

    /// Whether it can match more than one name.
    public var isGlob: Bool { pieces.contains { $0 == Self.star || $0 == Self.any } }

    public func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        var (place, piece) = (0, 0)
        /// Where to go on if it doesn't match this way: one character more for the last star.
        var retry: (place: Int, piece: Int)?
        while place < name.count {
            if piece < pieces.count, pieces[piece] == Self.star {
                piece += 1
                retry = (place, piece)
            } else if piece < pieces.count, pieces[piece] == name[place] || pieces[piece] == Self.any {
                (place, piece) = (place + 1, piece + 1)
            } else if let last = retry {
                (place, piece) = (last.place + 1, last.piece)
                retry = (place, piece)
            } else {
                return false
            }
        }
        return pieces[piece...].allSatisfy { $0 == Self.star }
    }
}

extension PartitionPattern {
    /// A name that both match, if there can be one.
    ///
    /// Walks both patterns side by side, each pair of places once.
    public func common(with other: PartitionPattern) -> String? {
        var seen: Set<Pair> = []
        var open: [(pair: Pair, name: [UInt8])] = [(Pair(left: 0, right: 0), [])]
        while !open.isEmpty {
            let (pair, name) = open.removeFirst()
            guard seen.insert(pair).inserted else { continue }
            if pair.left == pieces.count, pair.right == other.pieces.count {
                return String(decoding: name, as: UTF8.self)
            }
            for (next, byte) in steps(from: pair, beside: other) {
                open.append((next, byte.map { name + [$0] } ?? name))
            }
        }
        return nil
    }

    private struct Pair: Hashable {
        var left: Int
        var right: Int
    }

    private func steps(from pair: Pair, beside other: PartitionPattern) -> [(Pair, UInt8?)] {
        let left = pair.left < pieces.count ? pieces[pair.left] : nil
        let right = pair.right < other.pieces.count ? other.pieces[pair.right] : nil
        var steps: [(Pair, UInt8?)] = []
        if left == Self.star { steps.append((Pair(left: pair.left + 1, right: pair.right), nil)) }
        if right == Self.star { steps.append((Pair(left: pair.left, right: pair.right + 1), nil)) }
        guard let left, let right, let byte = Self.common(left, right) else { return steps }
        let next = Pair(
            left: pair.left + (left == Self.star ? 0 : 1), right: pair.right + (right == Self.star ? 0 : 1))
        if next != pair { steps.append((next, byte)) }
        return steps
    }

    /// A character that both pieces take.
    private static func common(_ left: UInt8, _ right: UInt8) -> UInt8? {
        let (leftIsOpen, rightIsOpen) = (left == star || left == any, right == star || right == any)
        if leftIsOpen { return rightIsOpen ? UInt8(ascii: "x") : right }
        return rightIsOpen || left == right ? left : nil
    }
}

extension PartitionPattern: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        self.init(text)
    }
}

extension PartitionPattern: CustomStringConvertible {
    public var description: String { text }
}
