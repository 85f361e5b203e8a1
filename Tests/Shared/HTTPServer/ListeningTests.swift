import Foundation
import HTTP
import HTTPServer
import TestSupport
import Testing

struct ListenAddressTests {
    @Test(arguments: [
        (":9341", false), ("127.0.0.1:9341", true), ("[::1]:9341", true), ("localhost:9341", true), ("unix:/a/b", true),
        ("0.0.0.0:80", false), ("[::]:0", false), ("127.9.9.9:1", true), ("[::ffff:127.0.0.1]:1", true),
    ])
    func addressesAreRead(text: String, isLoopback: Bool) throws {
        let address = try ListenAddress(text)
        #expect(address.description == text)
        #expect(address.isLoopback == isLoopback)
    }

    @Test(arguments: [
        ("", ListenAddressError.Reason.portMissing), ("localhost", .portMissing), ("a:", .portInvalid),
        (":65536", .portInvalid), (":-1", .portInvalid), ("example.org:80", .hostInvalid), ("::1:80", .hostInvalid),
        ("[127.0.0.1]:80", .hostInvalid), ("1.2.3:80", .hostInvalid), ("unix:a", .pathNotAbsolute),
        ("unix:/" + String(repeating: "a", count: 107), .pathTooLong),
    ])
    func othersAreRefusedWithAReason(text: String, reason: ListenAddressError.Reason) {
        let error = #expect(throws: ListenAddressError.self) { try ListenAddress(text) }
        #expect(error?.reason == reason)
        #expect(error?.description.contains("localhost:9341") == true)
    }
}

struct ListeningTests {
    @Test func severalAddressesAreServed() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("socket")
        let server = try TestServer(on: ["127.0.0.1:0", "[::1]:0", "unix:\(path)"])
        let ports = server.server.addresses.compactMap(\.port)
        for place in [RawClient.Place.ipv4(port: ports[0]), .ipv6(port: ports[1]), .unix(path: path)] {
            let client = try RawClient(place)
            try await client.send(get("/"))
            #expect(try await client.response().status == 200)
        }
    }

    @Test(arguments: [":0", "localhost:0"])
    func bothFamiliesShareAPort(address: String) async throws {
        let server = try TestServer(on: [address])
        #expect(Set(server.server.addresses.map(\.port)).count == 1)
        for place in [RawClient.Place.ipv4(port: server.port), .ipv6(port: server.port)] {
            let client = try RawClient(place)
            try await client.send(get("/"))
            #expect(try await client.response().status == 200)
        }
    }

    @Test func aPortInUseIsRefused() throws {
        let server = try TestServer()
        let error = #expect(throws: SystemError.self) { try TestServer(on: ["127.0.0.1:\(server.port)"]) }
        #expect(error?.code == EADDRINUSE)
    }

    @Test func aSocketThatSomebodyListensOnIsRefused() async throws {
        let directory = try TemporaryDirectory()
        let address = "unix:" + directory.path("socket")
        let server = try TestServer(on: [address])
        let error = #expect(throws: SystemError.self) { try TestServer(on: [address]) }
        #expect(error?.code == EADDRINUSE)
        await server.server.stop(within: .seconds(5))
        #expect(!FileManager.default.fileExists(atPath: directory.path("socket")))
    }

    @Test func aSocketOfTheDeadIsReplaced() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("socket")
        let script = "import socket; s = socket.socket(socket.AF_UNIX); s.bind('\(path)'); s.listen()"
        #expect(try await ChildProcess("python3", ["-c", script]).exit() == 0)
        #expect(FileManager.default.fileExists(atPath: path))
        let server = try TestServer(on: ["unix:\(path)"])
        let client = try RawClient(.unix(path: path))
        try await client.send(get("/"))
        #expect(try await client.response().status == 200)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o660)
        #expect(server.server.addresses.map(\.description) == ["unix:\(path)"])
    }

    @Test func aFileThatIsNoSocketStays() throws {
        let directory = try TemporaryDirectory()
        try directory.write("precious", to: "file")
        #expect(throws: SystemError.self) { try TestServer(on: ["unix:\(directory.path("file"))"]) }
        #expect(try String(contentsOfFile: directory.path("file"), encoding: .utf8) == "precious")
    }
}
