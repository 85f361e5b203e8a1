import Foundation
import TestSupport

/// A real nginx with files, TLS, HTTP/2, a unix socket and gzip, in a directory of its own.
final class Nginx: Sendable {
    let directory: TemporaryDirectory
    let plainPort: UInt16
    let tlsPort: UInt16
    /// Wants a certificate of the client.
    let mutualPort: UInt16
    private let process: ChildProcess

    static let textCount = 1_000_000

    init() async throws {
        directory = try TemporaryDirectory()
        let ports = try (0..<3).map { _ in try freePort() }
        (plainPort, tlsPort, mutualPort) = (ports[0], ports[1], ports[2])
        try await Self.makeCertificates(in: directory)
        let line = "{\"job_id\": 1234, \"state\": \"RUNNING\"}\n"
        let text = String(repeating: line, count: Self.textCount / line.utf8.count + 1).prefix(Self.textCount)
        try directory.write(String(text), to: "text.json")
        try directory.write(Self.configuration(directory.url.path, ports), to: "nginx.conf")
        process = try ChildProcess("nginx", ["-p", directory.url.path, "-c", "nginx.conf", "-e", "error.log"])
        // Written once every socket listens.
        let isReady = await eventually { [directory] in
            FileManager.default.fileExists(atPath: directory.path("nginx.pid"))
        }
        guard isReady else { throw NotReady(errors: process.standardError) }
    }

    deinit {
        // The master ends its workers, which its end by SIGKILL would not.
        process.send(SIGTERM)
        Thread.detachNewThread { [process, directory] in
            while process.isRunning { usleep(1000) }
            withExtendedLifetime(directory) {}
        }
    }

    struct NotReady: Error {
        let errors: String
    }

    var socket: String { directory.path("nginx.sock") }
    var authorities: String { directory.path("ca.pem") }

    func makeFile(_ name: String, megabytes: Int) throws {
        let block = Data(repeating: 0x20, count: 1 << 20)
        let path = directory.path(name)
        try Data().write(to: URL(filePath: path))
        let file = try FileHandle(forWritingTo: URL(filePath: path))
        for _ in 0..<megabytes { try file.write(contentsOf: block) }
        try file.close()
    }

    private static func configuration(_ root: String, _ ports: [UInt16]) -> String {
        """
        daemon off; master_process on; worker_processes 1; pid nginx.pid; user root;
        events { worker_connections 1024; }
        http {
            access_log off; root \(root); sendfile on; keepalive_requests 100000;
            client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
            types { application/json json; } default_type application/octet-stream;
            gzip on; gzip_types application/json; gzip_http_version 1.0;
            ssl_certificate server.pem; ssl_certificate_key server.key;
            server { listen 127.0.0.1:\(ports[0]); listen unix:\(root)/nginx.sock; location = /post { return 200 "posted"; } }
            server { listen 127.0.0.1:\(ports[1]) ssl http2; }
            server { listen 127.0.0.1:\(ports[2]) ssl; ssl_client_certificate ca.pem; ssl_verify_client on; }
        }
        """
    }

    private static func makeCertificates(in directory: TemporaryDirectory) async throws {
        try directory.write("subjectAltName=IP:127.0.0.1", to: "server.ext")
        try directory.write("subjectAltName=DNS:client", to: "client.ext")
        let script = """
            set -e
            new() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $1.key -subj /CN=$1 "${@:2}"; }
            new ca -x509 -days 2 -out ca.pem
            for name in server client; do
                new $name -out $name.csr
                openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile $name.ext -out $name.pem
            done
            """
        let openssl = try ChildProcess("bash", ["-c", script], directory: directory.url)
        guard try await openssl.exit() == 0 else { throw NotReady(errors: openssl.standardError) }
    }
}
