import Configuration
import FederatedSeries
import Fleet
import FleetProtocol
import HTTPServer
import Metrics
import Program

extension CoordinatorSettings {
    static let schema = Schema(CoordinatorSettings(), environmentPrefix: "SLURM_COORDINATOR") {
        Section("federation", \.federation, "What /federate shows, and how.") { FederationSettings.keys }
        Section.fleet(\.fleet)
        Check(\.fleet.configuration) { settings in
            guard !settings.leadsFleet, !settings.commandLine.federatesOnly, settings.fleet.sharesOutWork else {
                return nil
            }
            return "is missing: there is no work to share out without the file with the keys of all shards"
        }
        Section.availability(\.availability)
        Check(\.fleet.tokens.secrets) { settings in
            guard settings.leadsFleet, settings.fleet.tokens.isEmpty else { return nil }
            guard let open = settings.effectiveWeb.listen.first(where: { !$0.isLoopback }) else { return nil }
            return "is empty, and \(open) is open to other hosts: anybody there could lead the shards astray"
        }
        Section.web(\.web)
        Section.log(\.log)
        commandLineKeys
    }

    @SchemaBuilder<CoordinatorSettings> private static var commandLineKeys: SchemaPart<CoordinatorSettings> {
        Option(
            "federate-only", \.commandLine.federatesOnly, .boolean,
            "Show static targets and nothing else: no shards, no store, no election.")
        Check(\.commandLine.federatesOnly) { settings in
            guard settings.commandLine.federatesOnly, settings.targets.isEmpty else { return nil }
            return "is given without targets: name some with --targets or federation.targets"
        }
        Option(
            "listen", \.commandLine.listen, .list(of: .listenAddress), "Where to listen, in place of web.listen.")
        Option(
            "targets", \.commandLine.targets, .list(of: .targetAddress),
            "Static targets besides federation.targets: host:port, or a URL.")
        Option("interval", \.commandLine.interval, .duration(in: .milliseconds(100)...), "How often they are asked.")
        Option("shards", \.commandLine.shards, .integer(in: 1...64), "For up: how many shards.")
        Option(
            "coordinators", \.commandLine.coordinators, .integer(in: 1...8),
            "For up: how many coordinators; one of them leads.")
        Option(
            "state", \.commandLine.state, .string,
            "For up: the directory of all files of the fleet, for one `up` at a time. Without it a new one is made where "
                + "temporary files go, /tmp/slurm-fleet-…, and stays.")
        Option(
            "cluster", \.commandLine.clusters, .list(of: .string),
            "For up: NAME=URL of each cluster, slurmrestd's address; without any, a simulated one. The token is that of SLURM_JWT."
        )
        Option("url", \.commandLine.url, .string, "For status, drain and step-down: the coordinator's address.")
        Option("json", \.commandLine.printsJSON, .boolean, "For status: print what the API says.")
        Option("watch", \.commandLine.watches, .boolean, "For status: print it every two seconds.")
    }
}

extension FederationSettings {
    @SchemaBuilder<FederationSettings> fileprivate static var keys: SchemaPart<FederationSettings> {
        Setting(
            "timestamps", \.answers.writesTimestamps, .boolean,
            "Whether samples carry the time at which they were taken. Servers that scrape them then show series that have "
                + "vanished for five minutes more.")
        Setting(
            "external_labels", \.answers.externalLabels, .map(of: .string, keys: .labelName),
            "Labels for all series that have none of the name; selectors don't see them.")
        Setting(
            "cache_size", \.cacheBytes, .bytes(in: 0...1 << 32),
            "Bytes of finished answers that are kept for those who ask for the same.")
        Setting(
            "targets", \.targets, .list(of: .section(TargetEntry.schema, name: "target")),
            "Exporters, and coordinators of other regions, that are shown besides the fleet.")
    }
}

extension TargetEntry {
    static let schema = Schema(TargetEntry()) {
        Setting("url", \.url, .targetAddress, "Where it is asked, with path and query.", required: true)
        Setting(
            "labels", \.labels, .map(of: .possiblyEmptyString, keys: .labelName),
            "Put on all its series. `job` is `federation` and `instance` is host and port, where nothing else is said.")
        Setting("interval", \.interval, .duration(in: .milliseconds(100)...), "How often it is asked.")
        Setting(
            "timeout", \.timeout, .duration(in: .milliseconds(1)...), "How long a scrape may take.", unset: "10s")
        Check(\.timeout) { target in
            guard let timeout = target.timeout, timeout > target.interval else { return nil }
            return "is longer than the interval"
        }
        Setting(
            "honor_labels", \.honorsLabels, .boolean,
            "Whether labels that its series have already are kept; otherwise they are renamed to `exported_…`.")
        Setting(
            "token", \.token, .secret(file: .mayComeLater),
            "The token that it asks for, such as that of another region's fleet; a file is read again when it changes.")
        Alias(
            "token_file", of: \.token, as: .secretFile(.mayComeLater), "The file that holds the token.")
        Setting(
            "body_size_limit", \.bodyLimit, .bytes(in: 1024...2 << 30),
            "Bytes of an answer, when nothing is compressed any more; a larger one is a failed scrape.")
    }
}

extension ValueType where Value == String {
    static var targetAddress: ValueType<String> {
        .text("target", allowed: "http://host:port/path, https://host:port/path or host:port") {
            text throws(Rejection) in
            guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
            let rest =
                ["http://", "https://"].first(where: text.hasPrefix).map { text.dropFirst($0.count) } ?? text[...]
            guard !rest.contains("://"), let first = rest.first, !"/?#:@".contains(first) else { return nil }
            return text.contains("://") ? text : "http://\(text)/metrics"
        } write: {
            $0
        }
    }

    fileprivate static var labelName: ValueType<String> {
        .text("label", allowed: "the name of a label: letters, digits and underscores") { text throws(Rejection) in
            (try? LabelName(validating: text))?.text
        } write: {
            $0
        }
    }
}
