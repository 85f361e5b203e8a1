// swift-tools-version: 6.2
import PackageDescription

/// What `--version` names; the scripts pass it in, a bare `swift build` asks git.
let commit = Context.environment["BUILD_COMMIT"] ?? Context.gitInformation?.currentCommit ?? "unknown"

/// A library that every executable may stand on.
func shared(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Sources/Shared/\(name)")
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies,
        path: "Tests/Shared/\(name)")
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
        shared("Locks"),
        shared("HTTP"),
        shared("HTTPServer", ["HTTP", "Locks", "CLinux"]),
        shared("Compression", ["CZlib"]),

        // Tests mirror Sources.
        tests(of: "Compression"),
        .target(name: "TestSupport", dependencies: ["Locks"], path: "Tests/Support"),
        .executableTarget(name: "benchmarks", dependencies: ["HTTP", "HTTPServer"], path: "Tests/Benchmarks"),
        tests(of: "HTTP"),
        tests(of: "HTTPServer", ["HTTP", "Locks"]),
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

// libFuzzer brings its own main and wants every module instrumented, which is no way to build anything else:
// scripts/fuzz sets FUZZ, and keeps such a build apart.
if Context.environment["FUZZ"] != nil {
    let fuzzer = ["-sanitize=fuzzer,address"]
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: ["HTTP"], path: "Tests/Fuzz", exclude: ["Corpus"],
            linkerSettings: [.unsafeFlags(fuzzer + ["-use-ld=lld"])]))
    for target in package.targets where target.type != .system && target.name != "CBuild" {
        target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(fuzzer)]
    }
}
