import Configuration
import FederatedSeries
import Fleet
import FleetProtocol
import Gathering
import HTTP
import HTTPServer
import Program
import ServiceRuntime

/// Everything that can be configured, as it is written, and what follows from it.
struct CoordinatorSettings: Equatable, Sendable {
    var web = Self.standardWeb
    var log = LogSettings()
    var federation = FederationSettings()
    /// The shards that are led; none without a configuration for them.
    var fleet = FleetSettings()
    var availability = AvailabilitySettings()
    var commandLine = CommandLineSettings()

    private static var standardWeb: WebSettings {
        var web = WebSettings(listen: [.everywhere(port: 8080)])
        // Selectors are part of the request line, and there can be many.
        web.limits.request.requestLine = 1 << 20
        // A shard reports all its slices at once.
        web.limits.request.body = FleetMessage.limit
        // What is selected is written in pieces of that size.
        web.limits.streamBuffer = 256 << 10
        return web
    }

    /// What can only be said on the command line, for those who want no file.
    struct CommandLineSettings: Equatable, Sendable {
        /// Whether there is no fleet to coordinate.
        var federatesOnly = false
        var listen: [ListenAddress] = []
        /// Host and port, or a URL.
        var targets: [String] = []
        var interval = Duration.seconds(15)
        /// A fleet on this machine, for `up`.
        var shards = 3
        var coordinators = 2
        var state = ""
        var clusters: [String] = []
        /// Whom `status` and `drain` ask.
        var url = "http://127.0.0.1:8080"
        var printsJSON = false
        var watches = false

        /// Whether what is watched replaces what was shown before, rather than following it.
        func clearsScreen(isTerminal: Bool) -> Bool { watches && !printsJSON && isTerminal }
    }

    var leadsFleet: Bool { !commandLine.federatesOnly && fleet.configuration != nil }

    /// Where to listen, and what clients can cost.
    var effectiveWeb: WebSettings {
        var web = web
        if !commandLine.listen.isEmpty { web.listen = commandLine.listen }
        return web
    }

    /// Static targets, those of the command line last.
    var targets: [StaticTarget] {
        federation.targets.map(\.target)
            + commandLine.targets.map { text in
                StaticTarget(
                    url: text.contains("://") ? text : "http://\(text)/metrics", interval: commandLine.interval)
            }
    }
}

/// What `/federate` shows, and how.
struct FederationSettings: Equatable, Sendable {
    var answers = AnswerSettings()
    var cacheBytes = 12 << 20
    var targets: [TargetEntry] = []
}

/// A static target, as it is written.
struct TargetEntry: Equatable, Sendable {
    var url = ""
    var labels: [String: String] = [:]
    var interval = Duration.seconds(15)
    var timeout: Duration?
    var honorsLabels = false
    var token: Secret?
    var bodyLimit = 256 << 20

    var target: StaticTarget {
        StaticTarget(
            url: url, labels: labels, interval: interval, timeout: timeout, honorsLabels: honorsLabels,
            token: token, bodyLimit: bodyLimit)
    }
}
