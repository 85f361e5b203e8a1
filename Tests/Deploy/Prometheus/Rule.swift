import YAML

/// A recording rule or an alert, as a file has it.
struct Rule: Sendable {
    let file: String
    let name: String
    let isAlert: Bool
    let expression: Expression
    let annotations: [String: String]

    static func all(in file: DeployedFile) throws -> [Rule] {
        try file.yaml["groups"]?.items.flatMap { $0["rules"]?.items ?? [] }.compactMap { Rule($0, in: file) } ?? []
    }

    private init?(_ node: YAML.Node, in file: DeployedFile) {
        guard let name = node["alert"]?.text ?? node["record"]?.text, let text = node["expr"]?.text else { return nil }
        self.file = file.path
        self.name = name
        isAlert = node["alert"] != nil
        expression = Expression(text)
        let keys = ["summary", "description", "runbook_url"]
        annotations = Dictionary(
            uniqueKeysWithValues: keys.compactMap { key in node["annotations"]?[key]?.text.map { (key, $0) } })
    }
}
