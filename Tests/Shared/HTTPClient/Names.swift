public import Foundation

/// Names whose resolution tests can rely on, whatever resolver the machine has.
enum Names {
    static let unknown = "unknown.slurm-exporter.test"
    static let slow = "slow.slurm-exporter.test"
    /// How long the slow one takes.
    static let patience: Duration = .seconds(5)
}

/// Stands before the C library's function of this name, for libcurl too, and leaves all other names to it.
@_cdecl("getaddrinfo")
public func resolve(
    _ node: UnsafePointer<CChar>?, _ service: UnsafePointer<CChar>?, _ hints: UnsafePointer<addrinfo>?,
    _ result: UnsafeMutablePointer<UnsafeMutablePointer<addrinfo>?>?
) -> Int32 {
    switch node.map({ String(cString: $0) }) {
    case Names.unknown: return EAI_NONAME
    case Names.slow:
        Thread.sleep(forTimeInterval: 5)
        return EAI_NONAME
    default: return original(node, service, hints, result)
    }
}

private typealias Resolver =
    @convention(c) (
        UnsafePointer<CChar>?, UnsafePointer<CChar>?, UnsafePointer<addrinfo>?,
        UnsafeMutablePointer<UnsafeMutablePointer<addrinfo>?>?
    ) -> Int32

/// dlsym(3): RTLD_NEXT is -1.
private let original = unsafeBitCast(
    dlsym(UnsafeMutableRawPointer(bitPattern: -1), "getaddrinfo"), to: Resolver.self)
