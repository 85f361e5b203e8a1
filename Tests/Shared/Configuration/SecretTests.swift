import Configuration
import Foundation
import TestSupport
import Testing

struct SecretTests {
    private let word = "hunter2-hunter2"

    @Test func showsItselfInNoDescription() throws {
        let loaded = try load("web: {token: \(word)}\nslurm: {token: '${T}'}", environment: ["T": word])
        let settings = loaded.settings
        #expect(try settings.web.token?.reveal() == word)
        #expect(try settings.slurm.token?.reveal() == word)
        var dumped = ""
        dump(settings, to: &dumped)
        let json = try String(decoding: JSONEncoder().encode([settings.web.token]), as: UTF8.self)
        let shown = [
            "\(settings)", String(reflecting: settings), dumped, json, sampleSchema.effective(loaded), "\(loaded)",
            "\(Mirror(reflecting: settings.web.token as Any).children.map { "\($0)" })", "\(settings.web.token as Any)",
        ]
        for text in shown { #expect(!text.contains("hunter2"), "\(text)") }
        #expect(json == "[\"<secret>\"]")
        #expect(sampleSchema.effective(loaded).contains("token: <secret>"))
    }

    @Test(arguments: [
        "web: {token: [hunter2]}", "web: {token: {hunter2x: 1}}", "web: {tokken: hunter2}",
        "web: {token: file:hunter2}",
        "slurm: {http2: hunter2}", "web: {token: '${hunter2'}", "web:\n  token: hunter2: x", "web: {token: 'hunter2",
        "web: {token: hunter2}\nweb: {token: hunter2}",
    ])
    func showsItselfInNoError(text: String) {
        let found = errors(text)
        #expect(found.count == 1)
        #expect(!found.joined().contains("hunter2"), "\(found)")
    }

    @Test func showsItselfInNoErrorOfAListOrAMap() throws {
        struct Tokens: Sendable { var list: [Secret] = [], map: [String: Secret] = [:] }
        let schema = Schema(Tokens(), environmentPrefix: "X") {
            Setting("list", \.list, .list(of: .secret), "")
            Setting("map", \.map, .map(of: .secret), "")
        }
        let environment = ["X_LIST": "hunter2,file:hunter2", "X_MAP": "hunter2"]
        let error = try #require(throws: ConfigurationError.self) { try schema.load(environment: environment) }
        #expect(error.errors.count == 2)
        #expect(!error.description.contains("hunter2"))
        let loaded = try schema.load(environment: ["X_LIST": "hunter2", "X_MAP": "a=hunter2"])
        #expect(loaded.settings.list.count == 1 && loaded.settings.map.count == 1)
        #expect(schema.effective(loaded).contains("list: [<secret>]"))
    }

    @Test func isNotItsPlaceholder() {
        #expect(errors("web: {token: <secret>}").first?.contains("stands for a secret that is not shown") == true)
    }

    @Test func hasNoFlag() {
        #expect(!sampleSchema.flags.contains { $0.names.contains("web.token") })
    }

    @Test func isReadAgainFromItsFile() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("first\n", to: "token")
        chmod(path, 0o600)
        let loaded = try load("web: {token: 'file:\(path)'}")
        let secret = try #require(loaded.settings.web.token)
        #expect(loaded.warnings.isEmpty)
        #expect(secret.file == path)
        #expect(try secret.reveal() == "first")
        try directory.write("second\r\n", to: "token")
        #expect(try secret.reveal() == "second")
        try FileManager.default.removeItem(atPath: path)
        #expect(throws: SecretUnavailable.self) { try secret.reveal() }
    }

    @Test func warnsOfAFileThatEverybodyReads() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("x", to: "token")
        chmod(path, 0o644)
        #expect(
            try load("web: {token: 'file:\(path)'}").warnings.map(\.description) == [
                "slurm.yaml:1: web.token: \(path) can be read by everybody on this host: chmod o-r \(path)"
            ])
    }

    @Test func refusesAMissingFileUnlessItMayComeLater() throws {
        let complaint = "can't read /nowhere/token: No such file or directory"
        #expect(errors("web: {token: file:/nowhere/token}") == ["slurm.yaml:1: web.token: \(complaint)"])
        #expect(
            try load("slurm: {token: file:/nowhere/token}").warnings.map(\.description) == [
                "slurm.yaml:1: slurm.token: \(complaint)"
            ])
    }

    @Test func refusesFilesThatHoldNoText() throws {
        let directory = try TemporaryDirectory()
        let contents: [[UInt8]] = [[], [10], [0xFF], Array(repeating: 65, count: 70_000)]
        for bytes in contents {
            try Data(bytes).write(to: URL(filePath: directory.path("token")))
            #expect(errors("web: {token: 'file:\(directory.path("token"))'}").count == 1)
        }
    }

    @Test func comparesByContent() {
        #expect(Secret("a") == Secret("a"))
        #expect(Secret("a") != Secret("b"))
        #expect(Secret("a") != Secret(file: "a"))
        #expect(!Secret.areEqual("abc", "abd") && !Secret.areEqual("abc", "abcd") && Secret.areEqual("", ""))
    }
}
