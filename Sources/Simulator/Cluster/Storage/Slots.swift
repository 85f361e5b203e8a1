/// Something that can stand for "nothing here" in a table with holes.
public protocol Vacatable: Sendable {
    static var vacant: Self { get }
    var isVacant: Bool { get }
}

/// A position in a `Slots` table, given again to another once its element is removed.
public struct Slot<Element>: Hashable, Sendable, BitwiseCopyable {
    public let raw: UInt32

    public static var none: Slot { Slot(raw: .max) }
    public var exists: Bool { raw != .max }
    public var index: Int { Int(raw) }

    init(raw: UInt32) {
        self.raw = raw
    }
}

/// A chunked table whose elements come and go; the last hole made is the first one filled.
public struct Slots<Element: Vacatable>: Sendable {
    private var elements = Chunked<Element>()
    private var holes: [UInt32] = []

    public init() {}

    /// How many elements there are, holes left out.
    public var count: Int { elements.count - holes.count }

    /// How many positions there are, holes included: `0..<capacity` are the positions to walk for a reader that pauses.
    public var capacity: Int { elements.count }

    public subscript(_ slot: Slot<Element>) -> Element {
        _read { yield elements[slot.index] }
        _modify { yield &elements[slot.index] }
    }

    /// The element at a position, or nothing where there is a hole.
    public func element(at position: Int) -> Element? {
        let element = elements[position]
        return element.isVacant ? nil : element
    }

    mutating func insert(_ element: Element) -> Slot<Element> {
        if let hole = holes.popLast() {
            elements[Int(hole)] = element
            return Slot(raw: hole)
        }
        elements.append(element)
        return Slot(raw: UInt32(elements.count - 1))
    }

    mutating func remove(_ slot: Slot<Element>) {
        elements[slot.index] = .vacant
        holes.append(slot.raw)
    }

    /// How many chunks are not the same memory as in another copy.
    public func chunksNotShared(with other: Slots) -> Int {
        elements.chunksNotShared(with: other.elements)
    }
}

extension Slots: Sequence {
    public struct Iterator: IteratorProtocol {
        fileprivate let elements: Chunked<Element>
        fileprivate var position = 0

        public mutating func next() -> Element? {
            while position < elements.count {
                defer { position += 1 }
                let element = elements[position]
                if !element.isVacant { return element }
            }
            return nil
        }
    }

    public func makeIterator() -> Iterator { Iterator(elements: elements) }

    public var underestimatedCount: Int { count }

    /// Every taken slot, in the order in which iteration gives the elements.
    public var slots: some Sequence<Slot<Element>> {
        (0..<elements.count).lazy.filter { !elements[$0].isVacant }.map { Slot(raw: UInt32($0)) }
    }
}
