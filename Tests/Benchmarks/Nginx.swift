import Glibc

/// nginx with one worker, serving one file from a directory that goes with it.
final class Nginx {
    let port: Int
    let program: Program
    private let directory: String

    init(body: Int) throws {
        var template = Array("/tmp/slurm-exporter-nginx-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Program.Failure(program: "mkdtemp", code: errno) }
        directory = String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self)
        port = try Loopback.freePort()
        Self.write(String(repeating: "x", count: body), to: directory + "/body")
        Self.write(Self.configuration(directory, port), to: directory + "/nginx.conf")
        program = try Program(
            "/usr/sbin/nginx", ["-p", directory, "-e", directory + "/error.log", "-c", directory + "/nginx.conf"])
        try Loopback.awaitListener(on: port)
    }

    deinit {
        for name in ["body", "nginx.conf", "error.log", "pid"] { unlink(directory + "/" + name) }
        for name in ["body_temp", "proxy", "fastcgi", "uwsgi", "scgi"] { rmdir(directory + "/" + name) }
        rmdir(directory)
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

    private static func write(_ text: String, to path: String) {
        guard let file = fopen(path, "w") else { return }
        fputs(text, file)
        fclose(file)
    }
}
