import Configuration
import TestSupport
import Testing

struct SourceTests {
    @Test func letsFlagsWinOverEnvironmentOverFileOverDefault() throws {
        let name = "SLURM_EXPORTER_COLLECTION_MAX_WORKERS"
        let flag = [FlagOccurrence("collection.max-workers", "5")]
        let text = "collection: {max_workers: 3}"
        #expect(try settings().collection.maxWorkers == 2)
        #expect(try settings(text).collection.maxWorkers == 3)
        #expect(try settings(text, environment: [name: "4"]).collection.maxWorkers == 4)
        #expect(try settings(text, environment: [name: "4"], flags: flag).collection.maxWorkers == 5)
        #expect(try settings(text, environment: [name: ""]).collection.maxWorkers == 3)
    }

    @Test func readsListsAndMapsFromOneLine() throws {
        let environment = [
            "SLURM_EXPORTER_COLLECTORS_JOBS_STATES": "running, completing",
            "SLURM_EXPORTER_METRICS_LABEL_LIMITS": "node=7,user=8",
        ]
        let settings = try settings("metrics: {label_limits: {job_name: 1}}", environment: environment)
        #expect(settings.collectors.jobs.states == [.running, .completing])
        #expect(settings.metrics.labelLimits == ["job_name": 1, "node": 7, "user": 8])
        #expect(errors(environment: ["SLURM_EXPORTER_METRICS_LABEL_LIMITS": "node"]).count == 1)
    }

    @Test func addsUpTheListsOfARepeatedFlag() throws {
        let flags = [FlagOccurrence("web.listen-address", ":1,:2"), FlagOccurrence("web.listen", "[::1]:3")]
        #expect(try settings(flags: flags).web.listen.map(\.description) == [":1", ":2", "[::1]:3"])
        let limits = [FlagOccurrence("metrics.label_limits", "a=1"), FlagOccurrence("metrics.label-limits", "b=2,c=3")]
        #expect(try settings(flags: limits).metrics.labelLimits == ["user": 500, "a": 1, "b": 2, "c": 3])
    }

    @Test func refusesToChooseBetweenValues() {
        let twice = [FlagOccurrence("log-level", "info"), FlagOccurrence("log-level", "warn")]
        #expect(errors(flags: twice) == ["--log-level: log_level: is given 2 times: give it once"])
        let environment = ["SLURM_REST_URL": "http://a", "SLURM_EXPORTER_SLURM_BASE_URL": "http://b"]
        #expect(
            errors(environment: environment) == [
                "SLURM_REST_URL: slurm.base_url: SLURM_REST_URL and SLURM_EXPORTER_SLURM_BASE_URL set this differently: keep one of them"
            ])
    }

    @Test func knowsVariablesByTheirOwnNames() throws {
        let environment = ["HA_MODE": "secondary", "LEADER_ELECTION": "false", "SLURM_REST_URL": "http://a"]
        let settings = try settings(environment: environment)
        #expect(settings.high == HighAvailability(mode: .secondary, election: false))
        #expect(settings.slurm.baseURL == "http://a")
    }

    @Test func givesNoVariableANameThatMeansTwoThings() throws {
        struct Pair: Sendable { var a = 1, b = 1 }
        let schema = Schema(Pair(), environmentPrefix: "P") {
            Section("x") { Setting("y_z", \.a, .integer, "") }
            Section("x_y") { Setting("z", \.b, .integer, "") }
        }
        let loaded = try schema.load(environment: ["P_X_Y_Z": "5"])
        #expect(loaded.settings.a == 1 && loaded.settings.b == 1)
        #expect(loaded.warnings.count == 1)
    }

    @Test(arguments: [
        (
            "SLURM_EXPORTER_WEB_LISTN", "x",
            "SLURM_EXPORTER_WEB_LISTN: sets nothing: did you mean SLURM_EXPORTER_WEB_LISTEN?"
        ),
        ("SLURM_EXPORTER_PORT", "9341", "SLURM_EXPORTER_PORT: sets nothing"),
        (
            "GOMEMLIMIT", "3GiB",
            "GOMEMLIMIT: has no effect: this is no Go program; use the memory limit of the unit or the pod"
        ),
        (
            "GOGC", "50",
            "GOGC: runtime.gc_target_percentage: has no effect: there is no garbage collector; use metrics.max_series"
        ),
    ])
    func warnsOfVariablesWithoutEffect(name: String, value: String, expected: String) throws {
        #expect(try load(environment: [name: value]).warnings.map(\.description) == [expected])
    }

    @Test(arguments: [
        ("SLURM_EXPORTER_SERVICE_HOST", "10.0.0.1"), ("SLURM_EXPORTER_SERVICE_PORT", "8080"),
        ("SLURM_EXPORTER_SERVICE_PORT_METRICS", "8080"), ("SLURM_EXPORTER_PORT", "tcp://10.0.0.1:8080"),
        ("SLURM_EXPORTER_PORT_8080_TCP", "tcp://10.0.0.1:8080"), ("SLURM_EXPORTER_PORT_8080_TCP_ADDR", "10.0.0.1"),
        ("SLURM_EXPORTER_PORT_8080_TCP_PORT", "8080"), ("SLURM_EXPORTER_PORT_8080_UDP_PROTO", "udp"),
        ("SLURM_EXPORTER_COORDINATOR_PORT_8080_TCP_PROTO", "tcp"), ("SLURM_EXPORTER_CONFIG", "/etc/slurm.yaml"),
        ("SLURM_EXPORTERS", "x"), ("PATH", "/bin"),
    ])
    func isSilentAboutVariablesOfOthers(name: String, value: String) throws {
        #expect(try load(environment: [name: value]).warnings.isEmpty)
    }

    @Test func takesNoServiceForASetting() throws {
        struct Ports: Sendable { var port = 1 }
        let schema = Schema(Ports(), environmentPrefix: "X") { Setting("port", \.port, .integer, "") }
        #expect(try schema.load(environment: ["X_PORT": "tcp://10.0.0.1:80"]).settings.port == 1)
        #expect(try schema.load(environment: ["X_PORT": "80"]).settings.port == 80)
    }

    @Test func acceptsOtherNamesAndIgnoredKeys() throws {
        let text = """
            max_workers: 3
            slurm: {timeout: 5s}
            performance: {caching: {default_ttl: 60s}}
            collectors: {jobs: {collection_interval: 60s}}
            collection: {queue_size: 1000}
            metrics: {retention: {high_frequency: 24h}}
            """
        let loaded = try load(text)
        #expect(loaded.settings.collection.maxWorkers == 3)
        #expect(loaded.settings.slurm.timeout == .seconds(5))
        #expect(loaded.settings.cache.ttl == .seconds(60))
        #expect(loaded.settings.collectors.jobs.collector.interval == .seconds(60))
        #expect(
            loaded.warnings.map(\.description) == [
                "slurm.yaml:5: collection.queue_size: has no effect: there is no queue; use collection.max_workers",
                "slurm.yaml:6: metrics.retention: has no effect: Prometheus keeps the samples",
            ])
        #expect(errors("collection: {queue_size: many}").count == 1)
    }

    @Test(arguments: [
        ("${NAME}", "value"), ("a${NAME}b", "avalueb"), ("${NONE:-other}", "other"), ("${NAME:-other}", "value"),
        ("${EMPTY:-other}", "other"), ("$${NAME}", "${NAME}"), ("$$$$", "$$"), ("^a$", "^a$"), ("$NAME", "$NAME"),
        ("${YAML}", "{a: [b]}"), ("${NULL}", "null"),
    ])
    func replacesReferencesToVariables(text: String, expected: String) throws {
        let environment = ["NAME": "value", "EMPTY": "", "YAML": "{a: [b]}", "NULL": "null"]
        #expect(try settings("metrics: {prefix: '\(text)'}", environment: environment).metrics.prefix == expected)
        #expect(try settings("metrics:\n  prefix: \(text)", environment: environment).metrics.prefix == expected)
    }

    @Test(arguments: [
        ("${NONE}", "the environment variable NONE is not set: set it, or write ${NONE:-default}"),
        ("${1}", "${1} is no reference: write ${NAME}, or $${ for the text ${"),
        ("${NAME", "\"${\" is not closed: write ${NAME}, or $${ for the text ${"),
        ("${}", "${…} is no reference: write ${NAME}, or $${ for the text ${"),
    ])
    func refusesReferencesToNothing(text: String, expected: String) {
        #expect(errors("\nmetrics: {prefix: '\(text)'}") == ["slurm.yaml:2: metrics.prefix: \(expected)"])
    }

    @Test func usesReferencesForEveryType() throws {
        let environment = ["N": "7", "FLAG": "yes", "LISTEN": ":1,:2", "T": "5s"]
        let text =
            "metrics: {max_series: '${N}'}\nweb: {enable_lifecycle: '${FLAG}', listen: '${LISTEN}'}\nslurm: {timeout: '${T}'}"
        let settings = try settings(text, environment: environment)
        #expect(settings.metrics.maxSeries == 7 && settings.web.enableLifecycle)
        #expect(settings.web.listen.count == 2 && settings.slurm.timeout == .seconds(5))
    }

    @Test func replacesNothingInVariablesAndFlags() throws {
        let environment = ["SLURM_EXPORTER_METRICS_PREFIX": "${HOME}$$"]
        #expect(try settings(environment: environment).metrics.prefix == "${HOME}$$")
    }

    @Test func saysWhereEachValueCameFrom() throws {
        let loaded = try load(
            "web:\n  listen: :1\n\nclusters:\n  - name: a\n    url: x\n",
            environment: ["SLURM_REST_URL": "http://a"], flags: [FlagOccurrence("log-level", "warn")])
        let text = sampleSchema.effective(loaded)
        for line in [
            "log_level: warn # --log-level", "listen: [\":1\"] # slurm.yaml:2", "base_url: http://a # SLURM_REST_URL",
            "- name: a # slurm.yaml:5", "base_url: x # slurm.yaml:6", "max_workers: 2 # default",
            "interval: 30s # default",
        ] {
            #expect(text.split(separator: "\n").contains { squeezed($0) == line }, "\(line)")
        }
    }

    private func squeezed(_ line: Substring) -> String {
        line.split(separator: " ").joined(separator: " ")
    }

    @Test(arguments: [
        "$", "$$", "$$$", "${", "$${", "$$${", "a$b", "^a$", "$$$$x$", "a ${NAME}", "null", "~", "- a", "a: b", "#",
        "é\n\t\"",
    ])
    func printsTextThatReadsAsTheSame(text: String) throws {
        let environment = ["SLURM_EXPORTER_METRICS_PREFIX": text]
        let printed = sampleSchema.effective(try load(environment: environment))
        #expect(try settings(printed).metrics.prefix == text, "\(printed)")
    }

    @Test func printsAConfigurationThatLoadsToTheSame() throws {
        var text = "metrics: {prefix: 'a${b}$$ \"c\": #d', label_limits: {'x y': 3, 'null': 1}}\n"
        text += "collectors: {nodes: {partitions: [' a', '', 'b,c', '~', \"d\\te\"]}}\n".replacing(" '',", with: "")
        text += "clusters: [{name: a, url: x, labels: {'': y}}]\n".replacing("'': y", with: "k: ''")
        text += "collection: {jitter: 1m1ms, timeout: 2m, max_load: 0.125}\nprocessing: {cache: {max_size: 1234567}}\n"
        text = text.replacing("${b}$$", with: "$${b}$$$$")
        let loaded = try load(text)
        let printed = sampleSchema.effective(loaded)
        #expect(try settings(printed) == loaded.settings, "\(printed)")
        #expect(try settings(sampleSchema.effective(load())) == Sample())
    }
}
