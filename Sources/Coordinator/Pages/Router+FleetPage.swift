public import Federation
public import Fleet
public import Gathering
public import HTTP
public import HTTPServer
import Pages

/// What the coordinator's page tells of.
public struct FleetPage: Sendable {
    /// Nil where there are only static targets.
    private let fleet: FleetService?
    private let targets: TargetBoard
    private let federation: Federation
    private let watch: ClusterWatch

    public init(_ fleet: FleetService?, _ targets: TargetBoard, _ federation: Federation, _ watch: ClusterWatch) {
        self.fleet = fleet
        self.targets = targets
        self.federation = federation
        self.watch = watch
    }

    fileprivate var document: FleetDocument {
        FleetDocument(
            leadership: fleet.map { FleetDocument.Leadership($0.report) }, fleet: fleet?.status,
            clusters: watch.clusters,
            targets: targets.statuses.map(FleetDocument.Target.init), waitingFor: federation.waitingFor)
    }

    fileprivate var history: ClusterHistory.Document { watch.history.document }
}

extension Router {
    /// The coordinator's page, at `/`.
    public mutating func add(_ page: FleetPage) throws(RouteError) {
        try addPage(
            [
                PageFile("/", .html, PackageResources.fleet_html),
                PageFile("/page/fleet.js", .script, PackageResources.fleet_js),
                PageFile("/page/charts.js", .script, PackageResources.charts_js),
            ],
            documents: [
                "/page/fleet": PageDocument { page.document }, "/page/history": PageDocument { page.history },
            ])
    }
}
