import Collectors
import Configuration
import Metrics
import Testing

@testable import ShardSettings

/// What is wrong is told with file, line, key, what was found, and what is allowed.
struct SettingsErrorTests {
    @Test(arguments: [
        (
            "collectors:\n  job: {enabled: true}",
            "shard.yaml:2: collectors.job: unknown key: did you mean \"jobs\"?"
        ),
        (
            "collectors:\n  gpus: {enabled: true}",
            "shard.yaml:2: collectors.gpus: unknown key: known here are cluster, nodes, partitions, jobs, users, accounts, qos, reservations, licenses, scheduler, fairshare, accounting"
        ),
        (
            "collection:\n  intervals:\n    jbos: 10s",
            "shard.yaml:3: collection.intervals.jbos: unknown key: did you mean \"jobs\"?"
        ),
        (
            "collectors:\n  jobs:\n    interval: 0",
            "shard.yaml:3: collectors.jobs.interval: \"0\" is too small: write a number with a unit, such as 10s, 5m or 1h30m, from 1s to 1w, or inherited"
        ),
        (
            "collection:\n  intervals:\n    nodes: 0s",
            "shard.yaml:3: collection.intervals.nodes: \"0s\" is too small: write a number with a unit, such as 10s, 5m or 1h30m, from 1s to 1w, or inherited"
        ),
        (
            "collectors:\n  jobs:\n    states: [running, runing]",
            "shard.yaml:3: collectors.jobs.states[1]: \"runing\" is no job state: write a state or flag of Slurm's such as running"
        ),
        (
            "collectors:\n  nodes:\n    states: [pending]",
            "shard.yaml:3: collectors.nodes.states[0]: \"pending\" is no node state: write a state or flag of Slurm's such as idle"
        ),
        (
            "slurm:\n  token: a\n  token_file: /b",
            "shard.yaml:3: slurm.token_file: slurm.token at line 2 and slurm.token_file are two names of one setting: keep slurm.token"
        ),
        (
            "slurm:\n  token_file: token",
            "shard.yaml:2: slurm.token_file: \"token\" has no absolute path: write the absolute path of a file, or unset"
        ),
        (
            "slurm:\n  authentication: bearer",
            "shard.yaml:2: slurm.authentication: is bearer, but there is no token: write token or token_file"
        ),
        (
            "slurm:\n  ca_file: /dev/null",
            "shard.yaml:2: slurm.ca_file: is given, but no address in base_url starts with https://"
        ),
        (
            "slurm:\n  base_url: https://a\n  ca_file: /nowhere/ca.pem",
            "shard.yaml:3: slurm.ca_file: \"/nowhere/ca.pem\" can't be read: No such file or directory: write the absolute path of a file that can be read, or system"
        ),
        (
            "slurm:\n  api_version: v0.0.37",
            "shard.yaml:2: slurm.api_version: \"v0.0.37\" is older than any that is understood: write a version from v0.0.38 on, such as v0.0.44, or auto"
        ),
        (
            "slurm:\n  api_version: 44",
            "shard.yaml:2: slurm.api_version: \"44\" is no version: write a version from v0.0.38 on, such as v0.0.44, or auto"
        ),
        ("slurm:\n  source: rpc", "shard.yaml:2: slurm.source: \"rpc\" is no source: write one of rest, cli"),
        (
            "slurm:\n  commands: {directory: /nowhere}",
            "shard.yaml:2: slurm.commands.directory: \"/nowhere\" is no directory: write the absolute path of a directory, or path"
        ),
        (
            "slurm:\n  base_url: []",
            "shard.yaml:2: slurm.base_url: names no address"
        ),
        (
            "slurm:\n  base_url: [http://a, http://a/]",
            "shard.yaml:2: slurm.base_url: names an address twice"
        ),
        (
            "slurm:\n  user: a\nclusters:\n  - name: a",
            "shard.yaml:3: clusters: stands beside keys of slurm: name the one cluster under slurm, or all of them here"
        ),
        (
            "clusters:\n  - name: a\n  - name: b\n  - name: a",
            "shard.yaml:1: clusters: names the cluster a twice"
        ),
        ("clusters:\n  - user: a", "shard.yaml:2: clusters[0].name: is missing: write text"),
        (
            "clusters:\n  - name: a\n    authentication: bearer",
            "shard.yaml:3: clusters[0].authentication: is bearer, but there is no token: write token or token_file"
        ),
        (
            "collection:\n  jitter: 30s",
            "shard.yaml:2: collection.jitter: is no less than the shortest interval, 30s of nodes"
        ),
        (
            "metrics:\n  prefix: slurm_jobs",
            "shard.yaml:2: metrics.prefix: \"slurm_jobs\" is no prefix: write letters, digits and underscores, with an underscore at the end, such as slurm_jobs_"
        ),
        (
            "metrics:\n  label_limits: {user: -1}",
            "shard.yaml:2: metrics.label_limits.user: \"-1\" is too small: write a whole number of at least 0"
        ),
        (
            "metrics:\n  levels:\n    critical: [slurm_job_details]\n    detailed: [slurm_node_details, slurm_job_details]",
            "shard.yaml:4: metrics.levels.detailed: has slurm_job_details, which stands twice among the levels"
        ),
        (
            "metrics:\n  histograms:\n    job_duration_buckets: [60, 30]",
            "shard.yaml:3: metrics.histograms.job_duration_buckets: has to be ascending, without repetition"
        ),
        (
            "metrics:\n  exporter:\n    collection_duration_seconds:\n      buckets: []",
            "shard.yaml:4: metrics.exporter.collection_duration_seconds.buckets: names no bound"
        ),
        (
            "metrics:\n  sampling:\n    jobs: {rate: 10}",
            "shard.yaml:3: metrics.sampling.jobs.rate: \"10\" is too large: write a number from 0 to 1"
        ),
        (
            "metrics:\n  aggregation:\n    levels: [users]",
            "shard.yaml:3: metrics.aggregation.levels[0]: \"users\" is no level (did you mean \"user\"?): write one of cluster, partition, user, account"
        ),
        (
            "collectors:\n  cluster: {enabled: false}\n  nodes: {enabled: false}\n  partitions: {enabled: false}\n  jobs: {enabled: false}\n  users: {enabled: false}\n  accounts: {enabled: false}\n  scheduler: {enabled: false}\n  qos: {enabled: false}\n  reservations: {enabled: false}\n  licenses: {enabled: false}\n  fairshare: {enabled: false}\n  accounting: {enabled: false}",
            "shard.yaml:2: collectors.cluster.enabled: is false, and so it is for all other collectors: enable one"
        ),
        (
            "collection:\n  max_load: 0",
            "shard.yaml:2: collection.max_load: \"0\" is too small: write a number from 0.01 to 1"
        ),
        (
            "runtime:\n  memory_limit: 1MiB",
            "shard.yaml:2: runtime.memory_limit: \"1MiB\" is too small: write bytes, or a number with a unit such as 800MiB or 1GB, from 16MiB to 1PiB, or auto"
        ),
        (
            "slurm:\n  auth:\n    api_key: abc",
            "shard.yaml:3: slurm.auth.api_key: is refused: slurmrestd takes tokens only; write slurm.token_file"
        ),
        (
            "slurm:\n  tls:\n    insecure_skip_verify: true",
            "shard.yaml:3: slurm.tls.insecure_skip_verify: \"true\" is refused: whoever answers would be shown the token; write slurm.ca_file"
        ),
        (
            "fleet:\n  shard: ../x",
            "shard.yaml:2: fleet.shard: \"../x\" is no name of a shard: write 1 to 128 letters, digits, '.', '_', ':' and '-', the first a letter or a digit, or auto"
        ),
        ("max_worker: 2", "shard.yaml:1: max_worker: unknown key: known here are"),
    ])
    func isTold(text: String, error: String) {
        let errors = errors(text)
        #expect(errors.count == 1)
        #expect(errors.first == error || error.hasSuffix("known here are") && errors[0].hasPrefix(error), "\(errors)")
    }

    @Test func variablesAndFlagsAreTold() {
        #expect(
            errors("", environment: ["SLURM_REST_URL": "head"]) == [
                "SLURM_REST_URL: slurm.base_url[0]: \"head\" is no address: write http://host:port, https://host:port or unix:/path"
            ])
        #expect(
            errors("", environment: ["SLURM_JWT": "a", "SLURM_EXPORTER_SLURM_TOKEN_FILE": "/b"]) == [
                "SLURM_EXPORTER_SLURM_TOKEN_FILE: slurm.token_file: SLURM_JWT and SLURM_EXPORTER_SLURM_TOKEN_FILE set the same: keep one of them"
            ])
        #expect(
            errors("", flags: [FlagOccurrence("collectors.jobs.interval", "0")]) == [
                "--collectors.jobs.interval: collectors.jobs.interval: \"0\" is too small: write a number with a unit, such as 10s, 5m or 1h30m, from 1s to 1w, or inherited"
            ])
    }

    @Test func anAddressThatIsNotAskedIsTold() throws {
        #expect(try warnings("slurm: {base_url: http://slurmrestd:6820}") == [])
        #expect(try warnings("slurm: {source: cli}") == [])
        #expect(
            try warnings("slurm:\n  source: cli\n  base_url: http://slurmrestd:6820") == [
                "shard.yaml:3: slurm.base_url: is given, but the source is cli: slurmrestd isn't asked"
            ])
    }

    private let families = KnownFamilies(byCollector: [
        .jobs: [MetricFamily("slurm_jobs_pending", .gauge, help: "Jobs.", labels: ["cluster", "reason"])]
    ])

    @Test func labelsThatNoFamilyHasAreTold() {
        #expect(errors("metrics: {label_limits: {reason: 5, job_name: 2}}", families: families) == [])
        #expect(
            errors("metrics:\n  label_limits:\n    resaon: 5", families: families) == [
                "shard.yaml:3: metrics.label_limits.resaon: \"resaon\" is no label: write one of account, cluster, job_name, node, partition, reason, user"
            ])
    }

    @Test func familiesThatNobodyHasAreTold() throws {
        #expect(try warnings("metrics: {levels: {critical: [slurm_jobs_pending]}}", families: families) == [])
        #expect(
            errors("metrics:\n  levels:\n    detailed:\n      - slurm_job_pending", families: families) == [
                "shard.yaml:4: metrics.levels.detailed[0]: \"slurm_job_pending\" is no family: write the canonical name of a family, as `slurm-shard catalogue` lists them"
            ])
    }
}
