/// Something that goes wrong with some answers: data, and nothing that does anything.
struct Fault: Hashable, Sendable {
    var pattern: FaultPattern
    var effect: FaultEffect
    /// How often it strikes; nil is without end.
    var count: Int?
    /// How likely it strikes.
    var probability = 1.0
}

/// Why a text or a document is no fault.
struct FaultError: Error, Hashable, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
