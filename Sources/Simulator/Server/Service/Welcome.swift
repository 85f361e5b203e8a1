import Glibc
import HTTPServer
import SimulatedCluster
import SimulatedREST

/// What to try, as lines for a shell.
struct Welcome {
    let address: SocketAddress
    let settings: SimulatorSettings

    var text: String {
        let version = settings.offered.max() ?? .v46
        let cluster = settings.cluster
        return """
            A Slurm that is not there: about \(cluster.nodes) nodes and \(cluster.jobs) jobs, seed \(cluster.seed), \
            slurmrestd \(settings.offered.map(\.name).joined(separator: " ")).

              \(curl)/slurm/\(version.name)/diag'
              \(curl)/slurm/\(version.name)/jobs?flags=ALL'
              \(curl)/slurmdb/\(version.name)/qos'
              \(curl)/simulator/truth'
              \(curl)/simulator/step?count=6' -X POST
              \(curl)/simulator/faults' -d '["slurm/jobs status=503 count=1"]'
              \(curl)/simulator/requests'

              slurm-simulator links /tmp/slurm
              SIMULATOR_ADDRESS=\(address) /tmp/slurm/squeue

            """
    }

    private var curl: String {
        let token = settings.token == nil ? "" : "-H \"X-SLURM-USER-TOKEN: $SLURM_JWT\" "
        return switch address {
        case .unix(let path): "curl -s \(token)--unix-socket \(path) 'http://localhost"
        default: "curl -s \(token)'http://\(address)"
        }
    }
}
