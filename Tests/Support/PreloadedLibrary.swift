import Foundation

/// C functions that stand in front of the C library's, in programs that are started with its environment.
public struct PreloadedLibrary: Sendable {
    public let environment: [String: String]
    private let directory: TemporaryDirectory

    /// - Parameter source: in C.
    public init(_ source: String) async throws {
        directory = try TemporaryDirectory()
        let (source, library) = (try directory.write(source, to: "library.c"), directory.path("library.so"))
        let compiler = try ChildProcess("clang", ["-shared", "-fPIC", "-O1", "-o", library, source])
        guard try await compiler.exit() == 0 else { throw NotCompiled(output: compiler.standardError) }
        environment = ["LD_PRELOAD": library]
    }

    public struct NotCompiled: Error {
        public let output: String
    }
}
