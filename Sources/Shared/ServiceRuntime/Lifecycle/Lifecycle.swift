/// What happens when to an ordered list of services: one thing at a time, up in order, down in reverse.
///
/// Has no clock and starts nothing: it is told what happened and answers what to do.
struct Lifecycle {
    struct Operation: Hashable {
        enum Kind: String {
            case start, stop, reload
        }

        let kind: Kind
        let service: Int
        /// Tells a second reload of the same service from the first, whose time may run out late.
        let number: Int
    }

    enum Event {
        case begin
        case stopRequested
        case reloadRequested
        case finished(Operation, error: String?)
        case expired(Operation)
        case ended(service: Int, error: String?)
    }

    enum Action: Equatable {
        case wait
        case begin(Operation)
        /// The outcome of the operation is still awaited, up to its limit.
        case cancel(Operation)
        case finish(ServiceOutcome)
    }

    private enum State: Equatable {
        case fresh, running, finished
        case performing(Operation)
    }

    private let names: [String]
    private var state = State.fresh
    private var operations = 0
    /// Those before it are up.
    private var started = 0
    /// The number of services when no reload is under way.
    private var nextReload: Int
    private var isReloadWanted = false
    private var isStopWanted = false
    private var failure: ServiceFailure?
    private var leftBehind: [String] = []

    init(_ names: [String]) {
        self.names = names
        self.nextReload = names.count
    }

    mutating func handle(_ event: Event) -> Action {
        switch event {
        case .begin: state == .fresh ? proceed() : .wait
        case .stopRequested: requestStop()
        case .reloadRequested: requestReload()
        case .finished(let operation, let error): finish(operation, error: error)
        case .expired(let operation): expire(operation)
        case .ended(let service, let error): end(service, error: error)
        }
    }
}

extension Lifecycle {
    private mutating func requestStop() -> Action {
        guard !isStopWanted else { return .wait }
        isStopWanted = true
        switch state {
        case .running: return proceed()
        case .performing(let operation): return .cancel(operation)
        case .fresh, .finished: return .wait
        }
    }

    private mutating func requestReload() -> Action {
        isReloadWanted = true
        return state == .running ? proceed() : .wait
    }

    private mutating func finish(_ operation: Operation, error: String?) -> Action {
        guard state == .performing(operation) else { return .wait }
        switch (operation.kind, error) {
        case (.start, nil): started += 1
        case (.start, let error?): fail(operation.service, .startFailed(error))
        case (.stop, _): started -= 1
        case (.reload, _): break
        }
        return proceed()
    }

    private mutating func expire(_ operation: Operation) -> Action {
        guard state == .performing(operation) else { return .wait }
        switch operation.kind {
        case .start: fail(operation.service, .startOverran)
        case .reload: break
        case .stop:
            leftBehind.append(names[operation.service])
            started -= 1
        }
        return proceed()
    }

    private mutating func end(_ service: Int, error: String?) -> Action {
        guard !isStopWanted else { return .wait }
        fail(service, error.map(ServiceFailure.Reason.runFailed) ?? .ended)
        guard case .performing(let operation) = state else { return proceed() }
        return .cancel(operation)
    }

    /// A failure while the program is coming down is part of coming down.
    private mutating func fail(_ service: Int, _ reason: ServiceFailure.Reason) {
        guard !isStopWanted else { return }
        failure = ServiceFailure(service: names[service], reason: reason)
        isStopWanted = true
    }
}

extension Lifecycle {
    private mutating func proceed() -> Action {
        if isStopWanted { return proceedDown() }
        if started < names.count { return begin(.start, started) }
        return proceedReload()
    }

    private mutating func proceedDown() -> Action {
        if started > 0 { return begin(.stop, started - 1) }
        state = .finished
        return .finish(ServiceOutcome(failure: failure, leftBehind: leftBehind))
    }

    /// A reload asked for during a reload comes after it.
    private mutating func proceedReload() -> Action {
        if nextReload == names.count, isReloadWanted {
            isReloadWanted = false
            nextReload = 0
        }
        guard nextReload < names.count else {
            state = .running
            return .wait
        }
        nextReload += 1
        return begin(.reload, nextReload - 1)
    }

    private mutating func begin(_ kind: Operation.Kind, _ service: Int) -> Action {
        operations += 1
        let operation = Operation(kind: kind, service: service, number: operations)
        state = .performing(operation)
        return .begin(operation)
    }
}
