/// A label with its value; an empty value is the same as no label.
public struct SeriesLabel: Hashable, Sendable {
    public let name: LabelName
    public let value: String

    public init(_ name: LabelName, _ value: String) {
        self.name = name
        self.value = value
    }
}
