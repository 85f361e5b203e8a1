import Configuration
import Testing

struct ErrorTests {
    @Test(arguments: [
        (
            "collection:\n  jitter: 10",
            "slurm.yaml:2: collection.jitter: \"10\" is no duration: write a number with a unit, such as 10s, 5m or 1h30m"
        ),
        ("colection:\n  jitter: 10s", "slurm.yaml:1: colection: unknown key: did you mean \"collection\"?"),
        ("collection: {maxLoad: 1}", "slurm.yaml:1: collection.maxLoad: unknown key: did you mean \"max_load\"?"),
        ("jitter: 10s", "slurm.yaml:1: jitter: unknown key: \"jitter\" belongs under \"collection\""),
        (
            "web: {max_workers: 3}",
            "slurm.yaml:1: web.max_workers: unknown key: \"max_workers\" belongs under \"collection\""
        ),
        (
            "web: {zzz: 3}",
            "slurm.yaml:1: web.zzz: unknown key: known here are listen, enable_lifecycle, token, read_timeout"
        ),
        (
            "slurm:\n  max_connections: 0",
            "slurm.yaml:2: slurm.max_connections: \"0\" is too small: write a whole number from 1 to 64"
        ),
        (
            "slurm: {request_timeout: 1h}",
            "slurm.yaml:1: slurm.request_timeout: \"1h\" is too large: write a number with a unit, such as 10s, 5m or 1h30m, from 1s to 10m"
        ),
        (
            "log_level: debgu",
            "slurm.yaml:1: log_level: \"debgu\" is no log level (did you mean \"debug\"?): write one of debug, info, warn, error, off"
        ),
        (
            "collectors:\n  jobs:\n    states: [running,\n      7]",
            "slurm.yaml:4: collectors.jobs.states[1]: \"7\" is no job state: write one of pending, running, suspended, completing"
        ),
        ("slurm: {http2: true}", "slurm.yaml:1: slurm.http2: is refused: slurmrestd does not speak it"),
        (
            "slurm: 5",
            "slurm.yaml:1: slurm: this is a section: write it with keys such as base_url, token, request_timeout, max_connections, circuit_breaker"
        ),
        ("log_level:", "slurm.yaml:1: log_level: has no value: write one of debug, info, warn, error, off"),
        ("log_level: [info]", "slurm.yaml:1: log_level: this is a list: write one of debug, info, warn, error, off"),
        (
            "metrics: {label_limits: 5}",
            "slurm.yaml:1: metrics.label_limits: this is text: write keys with a value each, such as key: value, each value a whole number of at least 0"
        ),
        (
            "metrics: {label_limits: {user: many}}",
            "slurm.yaml:1: metrics.label_limits.user: \"many\" is no whole number: write a whole number of at least 0"
        ),
        (
            "collection: {intervals: {node: 5s}}",
            "slurm.yaml:1: collection.intervals.node: \"node\" is no feed (did you mean \"nodes\"?): write one of cluster, nodes, jobs, partitions, users"
        ),
        (
            "metrics: {histograms: {job_duration_buckets: [1, 3, 2]}}",
            "slurm.yaml:1: metrics.histograms.job_duration_buckets: has to be ascending, without repetition"
        ),
        (
            "clusters:\n  - name: a\n    url: x\n  - base_url: y\n",
            "slurm.yaml:4: clusters[1].name: is missing: write text"
        ),
        (
            "clusters:\n  - {name: a, url: x, tocken: y}\n",
            "slurm.yaml:2: clusters[0].tocken: unknown key: did you mean \"token\"?"
        ),
        (
            "clusters:\n  - {name: a, base_url: x,\n     url: y}\n",
            "slurm.yaml:3: clusters[0].url: base_url at line 2 and url are two names of one setting: keep base_url"
        ),
        (
            "clusters:\n  - {name: a, base_url: x,\n     timeout: 1m}\n",
            "slurm.yaml:3: clusters[0].timeout: has to be at most the interval"
        ),
        (
            "collection: {max_workers: 1}\nmax_workers: 2",
            "slurm.yaml:2: max_workers: collection.max_workers at line 1 and max_workers are two names of one setting: keep collection.max_workers"
        ),
        ("collection:\n  jitter: 2m", "slurm.yaml:2: collection.jitter: has to be at most collection.timeout"),
        ("- a", "slurm.yaml:1: a configuration consists of keys with values, such as \"log_level:\""),
        (
            "a: b: c",
            "slurm.yaml:1: a colon is not expected here: check the indentation, and put text that contains \": \" in quotes"
        ),
        (
            "\"a\\eb\": 1",
            "slurm.yaml:1: \"a\\u{1b}b\": unknown key: known here are log_level, web, slurm, clusters, collectors, collection, metrics, processing, ha"
        ),
    ])
    func namesPlaceFindingAndRemedy(text: String, expected: String) {
        #expect(errors(text) == [expected])
    }

    @Test func findsAllErrorsAndSortsThemByPlace() {
        let text = """
            web:
              listen: nowhere
              tokn: x
            collection:
              jitter: 10
              retry_backoff: 0.5
            """
        let found = errors(
            text, environment: ["SLURM_EXPORTER_COLLECTION_MAX_LOAD": "2"],
            flags: [FlagOccurrence("slurm.max-connections", "many")])
        #expect(
            found == [
                "slurm.yaml:2: web.listen[0]: \"nowhere\" is no listen address: write an address such as 0.0.0.0:9341, or :9341",
                "slurm.yaml:3: web.tokn: unknown key: did you mean \"token\"?",
                "slurm.yaml:5: collection.jitter: \"10\" is no duration: write a number with a unit, such as 10s, 5m or 1h30m",
                "slurm.yaml:6: collection.retry_backoff: \"0.5\" is too small: write a number of at least 1",
                "SLURM_EXPORTER_COLLECTION_MAX_LOAD: collection.max_load: \"2\" is too large: write a number from 0 to 1",
                "--slurm.max-connections: slurm.max_connections: \"many\" is no whole number: write a whole number from 1 to 64",
            ])
    }

    @Test func listsTheFirstErrorsAndCountsTheRest() throws {
        let text = (1...170).map { "zzz\($0): 1\n" }.joined()
        let error = try #require(throws: ConfigurationError.self) { try load(text) }
        let lines = error.description.split(separator: "\n")
        #expect(lines.count == 51)
        #expect(lines.last == "and 120 more")
        #expect(error.errors.count == 170)
    }

    @Test func refusesAnUnreadableFile() throws {
        let error = try #require(throws: ConfigurationError.self) { try ConfigurationFile(path: "/nowhere/slurm.yaml") }
        #expect(error.description == "can't read /nowhere/slurm.yaml: No such file or directory")
        #expect(throws: ConfigurationError.self) { try ConfigurationFile(path: "/") }
        #expect(throws: ConfigurationError.self) { try ConfigurationFile(path: "/dev/zero") }
    }

    @Test func shortensAndEscapesWhatItFound() {
        let long = String(repeating: "x", count: 1000)
        #expect(errors("log_level: \(long)")[0].count < 200)
        #expect(
            !errors("log_level: \"a\\e[31m\\u202e\"")[0].unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    }
}
