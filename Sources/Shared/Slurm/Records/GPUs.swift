/// GPUs, in all and by type.
///
/// A GPU whose type isn't said counts under the empty symbol, so that the types always add up to the total.
public struct GPUs: Hashable, Sendable {
    public struct Group: Hashable, Sendable {
        public var type: Symbol
        public var count: Int

        public init(type: Symbol, count: Int) {
            self.type = type
            self.count = count
        }
    }

    public private(set) var groups: [Group]

    public init(_ groups: [Group] = []) {
        self.groups = groups.allSatisfy { $0.count != 0 } ? groups : groups.filter { $0.count != 0 }
    }

    public var total: Int { groups.reduce(0) { $0 + $1.count } }
    public var isEmpty: Bool { groups.isEmpty }
}
