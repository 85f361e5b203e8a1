import ServiceRuntime
import Testing

@testable import Slurm

/// Whatever a command prints: it is read to its end, and however it is cut the same is read of it.
struct RandomOutputTests {
    private static let pieces: [String] = [
        "NodeName=c1 ", "State=MIXED+DRAIN ", "CPUTot=16 ", "Gres=gpu:a100:4(S:0-1) ", "Reason=a [b@12] ", "=", " ",
        "CfgTRES=cpu=1,mem=1M,gres/gpu=9 ", "PartitionName=x ", "MaxTime=1-0:0:0 ", "ReservationName=r ",
        "LicenseName=l ", "Total=18446744073709551615 ", "\n", "\t", "|", "||||||||||||||||", "\u{1F}", "\u{1E}secret",
        "\u{1E}", "Slurmctld(primary) at a is UP", "sdiag output at x (12)\n", "Backfilling stats\n",
        "\tLast cycle: 99999999999999999999\n", "Remote Procedure Call statistics by message type\n",
        "\tX ( 1) count:2 ave_time:1 total_time:3\n", "Internal DBD rollup last ran (1)\n", "1.batch", "(null)", "N/A",
        "-1",
        "4294967294", "9223372036854775807", "1:2:3:4", "1e400", "nan", "-", "ß", "inf",
    ]

    private static func text(_ generator: inout SeededGenerator) -> [UInt8] {
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0..<60, using: &generator) {
            if Int.random(in: 0..<8, using: &generator) == 0 {
                text += (0..<5).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            } else {
                text += Array((pieces.randomElement(using: &generator) ?? "").utf8)
            }
        }
        return text
    }

    @Test(arguments: CommandFormat.all) func isReadTheSameHoweverItIsCut(format: CommandFormat) {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let text = Self.text(&generator)
            let chunk = Int.random(in: 1...40, using: &generator)
            #expect(Self.outcome(text, format, 1 << 20) == Self.outcome(text, format, chunk))
        }
    }

    @Test func linesOfSqueueSurviveTheLossOfAnyByte() throws {
        let line = squeueLine([.name: "abc", .taskID: "3"])
        for at in line.indices {
            var text = line + line + line
            text.remove(at: line.count + at)
            let outcome = Self.outcome(text, .everyJobColumn, 11)
            #expect(!outcome.isEmpty)
        }
    }

    private static func outcome(_ text: [UInt8], _ format: CommandFormat, _ chunk: Int) -> [String] {
        do throws(AnswerError) {
            let read = try CommandText(text, format, chunk: chunk)
            let oddities = read.answer.oddities
            return ["\(read.answer.recordCount ?? -1)", "\(oddities.repairedTexts)"]
                + (oddities.wrongTypes.map { "\($0)" } + oddities.unknownWords.map { "\($0)" }).sorted()
                + Mirror(reflecting: read.sink).children.flatMap { kind in
                    ((kind.value as? [Any]) ?? []).map { shown($0, read.symbols) }
                }
        } catch {
            return ["\(error.fault)"]
        }
    }
}
