import Testing
import YAML

struct YAMLTests {
    @Test(arguments: [
        ("a: 1", "{a: 1}"),
        ("a: '1'", "{a: '1'}"),
        ("a: [x, \"y\"]\nb: {c: d}", "{a: [x, 'y'], b: {c: d}}"),
        ("a: |\n  two\n  lines\n", "{a: 'two\nlines\n'}"),
        ("", ""),
        ("# only a comment\n", ""),
        ("---\na: 1\n...\n", "{a: 1}"),
        ("%YAML 1.2\n---\na: 1\n", "{a: 1}"),
        ("a: 1\r\nb:\r\n  - 2\r\n", "{a: 1, b: [2]}"),
        ("\u{FEFF}a: 1", "{a: 1}"),
        ("a:\tb", "{a: b}"),
        ("grüße: é\u{1F600}", "{grüße: é\u{1F600}}"),
    ])
    func readsTheFormsOfADocument(text: String, expected: String) throws {
        #expect(try YAML.parse(text).outline == expected)
    }

    @Test func leavesScalarsAsTheTextTheyAre() throws {
        let text =
            "country: no\nmode: off\nflag: yes\noctal: 010\nlarge: 1e6\ntime: 12:30:45\nday: 2024-01-01\nno: 1\n8080: x"
        #expect(
            try YAML.parse(text).outline
                == "{country: no, mode: off, flag: yes, octal: 010, large: 1e6, time: 12:30:45, day: 2024-01-01, no: 1, 8080: x}"
        )
    }

    @Test func readsUTF16WithAByteOrderMark() throws {
        let units = Array("\u{FEFF}a: é".utf16)
        let bytes: [[UInt8]] = units.map { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try YAML.parse(Array(bytes.joined())).outline == "{a: é}")
    }

    @Test func givesEveryNodeItsLineAndColumn() throws {
        guard case .mapping(let entries) = try YAML.parse("é: 1\n\nweb:\n  listen: [a,\n    b]\n").content,
            case .mapping(let inner) = entries[1].value.content, case .sequence(let items) = inner[0].value.content
        else { throw YAMLShape() }
        #expect(entries[0].value.position == YAML.Position(line: 1, column: 4))
        #expect(entries[1].keyPosition == YAML.Position(line: 3, column: 1))
        #expect(inner[0].keyPosition == YAML.Position(line: 4, column: 3))
        #expect(items.map(\.position) == [YAML.Position(line: 4, column: 12), YAML.Position(line: 5, column: 5)])
    }

    @Test(arguments: ["", "~", "null", "Null", "NULL"])
    func knowsAnUnquotedNull(text: String) throws {
        #expect(try YAML.parse(text).isNull)
        #expect(try !YAML.parse("'\(text)'").isNull)
    }

    @Test(arguments: [
        ("a: &x {b: 1}\nc: *x", "{a: {b: 1}, c: {b: 1}}"),
        ("a: &x 1\nb: &x 2\nc: *x", "{a: 1, b: 2, c: 2}"),
        ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}", "{a: {b: 1, c: 2}, d: {c: 3, b: 1}}"),
        ("a: &x {b: 1}\ne: &y {b: 2, c: 2}\nd: {<<: [*x, *y]}", "{a: {b: 1}, e: {b: 2, c: 2}, d: {b: 1, c: 2}}"),
        ("a: {'<<': 1}", "{a: {<<: 1}}"),
    ])
    func expandsAliasesAndMergeKeys(text: String, expected: String) throws {
        #expect(try YAML.parse(text).outline == expected)
    }

    @Test(arguments: [
        ("!!str yes", "'yes'"), ("! yes", "'yes'"), ("!!int '5'", "5"), ("!!map {a: !!seq [b]}", "{a: [b]}"),
    ])
    func obeysCoreTags(text: String, expected: String) throws {
        #expect(try YAML.parse(text).outline == expected)
    }
}

struct YAMLProblemTests {
    @Test(arguments: [
        ("a: 1\nb: 2\na: 3", "line 3, column 1: the key \"a\" is already at line 1: keep one of the two"),
        ("a:\n  b: 1\n\tc: 2", "line 3, column 1: a tab can't indent: use spaces"),
        (
            "a: b: c",
            "line 1, column 5: a colon is not expected here: check the indentation, and put text that contains \": \" in quotes"
        ),
        ("a: @b", "line 1, column 4: text can't start with @ here: put it in quotes"),
        ("a: \"b\n", "line 2, column 1: the text ends inside quotes; what is open began at line 1"),
        (
            "a: [1, 2\nb: 3",
            "line 2, column 2: a list in [ ] lacks a comma or its closing bracket; what is open began at line 1"
        ),
        (
            "a: 1\n  b: 2",
            "line 2, column 4: a colon is not expected here: check the indentation, and put text that contains \": \" in quotes"
        ),
        (
            "a:\n  b: 1\n c: 2",
            "line 3, column 2: this doesn't continue the lines above: check the indentation, and that quotes and brackets are closed; what is open began at line 1"
        ),
        (
            "a: \"\\q\"",
            "line 1, column 5: this \\ escape is unknown in double quotes: write \\\\, or use single quotes"
        ),
        ("a: 1\n---\nb: 2", "line 2, column 1: a second document starts here: only one can be read"),
        ("a: *x", "line 1, column 4: no anchor \"x\" comes before this alias"),
        ("a: &x [*x]", "line 1, column 8: the anchor \"x\" contains this alias of itself"),
        ("[a]: 1", "line 1, column 1: a key has to be text, this is a list or a section"),
        ("? {a: b}\n: 1", "line 1, column 3: a key has to be text, this is a list or a section"),
        ("a: &x b\n*x : 1", "line 2, column 1: a key has to be text, this is an alias"),
        ("{? : 1}", "line 1, column 4: a key is missing before the colon"),
        ("~: 1", "line 1, column 1: a key is missing before the colon"),
        ("a: !!binary aGk=", "line 1, column 4: the tag \"!!binary\" is not supported here: leave it out"),
        ("a: !vault x", "line 1, column 4: the tag \"!vault\" is not supported here: leave it out"),
        ("a: !!int [1]", "line 1, column 4: the tag \"!!int\" is not supported here: leave it out"),
        ("a: \"\\0\"", "line 1, column 4: text can't contain NUL"),
        ("a: {<<: 1}", "line 1, column 5: << takes a section or a list of sections, usually an alias such as *name"),
    ])
    func saysWhatIsWrongAndWhere(text: String, expected: String) {
        let problem = #expect(throws: YAML.Problem.self) { try YAML.parse(text) }
        #expect(problem?.description == expected)
    }

    @Test(arguments: NoText.all)
    func refusesWhatIsNoText(input: NoText) {
        let problem = #expect(throws: YAML.Problem.self) { try YAML.parse(Array(input.start.utf8) + input.end) }
        #expect(problem?.description == input.expected)
        #expect(problem?.label == "encoding")
    }

    struct NoText {
        var start: String
        var end: [UInt8]
        var expected: String

        static let all = [
            NoText(
                start: "a: 1\nb: ", end: [0],
                expected: "line 2, column 4: a control character is not allowed "
                    + "(a NUL byte where the file is UTF-16 without a byte order mark)"),
            NoText(start: "a: 1\nb: ", end: [0xFF], expected: "line 2, column 4: this is not UTF-8"),
            NoText(
                start: "a: 1\nbé: ", end: [0xC3],
                expected: "line 2, column 5: this is not UTF-8: the last character is incomplete"),
            NoText(start: "a: ", end: [0xED, 0xA0, 0x80], expected: "line 1, column 4: this is no Unicode character"),
        ]
    }

    @Test(arguments: [
        "? \"a\\e[31m\\nb\"\n: 1\n? \"a\\e[31m\\nb\"\n: 2", "a: !%1b%5b31m x", "a: &b !<x%0ay> c",
        "\(String(repeating: "k", count: 900)): 1\n\(String(repeating: "k", count: 900)): 1",
    ])
    func showsNamesShortAndWithoutControlCharacters(text: String) throws {
        let problem = try #require(throws: YAML.Problem.self) { try YAML.parse(text) }
        #expect(problem.text.utf8.allSatisfy { $0 >= 0x20 })
        #expect(problem.text.count < 200)
    }

    @Test func neverQuotesAValue() {
        let problem = #expect(throws: YAML.Problem.self) { try YAML.parse("token: hunter2: \"x\n") }
        #expect(problem?.description.contains("hunter2") == false)
    }
}

struct YAMLLimitTests {
    @Test func refusesALaughingBombAtOnce() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...40 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",") + "]\n"
        }
        expect(.limit, of: Array(text.utf8))
    }

    @Test func refusesAMergingBombAtOnce() {
        var text = "a0: &a0 {x: 1, y: 2}\n"
        for level in 1...40 {
            text +=
                "a\(level): &a\(level) {<<: [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ",")
                + "]}\n"
        }
        expect(.limit, of: Array(text.utf8))
    }

    @Test(arguments: ["[", "{a: ", "- ", "[{a: "])
    func refusesDeepNesting(opening: String) {
        expect(.limit, of: Array(String(repeating: opening, count: 100_000).utf8))
    }

    @Test func countsTheDepthOfWhatAnAliasStandsFor() {
        var text = "a0: &a0 [x]\n"
        for level in 1...80 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        expect(.limit, of: Array(text.utf8))
    }

    @Test func refusesTooManyValuesAndTooManyBytes() {
        expect(.limit, of: Array(String(repeating: "- x\n", count: 100_001).utf8))
        expect(.limit, of: Array(repeating: UInt8(ascii: "#"), count: 4 << 20 + 1))
    }

    @Test func readsADocumentUpToItsLimits() throws {
        let text = String(repeating: "- x\n", count: 99_999)
        guard case .sequence(let items) = try YAML.parse(text).content else { throw YAMLShape() }
        #expect(items.count == 99_999)
        let nested = String(repeating: "[", count: 63) + "x" + String(repeating: "]", count: 63)
        #expect(try YAML.parse(nested).outline == nested)
    }

    private func expect(_ kind: YAML.Problem.Kind, of bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation)
    {
        let start = ContinuousClock.now
        let problem = #expect(throws: YAML.Problem.self, sourceLocation: sourceLocation) { try YAML.parse(bytes) }
        #expect(problem?.kind == kind, sourceLocation: sourceLocation)
        #expect(ContinuousClock.now - start < .seconds(20), sourceLocation: sourceLocation)
    }
}

struct YAMLShape: Error {}

extension YAML.Node {
    /// The tree in flow style: plain text bare, all other in single quotes.
    var outline: String {
        switch content {
        case .scalar(let scalar): scalar.style == .plain ? scalar.text : "'\(scalar.text)'"
        case .sequence(let items): "[" + items.map(\.outline).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\($0.key): \($0.value.outline)" }.joined(separator: ", ") + "}"
        }
    }
}
