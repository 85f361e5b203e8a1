/// Does what the lifecycle decides, one task for each operation and one for its limit, and reports it.
struct ServiceDriver {
    typealias Operation = Lifecycle.Operation

    private struct Work {
        let began: MonotonicClock.Instant
        let task: Task<Void, Never>
        let limit: Task<Void, Never>
    }

    private let services: [any Service]
    private let logger: Logger
    private let clock: MonotonicClock
    private let events: AsyncStream<Lifecycle.Event>.Continuation
    private var lifecycle: Lifecycle
    private var work: [Operation: Work] = [:]
    private var runs: [Int: Task<Void, Never>] = [:]

    init(
        services: [any Service], logger: Logger, clock: MonotonicClock,
        events: AsyncStream<Lifecycle.Event>.Continuation
    ) {
        self.services = services
        self.logger = logger
        self.clock = clock
        self.events = events
        self.lifecycle = Lifecycle(services.map(\.name))
    }

    /// - Returns: the outcome, once everything is down.
    mutating func handle(_ event: Lifecycle.Event) -> ServiceOutcome? {
        note(event)
        switch lifecycle.handle(event) {
        case .wait: break
        case .begin(let operation): begin(operation)
        case .cancel(let operation): work[operation]?.task.cancel()
        case .finish(let outcome): return outcome
        }
        return nil
    }

    private mutating func note(_ event: Lifecycle.Event) {
        switch event {
        case .begin: break
        case .stopRequested: logger.info("stop requested")
        case .reloadRequested: logger.info("reload requested")
        case .finished(let operation, let error): finished(operation, error: error)
        case .expired(let operation): expired(operation)
        case .ended(let service, let error): ended(service, error: error)
        }
    }
}

extension ServiceDriver {
    private mutating func begin(_ operation: Operation) {
        let (service, clock, events) = (services[operation.service], clock, events)
        let deadline = clock.now.advanced(by: service.limits[operation.kind])
        let task = Task {
            let error = await service.perform(operation.kind, before: deadline)
            events.yield(.finished(operation, error: error))
        }
        let limit = Task {
            guard (try? await clock.sleep(until: deadline)) != nil else { return }
            events.yield(.expired(operation))
        }
        work[operation] = Work(began: clock.now, task: task, limit: limit)
    }

    private mutating func finished(_ operation: Operation, error: String?) {
        guard let done = work.removeValue(forKey: operation) else { return }
        done.limit.cancel()
        let took = LogValue.duration(done.began.duration(to: clock.now))
        let logger = logger(of: operation.service)
        if let error {
            // In the context, and so a part of what the log's limit on repeats compares: a new reason is no repeat.
            logger.with(["error": .string(error)]).error("service failed to \(operation.kind)", ["took": took])
        } else {
            logger.info("service \(operation.kind) done", ["took": took])
            settle(operation)
        }
    }

    private mutating func expired(_ operation: Operation) {
        guard let overdue = work.removeValue(forKey: operation) else { return }
        overdue.task.cancel()
        let limit = services[operation.service].limits[operation.kind]
        logger(of: operation.service).error(
            "service overran its limit and is left behind",
            ["operation": .string(operation.kind.rawValue), "limit": .duration(limit)])
        if operation.kind == .stop { stopRunning(operation.service) }
    }

    private mutating func settle(_ operation: Operation) {
        switch operation.kind {
        case .start: startRunning(operation.service)
        case .stop: stopRunning(operation.service)
        case .reload: break
        }
    }

    private mutating func startRunning(_ index: Int) {
        let (service, events) = (services[index], events)
        runs[index] = Task {
            do {
                try await service.run()
                events.yield(.ended(service: index, error: nil))
            } catch {
                events.yield(.ended(service: index, error: "\(error)"))
            }
        }
    }

    private mutating func stopRunning(_ index: Int) {
        runs.removeValue(forKey: index)?.cancel()
    }

    private mutating func ended(_ index: Int, error: String?) {
        guard runs.removeValue(forKey: index) != nil else { return }
        logger(of: index).warning("service ended", ["error": .string(error ?? "none")])
    }

    private func logger(of index: Int) -> Logger {
        logger.with(["service": .string(services[index].name)])
    }
}

extension Service {
    /// - Returns: the text of the error.
    fileprivate func perform(
        _ kind: Lifecycle.Operation.Kind, before deadline: MonotonicClock.Instant
    ) async -> String? {
        do {
            switch kind {
            case .start: try await start()
            case .stop: await stop(before: deadline)
            case .reload: try await reload()
            }
            return nil
        } catch {
            return "\(error)"
        }
    }
}

extension ServiceLimits {
    fileprivate subscript(kind: Lifecycle.Operation.Kind) -> Duration {
        switch kind {
        case .start: start
        case .stop: stop
        case .reload: reload
        }
    }
}
