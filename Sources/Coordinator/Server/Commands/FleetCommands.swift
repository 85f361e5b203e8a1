import Configuration
import Fleet
import FleetProtocol
import Glibc
import HTTPServer
import Program
import ServiceRuntime

/// What people do with a fleet at a terminal.
struct FleetCommands {
    private let settings: CoordinatorSettings

    init(_ settings: CoordinatorSettings) {
        self.settings = settings
    }

    /// Runs a whole fleet on this machine.
    func up(signals: AsyncStream<Signal>) async -> ExitCode {
        var fleet = LocalFleet.Settings()
        fleet.shards = settings.commandLine.shards
        fleet.coordinators = settings.commandLine.coordinators
        if let listen = settings.commandLine.listen.first { fleet.listen = listen.description }
        if !settings.commandLine.state.isEmpty { fleet.state = settings.commandLine.state }
        fleet.clusters = settings.commandLine.clusters
        return await reporting {
            try await LocalFleet(fleet, logger: Log(settings.log).logger("up")).run(signals: signals) {
                _ = StandardDescriptors.print($0)
            }
        }
    }

    func status() async -> ExitCode {
        let isClearing = settings.commandLine.clearsScreen(isTerminal: isatty(STDOUT_FILENO) == 1)
        return await reporting {
            let client = try FleetClient(settings.commandLine.url, tokens: settings.fleet.tokens)
            repeat {
                let text =
                    settings.commandLine.printsJSON
                    ? String(decoding: try await client.statusDocument(), as: UTF8.self)
                    : StatusTable.text(try await client.status())
                guard StandardDescriptors.print((isClearing ? "\u{1B}[H\u{1B}[2J" : "") + text) else { return }
                if settings.commandLine.watches { try await Task.sleep(for: .seconds(2)) }
            } while settings.commandLine.watches
        }
    }

    func stepDown() async -> ExitCode {
        await reporting {
            try await FleetClient(settings.commandLine.url, tokens: settings.fleet.tokens).stepDown()
        }
    }

    func drain(_ shard: String) async -> ExitCode {
        await reporting {
            try await FleetClient(settings.commandLine.url, tokens: settings.fleet.tokens).drain(shard)
        }
    }

    private func reporting(_ body: () async throws -> Void) async -> ExitCode {
        do {
            try await body()
            return .success
        } catch let error as ConfigurationError {
            complain("\(error)")
            return .usage
        } catch {
            complain("slurm-coordinator: \(error)")
            return .failure
        }
    }

    private func complain(_ text: String) {
        _ = DescriptorOutput.standardError.write(Array("\(text)\n".utf8))
    }
}
