import Foundation

/// At once, whoever reads it.
func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
}

var rounds = 1
var seed = UInt64.random(in: 0..<1_000_000)
var time = Duration.seconds(20)
var lateness = Duration.zero
var logs: String?
var names: [String] = []
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
    switch argument {
    case "--rounds": rounds = arguments.popFirst().flatMap { Int($0) } ?? 1
    case "--seconds": time = .seconds(arguments.popFirst().flatMap { Int($0) } ?? 20)
    case "--lateness": lateness = .seconds(arguments.popFirst().flatMap { Int($0) } ?? 0)
    case "--seed": seed = arguments.popFirst().flatMap { UInt64($0) } ?? seed
    case "--logs": logs = arguments.popFirst()
    default: names.append(argument)
    }
}
let scenarios =
    Scenario.processes + Scenario.clocks + Scenario.shards(lasting: time, lateness: lateness) + Scenario.stores
    + Scenario.failures
    + Scenario.wires + Scenario.clients + [.random(lasting: time, seed: seed)]
if let unknown = names.first(where: { name in !scenarios.contains { $0.name == name } }) {
    say("there is no scenario '\(unknown)'; these are there:")
    for scenario in scenarios { say("  \(scenario.name)  \(scenario.help)") }
    exit(2)
}

var all: [Results] = []
for scenario in scenarios where names.isEmpty || names.contains(scenario.name) {
    var results = Results(name: scenario.name)
    for round in 1...max(rounds, 1) {
        let fleet = try await ChaosFleet(scenario.makeup.late(by: lateness))
        do {
            let stage = try await Stage(fleet, lateness: lateness)
            do { try await scenario.run(stage) } catch { stage.expect(false, "\(error)") }
            let (account, violations) = await stage.end()
            results.add(account, violations, stage.failovers)
            for violation in violations.prefix(20) { say("\(scenario.name) round \(round): \(violation)") }
            if violations.count > 20 { say("\(scenario.name) round \(round): \(violations.count - 20) more") }
            if let logs, !violations.isEmpty { try fleet.writeLogs(to: "\(logs)/\(scenario.name)-\(round)") }
        } catch {
            await fleet.end()
            results.add(nil, ["\(error)"], [])
            say("\(scenario.name) round \(round): \(error)")
        }
    }
    all.append(results)
    say(Results.table([results]))
}
say("\n" + Results.table(all))
exit(all.allSatisfy { $0.violations.isEmpty } ? 0 : 1)
