import SimulatedCluster

/// `/slurm/v0.0.N/ping`, in the order of the document.
enum PingFields {
    static let all: [Field<Controller>] = [
        .text("hostname") { controller, _ in controller.host },
        .string("ping", .upTo(.v38)) { controller, _, buffer in buffer.append(ascii: controller.answer) },
        .integer("status", .upTo(.v38)) { controller, _ in controller.isResponding ? 0 : -1 },
        .string("pinged", .v39 ... .v44) { controller, _, buffer in buffer.append(ascii: controller.answer) },
        .bool("responding", .since(.v42)) { controller, _ in controller.isResponding },
        .integer("latency", .since(.v39)) { controller, _ in controller.latency },
        .string("mode", .upTo(.v44)) { controller, _, buffer in
            buffer.append(ascii: controller.rank == 0 ? "primary" : "backup")
            if controller.rank > 1 { buffer.append(decimal: controller.rank) }
        },
        .bool("primary", .since(.v42)) { controller, _ in controller.rank == 0 },
        .string("status", .since(.v45)) { controller, _, buffer in
            buffer.append(
                ascii: controller.isResponding ? "No error" : "Unable to contact slurm controller (connect failure)")
        },
    ]
}

extension Controller {
    var answer: StaticString { isResponding ? "UP" : "DOWN" }
}
