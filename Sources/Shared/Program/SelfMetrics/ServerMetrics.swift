import HTTP
public import HTTPServer
public import Metrics

/// What clients have asked of the HTTP server, and what they cost.
public enum ServerMetrics {
    private static let requests = MetricFamily(
        "slurm_exporter_http_requests_total", .counter,
        help: "Requests answered, by route and status; the route is empty where none fits.",
        labels: ["route", "status"],
        merge: .union)
    private static let rejected = MetricFamily(
        "slurm_exporter_http_requests_rejected_total", .counter, help: "Requests that were not understood, by reason.",
        labels: ["reason"], merge: .union)
    private static let refused = MetricFamily(
        "slurm_exporter_http_clients_refused_total", .counter, help: "Clients turned away because of a limit.",
        labels: ["limit"], merge: .union)
    private static let figures: [(family: MetricFamily, read: @Sendable (HTTPServer.Statistics) -> Int)] = [
        (gauge("connections", "Open connections."), { $0.open }),
        (counter("connections_accepted_total", "Connections accepted."), { $0.accepted }),
        (gauge("requests_in_flight", "Answers that are being worked on."), { $0.works }),
        (counter("requests_expired_total", "Answers that took too long."), { $0.worksExpired }),
        (
            counter("clients_stalled_total", "Connections reset because the client took nothing for too long."),
            { $0.stalled }
        ),
        (counter("received_bytes_total", "Bytes received."), { $0.bytesReceived }),
        (counter("sent_bytes_total", "Bytes sent."), { $0.bytesSent }),
    ]

    /// - Parameter statistics: nil before the server has started.
    public static func register(
        in registry: MetricRegistry, _ statistics: @escaping @Sendable () -> HTTPServer.Statistics?
    ) {
        for (family, read) in figures {
            registry.collect(family) { table in
                guard let statistics = statistics() else { return }
                table.set(Double(read(statistics)), at: table.row())
            }
        }
        registry.collect(requests) { table in
            for (answered, count) in statistics()?.answered ?? [:] {
                table.set(Double(count), at: table.row(answered.route, String(answered.status)))
            }
        }
        registry.collect(rejected) { table in
            for (error, count) in statistics()?.rejected ?? [:] { table.set(Double(count), at: table.row(error.label)) }
        }
        registry.collect(refused) { table in
            for (limit, count) in statistics()?.refused ?? [:] { table.set(Double(count), at: table.row(limit.label)) }
        }
    }

    private static func gauge(_ name: String, _ help: String) -> MetricFamily {
        family(name, .gauge, help)
    }

    private static func counter(_ name: String, _ help: String) -> MetricFamily {
        family(name, .counter, help)
    }

    private static func family(_ name: String, _ type: FamilyType, _ help: String) -> MetricFamily {
        MetricFamily(MetricName(stringLiteral: "slurm_exporter_http_" + name), type, help: help, merge: .union)
    }
}
