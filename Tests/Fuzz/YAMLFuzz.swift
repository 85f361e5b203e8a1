import YAML

extension FuzzTarget {
    /// A document stays within its limits, whatever its aliases and merge keys expand to.
    static let yaml = FuzzTarget(name: "yaml") { input in
        let limits = YAML.Limits(bytes: 1 << 16, nodes: 1000, depth: 16)
        guard let document = try? YAML.parse(input, limits: limits) else { return }
        let (nodes, depth) = measure(document)
        precondition(nodes <= limits.nodes && depth <= limits.depth, "the tree is larger than its limits")
    }

    private static func measure(_ node: YAML.Node) -> (nodes: Int, depth: Int) {
        let children =
            switch node.content {
            case .scalar: [YAML.Node]()
            case .sequence(let items): items
            case .mapping(let entries): entries.map(\.value)
            }
        return children.map(measure).reduce((1, 1)) { ($0.0 + $1.nodes, max($0.1, $1.depth + 1)) }
    }
}
