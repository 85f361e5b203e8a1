import FederatedSeries
import Federation
import Gathering
import Metrics
import Selectors
import ServiceRuntime
import TestSupport

/// A gatherer at work, and what can be seen of it.
struct GathererAtWork {
    let federation: Federation
    let gatherer: Gatherer
    private let task: Task<Void, any Error>

    init(
        _ targets: [StaticTarget], _ settings: AnswerSettings = AnswerSettings(), log: CollectedLog = CollectedLog()
    ) async throws {
        let federation = Federation(settings)
        let gatherer = Gatherer(
            targets, federation: federation, logger: Log(LogSettings(), output: log).logger("test"))
        federation.arrange(gatherer.sources)
        try await gatherer.start()
        self.federation = federation
        self.gatherer = gatherer
        task = Task { try await gatherer.run() }
    }

    func shown(_ selector: String = "{__name__!~\"up|scrape.*\"}") throws -> [String] {
        var rendering = federation.generation.select([try Selector(selector)])
            .rendering(.text, AnswerSettings(), now: WallClock.system.now.nanoseconds / 1_000_000)
        var text = ""
        while let piece = rendering.next() { text += String(decoding: piece, as: UTF8.self) }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
    }

    func comesToShow(_ samples: [String]) async -> Bool {
        await eventually { (try? shown()) == samples }
    }

    func end() async {
        task.cancel()
        _ = try? await task.value
    }
}
