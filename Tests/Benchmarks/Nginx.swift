import Foundation
import TestSupport

/// nginx with one worker, serving one file from a directory that goes with it.
final class Nginx {
    let port: Int
    let program: Program
    private let files: TemporaryDirectory

    init(body: Int) throws {
        files = try TemporaryDirectory()
        port = Int(try freePort())
        let directory = files.url.path
        try files.write(String(repeating: "x", count: body), to: "body")
        try files.write(Self.configuration(directory, port), to: "nginx.conf")
        program = try Program(
            "/usr/sbin/nginx", ["-p", directory, "-e", directory + "/error.log", "-c", directory + "/nginx.conf"])
        try Loopback.awaitListener(on: port)
    }

    private static func configuration(_ directory: String, _ port: Int) -> String {
        """
        daemon off;
        master_process off;
        worker_processes 1;
        pid \(directory)/pid;
        events { worker_connections 16384; }
        http {
            access_log off;
            sendfile on;
            keepalive_requests 1000000000;
            open_file_cache max=10;
            client_body_temp_path body_temp;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            server { listen 127.0.0.1:\(port) backlog=4096; root \(directory); }
        }
        """
    }
}
