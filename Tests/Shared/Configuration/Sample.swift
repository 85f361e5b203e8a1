import Configuration

/// Settings of every kind, as a program would have them.
struct Sample: Sendable, Equatable {
    var web = Web()
    var slurm = Slurm()
    var clusters: [Cluster] = []
    var collectors = Collectors()
    var collection = Collection()
    var metrics = Metrics()
    var cache = Cache()
    var logLevel = LogLevel.info
    var once = false
    var high = HighAvailability()
}

struct Web: Sendable, Equatable {
    var listen = [ListenAddress(port: 9341)]
    var enableLifecycle = false
    var token: Secret?
    var readTimeout = Duration.seconds(30)
}

struct Slurm: Sendable, Equatable {
    var baseURL = "http://localhost:6820"
    var token: Secret?
    var timeout = Duration.seconds(60)
    var maxConnections = 4
    var breaker = Breaker()
}

struct Breaker: Sendable, Equatable {
    var enabled = true
    var failureThreshold = 5
    var resetTimeout = Duration.seconds(30)
}

struct Cluster: Sendable, Equatable {
    var name = ""
    var baseURL = ""
    var token: Secret?
    var labels: [String: String] = [:]
    var interval = Duration.seconds(30)
    var timeout = Duration.seconds(20)
}

enum JobState: String, CaseIterable, Sendable { case pending, running, suspended, completing }

enum LogLevel: String, CaseIterable, Sendable { case debug, info, warn, error, off }

enum Feed: String, CaseIterable, Sendable { case cluster, nodes, jobs, partitions, users }

struct Collectors: Sendable, Equatable {
    var cluster = Collector()
    var nodes = Collector()
    var jobs = Jobs()
    var users = Users()
}

struct Collector: Sendable, Equatable {
    var enabled = true
    var interval: Duration?
    var partitions: [String] = []
}

struct Jobs: Sendable, Equatable {
    var collector = Collector()
    var maxJobs: Int?
    var states: [JobState] = [.pending, .running]
    var maxAge: Duration?
}

struct Users: Sendable, Equatable {
    var collector = Collector()
    var maxUsers: Int?
    var excluded: [String] = ["root"]
}

struct Collection: Sendable, Equatable {
    var intervals: [Feed: Duration] = [.jobs: .seconds(60)]
    var jitter = Duration.zero
    var timeout = Duration.seconds(30)
    var retryBackoff = 2.0
    var maxWorkers = 2
    var maxLoad = 0.25
}

struct Metrics: Sendable, Equatable {
    var prefix = "slurm_"
    var maxSeries: Int?
    var labelLimits: [String: Int] = ["user": 500]
    var durationBuckets: [Double] = [60, 300, 1800]
    var sampling: [Feed: Sampling] = [:]
}

struct Sampling: Sendable, Equatable {
    var enabled = false
    var rate = 1.0
}

struct Cache: Sendable, Equatable {
    var size = ByteSize(bytes: 64 << 20)
    var ttl = Duration.seconds(300)
}

struct HighAvailability: Sendable, Equatable {
    enum Mode: String, CaseIterable, Sendable { case primary, secondary }
    var mode: Mode?
    var election = true
}

struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    var host = ""
    var port: Int

    init(host: String = "", port: Int) {
        self.host = host
        self.port = port
    }

    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), port < 65536
        else { return nil }
        self.init(host: String(text[..<colon]), port: port)
    }

    var description: String { "\(host):\(port)" }
}

extension ValueType where Value == ListenAddress {
    static var listenAddress: Self {
        .text(
            "listen address", allowed: "an address such as 0.0.0.0:9341, or :9341", pattern: ".*:[0-9]+",
            parse: { ListenAddress($0) }, write: { $0.description })
    }
}

let clusterSchema = Schema(Cluster()) {
    Setting("name", \.name, .string, "The cluster label.", required: true)
    Setting("base_url", \.baseURL, .string, "Where its slurmrestd listens.", required: true)
    Alias("url", of: \.baseURL)
    Setting("token", \.token, .secret, "The token for slurmrestd.")
    Setting("labels", \.labels, .map(of: .possiblyEmptyString), "More labels.")
    Setting("interval", \.interval, .duration, "How often it is asked.")
    Setting("timeout", \.timeout, .duration, "How long an answer may take.")
    Check(\.timeout) { $0.timeout <= $0.interval ? nil : "has to be at most the interval" }
}

let samplingSchema = Schema(Sampling()) {
    Setting("enabled", \.enabled, .boolean, "Whether to take samples only.")
    Setting("rate", \.rate, .number(in: 0...1), "The part that is kept.")
    Ignored("stratified", .boolean, why: "samples are always stratified")
}

/// Shared by all collectors.
@SchemaBuilder<Collector> var collectorSettings: SchemaPart<Collector> {
    Setting("enabled", \.enabled, .boolean, "Whether it runs.")
    Setting("interval", \.interval, .duration(in: .seconds(1)...), "How often it runs.", unset: "inherited")
    Alias("collection_interval", of: \.interval)
    Setting("partitions", \.partitions, .list(of: .string), "Only these partitions.")
}

let sampleSchema = Schema(Sample(), environmentPrefix: "SLURM_EXPORTER") {
    Setting("log_level", \.logLevel, .enumeration("log level"), "How much is logged.", flag: "web.log-level")
    Alias("max_workers", of: \.collection.maxWorkers)
    Option("once", \.once, .boolean, "Collects once and ends.")
    Ignored(environment: "GOMEMLIMIT", why: "this is no Go program", instead: "the memory limit of the unit or the pod")
    Section("web", \.web, "Where the program listens.") {
        Setting("listen", \.listen, .list(of: .listenAddress), "Addresses to listen on.", flag: "web.listen-address")
        Setting("enable_lifecycle", \.enableLifecycle, .boolean, "Allows reloads over HTTP.")
        Setting("token", \.token, .secret, "What clients have to show.")
        Setting("read_timeout", \.readTimeout, .duration(bareSeconds: true), "How long a request may take.")
    }
    Section("slurm", \.slurm, "How Slurm is asked.") {
        Setting("base_url", \.baseURL, .string, "Where slurmrestd listens.", environment: "SLURM_REST_URL")
        Setting("token", \.token, .secret(file: .mayComeLater), "The token for slurmrestd.")
        Setting(
            "request_timeout", \.timeout, .duration(in: .seconds(1) ... .seconds(600)), "How long an answer may take.")
        Alias("timeout", of: \.timeout)
        Setting("max_connections", \.maxConnections, .integer(in: 1...64), "Connections at the same time.")
        Refused("http2", why: "slurmrestd does not speak it")
        Section("circuit_breaker", \.breaker) {
            Setting("enabled", \.enabled, .boolean, "Whether a failing Slurm is left alone.")
            Setting("failure_threshold", \.failureThreshold, .integer(in: 1...), "Failures until then.")
            Setting("reset_timeout", \.resetTimeout, .duration, "The pause.")
        }
    }
    Setting("clusters", \.clusters, .list(of: .section(clusterSchema)), "Several clusters.")
    Section("collectors", "What is collected.") {
        Section("cluster", \.collectors.cluster) { collectorSettings }
        Section("nodes", \.collectors.nodes) { collectorSettings }
        Section("jobs", \.collectors.jobs) {
            Setting("max_jobs", \.maxJobs, .integer(in: 1...), "Jobs shown one by one.", unset: "unlimited")
            Setting("states", \.states, .list(of: .enumeration("job state")), "Only jobs in these states.")
            Setting("max_age", \.maxAge, .duration, "Only jobs younger than this.", unset: "unlimited")
        }
        Section("jobs", \.collectors.jobs.collector) { collectorSettings }
        Section("users", \.collectors.users) {
            Setting("max_users", \.maxUsers, .integer(in: 1...), "Users shown one by one.", unset: "unlimited")
            Setting("exclude_users", \.excluded, .list(of: .string), "Users left out.")
        }
        Section("users", \.collectors.users.collector) { collectorSettings }
    }
    Section("collection", \.collection, "When it is collected.") {
        Setting(
            "intervals", \.intervals, .map(of: .duration, keys: .enumeration("feed")), "How often each feed is asked.")
        Setting("jitter", \.jitter, .duration, "Spreads the starts.")
        Setting("timeout", \.timeout, .duration, "How long a collection may take.")
        Setting("retry_backoff", \.retryBackoff, .number(in: 1...), "How much longer each pause is.")
        Setting("max_workers", \.maxWorkers, .integer(in: 1...64), "Collections at the same time.")
        Setting("max_load", \.maxLoad, .number(in: 0...1), "The share of time that Slurm may spend on us.")
        Ignored("queue_size", .integer, why: "there is no queue", instead: "collection.max_workers")
    }
    Section("metrics", \.metrics, "What the metrics look like.") {
        Setting("prefix", \.prefix, .string, "What names start with.")
        Setting("max_series", \.maxSeries, .integer(in: 0...), "Series at most.", unset: "unlimited")
        Setting("label_limits", \.labelLimits, .map(of: .integer(in: 0...)), "Values at most for each label.")
        Section("histograms") {
            Setting("job_duration_buckets", \.durationBuckets, .list(of: .number).ascending, "Upper bounds.")
        }
        Setting("sampling", \.sampling, .map(of: .section(samplingSchema), keys: .enumeration("feed")), "Samples.")
        Ignored("retention", .map(of: .duration), why: "Prometheus keeps the samples")
    }
    Section("processing") {
        Section("cache", \.cache) {
            Setting("max_size", \.size, .byteSize(in: ByteSize(bytes: 1 << 10)...), "Bytes at most.")
            Setting("ttl", \.ttl, .duration, "How long answers are kept.")
        }
    }
    Section("performance") {
        Section("caching") { Alias("default_ttl", of: \.cache.ttl) }
    }
    Section("runtime") {
        Ignored(
            "gc_target_percentage", .integer, why: "there is no garbage collector", instead: "metrics.max_series",
            environment: "GOGC")
    }
    Section("ha", \.high) {
        Setting("mode", \.mode, .enumeration("mode"), "Who leads if both can.", environment: "HA_MODE")
        Setting("leader_election", \.election, .boolean, "Whether there are two.", environment: "LEADER_ELECTION")
    }
    Check(\.collection.jitter) { settings in
        settings.collection.jitter <= settings.collection.timeout ? nil : "has to be at most collection.timeout"
    }
}

extension ValueType where Value == [Double] {
    var ascending: Self {
        checked { zip($0, $0.dropFirst()).allSatisfy(<) ? nil : "has to be ascending, without repetition" }
    }
}

/// Any bytes as a configuration: settings or errors, never a crash. For fuzzing.
func loadAnything(_ bytes: [UInt8]) -> String {
    do throws(ConfigurationError) {
        let file = ConfigurationFile(name: "fuzz.yaml", bytes: bytes)
        return sampleSchema.effective(try sampleSchema.load(file: file, environment: ["NAME": "value"]))
    } catch {
        return error.description
    }
}
