import ServiceRuntime
import Testing

struct SeededGeneratorTests {
    /// What https://prng.di.unimi.it/splitmix64.c gives.
    @Test func theNumbersAreThoseOfSplitMix64() {
        var generator = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<5).map { _ in generator.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func jitterStaysWithinItsFractionAndUsesAllOfIt() throws {
        var generator = SeededGenerator(seed: 1)
        let durations = (0..<2_000).map { _ in Duration.seconds(10).jittered(by: 0.2, using: &generator) }
        let (shortest, longest) = (try #require(durations.min()), try #require(durations.max()))
        #expect(shortest >= .seconds(8) && shortest < .seconds(8.1))
        #expect(longest <= .seconds(12) && longest > .seconds(11.9))
    }

    @Test func noJitterIsTheDurationItself() {
        var generator = SeededGenerator(seed: 1)
        #expect(Duration.seconds(10).jittered(by: 0, using: &generator) == .seconds(10))
    }
}
