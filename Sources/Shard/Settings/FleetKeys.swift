import Configuration
import FleetProtocol
import Membership

extension ShardSettings {
    /// The keys of a process that belongs to a fleet: where its work comes from.
    @SchemaBuilder<ShardSettings> static var fleetKeys: SchemaPart<ShardSettings> {
        Section(
            "fleet", \.fleet,
            "The fleet that this process belongs to. With coordinators it is told what to ask and what to count; all but `web`, `log` and `runtime` comes from them then."
        ) {
            Setting(
                "coordinators", \.coordinators, .list(of: .coordinator), "Addresses of the coordinators.",
                flag: "coordinator")
            Setting(
                "shard", \.shard, .shardName, "The name under which the fleet knows this process.",
                unset: "auto")
            Setting(
                "host", \.host, .string, "The host at which others reach this process.", unset: "auto")
            Setting(
                "tokens", \.tokens.secrets, .list(of: .secret(file: .mayComeLater)),
                "What the fleet knows its members by; while it is rotated the new token and after it the old one.")
            Check(\.tokens.secrets) {
                $0.tokens.secrets.count > FleetTokens.limit ? "has more than \(FleetTokens.limit) tokens" : nil
            }
            Setting(
                "state_directory", \.stateDirectory, .string,
                "Where the plan is kept for a start without coordinators.", unset: "none")
            Setting(
                "drain_timeout", \.drainTimeout, .duration,
                "How long the process goes on to hand over what it has when it is told to stop.")
        }
    }
}

extension ValueType where Value == String {
    static var coordinator: ValueType<String> {
        .text("address of a coordinator", allowed: "an address such as http://host:8080") { text in
            guard text.hasPrefix("http://") || text.hasPrefix("https://"), text.contains(where: { $0 != "/" }) else {
                return nil
            }
            return text.hasSuffix("/") ? String(text.dropLast()) : text
        } write: {
            $0
        }
    }

    static var shardName: ValueType<String> {
        .text("name of a shard", allowed: ShardName.rule) { text in
            ShardName.holds(text) ? text : nil
        } write: {
            $0
        }
    }
}
