import Locks
import Metrics

/// The body of an answer, in pieces that are shared by all who get it.
struct AnswerBody: Sendable {
    let pieces: [[UInt8]]
    /// Whether the same question gets the same answer for as long as nothing new is shown.
    let isLasting: Bool

    var byteCount: Int { pieces.reduce(0) { $0 + $1.count } }
}

/// Answers of one generation: each is made once, however many ask for it, also while it is being made.
final class AnswerCache: Sendable {
    struct Key: Hashable, Sendable {
        let selectors: [String]
        let format: MetricsFormat
        let isCompressed: Bool

        init(_ request: FederateRequest) {
            selectors = request.selectors
            format = request.format
            isCompressed = request.isCompressed
        }
    }

    fileprivate enum Entry {
        /// Somebody asked, and nothing was held.
        case asked
        case ready(AnswerBody)
        case making(Task<AnswerBody, Never>)
    }

    fileprivate struct State {
        var number: UInt64 = 0
        var entries: [Key: Entry] = [:]
        /// Of the answers that are ready.
        var bytes = 0
        var limit: Int
    }

    private let state: Locked<State>

    init(limit: Int) {
        state = Locked(State(limit: limit))
    }

    /// Lets go of all answers where they are too many now.
    func limit(to bytes: Int) {
        state.withLock { state in
            state.limit = bytes
            if state.bytes > bytes { state.drop() }
        }
    }

    /// Whether an answer of so many bytes can stay.
    func holds(_ bytes: Int) -> Bool { state.withLock { bytes <= $0.limit } }

    func ready(_ key: Key, of number: UInt64) -> AnswerBody? {
        state.withLock { state in
            guard state.number == number, case .ready(let body) = state.entries[key] else { return nil }
            return body
        }
    }

    /// Whether somebody has asked for the same of this generation already; from now on somebody has.
    func isAskedAgain(_ key: Key, of number: UInt64) -> Bool {
        state.withLock { state in
            state.enter(number)
            guard state.number == number else { return false }
            guard state.entries[key] == nil else { return true }
            state.makeRoom(for: Self.overhead)
            state.entries[key] = .asked
            state.bytes += Self.overhead
            return false
        }
    }

    /// - Parameters:
    ///   - number: of the generation; answers of older ones are let go.
    ///   - bytes: what the answer will have, roughly; others make room for it.
    func body(
        _ key: Key, of number: UInt64, expecting bytes: Int, _ make: @escaping @Sendable () -> AnswerBody
    ) async -> AnswerBody {
        let task: Task<AnswerBody, Never>? = state.withLock { state in
            state.enter(number)
            guard state.number == number else { return nil }
            switch state.entries[key] {
            case .ready(let body): return Task { body }
            case .making(let task): return task
            case .asked, nil:
                state.makeRoom(for: bytes)
                let task = Task { [self] in
                    let body = make()
                    keep(body, key, of: number)
                    return body
                }
                state.entries[key] = .making(task)
                return task
            }
        }
        return await task?.value ?? make()
    }

    private func keep(_ body: AnswerBody, _ key: Key, of number: UInt64) {
        state.withLock { state in
            guard state.number == number else { return }
            state.entries[key] = nil
            guard body.isLasting, body.byteCount <= state.limit else { return }
            state.makeRoom(for: body.byteCount)
            state.entries[key] = .ready(body)
            state.bytes += body.byteCount + Self.overhead
        }
    }

    /// What an entry costs besides its bytes, roughly: many small ones are bounded, too.
    private static let overhead = 2048
}

extension AnswerCache.State {
    fileprivate mutating func enter(_ number: UInt64) {
        guard number > self.number else { return }
        self.number = number
        entries = [:]
        bytes = 0
    }

    /// What is there and what comes are not to be more than the limit together.
    fileprivate mutating func makeRoom(for more: Int) {
        if bytes + more > limit { drop() }
    }

    /// Lets go of all but what is being made.
    fileprivate mutating func drop() {
        entries = entries.filter { if case .making = $0.value { true } else { false } }
        bytes = 0
    }
}
