/// The tags of YAML's core schema; application tags such as `!vault` would change what a value means, so none passes unseen.
enum Tag {
    enum Kind { case scalar, sequence, mapping }

    private static let prefix = "tag:yaml.org,2002:"
    private static let kinds: [String: Kind] = [
        "str": .scalar, "int": .scalar, "float": .scalar, "bool": .scalar, "null": .scalar, "seq": .sequence,
        "map": .mapping,
    ]

    static func check(_ tag: String?, on kind: Kind, at position: YAML.Position) throws(YAML.Problem) {
        guard let tag, tag != "!" else { return }
        guard tag.hasPrefix(prefix), kinds[String(tag.dropFirst(prefix.count))] == kind else {
            let name = tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
            throw YAML.Problem(.tag, at: position, "the tag \(Shown.quoted(name)) is not supported here: leave it out")
        }
    }

    /// `!!str` and `!` make plain text quoted; any other core tag makes quoted text plain.
    static func style(_ tag: String?, _ style: YAML.Scalar.Style) -> YAML.Scalar.Style {
        switch tag {
        case nil: style
        case "!", prefix + "str": .quoted
        default: .plain
        }
    }
}
