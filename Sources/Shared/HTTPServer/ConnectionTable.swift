/// The open connections, found by descriptor.
struct ConnectionTable {
    private var connections: [Connection?] = []
    private var generation: UInt32 = 0
    private var idle = NumberLists(count: 1)
    private(set) var count = 0

    /// Names the connection that is about to be added; no two in a row have the same name.
    mutating func nextID(for number: Int32) -> ConnectionID {
        generation &+= 1
        return ConnectionID(number: number, generation: generation)
    }

    mutating func add(_ connection: Connection) {
        let index = Int(connection.id.number)
        while connections.count <= index { connections.append(nil) }
        precondition(connections[index] == nil, "two connections on one descriptor")
        connections[index] = connection
        count += 1
    }

    mutating func remove(_ id: ConnectionID) {
        guard self[id] != nil else { return }
        connections[Int(id.number)] = nil
        idle.remove(Int(id.number))
        count -= 1
    }

    /// It waits for nothing but a request: from now on, unless it did before.
    mutating func rest(_ connection: Connection) {
        guard !idle.contains(Int(connection.id.number)) else { return }
        idle.append(Int(connection.id.number), to: 0)
    }

    /// It has said something.
    mutating func rouse(_ connection: Connection) {
        idle.remove(Int(connection.id.number))
    }

    /// Nil if nobody is idle.
    var longestIdle: Connection? {
        idle.first(in: 0).flatMap { self[$0] }
    }

    /// Nil if that connection is closed, whoever has its descriptor now.
    subscript(id: ConnectionID) -> Connection? {
        let index = Int(id.number)
        guard connections.indices.contains(index), connections[index]?.id == id else { return nil }
        return connections[index]
    }

    /// Whoever has that descriptor now.
    subscript(number: Int) -> Connection? {
        connections.indices.contains(number) ? connections[number] : nil
    }

    var all: [Connection] { connections.compactMap(\.self) }
}

extension ConnectionID {
    var token: UInt64 { UInt64(generation) << 32 | UInt64(UInt32(bitPattern: number)) }

    init(token: UInt64) {
        self.init(number: Int32(truncatingIfNeeded: token), generation: UInt32(token >> 32))
    }
}
