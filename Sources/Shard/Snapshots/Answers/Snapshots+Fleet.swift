import Compression
import HTTP
public import HTTPServer
import Locks
public import Metrics
import ServiceRuntime

/// Several slices of one process on one page.
extension Snapshots {
    /// A slice as it is shown beside others.
    public struct Shown: Sendable {
        let snapshots: Snapshots
        /// Put on the slice's figures about itself, which others have under the same name.
        let labels: [SeriesLabel]

        public init(_ snapshots: Snapshots, slice: String) {
            self.snapshots = snapshots
            labels = [SeriesLabel("slice", slice)]
        }
    }

    /// `/metrics` of all slices, each under its own prefix.
    ///
    /// - Parameter own: the process's figures.
    public static func metrics(
        for request: RoutedRequest, of slices: [Shown], own registry: MetricRegistry
    ) -> Answer {
        let known = slices.map(\.snapshots.known)
        let clusters = known.reduce(into: Set<String>()) { $0.formUnion($1.clusters) }
        let collectors = known.reduce(into: Set<String>()) { $0.formUnion($1.collectors) }
        do throws(MetricsRequest.Invalid) {
            let request = try MetricsRequest(request, clusters: clusters, collectors: collectors)
            return .work { writer in
                guard request.clusters == nil else { return try await narrowed(request, slices, registry, to: writer) }
                writer.respond(Response(.ok, request.form.fields, pieces: await page(request, slices, registry)))
            }
        } catch {
            return .response(Response(.badRequest, text: "400 Bad Request: \(error.reason)"))
        }
    }

    /// The bytes that publishing made, and the figures of this moment: these first, so that what they say was answered is
    /// there.
    private static func page(
        _ request: MetricsRequest, _ slices: [Shown], _ registry: MetricRegistry
    ) async -> [[UInt8]] {
        let figures = figures(request, slices, registry)
        var sections: [PageSection] = []
        for slice in slices {
            let start = slice.snapshots.clock.now
            let (page, isHit) = await slice.snapshots.page(in: request.form)
            sections += page.sections.filter { request.collectors?.contains($0.section.collector) ?? true }
            slice.snapshots.scrapes.withLock {
                $0.count(isHit: isHit, took: start.duration(to: slice.snapshots.clock.now))
            }
        }
        return Page.pieces(sections, in: request.form, before: figures)
    }

    /// Of some clusters only: made for this request, as the client takes it.
    private static func narrowed(
        _ request: MetricsRequest, _ slices: [Shown], _ registry: MetricRegistry, to writer: ResponseWriter
    ) async throws {
        let figures = figures(request, slices, registry)
        writer.start(.ok, request.form.fields)
        var stream = BodyStream(isCompressed: request.form.isCompressed)
        for slice in slices { try await slice.snapshots.stream(request, to: writer, &stream) }
        try await writer.write(stream.end(with: figures))
    }

    private func stream(_ request: MetricsRequest, to writer: ResponseWriter, _ stream: inout BodyStream) async throws {
        let holdings = await publisher.current().holdings
        let renderer = MetricsRenderer(request.form.format, prefix: settings.prefix)
        for section in holdings.sections where request.collectors?.contains(section.collector) ?? true {
            var bytes: [UInt8] = []
            for family in holdings.families(in: section, of: request.clusters) { renderer.append(family, to: &bytes) }
            try await writer.write(stream.take(bytes))
        }
    }

    /// What slices and process tell of themselves: each family once, and the end.
    private static func figures(
        _ request: MetricsRequest, _ slices: [Shown], _ registry: MetricRegistry
    ) -> [UInt8] {
        let parts =
            slices.flatMap { slice in
                slice.snapshots.registry.tables().map { FamilyPart($0, constantLabels: slice.labels) }
            } + registry.tables().map { FamilyPart($0) }
        let families = Dictionary(grouping: parts) { $0.table.family.name }
        let renderer = MetricsRenderer(request.form.format)
        var bytes: [UInt8] = []
        for name in families.keys.sorted() { renderer.append(families[name] ?? [], to: &bytes) }
        renderer.finish(&bytes)
        return bytes
    }
}
