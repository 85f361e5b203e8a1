import Foundation
import Locks
import SQLite
import TestSupport

/// Takes the store's lock again and again, on a thread of its own: whoever waits for a lock holds up all that shares its
/// thread, be it the one who would give the lock back.
final class BusyWriter: Sendable {
    private let isEnding = Locked(false)
    private let hasEnded = Locked(false)
    private let locks = Locked(0)

    init(path: String) {
        Thread.detachNewThread { [self] in
            write(to: path)
            hasEnded.withLock { $0 = true }
        }
    }

    /// - Returns: how often it had the lock.
    func end() async -> Int {
        isEnding.withLock { $0 = true }
        _ = await eventually { hasEnded.withLock { $0 } }
        return locks.withLock { $0 }
    }

    private func write(to path: String) {
        guard let writer = try? Database(path: path) else { return }
        while !isEnding.withLock({ $0 }) {
            if (try? writer.run("BEGIN IMMEDIATE")) != nil {
                locks.withLock { $0 += 1 }
                Thread.sleep(forTimeInterval: 0.002)
                _ = try? writer.run("ROLLBACK")
            }
            Thread.sleep(forTimeInterval: .random(in: 0...0.02))
        }
    }
}
