import Foundation
import TestSupport

extension Daemon {
    static func munge(in place: ClusterPlace) -> Daemon {
        let command = [
            "munged", "--foreground", "--force", "--key-file=\(place.path(.configuration, "munge.key"))",
            "--socket=\(place.mungeSocket)", "--pid-file=\(place.path(.munge, "pid"))",
            "--log-file=\(place.path(.logs, "munged"))", "--seed-file=\(place.path(.munge, "seed"))",
        ]
        return Daemon("munged", command, environment: [:], in: place) { _ in
            FileManager.default.fileExists(atPath: place.mungeSocket)
        }
    }

    /// Whoever gets at the socket may do everything; it is in a directory that only root and Slurm's user get into.
    static func mariadb(in place: ClusterPlace) -> Daemon {
        let command = [
            "mariadbd", "--no-defaults", "--user=slurm", "--datadir=\(place.path(.mariadb, "data"))",
            "--socket=\(place.databaseSocket)", "--pid-file=\(place.path(.mariadb, "pid"))", "--skip-networking",
            "--skip-grant-tables", "--skip-log-bin", "--performance-schema=OFF", "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=128M", "--innodb-lock-wait-timeout=900",
        ]
        return Daemon("mariadbd", command, environment: [:], in: place) { $0.contains("ready for connections") }
    }

    static func database(in place: ClusterPlace, _ environment: SlurmEnvironment) -> Daemon {
        // The client library's socket for "localhost"; slurmdbd has no setting of its own.
        let own = ["MYSQL_UNIX_PORT": place.databaseSocket, "SLURM_CONF": place.databaseConfiguration]
        return Daemon(
            "slurmdbd", ["slurmdbd", "-D"], environment: environment.daemon.merging(own) { $1 }, in: place
        ) { _ in await succeeds("sacctmgr", ["-n", "show", "cluster"], environment) }
    }

    static func controller(in place: ClusterPlace, _ environment: SlurmEnvironment) -> Daemon {
        let command = ["slurmctld", "-D", "-f", place.slurmConfiguration]
        return Daemon("slurmctld", command, environment: environment.daemon, in: place) { _ in
            await succeeds("scontrol", ["ping"], environment)
        }
    }

    static func node(_ name: String, in place: ClusterPlace, _ environment: SlurmEnvironment) -> Daemon {
        let command = ["slurmd", "-D", "-N", name, "-f", place.slurmConfiguration]
        return Daemon("slurmd of \(name)", command, environment: environment.daemon, in: place) {
            // "slurmd version … started" comes before it listens, and may be all that comes.
            $0.contains("started on")
        }
    }

    /// Refuses to be root or Slurm's user. With one arena it gives back the memory of its largest answers.
    static func rest(in place: ClusterPlace, _ environment: SlurmEnvironment) -> Daemon {
        let command = [
            "setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "slurmrestd", "-a", "rest_auth/jwt", "-f",
            place.slurmConfiguration, "127.0.0.1:\(place.restPort)",
        ]
        let own = ["SLURM_JWT": "daemon", "MALLOC_ARENA_MAX": "1"]
        return Daemon("slurmrestd", command, environment: environment.client.merging(own) { $1 }, in: place) { _ in
            (try? RawClient(.ipv4(port: place.restPort))) != nil
        }
    }

    private static func succeeds(
        _ program: String, _ arguments: [String], _ environment: SlurmEnvironment
    ) async -> Bool {
        guard let process = try? ChildProcess(program, arguments, environment: environment.client) else { return false }
        return (try? await process.exit(within: .seconds(10))) == 0
    }
}
