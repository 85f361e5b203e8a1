import Foundation
import SimulatedCluster
import Testing

@testable import SimulatedREST

struct OpenAPITests {
    private func document(_ versions: [APIVersion], release: Release? = nil) throws -> [String: Any] {
        let service = Service(versions: versions, release: release)
        let body = service.answer(to: Request(.v44, .openAPI), from: Asking.cluster).body
        return try #require(try Asking.parse(body.text) as? [String: Any])
    }

    private func operations(_ versions: [APIVersion] = APIVersion.allCases) throws -> [(
        path: String, get: [String: Any]
    )] {
        let paths = try #require(try document(versions)["paths"] as? [String: [String: Any]])
        return try paths.map { ($0, try #require($1["get"] as? [String: Any])) }
    }

    private func names(_ get: [String: Any], in place: String) -> [String] {
        let parameters = get["parameters"] as? [[String: Any]] ?? []
        return parameters.filter { $0["in"] as? String == place }.compactMap { $0["name"] as? String }
    }

    @Test func onlyTheVersionsOnOfferAreListed() throws {
        let document = try document([.v41, .v44], release: .v2511)
        let paths = try #require(document["paths"] as? [String: Any])
        #expect(paths["/slurm/v0.0.41/shares"] != nil)
        #expect(paths["/slurmdb/v0.0.44/jobs/"] != nil)
        #expect(!paths.keys.contains { $0.contains("v0.0.42") })
        let info = try #require(document["info"] as? [String: Any])
        #expect(info["version"] as? String == "Slurm-25.11.7")
        let parsers = try #require((info["x-slurm"] as? [String: Any])?["data_parsers"] as? [[String: Any]])
        #expect(parsers.compactMap { $0["plugin"] as? String } == ["v0.0.41", "v0.0.44"])
    }

    /// What a client does that discovers everything: each path, with its parameters filled in, is answered.
    @Test func everyListedPathCanBeAsked() throws {
        let cluster = Asking.cluster
        let node = cluster.name(of: try #require(cluster.nodes.first))
        let names = [
            "job_id": "\(try #require(cluster.jobs.first { !$0.isVacant }).id)", "node_name": node,
            "partition_name": cluster.partitions.first { $0.exists }?.name.repaired,
            "reservation_name": cluster.reservations.first { $0.exists }?.name.repaired,
        ]
        for (path, get) in try operations() {
            var target = path
            for name in self.names(get, in: "path") {
                target = target.replacing("{\(name)}", with: try #require(names[name] ?? nil))
            }
            #expect(!target.contains("{"), "\(path)")
            let request = try #require(Request(path: target), "\(path)")
            #expect(Service().answer(to: request, from: cluster).status == 200, "\(path)")
        }
    }

    @Test func operationsHaveIdsTagsAndResponses() throws {
        let operations = try operations()
        let ids = operations.compactMap { $0.get["operationId"] as? String }
        #expect(Set(ids).count == operations.count)
        #expect(ids.contains("slurm_v0044_get_jobs_state"))
        for (path, get) in operations {
            let root = path.split(separator: "/").first.map(String.init)
            #expect(get["tags"] as? [String] == root.map { [$0] }, "\(path)")
            #expect(Set((get["responses"] as? [String: Any] ?? [:]).keys) == ["200", "default"], "\(path)")
        }
    }

    @Test func parametersAreThoseOfTheVersion() throws {
        let all = Dictionary(uniqueKeysWithValues: try operations().map { ($0.path, names($0.get, in: "query")) })
        #expect(all["/slurm/v0.0.38/jobs/"] == ["update_time"])
        #expect(all["/slurm/v0.0.39/jobs"] == ["update_time"])
        #expect(all["/slurm/v0.0.44/jobs/"] == ["update_time", "flags"])
        #expect(all["/slurmdb/v0.0.38/jobs/"]?.contains("users") == false)
        #expect(all["/slurmdb/v0.0.44/jobs/"]?.contains("users") == true)
    }

    @Test func tokensAreNamed() throws {
        let document = try document([.v44])
        let schemes = (document["components"] as? [String: Any])?["securitySchemes"] as? [String: [String: Any]]
        #expect(schemes?["token"]?["name"] as? String == "X-SLURM-USER-TOKEN")
        #expect((document["security"] as? [Any])?.count == 4)
    }
}
