import Foundation
import ServiceRuntime
import TestSupport
import Testing

struct DurableFileTests {
    @Test func whatIsWrittenIsRead() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("file")
        #expect(try DurableFile.read(path, limit: 10) == nil)
        for bytes: [UInt8] in [[1, 2, 3], [], [4]] {
            try DurableFile.write(bytes, to: path)
            #expect(try DurableFile.read(path, limit: 10) == bytes)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path) == ["file"])
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func aFileBeyondTheLimitIsRefused() throws {
        let directory = try TemporaryDirectory()
        try DurableFile.write([1, 2, 3], to: directory.path("file"))
        #expect(throws: FileError.self) { try DurableFile.read(directory.path("file"), limit: 2) }
    }

    @Test func aFailureLeavesWhatWasThere() throws {
        let directory = try TemporaryDirectory()
        try DurableFile.makeDirectory(directory.path("taken"))
        try DurableFile.makeDirectory(directory.path("taken"))
        #expect(throws: FileError.self) { try DurableFile.write([1], to: directory.path("taken")) }
        #expect(throws: FileError.self) { try DurableFile.write([1], to: directory.path("none/file")) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path) == ["taken"])
    }

    @Test func whatIsSetAsideIsKept() throws {
        let directory = try TemporaryDirectory()
        try DurableFile.write([7], to: directory.path("file"))
        try DurableFile.setAside(directory.path("file"), as: directory.path("file.old"))
        #expect(try DurableFile.read(directory.path("file"), limit: 9) == nil)
        #expect(try DurableFile.read(directory.path("file.old"), limit: 9) == [7])
    }
}
