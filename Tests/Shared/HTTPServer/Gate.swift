import Synchronization
import TestSupport

/// Work that waits for it goes on once it is open.
final class Gate: Sendable {
    private let isOpen = Atomic(false)

    func open() {
        isOpen.store(true, ordering: .relaxed)
    }

    func opened() async {
        _ = await eventually { isOpen.load(ordering: .relaxed) }
    }
}
