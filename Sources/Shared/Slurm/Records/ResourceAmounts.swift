/// A kind of resource that accounting tracks.
public enum ResourceKind: Hashable, Sendable {
    case cpu
    /// In bytes.
    case memory
    case node
    case billing
    /// As accounting writes it: `gres/gpu:h100`, `license/matlab`.
    case other(Symbol)

    /// As accounting writes it.
    public func name(_ symbols: borrowing Symbols) -> String {
        switch self {
        case .cpu: "cpu"
        case .memory: "mem"
        case .node: "node"
        case .billing: "billing"
        case .other(let name): symbols[name]
        }
    }
}

/// Amounts of resources by kind, of those kinds that are said. 0 is an amount.
public struct ResourceAmounts: Hashable, Sendable {
    public private(set) var entries: [Entry] = []

    public struct Entry: Hashable, Sendable {
        public let kind: ResourceKind
        public var amount: Int

        public init(_ kind: ResourceKind, _ amount: Int) {
            self.kind = kind
            self.amount = amount
        }
    }

    public init() {}

    public var isEmpty: Bool { entries.isEmpty }

    public subscript(_ kind: ResourceKind) -> Int? {
        get { entries.first { $0.kind == kind }?.amount }
        set {
            entries.removeAll { $0.kind == kind }
            if let newValue { entries.append(Entry(kind, newValue)) }
        }
    }
}
