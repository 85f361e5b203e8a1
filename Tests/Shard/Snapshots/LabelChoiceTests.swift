import Metrics
import ServiceRuntime
import Snapshots
import Testing

@Suite struct LabelChoiceTests {
    @Test func theHeaviestStay() {
        var choice = LabelChoice(limit: 2)
        choice.choose(["ann": 5, "bob": 7, "cid": 6, "dan": 1])
        #expect(choice.kept == ["bob", "cid"])
        #expect(choice.replacement(of: "ann") == .merged("other") && choice.replacement(of: "bob") == .kept)
    }

    @Test func equalsAreChosenByName() {
        var choice = LabelChoice(limit: 2)
        choice.choose(["dan": 1, "cid": 1, "bob": 1])
        #expect(choice.kept == ["bob", "cid"])
    }

    @Test func whoIsInStaysUnlessClearlyOutweighed() {
        var choice = LabelChoice(limit: 1)
        choice.choose(["ann": 10, "bob": 9])
        choice.choose(["ann": 10, "bob": 15])
        #expect(choice.kept == ["ann"])
        choice.choose(["ann": 10, "bob": 15.1])
        #expect(choice.kept == ["bob"])
        choice.choose(["ann": 15.1, "bob": 11])
        #expect(choice.kept == ["bob"])
    }

    @Test func whoIsAwayKeepsHisPlaceOnlyWhileNobodyNeedsIt() {
        var choice = LabelChoice(limit: 2)
        choice.choose(["ann": 10, "bob": 9])
        choice.choose(["ann": 10])
        choice.choose(["ann": 10, "bob": 1, "cid": 1])
        #expect(choice.kept == ["ann", "bob"])
        choice.choose(["ann": 10, "cid": 1])
        #expect(choice.kept == ["ann", "cid"])
    }

    @Test func whoIsTakenInForGoodStaysAndWhoIsTurnedAwayStaysOutside() {
        var choice = LabelChoice(limit: 2)
        choice.fill(["ann": 5])
        choice.fill(["ann": 5, "bob": 7, "cid": 8])
        #expect(choice.kept == ["ann", "cid"])
        choice.fill(["bob": 1000, "dan": 2000])
        #expect(choice.kept == ["ann", "cid"])
    }

    @Test func withRoomForAllNobodyIsOther() {
        var choice = LabelChoice(limit: 3)
        choice.choose(["ann": 0, "bob": -1, "cid": 2])
        #expect(["ann", "bob", "cid"].allSatisfy { choice.replacement(of: $0) == .kept })
    }

    @Test func nobodyIsTakenForTheRest() {
        var choice = LabelChoice(limit: 4)
        let names = ["other", "_other", "__other", "others"]
        choice.choose(["other": 1, "_other": 1, "__other": 1, "others": 1])
        #expect(
            names.map(choice.replacement) == [.renamed("_other"), .renamed("__other"), .renamed("___other"), .kept])
    }

    /// Weights that wander: a place changes hands only to somebody half as heavy again.
    @Test(arguments: 1...5)
    func eachChangeHasItsReason(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var choice = LabelChoice(limit: 10)
        var weights = Dictionary(
            uniqueKeysWithValues: (0..<40).map { ("user\($0)", Double.random(in: 1...100, using: &random)) })
        choice.choose(weights)
        for _ in 0..<100 {
            let before = choice.kept
            for user in weights.keys.sorted() { weights[user]! *= Double.random(in: 0.9...1.1, using: &random) }
            choice.choose(weights)
            #expect(choice.kept.count == 10)
            for out in before.subtracting(choice.kept) {
                for newcomer in choice.kept.subtracting(before) { #expect(weights[newcomer]! > 1.5 * weights[out]!) }
            }
            // Nobody outside outweighs anybody inside by more than that.
            let lightest = choice.kept.map { weights[$0]! }.min()!
            #expect(weights.filter { !choice.kept.contains($0.key) }.allSatisfy { $0.value <= 1.5 * lightest })
        }
    }
}
