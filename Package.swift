// swift-tools-version: 6.2
import PackageDescription

/// What `--version` names; the scripts pass it in, a bare `swift build` asks git.
let commit = Context.environment["BUILD_COMMIT"] ?? Context.gitInformation?.currentCommit ?? "unknown"

/// A library that every executable may stand on.
func shared(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Shared/\(name)", resources: resources)
}

/// Files of pages, which become part of the program.
func resources(_ names: String...) -> [Resource] {
    names.map { .embedInCode("Resources/\($0)") }
}

/// - Parameter exclude: what lies beside the sources and is no Swift.
func tests(
    of name: String, _ dependencies: [String] = [], exclude: [String] = [],
    linkerSettings: [LinkerSetting] = []
) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: Set([name, "ServiceRuntime", "TestSupport"] + dependencies).sorted().map { .byName(name: $0) },
        path: "Tests/Shared/\(name)", exclude: exclude, linkerSettings: linkerSettings)
}

/// A part of the shard; `name` is the target's, `folder` where it lives.
func shard(_ name: String, in folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Shard/\(folder)")
}

func shardTests(of name: String, in folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "ServiceRuntime", "TestSupport"] + dependencies,
        path: "Tests/Shard/\(folder)")
}

/// A part of the coordinator; `name` is the target's, `folder` where it lives.
func coordinator(
    _ name: String, in folder: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []
) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Coordinator/\(folder)", resources: resources)
}

func coordinatorTests(of name: String, in folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "ServiceRuntime", "TestSupport"] + dependencies,
        path: "Tests/Coordinator/\(folder)")
}

/// A part of the simulator; `name` is the target's, `folder` where it lives.
func simulator(_ name: String, in folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Simulator/\(folder)")
}

func simulatorTests(of name: String, in folder: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        path: "Tests/Simulator/\(folder)")
}

let package = Package(
    name: "slurm-exporter-fleet",
    targets: [
        // System libraries, each behind one small target.
        .systemLibrary(
            name: "CZlib", path: "Sources/Shared/System/CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(
            name: "CYAML", path: "Sources/Shared/System/CYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(
            name: "CCurl", path: "Sources/Shared/System/CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CSQLite", path: "Sources/Shared/System/CSQLite", pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CLinux", path: "Sources/Shared/System/CLinux"),
        .target(
            name: "CRE2", path: "Sources/Shared/System/CRE2",
            linkerSettings: [.linkedLibrary("re2"), .linkedLibrary("stdc++")]),
        .target(
            name: "CBuild", path: "Sources/Shared/System/CBuild",
            cSettings: [.define("BUILD_COMMIT", to: "\"\(commit)\"")]),

        // Shared libraries: one concern each, and arrows only point up this list.
        shared("Locks"),
        shared("ServiceRuntime", ["CBuild", "CLinux", "Locks"]),
        shared("Commands", ["CLinux", "Locks", "ServiceRuntime"]),
        shared("Compression", ["CZlib"]),
        shared("RegularExpressions", ["CRE2"]),
        shared("YAML", ["CYAML"]),
        shared("Configuration", ["YAML"]),
        shared("Metrics", ["Locks"]),
        shared("SnapshotFormat", ["Metrics"]),
        shared("Exposition"),
        shared("Slurm"),
        shared("SQLite", ["CLinux", "CSQLite"]),
        shared("RecordFormat", ["Metrics", "Slurm"]),
        shared("FleetProtocol", ["Configuration", "Metrics", "Slurm"]),
        shared("HTTP"),
        shared("HTTPServer", ["CLinux", "HTTP", "Locks"]),
        shared("HTTPClient", ["CCurl", "Compression", "Locks"]),
        shared(
            "Program", ["Compression", "Configuration", "HTTP", "HTTPServer", "Locks", "Metrics", "ServiceRuntime"]),
        shared(
            "Pages", ["Compression", "HTTP", "HTTPServer", "Locks", "ServiceRuntime"],
            resources: resources("icon.svg", "page.css", "page.js")),

        // The shard: Slurm in, metrics out.
        shard(
            "Upstreams", in: "Upstreams",
            ["Commands", "Configuration", "HTTPClient", "Locks", "Metrics", "ServiceRuntime", "Slurm"]),
        shard("Collectors", in: "Collectors", ["Metrics", "Slurm"]),
        shard(
            "Snapshots", in: "Snapshots",
            [
                "Compression", "HTTP", "HTTPServer", "Locks", "Metrics", "ServiceRuntime", "Slurm", "SnapshotFormat",
            ]),
        shard(
            "Membership", in: "Membership",
            ["Configuration", "FleetProtocol", "HTTPClient", "Locks", "Metrics", "ServiceRuntime"]),
        shard(
            "ShardSettings", in: "Settings",
            [
                "Collectors", "Configuration", "FleetProtocol", "HTTPServer", "Membership", "Metrics", "Program",
                "ServiceRuntime", "Slurm", "Upstreams",
            ]),
        .executableTarget(
            name: "slurm-shard",
            dependencies: [
                "Collectors", "Compression", "Configuration", "FleetProtocol", "HTTP", "HTTPClient", "HTTPServer",
                "Locks", "Membership", "Metrics", "Pages", "Program", "RecordFormat", "ServiceRuntime", "ShardSettings",
                "Slurm", "SnapshotFormat", "Snapshots", "Upstreams",
            ],
            path: "Sources/Shard/Server", resources: resources("shard.html", "shard.js")),

        // The coordinator: who does what, and the fleet as one.
        coordinator("Slices", in: "Slices", ["FleetProtocol", "Metrics", "Slurm"]),
        coordinator("Lease", in: "Lease", ["Locks", "ServiceRuntime"]),
        coordinator("Store", in: "Store", ["FleetProtocol", "Lease", "Locks", "SQLite", "ServiceRuntime"]),
        coordinator(
            "Fleet", in: "Fleet",
            [
                "Collectors", "Configuration", "FleetProtocol", "HTTP", "HTTPClient", "HTTPServer", "Lease", "Locks",
                "Metrics", "Planning", "Program", "ServiceRuntime", "ShardSettings", "Slices", "Slurm", "Store",
                "Upstreams", "YAML",
            ]),
        coordinator("Planning", in: "Planning", ["FleetProtocol", "ServiceRuntime"]),
        coordinator("Selectors", in: "Selectors", ["RegularExpressions"]),
        coordinator("FederatedSeries", in: "Series", ["Exposition", "Locks", "Metrics", "Selectors"]),
        coordinator(
            "Federation", in: "Federation",
            [
                "Compression", "FederatedSeries", "HTTP", "HTTPServer", "Locks", "Metrics", "Program", "Selectors",
                "ServiceRuntime",
            ]),
        coordinator(
            "Gathering", in: "Gathering",
            [
                "Compression", "Configuration", "Exposition", "FederatedSeries", "Federation", "HTTPClient", "Locks",
                "Metrics", "ServiceRuntime",
            ]),
        coordinator(
            "Merging", in: "Merging",
            [
                "Exposition", "FederatedSeries", "Federation", "HTTPClient", "Locks", "Metrics", "ServiceRuntime",
                "SnapshotFormat",
            ]),
        coordinator(
            "FleetPages", in: "Pages",
            [
                "Federation", "Fleet", "FleetProtocol", "Gathering", "HTTP", "HTTPServer", "Locks", "Merging",
                "Metrics", "Pages",
                "Planning", "ServiceRuntime",
            ],
            resources: resources("charts.js", "fleet.html", "fleet.js")),
        coordinator(
            "Standby", in: "Standby",
            ["Federation", "HTTP", "HTTPClient", "HTTPServer", "Locks", "Merging", "ServiceRuntime"]),
        .executableTarget(
            name: "slurm-coordinator",
            dependencies: [
                "Collectors", "Configuration", "FederatedSeries", "Federation", "Fleet", "FleetPages", "FleetProtocol",
                "Gathering", "HTTP", "HTTPServer", "Lease", "Locks", "Merging", "Metrics", "Planning",
                "Program", "ServiceRuntime", "SnapshotFormat", "Standby",
            ],
            path: "Sources/Coordinator/Server"),

        // A Slurm that is not there.
        simulator("SimulatedCluster", in: "Cluster", ["ServiceRuntime"]),
        simulator("SimulatedREST", in: "REST", ["SimulatedCluster"]),
        simulator("SimulatedCommands", in: "Commands", ["SimulatedCluster"]),
        .executableTarget(
            name: "slurm-simulator",
            dependencies: [
                "CLinux", "Configuration", "HTTP", "HTTPClient", "HTTPServer", "Locks", "Program", "ServiceRuntime",
                "SimulatedCluster", "SimulatedCommands", "SimulatedREST",
            ],
            path: "Sources/Simulator/Server"),

        // Tests mirror Sources.
        .target(name: "TestSupport", dependencies: ["Locks", "ServiceRuntime"], path: "Tests/Support"),
        .executableTarget(
            name: "ServiceProbe", dependencies: ["ServiceRuntime"], path: "Tests/Programs/ServiceProbe"),
        tests(of: "Locks"),
        tests(of: "ServiceRuntime", ["CLinux", "Locks", "ServiceProbe"]),
        tests(of: "Commands"),
        tests(of: "Compression"),
        tests(of: "RegularExpressions"),
        tests(of: "YAML"),
        tests(of: "Configuration", ["YAML"]),
        tests(of: "Metrics", ["Exposition", "ExpositionProperties"], exclude: ["read_back.py"]),
        tests(of: "SnapshotFormat", ["Metrics"]),
        .target(name: "ExpositionProperties", dependencies: ["Exposition"], path: "Tests/Properties/Exposition"),
        tests(of: "Exposition", ["ExpositionProperties"]),
        .target(name: "LeaseSimulation", dependencies: ["Lease", "ServiceRuntime"], path: "Tests/Properties/Lease"),
        coordinatorTests(of: "Lease", in: "Lease", ["LeaseSimulation", "Locks"]),
        tests(of: "Slurm", ["slurm-simulator"]),
        tests(of: "SQLite"),
        tests(of: "RecordFormat", ["Metrics", "Slurm"]),
        coordinatorTests(of: "Store", in: "Store", ["FleetProtocol", "Lease", "Locks", "SQLite"]),
        tests(of: "FleetProtocol", ["Configuration", "Metrics", "Slurm"]),
        coordinatorTests(of: "Slices", in: "Slices", ["Collectors", "FleetProtocol", "Metrics", "Slurm"]),
        coordinatorTests(
            of: "Fleet", in: "Fleet",
            [
                "Configuration", "FleetProtocol", "HTTP", "HTTPClient", "HTTPServer", "Lease", "Locks", "Planning",
                "SQLite", "Store",
            ]),
        coordinatorTests(
            of: "Standby", in: "Standby",
            [
                "Federation", "HTTP", "HTTPClient", "HTTPServer", "Locks", "Merging", "Metrics", "Slurm", "Snapshots",
            ]),
        shardTests(of: "Membership", in: "Membership", ["FleetProtocol", "HTTP", "HTTPServer", "Locks"]),
        coordinatorTests(of: "Planning", in: "Planning", ["FleetProtocol"]),
        shardTests(of: "Collectors", in: "Collectors", ["Merging", "Metrics", "Slurm", "SnapshotFormat"]),
        tests(of: "HTTP"),
        tests(of: "HTTPServer", ["HTTP", "Locks"]),
        // Exported, so that libcurl takes a test's resolver for the C library's.
        tests(
            of: "HTTPClient", ["Compression", "Locks"],
            linkerSettings: [.unsafeFlags(["-Xlinker", "--export-dynamic-symbol=getaddrinfo"])]),
        tests(of: "Program", ["HTTP", "Metrics"]),
        tests(of: "Pages", ["HTTP", "HTTPServer", "Locks"]),
        coordinatorTests(of: "FleetPages", in: "Pages", ["Merging", "Metrics"]),
        shardTests(
            of: "Upstreams", in: "Upstreams",
            ["Commands", "Configuration", "HTTPClient", "Locks", "Metrics", "Slurm", "slurm-simulator"]),
        shardTests(
            of: "Snapshots", in: "Snapshots",
            ["Compression", "HTTP", "HTTPServer", "Locks", "Metrics", "Slurm", "SnapshotFormat"]),
        coordinatorTests(of: "Selectors", in: "Selectors"),
        coordinatorTests(
            of: "FederatedSeries", in: "Series", ["Exposition", "Metrics", "RegularExpressions", "Selectors"]),
        coordinatorTests(
            of: "Federation", in: "Federation",
            [
                "Compression", "Exposition", "FederatedSeries", "HTTP", "HTTPClient", "HTTPServer", "Locks", "Metrics",
                "Selectors",
            ]),
        coordinatorTests(
            of: "Merging", in: "Merging",
            [
                "Federation", "FederatedSeries", "HTTP", "HTTPClient", "HTTPServer", "Locks", "Metrics", "Selectors",
                "Slurm", "Snapshots", "SnapshotFormat",
            ]),
        coordinatorTests(
            of: "slurm-coordinator", in: "Server", ["Configuration", "Gathering", "HTTPServer", "Program"]),
        coordinatorTests(
            of: "Gathering", in: "Gathering",
            [
                "Configuration", "Exposition", "FederatedSeries", "Federation", "HTTP", "HTTPClient", "HTTPServer",
                "Locks", "Metrics",
                "Selectors",
            ]),
        .executableTarget(name: "guardian", dependencies: ["CLinux"], path: "Tests/Programs/Guardian"),
        .target(name: "RealSlurm", dependencies: ["Locks", "TestSupport", "guardian"], path: "Tests/RealSlurm"),
        .executableTarget(name: "real-slurm", dependencies: ["RealSlurm"], path: "Tests/Programs/RealSlurm"),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Exposition", "ExpositionProperties", "Locks", "RealSlurm", "ServiceRuntime", "TestSupport", "chaos",
                "slurm-coordinator", "slurm-shard", "slurm-simulator",
            ],
            path: "Tests/EndToEnd"),
        .testTarget(
            name: "DeployTests",
            dependencies: [
                "Metrics", "TestSupport", "YAML", "slurm-coordinator", "slurm-shard", "slurm-simulator",
            ],
            path: "Tests/Deploy"),
        .executableTarget(
            name: "chaos",
            dependencies: [
                "HTTPClient", "Locks", "SQLite", "ServiceRuntime", "TestSupport", "slurm-coordinator", "slurm-shard",
                "slurm-simulator",
            ],
            path: "Tests/Programs/Chaos"),
        .executableTarget(
            name: "benchmark-server", dependencies: ["HTTP", "HTTPServer"], path: "Tests/Programs/BenchmarkServer"),
        .executableTarget(
            name: "page-server",
            dependencies: ["HTTP", "HTTPServer", "Metrics", "ServiceRuntime", "Slurm", "Snapshots"],
            path: "Tests/Programs/PageServer"),
        .executableTarget(
            name: "benchmark-decoder", dependencies: ["Slurm"], path: "Tests/Programs/BenchmarkDecoder"),
        .executableTarget(
            name: "benchmark-fleet",
            dependencies: ["FleetProtocol", "Metrics", "Planning", "RecordFormat", "ServiceRuntime", "Slurm"],
            path: "Tests/Programs/BenchmarkFleet"),
        .executableTarget(
            name: "benchmarks",
            dependencies: [
                "Commands", "Compression", "Exposition", "FleetProtocol", "HTTP", "HTTPClient", "HTTPServer", "Locks",
                "Metrics", "RealSlurm", "ServiceRuntime", "Slurm", "SnapshotFormat", "TestSupport",
            ],
            path: "Tests/Benchmarks"),
        shardTests(
            of: "ShardSettings", in: "Settings",
            [
                "Collectors", "Configuration", "HTTPServer", "Metrics", "Program", "Slurm", "Upstreams",
            ]),
        shardTests(
            of: "slurm-shard", in: "Server",
            [
                "Collectors", "FleetProtocol", "Locks", "Membership", "Metrics", "ShardSettings", "Slurm",
                "SnapshotFormat",
            ]),
        simulatorTests(of: "SimulatedCluster", in: "Cluster"),
        simulatorTests(of: "SimulatedREST", in: "REST", ["SimulatedCluster"]),
        simulatorTests(of: "SimulatedCommands", in: "Commands", ["SimulatedCluster"]),
        simulatorTests(
            of: "slurm-simulator", in: "Server",
            ["Configuration", "HTTP", "ServiceRuntime", "SimulatedCluster", "SimulatedREST"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && !["CBuild", "CRE2"].contains(target.name) {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .treatAllWarnings(as: .error),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        ]
}

// libFuzzer brings its own main and wants every module instrumented, which is no way to build anything else:
// scripts/fuzz sets FUZZ, and keeps such a build apart.
if Context.environment["FUZZ"] != nil {
    let fuzzer = ["-sanitize=fuzzer,address"]
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Compression", "Configuration", "Exposition", "ExpositionProperties", "HTTP", "RecordFormat",
                "Selectors", "Slurm", "SnapshotFormat", "YAML",
            ],
            path: "Tests/Fuzz", exclude: ["Corpus"],
            linkerSettings: [.unsafeFlags(fuzzer + ["-use-ld=lld"])]))
    for target in package.targets where target.type != .system && !["CBuild", "CRE2"].contains(target.name) {
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(fuzzer)]
    }
}
