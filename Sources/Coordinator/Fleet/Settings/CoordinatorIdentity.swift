import Glibc
public import HTTPServer
public import Lease

/// Who this process is among the coordinators.
public struct CoordinatorIdentity: Sendable {
    public let candidate: Candidate
    /// Where the others find it.
    public let url: String

    /// - Parameter listen: where it listens.
    public init(_ settings: AvailabilitySettings, listen: [ListenAddress]) {
        let address = listen.first { $0.port != nil } ?? .everywhere(port: 0)
        let port = address.port.map { ":\($0)" } ?? ""
        candidate = Candidate(
            name: settings.name ?? Self.hostName + port, nonce: UInt64.random(in: .min ... .max))
        url = settings.url ?? "http://\(address.host ?? Self.hostName)\(port)"
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        _ = gethostname(&name, name.count - 1)
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension ListenAddress {
    fileprivate var port: UInt16? {
        switch self {
        case .everywhere(let port), .localhost(let port): port
        case .exactly(let address): address.port
        }
    }

    /// Nil for every address of the host.
    fileprivate var host: String? {
        switch self {
        case .everywhere: nil
        case .localhost: "127.0.0.1"
        case .exactly(let address):
            address.description.lastIndex(of: ":").map { String(address.description[..<$0]) }
                .flatMap { ["0.0.0.0", "[::]"].contains($0) ? nil : $0 }
        }
    }
}
