import Foundation
import TestSupport

@testable import ServiceRuntime

/// A root directory with as much of /proc and /sys in it as a test wants.
struct FakeSystem {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    func write(_ text: String, to path: String) throws {
        let parent = directory.url.appending(path: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        try directory.write(text, to: path)
    }

    func read() -> ProcessFigures {
        ProcessReader(root: directory.url.path).read()
    }
}
