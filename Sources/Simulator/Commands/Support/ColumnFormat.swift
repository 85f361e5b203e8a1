import SimulatedCluster

/// What `--format` and `--Format` ask for, read against the fields of a command.
///
/// As in Slurm, a field that isn't known is an error on standard error and nothing more: the others are shown.
struct ColumnFormat<Record: Sendable> {
    private(set) var columns: [Column<Record>] = []
    /// Fields that are not known, in the order of their appearance.
    private(set) var unknown: [Text] = []

    private let fields: [Field<Record>]

    private init(fields: [Field<Record>], release: Release) {
        self.fields = fields.filter { $0.releases.contains(release) }
    }

    /// `field[:[.][width][suffix]],…`: without a colon 20 wide, with one as wide as it says or as the content.
    init(long format: Text, fields: [Field<Record>], release: Release) {
        self.init(fields: fields, release: release)
        for token in format.listed { add(long: token.bytes) }
    }

    /// `[prefix]%[.][width]letter[suffix]…`
    init(short format: Text, fields: [Field<Record>], release: Release) {
        self.init(fields: fields, release: release)
        let percent = UInt8(ascii: "%")
        let prefix = format.bytes.prefix { $0 != percent }
        if !prefix.isEmpty { columns.append(.text(Array(prefix))) }
        for token in format.bytes[prefix.endIndex...].split(separator: percent) { add(short: token) }
    }

    private mutating func add(long token: [UInt8]) {
        let name = Text(bytes: Array(token.prefix { $0 != UInt8(ascii: ":") }))
        var rest = token.dropFirst(name.bytes.count)
        let layout = rest.popFirst() == nil ? Layout(width: 20) : Layout(&rest)
        let field = fields.first { Text(stringLiteral: $0.name).equalsIgnoringCase(name) }
        if field == nil { unknown.append(name) }
        columns.append(Column(field: field, width: layout.width, isRight: layout.isRight, suffix: Array(rest)))
    }

    private mutating func add(short token: ArraySlice<UInt8>) {
        var rest = token
        let layout = Layout(&rest)
        let letter = rest.popFirst().map { Character(Unicode.Scalar($0)) }
        if let letter, let field = fields.first(where: { $0.letter == letter }) {
            columns.append(Column(field: field, width: layout.width, isRight: layout.isRight, suffix: Array(rest)))
        } else {
            unknown.append(Text(stringLiteral: letter.map { "\($0)" } ?? ""))
            columns.append(.text([UInt8(ascii: "%")] + token))
        }
    }

    private struct Layout {
        var width: Int
        var isRight = false

        init(width: Int) {
            self.width = width
        }

        init(_ rest: inout ArraySlice<UInt8>) {
            if rest.first == UInt8(ascii: ".") {
                isRight = true
                rest.removeFirst()
            }
            let digits = rest.prefix { $0.isASCIIDigit }
            rest.removeFirst(digits.count)
            width = digits.reduce(0) { min($0 * 10 + Int($1) - 0x30, 1 << 16) }
        }
    }
}
