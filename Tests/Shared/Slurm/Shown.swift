@testable import Slurm

/// A record as text that doesn't depend on how its names are numbered.
func shown(_ value: Any, _ symbols: Symbols) -> String {
    if let symbol = value as? Symbol { return "\"\(symbols[symbol])\"" }
    let mirror = Mirror(reflecting: value)
    guard !mirror.children.isEmpty else { return "\(value)" }
    let members = mirror.children.map { "\($0.label.map { "\($0):" } ?? "")\(shown($0.value, symbols))" }
    return "(\(members.joined(separator: " ")))"
}
