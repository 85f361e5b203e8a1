import Foundation

/// A query that a dashboard, a rule or a page asks.
struct Query: Sendable {
    let source: String
    let expression: Expression

    static func all() throws -> [Query] {
        try DeployedFile.dashboards.flatMap(onDashboard) + onPage("queries.md") + inRules()
    }

    private static func inRules() throws -> [Query] {
        try DeployedFile.rules.filter { $0.path != "rules/pair.yml" }.flatMap { try Rule.all(in: $0) }
            .map { Query(source: "\($0.file) \($0.name)", expression: $0.expression) }
    }

    private static func onPage(_ path: String) throws -> [Query] {
        try DeployedFile(path: path).text.matches(of: #/```promql\n(?<block>[^`]*)```/#).flatMap { match in
            match.block.split(separator: "\n\n").map { text in
                let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
                return Query(source: path, expression: Expression(lines.joined(separator: "\n")))
            }
        }
    }

    private struct Dashboard: Decodable {
        let title: String
        let panels: [Panel]

        struct Panel: Decodable {
            let title: String
            let targets: [Target]
        }

        struct Target: Decodable {
            let expr: String
        }
    }

    /// With variables as Grafana fills them in where all is chosen.
    private static func onDashboard(_ file: DeployedFile) throws -> [Query] {
        let dashboard = try JSONDecoder().decode(Dashboard.self, from: Data(contentsOf: file.url))
        return dashboard.panels.flatMap { panel in
            panel.targets.map { target in
                let text = target.expr.replacing("$cluster", with: ".*").replacing("$partition", with: ".*")
                    .replacing("$__rate_interval", with: "1m")
                return Query(source: "\(dashboard.title): \(panel.title)", expression: Expression(text))
            }
        }
    }
}
