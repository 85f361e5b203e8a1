import SQLite

/// A coordinator, and where the others find it.
public struct RegisteredCoordinator: Hashable, Sendable {
    public var name: String
    /// Tells this process from every other of the name.
    public var nonce: UInt64
    public var url: String
    public var mode: String

    public init(name: String, nonce: UInt64, url: String, mode: String) {
        self.name = name
        self.nonce = nonce
        self.url = url
        self.mode = mode
    }
}

/// Who the coordinators are that share the file: each writes itself down when it starts.
public struct CoordinatorRegister: Sendable {
    private let file: StoreFile

    public init(in file: StoreFile) {
        self.file = file
    }

    /// - Returns: by name.
    public func coordinators() throws(StoreError) -> [RegisteredCoordinator] {
        try file.read { database throws(StoreError) in
            let rows = try database.perform("SELECT name, nonce, url, mode FROM coordinator ORDER BY name")
            return rows.compactMap { row in
                guard let name = row[0].text, let nonce = row[1].integer, let url = row[2].text, let mode = row[3].text
                else { return nil }
                return RegisteredCoordinator(name: name, nonce: UInt64(bitPattern: nonce), url: url, mode: mode)
            }
        }
    }

    /// In place of an earlier process of the same name.
    public func enter(_ coordinator: RegisteredCoordinator) throws(StoreError) {
        try file.write { database throws(StoreError) in
            try database.perform(
                "INSERT OR REPLACE INTO coordinator VALUES (?, ?, ?, ?)", .text(coordinator.name),
                .integer(Int64(bitPattern: coordinator.nonce)), .text(coordinator.url), .text(coordinator.mode))
        }
    }

    /// A later process of the same name stays.
    public func leave(_ coordinator: RegisteredCoordinator) throws(StoreError) {
        try file.write { database throws(StoreError) in
            try database.perform(
                "DELETE FROM coordinator WHERE name = ? AND nonce = ?", .text(coordinator.name),
                .integer(Int64(bitPattern: coordinator.nonce)))
        }
    }
}
