/// A declaration that no format could carry.
public struct InvalidFamily: Error, Hashable {
    public enum Reason: Hashable, Sendable {
        case bounds, quantiles, states, infoName, decimals, repeatedLabel
        case unit(String)
        case reservedLabel(String)
    }

    public let name: MetricName
    public let reason: Reason
}

extension InvalidFamily: CustomStringConvertible {
    public var description: String {
        "\(name): " + reason.description
    }
}

extension InvalidFamily.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .bounds: "bucket bounds must ascend and be finite"
        case .quantiles: "quantiles must ascend and lie in 0 to 1"
        case .states: "states must be there, named and different"
        case .infoName: "the name of an info must end in '_info'"
        case .decimals: "fixed point has 1 to 9 decimals"
        case .repeatedLabel: "a label is declared twice"
        case .unit(let unit): "'\(unit)' is no unit: letters, digits, '_' and ':'"
        case .reservedLabel(let label): "the label '\(label)' belongs to the type"
        }
    }
}
