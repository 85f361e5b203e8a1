import SimulatedCluster

/// What came back when a controller was asked for a sign of life.
struct Ping: Sendable {
    let controller: Controller
    /// Nothing where it has answered.
    let error: String?

    init(_ controller: Controller) {
        self.init(controller, error: controller.isResponding ? nil : Fault.noContact.error)
    }

    init(_ controller: Controller, error: String?) {
        self.controller = controller
        self.error = error
    }

    var isAnswered: Bool { error == nil }
    var answer: StaticString { isAnswered ? "UP" : "DOWN" }
}

/// `/slurm/v0.0.N/ping`, in the order of the document.
enum PingFields {
    static let all: [Field<Ping>] = [
        .text("hostname") { ping, _ in ping.controller.host },
        .string("ping", .upTo(.v38)) { ping, _, buffer in buffer.append(ascii: ping.answer) },
        .integer("status", .upTo(.v38)) { ping, _ in ping.isAnswered ? 0 : -1 },
        .string("pinged", .v39 ... .v44) { ping, _, buffer in buffer.append(ascii: ping.answer) },
        .bool("responding", .since(.v42)) { ping, _ in ping.isAnswered },
        .integer("latency", .since(.v39)) { ping, _ in ping.controller.latency },
        .string("mode", .upTo(.v44)) { ping, _, buffer in
            buffer.append(ascii: ping.controller.rank == 0 ? "primary" : "backup")
            if ping.controller.rank > 1 { buffer.append(decimal: ping.controller.rank) }
        },
        .bool("primary", .since(.v42)) { ping, _ in ping.controller.rank == 0 },
        .string("status", .since(.v45)) { ping, _, buffer in
            buffer.append(contentsOf: (ping.error ?? "No error").utf8)
        },
    ]
}
