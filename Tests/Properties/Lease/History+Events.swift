import Lease
import ServiceRuntime

extension History {
    mutating func handle(_ event: Agenda.Event, at time: Double) {
        switch event {
        case .step(let node, let life): step(node, life, at: time)
        case .apply(let node, let life, let attempt): apply(attempt, of: node, life, at: time)
        case .complete(let node, let life, let attempt, let outcome):
            complete(attempt, outcome, of: node, life, at: time)
        case .order(let node, let life): order(by: node, life, at: time)
        case .delivery(let term, let shard, let node): deliver(term, to: shard, from: node, at: time)
        case .answer(let term, let node): answer(term, to: node, at: time)
        case .pause(let node, let duration): pause(node, for: duration, at: time)
        case .crash(let node, let duration): crash(node, for: duration, at: time)
        case .resign(let node, let duration): resign(node, for: duration, at: time)
        case .departure(let node, let life, let duration): depart(node, life, for: duration, at: time)
        case .stepDown(let node): stepDown(node, at: time)
        case .setClock(let node, let seconds): nodes[node].setClock(by: seconds)
        case .mishap(let isLoss): loseStore(isLoss, at: time)
        }
    }

    private mutating func step(_ node: Int, _ life: Int, at time: Double) {
        guard nodes[node].life == life else { return }
        let awake = nodes[node].awake(at: time)
        guard awake == time else { return agenda.add(.step(node: node, life: life), at: awake) }
        switch nodes[node].next(at: time) {
        case .attempt(let attempt): agenda.add(.apply(node: node, life: life, attempt), at: time + delay(at: time))
        case .wait(let instant):
            let due = max(nodes[node].trueTime(of: instant), time) + Double.random(in: 0.0001...0.01, using: &random)
            // A clock that was set must not make it sleep for ever.
            agenda.add(.step(node: node, life: life), at: min(due, time + 1))
        }
        if nodes[node].leads(at: time) { agenda.add(.order(node: node, life: life), at: time) }
    }

    /// How long one half of an attempt takes.
    private mutating func delay(at time: Double) -> Double {
        if store.isSlow(at: time) { return Double.random(in: 0.01...1.5, using: &random) }
        return Double.random(in: 0.001...0.02, using: &random)
    }

    /// Of a process that is paused or gone the write may still take place, or not.
    private mutating func apply(_ attempt: LeaseAttempt, of node: Int, _ life: Int, at time: Double) {
        guard nodes[node].life == life || Bool.random(using: &random) else { return }
        let awake = nodes[node].awake(at: time)
        if awake > time, Bool.random(using: &random) {
            return agenda.add(.apply(node: node, life: life, attempt), at: awake)
        }
        let outcome = outcome(of: attempt, by: node, at: time)
        agenda.add(.complete(node: node, life: life, attempt, outcome), at: time + delay(at: time))
    }

    private mutating func outcome(of attempt: LeaseAttempt, by node: Int, at time: Double) -> LeaseOutcome {
        guard nodes[node].opened == store.file else {
            nodes[node].opened = store.file
            return .failed(LeaseFailure(.replaced, "another file"))
        }
        let before = store.record
        if store.fails(at: time) {
            // Some writes that fail have taken place.
            if Bool.random(using: &random) { _ = store.apply(attempt.action) }
            return .failed(LeaseFailure(.inputOutput, "planted"))
        }
        let outcome = store.apply(attempt.action)
        if let after = store.record, after.epoch > before?.epoch ?? 0 { account.takeovers += 1 }
        return outcome
    }

    private mutating func complete(
        _ attempt: LeaseAttempt, _ outcome: LeaseOutcome, of node: Int, _ life: Int, at time: Double
    ) {
        guard nodes[node].life == life else { return }
        let awake = nodes[node].awake(at: time)
        guard awake == time else {
            return agenda.add(.complete(node: node, life: life, attempt, outcome), at: awake)
        }
        let isLate = mistake == .trustFromTheEnd
        let told = isLate ? LeaseAttempt(attempt.action, started: nodes[node].now(at: time)) : attempt
        nodes[node].finish(told, outcome, at: time)
        agenda.add(.step(node: node, life: life), at: time)
    }

    /// A leader that is asked whether it leads, and then acts: the deed may come much later.
    private mutating func order(by node: Int, _ life: Int, at time: Double) {
        guard nodes[node].life == life, !nodes[node].isPaused(at: time),
            let term = nodes[node].election.term(at: nodes[node].now(at: time))
        else { return }
        for shard in shards.indices {
            let isSlow = Int.random(in: 0..<20, using: &random) == 0
            let delay = Double.random(in: isSlow ? 0.1...3 : 0.001...0.05, using: &random)
            agenda.add(.delivery(term, shard: shard, from: node), at: time + delay)
        }
    }

    private mutating func deliver(_ term: Election.Term, to shard: Int, from node: Int, at time: Double) {
        if !shards[shard].take(term, with: mistake) { account.refusedOrders += 1 }
        guard let obeyed = shards[shard].obeyed else { return }
        agenda.add(.answer(obeyed, node: node), at: time + Double.random(in: 0.001...0.05, using: &random))
    }

    private mutating func answer(_ term: Election.Term, to node: Int, at time: Double) {
        let awake = nodes[node].awake(at: time)
        guard awake == time else { return agenda.add(.answer(term, node: node), at: awake) }
        nodes[node].hear(term, at: time)
    }

    private mutating func pause(_ node: Int, for duration: Double, at time: Double) {
        account.pauses += 1
        nodes[node].pause(until: min(time + duration, Self.length - Self.calm))
    }

    private mutating func crash(_ node: Int, for duration: Double, at time: Double) {
        account.crashes += 1
        beginAnew(node, after: duration, at: time)
    }

    private mutating func beginAnew(_ node: Int, after duration: Double, at time: Double) {
        let back = max(time, min(time + duration, Self.length - Self.calm))
        nodes[node].crash(until: back)
        agenda.add(.step(node: node, life: nodes[node].life), at: back)
    }

    private mutating func resign(_ node: Int, for duration: Double, at time: Double) {
        let awake = nodes[node].awake(at: time)
        guard awake == time else { return agenda.add(.resign(node: node, for: duration), at: awake) }
        account.resignations += 1
        nodes[node].resign(at: time)
        agenda.add(.step(node: node, life: nodes[node].life), at: time)
        agenda.add(.departure(node: node, life: nodes[node].life, for: duration), at: time)
    }

    private mutating func depart(_ node: Int, _ life: Int, for duration: Double, at time: Double) {
        guard nodes[node].life == life else { return }
        if nodes[node].election.isGone { return beginAnew(node, after: duration, at: time) }
        agenda.add(.departure(node: node, life: life, for: duration), at: time + 0.05)
    }

    private mutating func stepDown(_ node: Int, at time: Double) {
        guard !nodes[node].isPaused(at: time) else { return }
        nodes[node].stepDown(at: time)
        agenda.add(.step(node: node, life: nodes[node].life), at: time)
    }

    private mutating func loseStore(_ isLoss: Bool, at time: Double) {
        account.storeMishaps += 1
        store.replace(isLoss: isLoss) { Int.random(in: 0..<$0, using: &random) }
        divergence = time + 2.5
    }
}
