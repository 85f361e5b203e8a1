/// The written form: `ENDPOINT EFFECT[=ARGUMENT] [count=N] [probability=P]`.
extension Fault: CustomStringConvertible {
    init(_ text: String) throws(FaultError) {
        let words = text.split(separator: " ")
        guard words.count >= 2 else { throw FaultError("an endpoint and an effect are needed") }
        let (name, argument) = Self.pair(words[1])
        self.init(pattern: try FaultPattern(String(words[0])), effect: try FaultEffect(name, argument))
        var seen: Set<String> = []
        for word in words.dropFirst(2) {
            try setOption(word)
            let (name, _) = Self.pair(word)
            guard seen.insert(name).inserted else { throw FaultError("\(name) is there twice") }
        }
    }

    private mutating func setOption(_ word: Substring) throws(FaultError) {
        switch Self.pair(word) {
        case ("count", let value?):
            guard let number = Int(value), number > 0 else { throw FaultError("count is no number: \(value)") }
            count = number
        case ("probability", let value?):
            guard let number = Double(value), (0...1).contains(number) else {
                throw FaultError("probability is not between 0 and 1: \(value)")
            }
            probability = number
        default: throw FaultError("\(word) is neither count=N nor probability=P")
        }
    }

    private static func pair(_ word: Substring) -> (String, String?) {
        let parts = word.split(separator: "=", maxSplits: 1)
        return (String(parts.first ?? ""), parts.count > 1 ? String(parts[1]) : nil)
    }

    var description: String {
        "\(pattern.text) \(effect)" + (count.map { " count=\($0)" } ?? "")
            + (probability < 1 ? " probability=\(probability)" : "")
    }
}

extension FaultEffect: CustomStringConvertible {
    init(_ name: String, _ argument: String?) throws(FaultError) {
        switch (name, argument) {
        case ("latency", let text?): self = .latency(try Latency(text))
        case ("work", let text?): self = .work(try Seconds.read(text))
        case ("status", let text?):
            guard let status = Int(text), (400...599).contains(status) else { throw FaultError("\(text) is no status") }
            self = .status(status)
        case ("reset", let text): self = .reset(after: try Self.bytes(text))
        case ("truncate", let text): self = .truncate(at: try Self.bytes(text))
        case ("rewrite", let text?):
            guard let rewriting = Rewriting(rawValue: text) else { throw FaultError("\(text) is no way to rewrite") }
            self = .rewrite(rewriting)
        default:
            guard argument == nil, let simple = Self.simple.first(where: { $0.name == name }) else {
                throw FaultError("no effect is written \(name)\(argument.map { "=" + $0 } ?? "")")
            }
            self = simple.effect
        }
    }

    var description: String {
        switch self {
        case .latency(let latency): "latency=\(latency)"
        case .work(let time): "work=\(Seconds.write(time))"
        case .status(let status): "status=\(status)"
        case .reset(let bytes): "reset=\(bytes)"
        case .truncate(let bytes): "truncate=\(bytes)"
        case .rewrite(let rewriting): "rewrite=\(rewriting.rawValue)"
        default: Self.simple.first { $0.effect == self }?.name ?? ""
        }
    }

    private static let simple: [(name: String, effect: FaultEffect)] = [
        ("hang", .hang), ("errors", .errors), ("full-body", .fullBody), ("garbage", .garbage),
        ("token-expired", .tokenExpired), ("version-withdrawn", .versionWithdrawn), ("slurmdbd-down", .databaseDown),
        ("slurmctld-down", .controllerDown), ("slurmctld-frozen", .controllerFrozen),
    ]

    private static func bytes(_ text: String?) throws(FaultError) -> Int {
        guard let text else { return 1000 }
        guard let bytes = Int(text), bytes >= 0 else { throw FaultError("\(text) is no number of bytes") }
        return bytes
    }
}

/// `2`, `uniform:1:3`, `exponential:0.5`: seconds.
extension Latency: CustomStringConvertible {
    init(_ text: String) throws(FaultError) {
        let parts = text.split(separator: ":").map { String($0) }
        switch (parts.first, parts.count) {
        case ("uniform", 3):
            let (low, high) = (try Seconds.read(parts[1]), try Seconds.read(parts[2]))
            guard low <= high else { throw FaultError("\(text) ends before it starts") }
            self = .uniform(low...high)
        case ("exponential", 2): self = .exponential(mean: try Seconds.read(parts[1]))
        case (let time?, 1): self = .fixed(try Seconds.read(time))
        default: throw FaultError("\(text) is no latency: write 2, uniform:1:3 or exponential:0.5")
        }
    }

    var description: String {
        switch self {
        case .fixed(let time): Seconds.write(time)
        case .uniform(let range): "uniform:\(Seconds.write(range.lowerBound)):\(Seconds.write(range.upperBound))"
        case .exponential(let mean): "exponential:\(Seconds.write(mean))"
        }
    }
}

private enum Seconds {
    static func read(_ text: String) throws(FaultError) -> Duration {
        let digits = text.hasSuffix("s") ? text.dropLast() : text[...]
        guard let seconds = Double(digits), (0...1e6).contains(seconds) else {
            throw FaultError("\(text) is no number of seconds")
        }
        return .seconds(seconds)
    }

    static func write(_ duration: Duration) -> String { "\(duration / .seconds(1))s" }
}
