/// A position in one of a cluster's tables, four bytes wide; `.none` where there is nothing to point at.
///
/// Tables only grow, so a reference stays valid for the life of a cluster, in every later snapshot too.
public struct Ref<Entity>: Hashable, Sendable, BitwiseCopyable {
    public let raw: UInt32

    public static var none: Ref { Ref(raw: .max) }

    /// How many entities a table can hold.
    public static var capacity: Int { Int(UInt32.max) }

    public var exists: Bool { raw != .max }
    public var index: Int { Int(raw) }

    init(raw: UInt32) {
        self.raw = raw
    }

    public init(_ index: Int) {
        precondition(index < Self.capacity, "a table holds at most \(Self.capacity) entries")
        raw = UInt32(index)
    }
}

extension Ref: Comparable {
    public static func < (left: Ref, right: Ref) -> Bool { left.raw < right.raw }
}

extension Array {
    /// The entity that a reference points at.
    public subscript(_ ref: Ref<Element>) -> Element {
        _read { yield self[ref.index] }
        _modify { yield &self[ref.index] }
    }

    /// Every valid reference, in order.
    public var refs: LazyMapSequence<Range<Int>, Ref<Element>> {
        (0..<count).lazy.map { Ref(raw: UInt32($0)) }
    }
}
