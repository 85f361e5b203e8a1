import Exposition
public import FederatedSeries
import Metrics

/// Makes the part of `/federate` that is the fleet's.
public struct FleetPart: Sendable {
    private var layout: PartLayout?

    public init() {}

    /// - Parameter time: in milliseconds since 1970.
    public mutating func part(of fleet: MergedFleet, time: Int64) -> SeriesPart {
        let labels = TargetLabels(["job": "slurm-exporter"], honorsLabels: true)
        var reader = PartReader(.text, labels: labels, after: layout, time: time)
        // As text, in which numbers in labels are written as selectors have them.
        let renderer = MetricsRenderer(.text)
        let families = fleet.families
        var text: [UInt8] = []
        do throws(ExpositionError) {
            for family in families {
                renderer.append(family, to: &text)
                guard text.count >= Self.pieceSize else { continue }
                try reader.read(text)
                text.removeAll(keepingCapacity: true)
            }
            try reader.read(text)
            for family in families { if let part = family.first { reader.declare(part.table.family) } }
            let read = try reader.finish()
            layout = read.layout
            return read.part
        } catch { preconditionFailure("what this program writes can't be read: \(error)") }
    }

    private static let pieceSize = 256 << 10
}
