/// What a fleet costs beside one process, as lines of figures:
///
///     benchmark-fleet planning            64 shards, 500 slices: median and longest of 100 rounds, in milliseconds
///     benchmark-fleet fan-out FILE N      an answer of jobs for N readers elsewhere: milliseconds of encoding, of all
///                                         streams together, of decoding one of them, and bytes
import FleetProtocol
import Glibc
import Metrics
import Planning
import RecordFormat
import ServiceRuntime
import Slurm

func milliseconds(_ body: () -> Void) -> Double { ContinuousClock().measure(body) / .milliseconds(1) }

func planning() {
    var now = MonotonicClock.Instant(sinceOrigin: .seconds(1000))
    let slices = (0..<500).map {
        Slice(name: "s\($0)", cluster: "c\($0 % 4)", prefix: "slurm_s\($0)_", collectors: ["jobs"])
    }
    let identity = PlanIdentity(epoch: 1, store: "s", holder: "h", revision: 0)
    var planner = Planner(Plan(identity: identity, configuration: .init(yaml: "")), isFresh: true, at: now)
    planner.configure(.init(yaml: ""), slices: slices, clusters: (0..<4).map { "c\($0)" })
    var random = SeededGenerator(seed: 1)
    var times: [Double] = []
    var beats: [Double] = []
    for _ in 0..<100 {
        now = now.advanced(by: .seconds(2))
        for shard in 0..<64 {
            let id = "shard\(shard)"
            let mine = planner.plan.slices.filter { $0.owner == id }
            let heartbeat = Heartbeat(
                nonce: "n", port: 1, isReady: true, plan: planner.plan.identity,
                slices: mine.map {
                    SliceReport(
                        id: $0.slice.id, state: .serving, cost: Double.random(in: 0.1...10, using: &random),
                        ageSeconds: 1)
                })
            beats.append(milliseconds { try? planner.take(heartbeat, from: id, url: "http://\(id)", at: now) })
        }
        times.append(milliseconds { _ = planner.advance(to: now) })
    }
    times.sort()
    beats.sort()
    print(
        "round: median \(times[50]) ms, longest \(times.last!) ms; heartbeat: median \(beats[3200]) ms, longest \(beats.last!) ms"
    )
}

func fanOut(_ path: String, readers: Int) throws {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { fatalError("\(path) can't be opened") }
    let encoder = GenerationEncoder()
    var plain = 0.0
    for isEncoded in [false, true] {
        lseek(file, 0, SEEK_SET)
        var reader = JobsReader()
        var buffer = [UInt8](repeating: 0, count: 128 << 10)
        let start = ContinuousClock.now
        while case let count = buffer.withUnsafeMutableBytes({ read(file, $0.baseAddress, $0.count) }), count > 0 {
            try reader.consume(buffer.span.bytes.extracting(first: count)) { job, symbols in
                if isEncoded { encoder.take(job, symbols) }
            }
        }
        let took = (ContinuousClock.now - start) / .milliseconds(1)
        if isEncoded { print("decoding \(plain) ms, with encoding \(took) ms") } else { plain = took }
    }
    let header = FeedHeader(
        feed: .jobs, cluster: "c", release: "", generation: 1, answered: Timestamp(0), expected: Timestamp(0))
    let generation = encoder.finish(header)
    var pieces: [[UInt8]] = []
    let streaming = milliseconds {
        for _ in 0..<readers { pieces = Array(generation.stream(age: .zero) { _ in true }) }
    }
    var decoder = GenerationDecoder()
    let sink = Nobody()
    let decoding = milliseconds {
        do { for piece in pieces { try decoder.take(piece) { _ in sink } } } catch { fatalError("\(error)") }
    }
    print(
        "\(decoder.records) records, \(generation.byteCount) bytes; \(readers) streams \(streaming) ms; decoding one \(decoding) ms"
    )
}

final class Nobody: RecordSink {}

switch CommandLine.arguments.dropFirst().first {
case "planning": planning()
case "fan-out": try fanOut(CommandLine.arguments[2], readers: Int(CommandLine.arguments[3]) ?? 7)
default: fatalError("benchmark-fleet planning, or benchmark-fleet fan-out FILE N")
}
