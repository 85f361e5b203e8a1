import HTTP
import HTTPServer
import Pages

extension Router {
    /// A shard's page, at `/`.
    mutating func addShardPage(_ document: @escaping @Sendable () -> ShardDocument) throws(RouteError) {
        try addPage(
            [
                PageFile("/", .html, PackageResources.shard_html),
                PageFile("/page/shard.js", .script, PackageResources.shard_js),
            ],
            documents: ["/page/shard": PageDocument { document() }])
    }
}
