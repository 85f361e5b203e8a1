import ServiceRuntime
import Slurm
import Testing

struct PartitionPatternTests {
    @Test(arguments: [
        ("gpu", "gpu", true), ("gpu", "gpu2", false), ("gpu*", "gpu", true), ("gpu*", "gpu-long", true),
        ("*", "", true), ("*", "anything", true), ("?", "", false), ("?", "a", true), ("g?u", "gpu", true),
        ("*-long", "gpu-long", true), ("*-long", "gpu-longer", false), ("a*b*c", "axxbyybzc", true),
        ("a*b*c", "axxbyyb", false), ("**a", "ba", true), ("", "", true), ("", "a", false), ("*a*a*", "a", false),
    ])
    func starsAndQuestionMarksStandForOthers(_ pattern: String, _ name: String, _ isMatch: Bool) {
        #expect(PartitionPattern(pattern).matches(name) == isMatch)
    }

    @Test(arguments: [
        ("gpu", "gpu", "gpu"), ("gpu", "cpu", nil), ("gpu*", "*-a", "gpu-a"), ("a*", "b*", nil), ("?", "a", "a"),
        ("a?c", "ab?", "abc"), ("*x", "*y", nil), ("gpu-*", "gpu-1*", "gpu-1"),
    ])
    func aCommonNameIsFoundIfThereIsOne(_ left: String, _ right: String, _ name: String?) {
        #expect(PartitionPattern(left).common(with: PartitionPattern(right)) == name)
    }

    @Test(arguments: 0..<50)
    func whateverIsCommonIsMatchedByBoth(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        func text(_ letters: [Character]) -> String {
            String((0..<Int.random(in: 0...6, using: &random)).map { _ in letters.randomElement(using: &random)! })
        }
        for _ in 0..<200 {
            let (left, right) = (
                PartitionPattern(text(["a", "b", "*", "?"])), PartitionPattern(text(["a", "b", "*"]))
            )
            if let name = left.common(with: right) {
                #expect(left.matches(name) && right.matches(name), "\(left) and \(right): \(name)")
            } else {
                for _ in 0..<20 {
                    let name = text(["a", "b", "x"])
                    #expect(!(left.matches(name) && right.matches(name)), "\(left) and \(right): \(name)")
                }
            }
        }
    }
}
