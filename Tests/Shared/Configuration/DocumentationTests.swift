import Configuration
import Foundation
import Testing

struct DocumentationTests {
    private let page = sampleSchema.referencePage(title: "Configuration", introduction: "All keys.")

    @Test(arguments: [
        "# Configuration\n\nAll keys.\n\n## Top level\n",
        "## `web`\n\nWhere the program listens.\n\n| key | type | default | environment | flag | verdict | help |\n",
        "| `web.listen` | list of listen address | `:9341` | `SLURM_EXPORTER_WEB_LISTEN` | `--web.listen-address`, `--web.listen` | works | Addresses to listen on. Write a list, each item an address such as 0.0.0.0:9341, or :9341. |\n",
        "| `max_workers` | whole number |  |  |  | another name of `collection.max_workers` |  |\n",
        "| `collection.queue_size` | whole number |  |  |  | no effect | there is no queue; use collection.max_workers |\n",
        "| `slurm.http2` |  |  |  |  | refused | slurmrestd does not speak it |\n",
        "| `clusters[].name` | text | required |  |  | works | The cluster label. Write text. |\n",
        "| `clusters[].url` | text |  |  |  | another name of `clusters[].base_url` |  |\n",
        "| `metrics.sampling.<feed>.rate` | number | `1` |  |  | works | The part that is kept. Write a number from 0 to 1. |\n",
        "## Without a key\n",
    ])
    func pageHasALineForEveryKey(line: String) {
        #expect(page.contains(line))
    }

    @Test func everyRowHasAllCells() {
        for line in page.split(separator: "\n") where line.hasPrefix("|") {
            #expect(line.split(separator: "|", omittingEmptySubsequences: false).count == 9, "\(line)")
        }
    }

    @Test func schemaDescribesEveryKeyAndForbidsOthers() throws {
        let schema = try json(sampleSchema.jsonSchema(title: "Sample"))
        #expect(schema["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
        #expect(schema["additionalProperties"] as? Bool == false)
        let web = try properties(schema, "web")
        #expect(web["description"] as? String == "Where the program listens.")
        #expect(web["additionalProperties"] as? Bool == false)
        let listen = try properties(web, "listen")
        #expect(listen["description"] as? String == "Addresses to listen on.")
        #expect(listen["default"] as? [String] == [":9341"])
        #expect((listen["anyOf"] as? [Any])?.count == 2)
        let connections = try properties(properties(schema, "slurm"), "max_connections")
        #expect(connections["minimum"] as? Int == 1 && connections["maximum"] as? Int == 64)
        #expect(connections["default"] as? Int == 4)
        let http2 = try properties(properties(schema, "slurm"), "http2")
        #expect(http2["not"] != nil)
        let level = try #require(properties(schema, "log_level")["anyOf"] as? [[String: Any]])
        #expect(level[0]["enum"] as? [String] == ["debug", "info", "warn", "error", "off"])
        #expect(try properties(properties(schema, "web"), "token")["default"] as? String == "unset")
    }

    @Test func schemaDescribesSectionsInListsAndMaps() throws {
        let schema = try json(sampleSchema.jsonSchema(title: "Sample"))
        let cluster = try #require(properties(schema, "clusters")["items"] as? [String: Any])
        #expect(cluster["required"] as? [String] == ["name"], "base_url has another name")
        #expect(try properties(cluster, "interval")["default"] as? String == "30s")
        let sampling = try properties(properties(schema, "metrics"), "sampling")
        let values = try #require(sampling["additionalProperties"] as? [String: Any])
        #expect(try properties(values, "rate")["maximum"] as? Int == 1)
    }

    @Test(arguments: [
        ("0", true), ("30s", true), ("1h30m", true), ("1.5h", true), ("10", false), ("5M", false), ("1m1h", false),
        ("${T}", true), ("", false),
    ])
    func patternForDurationsAgreesWithTheReader(text: String, isGood: Bool) throws {
        let schema = try json(sampleSchema.jsonSchema(title: "Sample"))
        let jitter = try properties(properties(schema, "collection"), "jitter")
        #expect(try matches(text, jitter["pattern"]) == isGood)
        let environment = ["T": "1s"]
        #expect(errors("collection: {jitter: \"\(text)\", timeout: 10h}", environment: environment).isEmpty == isGood)
    }

    @Test(arguments: [("1GiB", true), ("800Mi", true), ("10MB", true), ("1e6", true), ("5gb", false), ("2048", true)])
    func patternForSizesAgreesWithTheReader(text: String, isGood: Bool) throws {
        let schema = try json(sampleSchema.jsonSchema(title: "Sample"))
        let size = try properties(properties(properties(schema, "processing"), "cache"), "max_size")
        #expect(try matches(text, size["pattern"]) == isGood)
        #expect(errors("processing: {cache: {max_size: \(text)}}").isEmpty == isGood)
    }

    private func json(_ text: String) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func properties(_ schema: [String: Any], _ name: String) throws -> [String: Any] {
        let properties = try #require(schema["properties"] as? [String: Any])
        return try #require(properties[name] as? [String: Any], "\(name)")
    }

    private func matches(_ text: String, _ pattern: Any?) throws -> Bool {
        let expression = try NSRegularExpression(pattern: #require(pattern as? String))
        return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
    }
}
