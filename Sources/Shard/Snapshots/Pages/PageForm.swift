import Metrics

/// One of the ways in which a page can be asked for.
struct PageForm: Hashable, CaseIterable, Sendable {
    let format: MetricsFormat
    let isCompressed: Bool

    static let allCases = MetricsFormat.allCases.flatMap { format in
        [false, true].map { PageForm(format: format, isCompressed: $0) }
    }
}
