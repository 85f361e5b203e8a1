import HTTP
import Locks

/// Bounds the answers that last as long as their clients take to read them: far fewer than the server has room for, so
/// that slow readers never keep it from answering others.
public final class StreamPlaces: Sendable {
    private let free: Locked<Int>

    public init(_ count: Int) {
        free = Locked(count)
    }

    /// - Returns: false where there is no place, and nothing was done.
    public func take(_ body: () async throws -> Void) async rethrows -> Bool {
        let hasPlace = free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
        guard hasPlace else { return false }
        defer { free.withLock { $0 += 1 } }
        try await body()
        return true
    }

    /// Writes an answer, or that there is no place for it.
    public func take(_ writer: ResponseWriter, _ body: () async throws -> Void) async throws {
        guard try await !take(body) else { return }
        writer.respond(
            Response(
                .serviceUnavailable, ["Retry-After": "1"],
                text: "503 Service Unavailable: too many are being answered piece by piece"))
    }
}
