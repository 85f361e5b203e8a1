import Compression
import Metrics
import ServiceRuntime

/// What `/metrics` shows, as it was published: it never changes, and everybody who asks for it shares its bytes.
struct Page: Sendable {
    /// Counts the changes of what is shown.
    var number: UInt64 = 0
    var sections: [PageSection] = []
    /// From then on something on it isn't current any more.
    var expires: MonotonicClock.Instant?
    var clusters: Set<String> = []

    func isCurrent(at now: MonotonicClock.Instant) -> Bool {
        expires.map { now < $0 } ?? true
    }

    func isReady(in form: PageForm) -> Bool {
        sections.allSatisfy { $0.isReady(in: form) }
    }

    var byteCount: Int { sections.reduce(0) { $0 + $1.byteCount } }

    /// The pieces of a whole answer.
    ///
    /// - Parameter fresh: the text that follows, its end included.
    func pieces(
        in form: PageForm, of collectors: Set<String>? = nil, before fresh: [UInt8]
    ) -> [[UInt8]] {
        let shown = sections.filter { collectors?.contains($0.section.collector) ?? true }
        return Self.pieces(shown, in: form, before: fresh)
    }

    static func pieces(_ shown: [PageSection], in form: PageForm, before fresh: [UInt8]) -> [[UInt8]] {
        guard form.isCompressed else { return shown.compactMap { $0.plain[form.format] } + [fresh] }
        let segments = shown.compactMap { $0.compressed[form.format] } + [GzipSegment.compress(fresh)]
        return [GzipSegment.head] + segments.map(\.bytes) + [GzipSegment.end(of: segments)]
    }
}
