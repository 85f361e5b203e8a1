// swift-tools-version: 6.2
import PackageDescription

/// What `--version` names; the scripts pass it in, a bare `swift build` asks git.
let commit = Context.environment["BUILD_COMMIT"] ?? Context.gitInformation?.currentCommit ?? "unknown"

/// A library that every executable may stand on.
func shared(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Shared/\(name)")
}

/// - Parameter exclude: what lies beside the sources and is no Swift.
func tests(of name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        path: "Tests/Shared/\(name)", exclude: exclude)
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
        .systemLibrary(name: "CLinux", path: "Sources/Shared/System/CLinux"),
        .target(
            name: "CBuild", path: "Sources/Shared/System/CBuild",
            cSettings: [.define("BUILD_COMMIT", to: "\"\(commit)\"")]),

        // Shared libraries: one concern each, and arrows only point up this list.
        shared("ServiceRuntime", ["CBuild", "CLinux"]),
        shared("Exposition"),
        shared("Metrics"),
        shared("YAML", ["CYAML"]),
        shared("Configuration", ["YAML"]),

        // Tests mirror Sources.
        .target(name: "TestSupport", dependencies: ["ServiceRuntime"], path: "Tests/Support"),
        .executableTarget(
            name: "ServiceProbe", dependencies: ["ServiceRuntime"], path: "Tests/Programs/ServiceProbe"),
        tests(of: "ServiceRuntime", ["CLinux", "ServiceProbe"]),
        tests(of: "Exposition"),
        tests(of: "Metrics", exclude: ["read_back.py"]),
        tests(of: "YAML"),
        tests(of: "Configuration"),
        .executableTarget(name: "Benchmarks", dependencies: ["Exposition", "Metrics"], path: "Tests/Benchmarks"),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system && target.name != "CBuild" {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .treatAllWarnings(as: .error),
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        ]
}
