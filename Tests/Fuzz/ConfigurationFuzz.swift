import Configuration

extension FuzzTarget {
    /// Settings print as a configuration that loads to the same settings, and errors are lines that can be shown.
    static let configuration = FuzzTarget(name: "configuration") { input in
        let first: Loaded<Settings>
        do throws(ConfigurationError) {
            first = try load(input)
        } catch {
            return checkShowable(error)
        }
        // A secret is not printed, so it can't be read back.
        guard first.settings.token == nil else { return }
        let printed = schema.effective(first)
        guard let second = try? load(Array(printed.utf8)) else { preconditionFailure("what is printed does not load") }
        precondition(values(schema.effective(second)) == values(printed), "what is printed loads to something else")
    }

    private static func checkShowable(_ error: ConfigurationError) {
        precondition(!error.errors.isEmpty)
        let isShowable = error.description.utf8.allSatisfy { $0 >= 0x20 || $0 == UInt8(ascii: "\n") }
        precondition(isShowable, "an error has control over the terminal")
    }

    private static func load(_ bytes: [UInt8]) throws(ConfigurationError) -> Loaded<Settings> {
        try schema.load(file: ConfigurationFile(name: "fuzz.yaml", bytes: bytes), environment: ["NAME": "value"])
    }

    /// Without the comments on origins, which differ.
    private static func values(_ configuration: String) -> [Substring] {
        configuration.split(separator: "\n").map { line in
            var line = line
            while let last = line.popLast() { if last == "#" { break } }
            return line
        }
    }
}

private enum Mode: String, CaseIterable { case primary, secondary }

private struct Settings: Sendable {
    var text = "text"
    var flag = false
    var number = 1.5
    var limit: Int?
    var timeout = Duration.seconds(30)
    var size = ByteSize(bytes: 1 << 20)
    var mode = Mode.primary
    var names: [String] = []
    var token: Secret?
    var limits: [String: Int] = ["user": 500]
    var items: [Item] = []
}

private struct Item: Sendable {
    var name = ""
    var interval = Duration.seconds(1)
    var rates: [Mode: Double] = [:]
}

private let itemSchema = Schema(Item()) {
    Setting("name", \.name, .string, "", required: true)
    Alias("title", of: \.name)
    Setting("interval", \.interval, .duration(in: .milliseconds(1)...), "")
    Setting("rates", \.rates, .map(of: .number(in: 0...1), keys: .enumeration("mode")), "")
}

private let schema = Schema(Settings()) {
    Setting("text", \.text, .string, "")
    Setting("flag", \.flag, .boolean, "")
    Setting("number", \.number, .number, "")
    Setting("limit", \.limit, .integer(in: 0...), "", unset: "unlimited")
    Section("deep") {
        Setting("timeout", \.timeout, .duration, "")
        Setting("size", \.size, .byteSize, "")
        Setting("mode", \.mode, .enumeration("mode"), "")
        Ignored("queue", .integer, why: "there is none")
    }
    Setting("names", \.names, .list(of: .string), "")
    Setting("token", \.token, .secret(file: .mayComeLater), "")
    Setting("limits", \.limits, .map(of: .integer), "")
    Setting("items", \.items, .list(of: .section(itemSchema)), "")
}
