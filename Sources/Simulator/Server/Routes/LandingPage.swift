import HTTP
import HTTPServer
import SimulatedREST

/// The page that says what this is.
enum LandingPage {
    static func response(for server: Slurmrestd) -> PreparedResponse {
        let versions = server.service.versions
        let paths = ["diag", "ping", "jobs", "nodes", "partitions", "reservations", "licenses", "shares"]
        let newest = (versions.last ?? .v46).name
        let slurm = paths.map { "/slurm/\(newest)/\($0)/" }
        let accounting = ["jobs", "users", "accounts", "associations", "qos", "tres"].map {
            "/slurmdb/\(newest)/\($0)/"
        }
        let own = ["/openapi/v3", "/simulator/truth", "/simulator/requests", "/simulator/faults"]
        let links = (slurm + accounting + own).map { "<li><a href=\"\($0)\">\($0)</a></li>" }
        let page = """
            <!doctype html>
            <html lang="en">
            <title>Slurm simulator</title>
            <h1>Slurm simulator</h1>
            <p>This is a Slurm that is not there: it answers like slurmrestd, and nothing that it shows is real.
            It offers \(versions.map(\.name).joined(separator: ", ")).</p>
            <ul>
            \(links.joined(separator: "\n"))
            </ul>
            </html>

            """
        return PreparedResponse(.ok, ["Content-Type": "text/html; charset=utf-8"], body: Array(page.utf8))
    }
}
