import Compression
import HTTP
public import HTTPServer
import Locks
public import Metrics
import ServiceRuntime

extension Snapshots {
    /// `/metrics`: all, or what `cluster=` and `collect[]=` name, each as often as one likes.
    ///
    /// - Parameter part: the collectors that the page shows; nil for all.
    public func metrics(for request: RoutedRequest, of part: Set<String>? = nil) -> Answer {
        let (clusters, collectors) = known
        do throws(MetricsRequest.Invalid) {
            let request = try MetricsRequest(
                request, clusters: clusters, collectors: collectors, set: settings.set
            ).narrowed(to: part)
            guard let some = request.clusters, some != clusters else { return page(request) }
            return narrowed(request)
        } catch {
            return .response(Response(.badRequest, text: "400 Bad Request: \(error.reason)"))
        }
    }

    /// Everything as one text, as it would be scraped now.
    public func exposition(_ format: MetricsFormat) async -> [UInt8] {
        await Array(pieces(in: PageForm(format: format, isCompressed: false)).pieces.joined())
    }

    var known: (clusters: Set<String>, collectors: Set<String>) {
        let (clusters, collectors) = status.withLock {
            (Set($0.clusters.keys), Set($0.clusters.values.flatMap(\.collectors.keys)))
        }
        let page = published.withLock { $0.page }
        return (clusters.union(page.clusters), collectors.union(page.sections.map(\.section.collector)))
    }
}

extension Snapshots {
    private func page(_ request: MetricsRequest) -> Answer {
        .work { [self] writer in
            let start = clock.now
            let (pieces, isHit) = await pieces(in: request.form, of: request.collectors)
            writer.respond(Response(.ok, fields(request.form), pieces: pieces))
            scrapes.withLock { $0.count(isHit: isHit, took: start.duration(to: clock.now)) }
        }
    }

    /// The own figures are taken first: what they say was answered is on the page then.
    private func pieces(
        in form: PageForm, of collectors: Set<String>? = nil
    ) async -> (pieces: [[UInt8]], isHit: Bool) {
        let own = fresh(form.format)
        let (page, isHit) = await page(in: form)
        return (page.pieces(in: form, of: collectors, before: own), isHit)
    }

    private func fields(_ form: PageForm) -> HTTPFields {
        var fields = form.fields
        if !settings.missingCollectors.isEmpty {
            fields.set("Slurm-Exporter-Missing", settings.missingCollectors.joined(separator: ", "))
        }
        return fields
    }

    /// What is current in this form, and whether it was ready.
    func page(in form: PageForm) async -> (Page, isHit: Bool) {
        let now = clock.now
        let page = published.withLock {
            $0.demand.note(form, at: now)
            return $0.page
        }
        if page.isReady(in: form) && page.isCurrent(at: now) { return (page, true) }
        return (await publisher.page(in: form), false)
    }

    /// The process's own figures, which no page holds, and the end.
    func fresh(_ format: MetricsFormat, of clusters: Set<String>? = nil) -> [UInt8] {
        var tables = registry.tables()
        if let clusters {
            let isLeftOut: (String) -> LabelReplacement = { clusters.contains($0) ? .kept : .removed }
            tables = tables.map { $0.replacingLabels(["cluster": isLeftOut]).table }
        }
        return MetricsRenderer(format).render(tables)
    }
}

extension Snapshots {
    /// Made for this request, family by family as the client takes it, so that it costs no memory. Only the making of a
    /// family takes a turn: a client that reads slowly holds up nobody.
    private func narrowed(_ request: MetricsRequest) -> Answer {
        .work { [self] writer in
            let start = clock.now
            try await streams.take(writer) {
                let own = fresh(request.form.format, of: request.clusters)
                let holdings = await publisher.current().holdings
                writer.start(.ok, fields(request.form))
                try await stream(request, holdings, before: own, to: writer)
            }
            scrapes.withLock { $0.count(isHit: false, took: start.duration(to: clock.now)) }
        }
    }

    private func stream(
        _ request: MetricsRequest, _ holdings: Holdings, before own: [UInt8], to writer: ResponseWriter
    ) async throws {
        let renderer = MetricsRenderer(request.form.format, prefix: settings.prefix)
        var stream = BodyStream(isCompressed: request.form.isCompressed)
        var bytes: [UInt8] = []
        for section in holdings.sections where request.collectors?.contains(section.collector) ?? true {
            for family in holdings.families(in: section, of: request.clusters) {
                let piece = try await narrowing.take {
                    bytes.removeAll(keepingCapacity: true)
                    renderer.append(family, to: &bytes)
                    return stream.take(bytes)
                }
                try await writer.write(piece)
            }
        }
        try await writer.write(stream.end(with: own))
    }
}
