import Foundation
import YAML

/// A file under `deploy/prometheus`.
struct DeployedFile: Sendable, CustomStringConvertible {
    /// From `deploy/prometheus` on.
    let path: String

    static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    static let directory = root.appending(path: "deploy/prometheus")

    var url: URL { Self.directory.appending(path: path) }
    var text: String { get throws { try String(contentsOf: url, encoding: .utf8) } }
    var yaml: YAML.Node { get throws { try YAML.parse(try text) } }
    var description: String { path }

    /// All of a folder with this ending, by name.
    static func all(in folder: String, ending: String) -> [DeployedFile] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: directory.appending(path: folder).path)
        return (names ?? []).filter { $0.hasSuffix(ending) }.sorted().map { DeployedFile(path: "\(folder)/\($0)") }
    }

    static let rules = all(in: "rules", ending: ".yml")
    static let ruleTests = all(in: "tests", ending: ".test.yml")
    static let scrapeConfigurations = all(in: "scrape", ending: ".yml")
    static let dashboards = all(in: "dashboards", ending: ".json")
}

extension YAML.Node {
    subscript(_ key: String) -> YAML.Node? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }

    var items: [YAML.Node] {
        guard case .sequence(let items) = content else { return [] }
        return items
    }

    var text: String? {
        guard case .scalar(let scalar) = content else { return nil }
        return scalar.text
    }
}
