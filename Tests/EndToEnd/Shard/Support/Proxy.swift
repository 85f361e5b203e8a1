import Foundation
import TestSupport

/// A real nginx in front of a server.
final class Proxy {
    let address: String
    private let process: ChildProcess
    private let directory: TemporaryDirectory

    /// - Parameters:
    ///   - locations: what it answers itself, as nginx' configuration has it.
    ///   - headers: directives for what is passed on.
    init(to server: String, locations: String = "", headers: String = "") async throws {
        directory = try TemporaryDirectory()
        address = "127.0.0.1:\(try freePort())"
        let file = try directory.write(
            """
            daemon off; master_process off; pid nginx.pid;
            events {}
            http {
                access_log off;
                client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp;
                scgi_temp_path tmp;
                server {
                    listen \(address);
                    \(locations)
                    location / { proxy_pass http://\(server); \(headers) }
                }
            }
            """, to: "nginx.conf")
        process = try ChildProcess("nginx", ["-p", directory.url.path, "-c", file, "-e", "stderr"])
        // Written once it listens.
        let isReady = await eventually { [directory] in
            FileManager.default.fileExists(atPath: directory.path("nginx.pid"))
        }
        guard isReady else { throw RunningShard.NoAddress(output: process.standardError) }
    }
}
