import Compression
import Metrics

/// A part of a page with its finished bytes in the forms that were asked for.
struct PageSection: Sendable {
    let section: Holdings.Section
    let families: [[FamilyPart]]
    private(set) var plain: [MetricsFormat: [UInt8]] = [:]
    private(set) var compressed: [MetricsFormat: GzipSegment] = [:]

    init(_ section: Holdings.Section, _ families: [[FamilyPart]]) {
        self.section = section
        self.families = families
    }

    func isReady(in form: PageForm) -> Bool {
        form.isCompressed ? compressed[form.format] != nil : plain[form.format] != nil
    }

    var byteCount: Int {
        plain.values.reduce(0) { $0 + $1.count } + compressed.values.reduce(0) { $0 + $1.bytes.count }
    }

    /// With bytes in these forms and no others.
    func ready(in forms: [PageForm], prefix: MetricPrefix?) -> PageSection {
        var section = self
        for form in forms { section.render(form, prefix: prefix) }
        section.plain = section.plain.filter { forms.contains(PageForm(format: $0.key, isCompressed: false)) }
        section.compressed = section.compressed.filter { forms.contains(PageForm(format: $0.key, isCompressed: true)) }
        return section
    }

    mutating func render(_ form: PageForm, prefix: MetricPrefix?) {
        guard !isReady(in: form) else { return }
        let renderer = MetricsRenderer(form.format, prefix: prefix)
        if form.isCompressed {
            compressed[form.format] = compress(renderer)
        } else {
            plain[form.format] = rendered(renderer)
        }
    }

    private func rendered(_ renderer: MetricsRenderer) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(families.joined().reduce(0) { $0 + renderer.expectedBytes(of: $1) })
        for family in families { renderer.append(family, to: &bytes) }
        return bytes
    }

    /// Family by family, so that the whole text is never there at once.
    private func compress(_ renderer: MetricsRenderer) -> GzipSegment {
        if let text = plain[renderer.format] { return GzipSegment.compress(text) }
        var compressor = GzipSegmentCompressor()
        var bytes: [UInt8] = []
        for family in families {
            bytes.removeAll(keepingCapacity: true)
            renderer.append(family, to: &bytes)
            compressor.write(bytes.span.bytes)
        }
        return compressor.finish()
    }
}
