/// Where a slurmrestd listens: `http://host:port`, `https://host:port` or `unix:/path`.
public struct RestAddress: Hashable, Sendable {
    /// What precedes the path of a request.
    let base: String
    /// The socket to connect to in place of the host.
    let socket: String?

    /// - Throws: `configuration`.
    public init(_ text: String) throws(UpstreamError) {
        if let path = Self.socketPath(text) {
            guard path.hasPrefix("/") else {
                throw UpstreamError(.configuration, "\(text): the path of a socket begins with /")
            }
            socket = path
            base = "http://localhost"
            return
        }
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            throw UpstreamError(.configuration, "an address begins with http://, https:// or unix:/")
        }
        socket = nil
        base = text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private static func socketPath(_ text: String) -> String? {
        guard text.hasPrefix("unix:") else { return nil }
        let path = text.dropFirst(5)
        return path.hasPrefix("//") ? String(path.dropFirst(2)) : String(path)
    }
}

extension RestAddress: CustomStringConvertible {
    /// Without user information.
    public var description: String {
        if let socket { return "unix:\(socket)" }
        guard let at = base.lastIndex(of: "@"), let slashes = base.firstRange(of: "//") else { return base }
        return String(base[..<slashes.upperBound] + base[base.index(after: at)...])
    }
}

/// The addresses of an upstream: one that works is kept, and the next one follows a failure.
struct AddressBook: Equatable, Sendable {
    let addresses: [RestAddress]
    private var index = 0

    /// - Parameter addresses: at least one.
    init(_ addresses: [RestAddress]) {
        precondition(!addresses.isEmpty, "an upstream has an address")
        self.addresses = addresses
    }

    var current: RestAddress { addresses[index] }

    /// Leaves an address that failed, unless that has been done.
    mutating func leave(_ address: RestAddress) {
        guard address == current else { return }
        index = (index + 1) % addresses.count
    }
}
