import Foundation

setvbuf(stdout, nil, _IOLBF, 0)
let scenarios = Scenario.processes + Scenario.stores
var rounds = 1
var names: [String] = []
var arguments = CommandLine.arguments.dropFirst()
while let argument = arguments.popFirst() {
    switch argument {
    case "--rounds": rounds = arguments.popFirst().flatMap { Int($0) } ?? 1
    default: names.append(argument)
    }
}
if let unknown = names.first(where: { name in !scenarios.contains { $0.name == name } }) {
    print("there is no scenario '\(unknown)'; these are there:")
    for scenario in scenarios { print("  \(scenario.name)  \(scenario.help)") }
    exit(2)
}

var all: [Results] = []
for scenario in scenarios where names.isEmpty || names.contains(scenario.name) {
    var results = Results(name: scenario.name)
    for round in 1...max(rounds, 1) {
        let fleet = try await ChaosFleet(onDisk: scenario.needsDisk)
        do {
            let stage = try await Stage(fleet)
            do { try await scenario.run(stage) } catch { stage.expect(false, "\(error)") }
            let (account, violations) = await stage.end()
            results.add(account, violations, stage.failovers)
            for violation in violations { print("\(scenario.name) round \(round): \(violation)") }
        } catch {
            await fleet.end()
            results.add(nil, ["\(error)"], [])
            print("\(scenario.name) round \(round): \(error)")
        }
    }
    all.append(results)
    print(Results.table([results]), terminator: "")
}
print("\n" + Results.table(all), terminator: "")
exit(all.allSatisfy { $0.violations.isEmpty } ? 0 : 1)
