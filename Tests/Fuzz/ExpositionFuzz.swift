import Exposition
import ExpositionProperties

extension FuzzTarget {
    /// What holds for every document, in text 0.0.4 with names of either rule.
    static let text = FuzzTarget(name: "text") { check($0, .text) }

    static let openMetrics = FuzzTarget(name: "openmetrics") { check($0, .openMetrics) }

    private static func check(_ input: [UInt8], _ format: ExpositionFormat) {
        for names in [NameRule.legacy, .utf8] {
            do { try DocumentProperties.check(input, format: format, names: names) } catch {
                fatalError("\(error)")
            }
        }
    }
}
