import ServiceRuntime

/// What was asked, what came, and what of it is shown.
extension FleetGatherer {
    struct State {
        var merger: FleetMerger
        var counters = CounterArchive()
        /// The slices that there were at the last look.
        var arranged: [ServedSlice]?
        var fetchers: [String: SliceFetcher] = [:]
        /// By address.
        var overviews: [String: OverviewFetcher] = [:]
        /// Slices that are being asked, and since when.
        var asked: [String: MonotonicClock.Instant] = [:]
        /// Slices that have answered, or failed to, once.
        var tried: Set<String> = []
        /// When each slice was asked last that has answered since, or failed to.
        var confirmed: [String: MonotonicClock.Instant] = [:]
        /// When each slice was asked last that has answered since.
        var heard: [String: MonotonicClock.Instant] = [:]
        /// Slices of which somebody else may have shown what is newer than what is known here, and until when.
        var hidden: [String: MonotonicClock.Instant] = [:]
        /// Those that were hidden when what is shown was made.
        var shownWithout: Set<String> = []
        var lastRound: MonotonicClock.Instant?
        var isWanted = false
        /// Somebody has asked for what is no older than this.
        var wantedSince: MonotonicClock.Instant?
        /// Since when every slice has been tried and something is missing all the same.
        var incompleteSince: MonotonicClock.Instant?
        var isShown = false
        var isComplete = false
        /// Changes of what there is to show, and how many of them are shown.
        var taken = 0
        var published = 0
        /// When the slice was asked that was asked first for what is shown.
        var shownSince: MonotonicClock.Instant?
        /// When it was looked last whether what came is to be shown.
        var looked: MonotonicClock.Instant?
        var expires: MonotonicClock.Instant?
        var clashes = 0
        var errors = Dictionary(uniqueKeysWithValues: SliceFailure.expected.map { ($0.label, 0) })
    }
}

extension FleetGatherer.State {
    func isConfirmed(
        _ slice: String, notBefore start: MonotonicClock.Instant, _ patience: AnswerPatience,
        at now: MonotonicClock.Instant
    ) -> Bool {
        if let confirmed = confirmed[slice], confirmed >= start { return true }
        return hangs(slice, patience, at: now)
    }

    private func hangs(_ slice: String, _ patience: AnswerPatience, at now: MonotonicClock.Instant) -> Bool {
        asked[slice].map { $0.duration(to: now) > patience.shard } ?? false
    }

    /// Whether some slice's document didn't come when it was asked for last: then the whole won't be there soon.
    func lacksSomebody(_ patience: AnswerPatience, at now: MonotonicClock.Instant) -> Bool {
        confirmed.contains { heard[$0.key] != $0.value } || asked.keys.contains { hangs($0, patience, at: now) }
    }

    /// What lacks something isn't shown at once in place of nothing, or of something whole, as long as that is current or
    /// somebody is being asked who may have the rest. Of something whole that is older than somebody may be shown it takes
    /// the place as soon as it is known that there is no more.
    mutating func mayShow(
        _ fleet: MergedFleet, _ patience: AnswerPatience, at now: MonotonicClock.Instant
    ) -> Bool {
        guard !fleet.isComplete else {
            incompleteSince = nil
            return true
        }
        let since = incompleteSince ?? now
        incompleteSince = since
        guard shownWithout.isSuperset(of: hidden.keys) else { return true }
        let isCurrent = expires.map { $0 > now } ?? false && !isOutdated(patience, at: now)
        let isHeld = !isShown || isComplete && (isCurrent || isWaiting(patience, at: now))
        return !isHeld || since.duration(to: now) >= patience.whole
    }

    private func isWaiting(_ patience: AnswerPatience, at now: MonotonicClock.Instant) -> Bool {
        asked.values.contains { $0.duration(to: now) <= patience.shard }
    }

    private func isOutdated(_ patience: AnswerPatience, at now: MonotonicClock.Instant) -> Bool {
        guard let wantedSince, let shownSince else { return false }
        return shownSince < wantedSince && lacksSomebody(patience, at: now)
    }

    /// Whether what is shown is whole, or has lacked something for so long that it won't be soon.
    func isSettled(_ patience: AnswerPatience, at now: MonotonicClock.Instant) -> Bool {
        isShown && (isComplete || incompleteSince.map { $0.duration(to: now) >= patience.whole } ?? false)
    }

    /// Whether nothing more is to be waited for.
    func isAsWholeAsItGets(_ patience: AnswerPatience, at now: MonotonicClock.Instant) -> Bool {
        isSettled(patience, at: now) || isShown && lacksSomebody(patience, at: now)
    }

    mutating func want(since moment: MonotonicClock.Instant) {
        isWanted = true
        wantedSince = max(wantedSince ?? moment, moment)
    }

    /// A slice was asked, and has answered where it was heard.
    ///
    /// - Returns: whether it was hidden until now.
    mutating func confirm(_ slice: String, asked start: MonotonicClock.Instant, isHeard: Bool) -> Bool {
        asked[slice] = nil
        confirmed[slice] = start
        guard isHeard else { return false }
        heard[slice] = start
        guard let floor = hidden[slice], start >= floor else { return false }
        hidden[slice] = nil
        taken += 1
        return true
    }

    func shows(unheardSince floor: MonotonicClock.Instant?) -> Bool {
        guard let floor else { return false }
        return heard.contains { $0.value < floor && !shownWithout.contains($0.key) }
    }

    /// Hides those that were asked since, and didn't answer.
    ///
    /// - Parameter evenWhoHangs: whether nobody is waited for any more.
    /// - Returns: whether there is less to show.
    mutating func hide(unheardSince floor: MonotonicClock.Instant?, evenWhoHangs: Bool) -> Bool {
        guard let floor else { return false }
        let before = hidden.count
        for (slice, start) in heard where start < floor {
            guard evenWhoHangs || confirmed[slice].map({ $0 >= floor }) ?? false else { continue }
            hidden[slice] = max(hidden[slice] ?? floor, floor)
        }
        guard hidden.count > before else { return false }
        taken += 1
        return true
    }

    mutating func arrange(_ slices: [ServedSlice]) {
        guard slices != arranged else { return }
        arranged = slices
        merger.arrange(slices)
        let names = Set(slices.map(\.name))
        fetchers = fetchers.filter { names.contains($0.key) }
        confirmed = confirmed.filter { names.contains($0.key) }
        heard = heard.filter { names.contains($0.key) }
        hidden = hidden.filter { names.contains($0.key) }
        tried.formIntersection(names)
        let addresses = Set(slices.compactMap(\.overview))
        overviews = overviews.filter { addresses.contains($0.key) }
        counters.keep(only: names)
    }

    func isDue(
        _ slices: [ServedSlice], _ pace: Duration, _ patience: AnswerPatience, at now: MonotonicClock.Instant
    ) -> Bool {
        guard let lastRound, isSettled(patience, at: now), published == taken, !isWanted else { return true }
        // By the next round it wouldn't be whole any more.
        if let expires, expires <= now + pace { return true }
        // A little early rather than a whole interval late.
        return lastRound.duration(to: now) >= pace * 0.9 || !slices.allSatisfy { tried.contains($0.name) }
    }

    var heardSince: MonotonicClock.Instant? { heard.count == confirmed.count ? heard.values.min() : nil }
}
