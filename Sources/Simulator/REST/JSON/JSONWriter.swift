import SimulatedCluster

/// Writes JSON byte by byte as json-c does, in either style.
///
/// Pretty is two blanks a level and a blank after the colon; an empty list or object still takes two lines.
struct JSONWriter {
    var bytes: [UInt8] = []
    let dialect: Dialect
    /// How many lists and objects are open.
    var depth = 0
    /// Whether the next element or member is the first of its list or object.
    var isFirst = true

    init(_ dialect: Dialect, depth: Int = 0) {
        self.dialect = dialect
        self.depth = depth
    }

    mutating func beginObject() { begin(UInt8(ascii: "{")) }
    mutating func endObject() { end(UInt8(ascii: "}")) }
    mutating func beginList() { begin(UInt8(ascii: "[")) }
    mutating func endList() { end(UInt8(ascii: "]")) }

    mutating func object(_ members: (inout JSONWriter) -> Void) {
        beginObject()
        members(&self)
        endObject()
    }

    mutating func list<Element>(_ elements: some Sequence<Element>, _ write: (Element, inout JSONWriter) -> Void) {
        beginList()
        for element in elements {
            separate()
            write(element, &self)
        }
        endList()
    }

    mutating func emptyList() {
        beginList()
        endList()
    }

    mutating func emptyObject() {
        beginObject()
        endObject()
    }

    /// Must come before each element of a list; `key` does it for members.
    @inline(__always)
    mutating func separate() {
        if !isFirst { bytes.append(UInt8(ascii: ",")) }
        isFirst = false
        if dialect.style == .pretty { breakLine() }
    }

    mutating func key(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(ascii: name)
        endKey()
    }

    /// A key that is not known when the program is compiled.
    mutating func key(named name: some StringProtocol) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        let start = bytes.count
        bytes.append(contentsOf: name.utf8)
        escape(from: start)
        endKey()
    }

    private mutating func endKey() {
        bytes.append(ascii: dialect.style == .pretty ? "\": " : "\":")
    }

    private mutating func begin(_ bracket: UInt8) {
        bytes.append(bracket)
        depth += 1
        isFirst = true
    }

    private mutating func end(_ bracket: UInt8) {
        depth -= 1
        isFirst = false
        if dialect.style == .pretty { breakLine() }
        bytes.append(bracket)
    }

    private mutating func breakLine() {
        bytes.append(contentsOf: Self.lineBreak[...(2 * depth)])
    }

    /// As many blanks as the deepest answer needs.
    private static let lineBreak = [UInt8(ascii: "\n")] + [UInt8](repeating: UInt8(ascii: " "), count: 64)
}
