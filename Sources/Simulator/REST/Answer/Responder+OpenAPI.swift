/// The document that lists what is offered, and how to ask for it.
///
/// Schemas, which make up most of the real one, are left out: an answer is no more than an object here.
extension Responder {
    func openAPI() -> Answer {
        var writer = JSONWriter(dialect)
        writer.object { writer in
            writer.member("openapi", "3.0.3")
            writer.key("info")
            writer.object { info(&$0) }
            writer.key("tags")
            writer.list(Operation.tags) { tag, writer in
                writer.object { writer in
                    writer.member("name", tag.name)
                    writer.member("description", tag.description)
                }
            }
            writer.key("servers")
            writer.list(CollectionOfOne("/")) { url, writer in writer.object { $0.member("url", url) } }
            writer.key("security")
            writer.securityRequirements()
            writer.key("components")
            writer.object { writer in
                writer.key("securitySchemes")
                writer.securitySchemes()
            }
            writer.key("paths")
            writer.object { paths(&$0) }
        }
        return Answer(status: 200, body: Body([.literal(writer.bytes)], dialect))
    }

    private func info(_ writer: inout JSONWriter) {
        writer.member("title", "Slurm REST API")
        writer.member("description", "API to access and control Slurm")
        guard release >= .v2505 else {
            return writer.member("version", "Slurm-\(release.fullName)&openapi/slurmctld&openapi/slurmdbd")
        }
        writer.member("version", "Slurm-\(release.fullName)")
        writer.key("x-slurm")
        writer.object { writer in
            writer.key("data_parsers")
            writer.list(service.versions) { version, writer in
                writer.object { writer in
                    writer.member("plugin", version.name)
                    writer.key("flags")
                    writer.list(CollectionOfOne("NONE")) { $1.string($0) }
                }
            }
            writer.key("openapi")
            writer.list(["openapi/slurmctld", "openapi/slurmdbd"]) { $1.string($0) }
            writer.key("version")
            writer.object { writer in
                writer.member("major", release.major)
                writer.member("micro", release.micro)
                writer.member("minor", release.minor)
            }
            writer.member("release", release.fullName)
        }
    }

    private func paths(_ writer: inout JSONWriter) {
        for version in service.versions {
            for (path, endpoint) in Endpoint.controllerPaths where endpoint.versions.contains(version) {
                writer.operation(Operation(version, path, endpoint))
            }
            for (path, endpoint) in Endpoint.accountingPaths {
                writer.operation(Operation(version, path, .accounting(endpoint)))
            }
        }
        writer.operation(Operation.document)
    }
}
