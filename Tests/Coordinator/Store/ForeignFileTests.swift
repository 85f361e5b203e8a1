import Lease
import SQLite
import ServiceRuntime
import Store
import TestSupport
import Testing

struct ForeignFileTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func isForeign(_ name: String = "fleet.db") -> Bool { StoreFile.isForeign(directory.path(name)) }

    private func open() -> LeaseOutcome {
        StoredLease(in: StoreFile(path: directory.path("fleet.db"), logger: CollectedLog().log().logger("store")))
            .perform(.read)
    }

    @Test(arguments: ["root:x:0:0::/root:/bin/sh\n", "x", "SQLite format 2\0", String(repeating: "\0", count: 20_000)])
    func whatNobodyHasOpenedAndIsNoDatabaseIsForeign(_ text: String) throws {
        try directory.write(text, to: "fleet.db")
        #expect(isForeign())
    }

    @Test func whatIsMissingOrEmptyIsNot() throws {
        #expect(!isForeign())
        try directory.write("", to: "fleet.db")
        #expect(!isForeign() && !isForeign(""))
    }

    @Test func aStoreIsNotEvenIfItIsAlone() throws {
        guard case .found = open() else { throw StoreError.overtaken }
        #expect(!isForeign())
        try Database(path: directory.path("fleet.db")).run("VACUUM INTO '\(directory.path("copy.db"))'")
        #expect(!isForeign("copy.db"))
    }

    /// Of what was overwritten while it was ours the next start makes a new one, as before.
    @Test func aStoreThatHasBecomeGarbageIsNot() throws {
        guard case .found = open() else { throw StoreError.overtaken }
        try directory.write(String(repeating: "garbage ", count: 2_000), to: "fleet.db")
        #expect(!isForeign())
        guard case .found = open() else { throw StoreError.overtaken }
    }
}
