import Foundation
import TestSupport
import Testing

/// What `kubectl apply -k` would apply.
struct KubernetesTests {
    private static let overlays = ["single", "fleet", "fleet-ha", "regions"]

    @Test(arguments: overlays) func overlaysHoldTogether(overlay: String) async throws {
        try await Tool.passes([
            try await Tool.python(), "Tests/Programs/Pods/check.py", "deploy/k8s/overlays/\(overlay)",
        ])
    }

    @Test(arguments: [
        ("shards/stateful-set.yaml", "enableServiceLinks: false", "", "variables that are named like settings"),
        ("shards/stateful-set.yaml", "replicas: 3", "replicas: many", "is not of type 'integer'"),
        ("shards/stateful-set.yaml", "drop: [ALL]", "drop: [KILL]", "has capabilities"),
        ("shards/service.yaml", "component: shard", "component: shards", "selects no pod"),
        ("shards/network-policy.yaml", "component: shard", "component: shards", "selects no pod"),
        ("coordinator/shared/store.yaml", "name: slurm-exporter-store", "name: store", "a claim that isn't there"),
    ])
    func mistakesAreFound(file: String, text: String, mistake: String, finding: String) async throws {
        let copy = try TemporaryDirectory()
        try await Tool.passes(["cp", "-r", "deploy/k8s", copy.path("k8s")])
        let path = copy.path("k8s/\(file)")
        let manifest = try String(contentsOfFile: path, encoding: .utf8)
        try manifest.replacing(text, with: mistake).write(toFile: path, atomically: true, encoding: .utf8)
        let process = try ChildProcess(
            try await Tool.python(), ["\(Tool.root)/Tests/Programs/Pods/check.py", copy.path("k8s/overlays/fleet")])
        #expect(try await process.exit() == 1)
        #expect(process.standardOutput.contains(finding), "\(process.standardOutput)")
    }

    @Test func configurationsHold() async throws {
        let programs = try Tool.programs()
        let directory = try TemporaryDirectory()
        let single = try Tool.localised("deploy/k8s/overlays/single/config.yaml", in: directory)
        try await Tool.passes(["\(programs)/slurm-shard", "check", "--config", single])
        let shards = try Tool.localised("deploy/k8s/coordinator/shared/config.yaml", in: directory)
        try await Tool.passes(["\(programs)/slurm-shard", "check", "--config", shards])
        for folder in ["coordinator/shared", "overlays/regions"] {
            let coordinator = try Tool.localised("deploy/k8s/\(folder)/coordinator.yaml", in: directory)
            try await Tool.passes(["\(programs)/slurm-coordinator", "check", "--config", coordinator])
        }
    }

    /// The overlay that the README proposes: kustomize takes what differs from there, and the rest from here.
    @Test func aSitesOwnOverlayIsMerged() async throws {
        let readme = try String(contentsOfFile: "\(Tool.root)/deploy/k8s/README.md", encoding: .utf8)
        let overlay = try #require(readme.firstMatch(of: #/```yaml\n(# kustomization[\s\S]*?)```/#)).1
        let site = try TemporaryDirectory()
        try await Tool.passes(["mkdir", site.path("slurm-exporter-fleet")])
        try await Tool.passes(["cp", "-r", "deploy", site.path("slurm-exporter-fleet")])
        try site.write(String(overlay), to: "kustomization.yaml")
        try site.write("slurm: {cluster: ours}\n", to: "config.yaml")
        let manifests = try await Tool.passes(["kubectl", "kustomize", site.url.path])
        #expect(manifests.contains("config.yaml: |\n    slurm: {cluster: ours}"))
        #expect(manifests.contains("coordinator.yaml: |"))
        #expect(manifests.matches(of: #/image: REGISTRY\/slurm-exporter:0.1.0/#).count == 2)
    }

    @Test func rulesForTheOperatorAreThoseOfPrometheus() async throws {
        try await Tool.passes(["deploy/k8s/monitoring/generate", "--check"])
        for directory in ["single", "fleet", "fleet-ha"] {
            let manifests = try await Tool.passes(["kubectl", "kustomize", "deploy/k8s/monitoring/\(directory)"])
            #expect(manifests.contains("kind: PrometheusRule"))
        }
    }

    /// Each container with its command line, environment, probes, mounted paths, user and signals, but for what only a
    /// container engine has: the image itself, seccomp and limits of memory.
    @Test(.enabled(if: Tool.isRoot), .timeLimit(.minutes(3)), arguments: overlays)
    func podsServeThroughARollingUpdate(overlay: String) async throws {
        let directory = try TemporaryDirectory()
        try await Tool.passes(
            [
                "unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
                try await Tool.python(), "Tests/Programs/Pods/run.py", "deploy/k8s/overlays/\(overlay)",
                directory.url.path, try Tool.programs(),
            ], within: .seconds(150))
    }
}
