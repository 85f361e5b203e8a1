import HTTP
public import HTTPServer
public import Metrics

/// What clients have asked of the HTTP server, and what they cost.
public enum ServerMetrics {
    private static let requests = MetricFamily(
        "slurm_exporter_http_requests_total", .counter,
        help: "Requests answered, by route and status; the route is empty where none fits.",
        labels: ["route", "status"], merge: .union)
    private static let rejected = MetricFamily(
        "slurm_exporter_http_requests_rejected_total", .counter, help: "Requests that were not understood, by reason.",
        labels: ["reason"], merge: .union)
    private static let refused = MetricFamily(
        "slurm_exporter_http_clients_refused_total", .counter, help: "Clients turned away because of a limit.",
        labels: ["limit"], merge: .union)
    private static let figures: [Figure<HTTPServer.Statistics>] = [
        Figure("slurm_exporter_http_connections", .gauge, "Open connections.") { Double($0.open) },
        Figure("slurm_exporter_http_connections_accepted_total", .counter, "Connections accepted.") {
            Double($0.accepted)
        },
        Figure(
            "slurm_exporter_http_connections_evicted_total", .counter,
            "Idle connections closed to make room for a newcomer."
        ) { Double($0.evicted) },
        Figure(
            "slurm_exporter_http_accept_pauses_total", .counter,
            "Times at which nobody was accepted for a moment, for lack of descriptors or memory."
        ) { Double($0.acceptPauses) },
        Figure("slurm_exporter_http_requests_in_flight", .gauge, "Answers that are being worked on.") {
            Double($0.works)
        },
        Figure("slurm_exporter_http_requests_expired_total", .counter, "Answers that took too long.") {
            Double($0.worksExpired)
        },
        Figure(
            "slurm_exporter_http_clients_stalled_total", .counter,
            "Connections reset because the client took nothing for too long."
        ) { Double($0.stalled) },
        Figure("slurm_exporter_http_received_bytes_total", .counter, "Bytes received.") { Double($0.bytesReceived) },
        Figure("slurm_exporter_http_sent_bytes_total", .counter, "Bytes sent.") { Double($0.bytesSent) },
    ]

    /// - Parameter statistics: nil before the server has started.
    public static func register(
        in registry: MetricRegistry, _ statistics: @escaping @Sendable () -> HTTPServer.Statistics?
    ) {
        registry.collect(figures, from: statistics)
        registry.collect([requests, rejected, refused]) { tables in
            guard let statistics = statistics() else { return }
            for (answered, count) in statistics.answered {
                tables[0].set(Double(count), at: tables[0].row(answered.route, String(answered.status)))
            }
            for (error, count) in statistics.rejected { tables[1].set(Double(count), at: tables[1].row(error.label)) }
            for (limit, count) in statistics.refused { tables[2].set(Double(count), at: tables[2].row(limit.label)) }
        }
    }
}
