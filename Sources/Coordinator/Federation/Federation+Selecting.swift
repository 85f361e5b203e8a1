import FederatedSeries
import HTTPServer
import Selectors
import ServiceRuntime

extension Federation {
    /// What a request asks for. The first of its selectors that is none decides.
    ///
    /// Who asks for much waits for others who do, and keeps nobody else waiting.
    func select(
        _ asked: FederateRequest, in generation: Generation, for writer: ResponseWriter
    ) async throws -> Selection {
        if let selection = selectAtOnce(asked, in: generation) { return selection }
        var selecting = Selecting(from: generation)
        try await writer.whileClientIsOpen {
            try await withTaskExecutorPreference(lane) { try await Self.add(asked.selectors, to: &selecting) }
        }
        return selecting.selection
    }

    /// Gives way to other requests after each.
    private static func add(_ selectors: [String], to selecting: inout Selecting) async throws {
        var allowance = Allowance.request
        for text in selectors {
            selecting.add(try Selector(text, within: &allowance))
            await Task.yield()
            try Task.checkCancellation()
        }
    }

    /// In bytes: so few selectors are worked out before another thread would have begun to.
    private static let littleToSelect = 1024

    /// - Returns: nil where that could take long, or not all are selectors.
    private func selectAtOnce(_ asked: FederateRequest, in generation: Generation) -> Selection? {
        guard asked.selectors.reduce(0, { $0 + $1.utf8.count }) <= Self.littleToSelect else { return nil }
        var (selecting, allowance) = (Selecting(from: generation), Allowance.nothing)
        do throws(SelectorError) {
            for text in asked.selectors { selecting.add(try Selector(text, within: &allowance)) }
            return selecting.selection
        } catch { return nil }
    }
}
