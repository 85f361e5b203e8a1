import Configuration
import HTTPServer
import Program
import ServiceRuntime

struct ShardSettings: Sendable {
    var web = WebSettings(listen: [.everywhere(port: 9341)])
    var log = LogSettings()

    static let schema = Schema(ShardSettings(), environmentPrefix: "SLURM_EXPORTER") {
        Section.web(\.web)
        Section.log(\.log)
    }
}
