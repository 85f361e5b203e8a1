import Locks
public import ServiceRuntime

/// How old what is shown is, for those that may show nothing older.
extension FleetGatherer {
    /// Has all slices asked at once, and returns when what is shown is no older than that, or as good as it gets, or time is
    /// up.
    ///
    /// - Parameter floor: slices that weren't heard since aren't shown until they are: somebody else may have shown what is
    ///   newer. That is kept even where it takes longer than there is time.
    public func refresh(
        to age: Duration, nothingHeardBefore floor: MonotonicClock.Instant? = nil,
        before deadline: MonotonicClock.Instant
    ) async {
        let moment = clock.now.advanced(by: .zero - age)
        guard !isShown(notBefore: moment, floor) else { return }
        state.withLock { $0.want(since: moment) }
        bell.ring()
        var answered: MonotonicClock.Instant?
        let lastLook = deadline.advanced(by: .zero - settings.patience.publication)
        while clock.now < deadline, !isShown(notBefore: moment, floor) {
            if let answered, hasNoMore(since: answered, floor) { return }
            let isNews = state.withLock { $0.hide(unheardSince: floor, evenWhoHangs: clock.now >= lastLook) }
            let haveAnswered = answered == nil && haveAnswered(since: moment)
            if haveAnswered { answered = clock.now }
            if isNews || haveAnswered { news.ring() }
            do { try await clock.sleep(until: clock.now + .milliseconds(10)) } catch { return }
        }
        await leaveOut(unheardSince: floor)
    }

    private func leaveOut(unheardSince floor: MonotonicClock.Instant?) async {
        while state.withLock({ $0.shows(unheardSince: floor) }) {
            if state.withLock({ $0.hide(unheardSince: floor, evenWhoHangs: true) }) { news.ring() }
            do { try await clock.sleep(until: clock.now + .milliseconds(10)) } catch { return }
        }
    }

    private func isShown(notBefore moment: MonotonicClock.Instant, _ floor: MonotonicClock.Instant?) -> Bool {
        let now = clock.now
        return haveAnswered(since: moment)
            && state.withLock {
                $0.isAsWholeAsItGets(settings.patience, at: now) && $0.published == $0.taken
                    && !$0.shows(unheardSince: floor)
            }
    }

    /// Whether all slices have answered that were asked since, or failed to.
    private func haveAnswered(since moment: MonotonicClock.Instant) -> Bool {
        guard let slices = knownSlices else { return false }
        let now = clock.now
        return state.withLock { state in
            slices.allSatisfy { state.isConfirmed($0.name, notBefore: moment, settings.patience, at: now) }
        }
    }

    /// Whether somebody is missing, and it was looked since what can be shown without.
    private func hasNoMore(since moment: MonotonicClock.Instant, _ floor: MonotonicClock.Instant?) -> Bool {
        let now = clock.now
        return state.withLock { state in
            state.lacksSomebody(settings.patience, at: now) && state.looked.map { $0 >= moment } ?? false
                && !state.shows(unheardSince: floor)
        }
    }

    /// How old what is shown may be: the time since the slice was asked that wasn't asked for longest.
    public var age: Duration? {
        let now = clock.now
        let asked = state.withLock { $0.published == $0.taken ? $0.confirmed.values.min() : $0.shownSince }
        return asked.map { $0.duration(to: now) }
    }

    /// The time since that slice was asked that hasn't answered for longest; nil before all have.
    var silence: Duration? {
        let now = clock.now
        return state.withLock { $0.heardSince }.map { $0.duration(to: now) }
    }

    /// Whether what is shown is no older than that, and whole, or as whole as it gets.
    ///
    /// - Parameter floor: since when all was heard that is shown.
    public func isCurrent(to age: Duration, nothingHeardBefore floor: MonotonicClock.Instant? = nil) -> Bool {
        guard let current = self.age, current <= age else { return false }
        let now = clock.now
        return state.withLock {
            $0.isAsWholeAsItGets(settings.patience, at: now) && !$0.shows(unheardSince: floor)
        }
    }
}
