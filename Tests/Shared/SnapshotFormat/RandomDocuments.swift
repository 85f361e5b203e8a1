import Metrics
import ServiceRuntime
import SnapshotFormat

/// Documents with families of every type and rule, and labels and numbers of every kind.
struct RandomDocuments {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func next() -> SnapshotDocument {
        var document = SnapshotDocument(slice: text(), generation: "a-\(random.next())")
        if Bool.random(using: &random) { document.collectors = [text(): ["jobs", "users"], text(): []] }
        for feed in Feed.allCases where Bool.random(using: &random) {
            document.feeds.append(
                FeedState(
                    cluster: text(), feed: feed, isUp: Bool.random(using: &random),
                    data: Bool.random(using: &random)
                        ? FeedState.Data(
                            generation: random.next(), answered: Int64(truncatingIfNeeded: random.next()),
                            age: Double.random(in: 0...100, using: &random), lifetime: 90.5) : nil))
        }
        for number in 0..<Int.random(in: 0...12, using: &random) { document.families.append(family(number)) }
        for number in 0..<Int.random(in: 0...3, using: &random) { document.states.append(state(number)) }
        return document
    }

    private mutating func state(_ number: Int) -> CountingState {
        let width = Int.random(in: 1...4, using: &random)
        let marks = (0..<width * Int.random(in: 0...20, using: &random)).map { _ in
            UInt32.random(in: 0 ... .max, using: &random)
        }
        let levels = (0..<Int.random(in: 0...4, using: &random)).map { family(100 * (number + 1) + $0).table }
        return CountingState(
            cluster: text(), collector: "accounting", feed: .accounting,
            state: CounterState(
                name: text(), numbers: ["since": Int64(truncatingIfNeeded: random.next()), text(): 0], marks: marks,
                markWidth: width, levels: levels))
    }

    private static let types: [FamilyType] = [
        .gauge, .counter, .histogram(bounds: [-0.5, 0.1, 1, 1e6]), .gaugeHistogram(bounds: []), .info, .unknown,
        .summary(quantiles: [0, 0.99]), .stateset(states: ["up", #"do"w\n"#, "ü"]),
    ]
    private static let rules: [MergeRule] = [
        .sum, .sumOfFractions(decimals: 3), .max, .min, .union, .replica, .derived,
    ]

    private mutating func family(_ number: Int) -> FamilyState {
        let family = MetricFamily(
            MetricName(stringLiteral: "slurm_family_\(number)_info"), Self.types.randomElement(using: &random)!,
            help: "x" + text(), unit: Bool.random(using: &random) ? "seconds" : nil, labels: ["user", "state", "qos"],
            level: Level.allCases.randomElement(using: &random)!, merge: Self.rules.randomElement(using: &random)!,
            feed: Bool.random(using: &random) ? .jobs : nil)
        var table = SeriesTable(family)
        for _ in 0..<Int.random(in: 0...40, using: &random) { add(to: &table) }
        let isDropped = Int.random(in: 0..<8, using: &random) == 0
        return FamilyState(cluster: text(), collector: "jobs", table: table, dropped: isDropped ? "memory" : nil)
    }

    private mutating func add(to table: inout SeriesTable) {
        let row = table.row(text(), text(), text())
        let cells = table.cells(at: row).map { _ in number() }
        table.setCells(cells, at: row)
        switch table.family.type {
        case .counter, .histogram, .summary:
            if Bool.random(using: &random) { table.setCreated(Double.random(in: 0...2e9, using: &random), at: row) }
        default: break
        }
    }

    private mutating func number() -> Double {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: [0, -0.0, .infinity, -.infinity, .nan, 0x1p53, -0x1p60].randomElement(using: &random)!
        case 1: Double(bitPattern: random.next())
        case 2: Double.random(in: -1...1, using: &random)
        default: Double(Int.random(in: 0...1_000_000, using: &random))
        }
    }

    private mutating func text() -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<8, using: &random) {
            let scalars: [Unicode.Scalar] = [
                "\\", "\"", "\n", "\r", "{", "}", " ", "@", ",", "a", "b", "ü", "😀", "\0", "#",
            ]
            text.unicodeScalars.append(scalars.randomElement(using: &random)!)
        }
        return text
    }
}
