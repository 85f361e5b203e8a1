/// Keeps a value that comes in many small pieces from being read again with each of them.
///
/// After two readings that ended too early its end is looked for first, which goes on where it stopped.
struct EndSearch {
    private var readings = 0
    private var skipper = ValueSkipper()
    /// How far the search has come, from the value's start.
    private var found = 0
    /// At this length it is read anyway: what nobody wants of it may be known then.
    private var nextLength = 256 << 10

    /// The next value begins.
    @inline(__always)
    mutating func end() {
        if readings > 1 { self = EndSearch() } else { readings = 0 }
    }

    /// Throws `needsMore` where reading the value at an offset can't succeed.
    @inline(__always)
    mutating func checkWorth(_ text: JSONText, from start: Int) throws(JSONStop) {
        readings += 1
        if readings > 2 { try search(text, from: start) }
    }

    private mutating func search(_ text: JSONText, from start: Int) throws(JSONStop) {
        if text.byteCount - start >= nextLength {
            nextLength = (text.byteCount - start) * 2
            return
        }
        var at = start + found
        defer { found = at - start }
        do throws(JSONStop) {
            try skipper.skip(text, from: &at)
        } catch {
            // What is wrong is said by who reads it: the first thing in the text.
            if error == .needsMore { throw error }
        }
    }
}
