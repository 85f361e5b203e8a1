/// What an answer says besides its records.
public struct Answer: Equatable, Sendable {
    /// How many records there were; nil where there was no list of them at all.
    public internal(set) var recordCount: Int?
    public var server = Server()
    /// Not empty in many a 200.
    public private(set) var errors: [Problem] = []
    public var warnings: [Problem] = []
    /// When what was asked for changed last; nil up to v0.0.39 and where Slurm doesn't say.
    public private(set) var lastUpdate: Timestamp?
    public private(set) var lastBackfill: Timestamp?
    public internal(set) var oddities = Oddities()

    public init() {}

    /// What answered.
    public struct Server: Equatable, Sendable {
        /// `23.11.10`
        public var release = ""
        /// Up to 23.11 the server doesn't say.
        public var cluster = ""
        /// `v0.0.40`
        public var dataParser = ""

        public init() {}
    }

    /// An error or a warning.
    public struct Problem: Equatable, Sendable {
        /// Slurm's error number; 0 is no error.
        public var number: Int?
        public var text: String
        public var source: String

        public init(number: Int? = nil, text: String, source: String) {
            self.number = number
            self.text = text
            self.source = source
        }
    }
}

extension Answer {
    static let mostProblems = 32
    static let longestText = 1024

    /// A member of an answer's that is read.
    enum Member {
        case meta, errors, warnings, lastUpdate, lastBackfill

        init?(_ key: RawSpan) {
            guard let (_, member) = Self.keys.first(where: { key.hasSameBytes(as: $0.key) }) else { return nil }
            self = member
        }

        private static let keys: [(key: StaticString, member: Member)] = [
            ("meta", .meta), ("errors", .errors), ("warnings", .warnings), ("last_update", .lastUpdate),
            ("last_backfill", .lastBackfill),
        ]
    }

    mutating func take(_ member: Member, _ value: JSONValue) {
        switch member {
        case .meta: server = Server(value)
        case .errors: errors = Self.problems(value)
        case .warnings: warnings = Self.problems(value)
        case .lastUpdate: lastUpdate = Self.time(value)
        case .lastBackfill: lastBackfill = Self.time(value)
        }
    }

    private static func problems(_ value: JSONValue) -> [Problem] {
        switch value {
        case .array(let elements): elements.prefix(mostProblems).map { Problem($0) }
        // No release writes one in this way; it would be a failure all the same.
        case .string(let text): text.isEmpty ? [] : [Problem(value)]
        case .object(let members): members.isEmpty ? [] : [Problem(value)]
        default: []
        }
    }

    private static func time(_ value: JSONValue) -> Timestamp? {
        value.number().integer.flatMap { $0 >= 0 ? Timestamp(Int64($0)) : nil }
    }
}

extension Answer.Server {
    /// v0.0.38 and v0.0.39 have `Slurm` with a capital letter.
    init(_ meta: JSONValue) {
        let slurm = meta["slurm"] ?? meta["Slurm"]
        release = slurm?["release"]?.cutText ?? ""
        cluster = slurm?["cluster"]?.cutText ?? ""
        let plugin = meta["plugin"] ?? meta["plugins"]
        let parser = plugin?["data_parser"]?.cutText ?? plugin?["type"]?.cutText ?? ""
        dataParser = parser.split(separator: "/").last.map(String.init) ?? ""
    }
}

extension Answer.Problem {
    /// Either {description, error_number, error, source} or {error, errno}.
    init(_ value: JSONValue) {
        number = (value["error_number"] ?? value["errno"])?.number().integer
        let texts = [value["description"], value["error"], value["warning"], value].compactMap { $0?.cutText }
        // The first says what was tried, the second why it failed.
        text = texts.filter { !$0.isEmpty }.joined(separator: ": ")
        source = value["source"]?.cutText ?? ""
    }
}

extension JSONValue {
    fileprivate var cutText: String? {
        string.map { $0.unicodeScalars.count <= Answer.longestText ? $0 : String($0.prefix(Answer.longestText)) }
    }
}

extension Answer {
    /// Changes all texts that the server was free to choose.
    public mutating func rewriteTexts(_ change: (String) -> String) {
        for index in errors.indices { errors[index].rewriteTexts(change) }
        for index in warnings.indices { warnings[index].rewriteTexts(change) }
        oddities.rewriteWords(change)
    }
}

extension Answer.Problem {
    fileprivate mutating func rewriteTexts(_ change: (String) -> String) {
        text = change(text)
        source = change(source)
    }
}
