import Collectors
import Configuration
import HTTPServer
import Program
import ServiceRuntime
import Upstreams

extension ShardSettings {
    /// How another exporter with this nesting writes what is here, too.
    @SchemaBuilder<ShardSettings> static var foreignKeys: SchemaPart<ShardSettings> {
        Section("server", "Other names of keys under `web`.") {
            Alias("address", of: \.web.listen)
            Alias("idle_timeout", of: \.web.limits.idleTime)
            Ignored("metrics_path", .string, why: "metrics are at /metrics")
            Ignored("health_path", .string, why: "health is at /health")
            Ignored("ready_path", .string, why: "readiness is at /ready")
        }
        Section("logging", "Other names of keys under `log`.") {
            Alias("level", of: \.log.level)
            Alias("format", of: \.log.format)
        }
        Section("slurm") { slurm }
        Section("collectors") { collectors }
        Section("metrics") {
            Section("cardinality", "Other names.") { Alias("max_series", of: \.metrics.maximumSeries) }
            Ignored("namespace", .string, why: "names start with slurm_", instead: "metrics.prefix")
        }
    }

    @SchemaBuilder<ShardSettings> private static var slurm: SchemaPart<ShardSettings> {
        Section("auth", "Other names.") {
            Alias("token", of: \.slurm.rest.token)
            Alias(
                "token_file", of: \.slurm.rest.token, as: .secretFile(.mayComeLater),
                "The file that holds the token, read again when it changes.")
            Alias("username", of: \.slurm.rest.user)
            Ignored("type", .string, why: "a token is shown where there is one", instead: "slurm.authentication")
            for key in ["password", "password_file", "api_key", "api_key_file"] {
                Refused(key, why: "slurmrestd takes tokens only; write slurm.token_file")
            }
        }
        Section("tls", "Other names.") {
            Alias("ca_cert_file", of: \.slurm.rest.certificateAuthorityFile)
            Ignored(
                "insecure_skip_verify", .verification, why: "certificates are always checked", instead: "slurm.ca_file")
        }
        Section("rate_limit") {
            Ignored("requests_per_second", .number, why: Unneeded.rate, instead: "collection.max_load")
            Ignored("burst_size", .integer, why: Unneeded.rate, instead: "collection.max_load")
        }
        Ignored("use_adapters", .boolean, why: "all versions of the API are read by one decoder")
    }

    @SchemaBuilder<ShardSettings> private static var collectors: SchemaPart<ShardSettings> {
        Alias("collection_timeout", of: \.pace.timeout)
        Section("nodes") {
            Section("filters", "Other names.") {
                Alias("include_partitions", of: \.selection.nodes.partitions)
                Alias("node_states", of: \.selection.nodes.states)
            }
        }
        Section("jobs") {
            Section("filters", "Other names.") {
                Alias("include_partitions", of: \.selection.jobs.partitions)
                Alias("job_states", of: \.selection.jobs.states)
            }
        }
        Section("users") {
            Section("filters", "Other names.") { Alias("exclude_users", of: \.selection.users.excluded) }
        }
        Section("accounts") {
            Section("filters", "Other names.") { Alias("exclude_accounts", of: \.selection.accounts.excluded) }
        }
    }
}

extension ValueType where Value == Bool {
    fileprivate static var verification: ValueType<Bool> {
        .boolean.checked { isSkipped in
            isSkipped ? "is refused: whoever answers would be shown the token; write slurm.ca_file" : nil
        }
    }
}
