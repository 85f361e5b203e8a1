public import Selectors

/// Selects by one selector after the other; none of them is needed any longer once it was added.
public struct Selecting {
    private let generation: Generation
    private var unions: [RowUnion]

    public init(from generation: Generation) {
        self.generation = generation
        unions = generation.parts.map { RowUnion(of: $0.index.count) }
    }

    /// What is selected is of no use where the task was cancelled meanwhile.
    public mutating func add(_ selector: Selector) {
        for (place, part) in generation.parts.enumerated() where !unions[place].isEverything {
            unions[place].insert(part.index.rows(matching: selector))
        }
    }

    public var selection: Selection { Selection(generation: generation, rows: unions.map(\.rows)) }
}
