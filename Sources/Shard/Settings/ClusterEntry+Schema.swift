import Configuration
import Upstreams

extension ClusterEntry {
    static let schema = Schema(ClusterEntry()) {
        Setting("name", \.givenName, .string, "The value of the label `cluster`.", required: true)
        Alias("cluster", of: \.givenName)
        keys
    }

    /// One of several has to be told from the others.
    private var givenName: String {
        get { name ?? "" }
        set { name = newValue }
    }

    /// What `slurm` and each of `clusters` have in common.
    @SchemaBuilder<ClusterEntry> static var keys: SchemaPart<ClusterEntry> {
        Setting(
            "source", \.source, .enumeration("source"),
            "What is asked: `rest` is slurmrestd; `cli` are Slurm's commands, for sites without slurmrestd, and for those "
                + "too large for it.")
        Section("commands", "How Slurm's commands are run where they are asked, with `source: cli`.") {
            Setting(
                "directory", \.commands.directory, .existingDirectory,
                "Where squeue, scontrol, sdiag, sshare, sacct and sacctmgr are; `path` looks them up in PATH.",
                unset: "path")
            Setting(
                "slurm_conf", \.commands.configurationFile, .readableFile,
                "Which cluster's slurm.conf the commands read, in place of what SLURM_CONF says.", unset: "inherited")
        }
        identity
        transport
        pace
        Section("circuit_breaker", \.breaker, "When a failing Slurm is left alone.") { BreakerSettings.keys }
        connections
    }

    @SchemaBuilder<ClusterEntry> private static var identity: SchemaPart<ClusterEntry> {
        Setting(
            "base_url", \.rest.addresses, .slurmAddresses,
            "Where slurmrestd listens; of several, the next one is asked after a failure.",
            environment: "SLURM_REST_URL")
        Check(\.rest.addresses, severity: .warning) { cluster in
            let isUsed = cluster.source == .rest || cluster.rest.addresses == RestSettings().addresses
            return isUsed ? nil : "is given, but the source is cli: slurmrestd isn't asked"
        }
        Setting(
            "api_version", \.rest.apiVersion, .apiVersion,
            "The version of Slurm's REST API; `auto` finds out the newest that both sides know.", unset: "auto")
        Setting("user", \.rest.user, .fieldValue, "The user whose token it is.")
        Setting(
            "token", \.rest.token, .secret(file: .mayComeLater),
            "The token for slurmrestd; a file is read again when it changes.", environment: "SLURM_JWT")
        Alias(
            "token_file", of: \.rest.token, as: .secretFile(.mayComeLater),
            "The file that holds the token, read again when it changes.")
        Setting(
            "authentication", \.rest.authentication, .enumeration("way to authenticate"),
            "How the token is shown: `headers` are X-SLURM-USER-TOKEN and X-SLURM-USER-NAME, "
                + "`bearer` is Authorization, from Slurm 23.02 on."
        )
        Check(\.rest.authentication) { cluster in
            guard cluster.rest.authentication == .bearer, cluster.rest.token == nil else { return nil }
            return "is bearer, but there is no token: write token or token_file"
        }
    }

    @SchemaBuilder<ClusterEntry> private static var transport: SchemaPart<ClusterEntry> {
        Setting(
            "ca_file", \.rest.certificateAuthorityFile, .readableFile,
            "Certificates that are trusted for https, in place of those of the system.", unset: "system")
        Check(\.rest.certificateAuthorityFile) { cluster in
            guard cluster.rest.certificateAuthorityFile != nil else { return nil }
            let isUsed = cluster.rest.addresses.contains { $0.hasPrefix("https://") }
            return isUsed ? nil : "is given, but no address in base_url starts with https://"
        }
        Setting(
            "connect_timeout", \.rest.connectTimeoutSeconds, .seconds(in: .milliseconds(1) ... .seconds(600)),
            "How long connecting may take.")
        Setting(
            "request_timeout", \.requestTimeout, .duration(in: .milliseconds(1)...),
            "How long an answer may take, unless `collection.timeout` is shorter; without either it is 1m. "
                + "slurmrestd computes all of an answer before its first byte. A command that takes longer is ended.",
            unset: "inherited")
        Alias("timeout", of: \.requestTimeout)
        Setting(
            "max_answer_size", \.rest.maximumAnswerBytes, .bytes(in: 1 << 20...1 << 40),
            "An answer with more bytes, of slurmrestd or of a command, is given up.")
    }

    @SchemaBuilder<ClusterEntry> private static var pace: SchemaPart<ClusterEntry> {
        Setting(
            "max_load", \.maximumLoad, .number(in: 0.01...1), "As `collection.max_load`, for this cluster.",
            unset: "inherited")
        Setting(
            "max_connections", \.maximumConnections, .integer(in: 1...64),
            "As `collection.max_workers`, for this cluster: a connection carries one request at a time.",
            unset: "inherited")
        Setting(
            "jitter", \.jitter, .duration, "As `collection.jitter`, for this cluster.", unset: "inherited")
        Setting(
            "retry_attempts", \.retryAttempts, .integer(in: 0...20),
            "As `collection.retry_attempts`, for this cluster.", unset: "inherited")
        Setting(
            "retry_delay", \.retryDelay, .duration, "As `collection.retry_delay`, for this cluster.",
            unset: "inherited")
        Setting(
            "retry_backoff", \.retryBackoff, .number(in: 1...10),
            "As `collection.retry_backoff`, for this cluster.", unset: "inherited")
    }

    @SchemaBuilder<ClusterEntry> private static var connections: SchemaPart<ClusterEntry> {
        Ignored(
            "max_idle_connections", .integer(in: 0...), why: "every connection is kept for the next request",
            instead: "max_connections")
        Ignored("connection_lifetime", .duration, why: "a connection is kept as long as both sides want it")
        Ignored("keep_alive", .boolean, why: "connections are always kept between requests")
        Ignored("http2", .boolean, why: "slurmrestd speaks HTTP/1.1")
        Ignored("max_frame_size", .integer(in: 0...), why: "slurmrestd speaks HTTP/1.1, which has no frames")
        Ignored("compression", .boolean, why: "slurmrestd compresses nothing, and nothing compressed is asked for")
    }
}

extension BreakerSettings {
    @SchemaBuilder<BreakerSettings> fileprivate static var keys: SchemaPart<BreakerSettings> {
        Setting("enabled", \.isEnabled, .boolean, "Whether it is.")
        Setting(
            "failure_threshold", \.failureThreshold, .integer(in: 1...1000),
            "Failures in a row after which nothing is asked any more.")
        Setting(
            "reset_timeout", \.resetTimeoutSeconds, .seconds(in: .milliseconds(1) ... .seconds(86_400)),
            "How long that lasts before one request tries again.")
        Alias("timeout", of: \.resetTimeoutSeconds)
        Setting(
            "success_threshold", \.successThreshold, .integer(in: 1...1000),
            "Successes in a row after which all is well again.")
    }
}
