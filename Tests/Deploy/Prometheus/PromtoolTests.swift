import Foundation
import TestSupport
import Testing

/// What promtool says of the files under `deploy/prometheus`.
struct PromtoolTests {
    private func promtool(_ arguments: String...) async throws -> (status: Int32, output: String) {
        let process = try ChildProcess("promtool", arguments, directory: DeployedFile.directory)
        let status = try await process.exit()
        return (status, process.standardOutput + process.standardError)
    }

    @Test(arguments: DeployedFile.rules)
    func rulesAreValid(_ file: DeployedFile) async throws {
        let (status, output) = try await promtool("check", "rules", file.path)
        #expect(status == 0, "\(output)")
    }

    @Test(arguments: DeployedFile.ruleTests)
    func rulesDoWhatTheirTestsSay(_ file: DeployedFile) async throws {
        let (status, output) = try await promtool("test", "rules", file.path)
        #expect(status == 0, "\(output)")
    }

    /// Debian's Prometheus can't discover by Kubernetes, so something else stands in its place: the rest is checked.
    @Test(arguments: DeployedFile.scrapeConfigurations)
    func scrapeConfigurationsAreValid(_ file: DeployedFile) async throws {
        let directory = try TemporaryDirectory()
        let discovery = #/kubernetes_sd_configs:\n(?:      .*\n|        .*\n)+?(?=    relabel_configs)/#
        let text = try file.text.replacing(discovery, with: "static_configs: [{targets: [localhost]}]\n")
            .replacing("../rules", with: DeployedFile.directory.appending(path: "rules").path)
        let copy = try directory.write(text, to: "prometheus.yml")
        let targets = DeployedFile.directory.appending(path: "scrape/targets")
        try FileManager.default.copyItem(at: targets, to: directory.url.appending(path: "targets"))
        let (status, output) = try await promtool("check", "config", copy)
        #expect(status == 0, "\(output)")
    }

    @Test(arguments: DeployedFile.rules)
    func everyRuleIsTested(_ file: DeployedFile) throws {
        // Those say the same of each family.
        guard file.path != "rules/pair.yml" else { return }
        let tests = try DeployedFile(
            path: file.path.replacing("rules/", with: "tests/").replacing(".yml", with: ".test.yml")
        )
        .text
        for rule in try Rule.all(in: file) {
            if rule.isAlert {
                let cases = tests.matches(of: try Regex("alertname: \(rule.name)\\n +exp_alerts:( \\[\\])?\\n"))
                #expect(cases.contains { $0.output[1].substring == nil }, "\(rule.name) never fires")
                #expect(cases.contains { $0.output[1].substring != nil }, "\(rule.name) is never silent")
            } else {
                #expect(tests.contains("labels: '\(rule.name){") || tests.contains("(\(rule.name))"), "\(rule.name)")
            }
        }
    }

    @Test func everyAlertHasARunbook() throws {
        for rule in try DeployedFile.rules.flatMap({ try Rule.all(in: $0) }) where rule.isAlert {
            #expect(rule.annotations["runbook_url"]?.hasSuffix("/\(rule.name).md") == true, "\(rule.name)")
            #expect(rule.annotations["summary"] != nil && rule.annotations["description"] != nil, "\(rule.name)")
        }
    }

    @Test func noConfigurationRecordsANameTwice() throws {
        for file in DeployedFile.scrapeConfigurations {
            let files = try file.yaml["rule_files"]?.items.compactMap(\.text) ?? []
            let federates = try file.text.contains("/federate\n")
            let names = try files.flatMap { try Rule.all(in: DeployedFile(path: String($0.dropFirst("../".count)))) }
                .filter { !$0.isAlert }.map(\.name)
            #expect(Set(names).count == names.count, "\(file.path)")
            let computes = files.contains("../rules/recording-instant.yml")
            #expect(files.isEmpty || federates != computes, "\(file.path): /federate computes these itself")
        }
    }
}
