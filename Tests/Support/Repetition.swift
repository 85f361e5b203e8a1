import Locks

/// Does something again and again, beside a test.
///
/// What is under way at the end is let finish, never cancelled: a cancelled question of Linux' URLSession can wait for itself
/// for ever.
public final class Repetition: Sendable {
    private let isOver = Locked(false)

    public init(_ body: @escaping @Sendable () async throws -> Void) {
        Task { [isOver] in
            while !isOver.withLock({ $0 }) { try? await body() }
        }
    }

    public func end() {
        isOver.withLock { $0 = true }
    }
}
