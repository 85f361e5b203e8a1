import YAML

extension Schema {
    /// The variables that set each declaration, the preferred one last. Where two key paths make the same name, neither has it.
    var environmentNames: [[String]] {
        let automatic = declarations.map { $0.isTextual ? automaticName($0.path) : nil }
        var uses: [String: Int] = [:]
        for name in automatic + declarations.flatMap(\.environment) { name.map { uses[$0, default: 0] += 1 } }
        return zip(declarations, automatic).map { declaration, name in
            declaration.environment + (name.map { uses[$0] == 1 ? [$0] : [] } ?? [])
        }
    }

    private func automaticName(_ path: [String]) -> String? {
        guard let environmentPrefix, !path.isEmpty else { return nil }
        return ([environmentPrefix] + path).joined(separator: "_").uppercased()
    }

    /// Reads what the environment sets. An empty variable counts as unset.
    func read(environment: [String: String], into settings: inout Root, _ reading: inout Reading) {
        let environment = environment.filter { !$0.value.isEmpty && !ServiceLink.isOne($0.key, $0.value) }
        let names = environmentNames
        var setters: [SettingIdentity: String] = [:]
        for (declaration, names) in zip(declarations, names) {
            let given = names.filter { environment[$0] != nil }
            guard let name = given.first else { continue }
            reading.source = .environment(name)
            reading.path = SettingPath(declaration.path)
            if let other = given.first(where: { environment[$0] != environment[name] }) {
                reading.reject(.start, "\(name) and \(other) set this differently: keep one of them")
            } else if let other = declaration.target.flatMap({ setters.updateValue(name, forKey: $0) }) {
                reading.reject(.start, "\(other) and \(name) set the same: keep one of them")
            } else if case .ignored(let why) = declaration.verdict {
                reading.warn(.start, "has no effect: \(why)")
            } else {
                set(
                    declaration, to: YAML.Node(.scalar(YAML.Scalar(environment[name]!, .quoted))), in: &settings,
                    &reading)
            }
        }
        reading.path = SettingPath()
        warnOfUnknown(environment, known: Set(names.joined()), &reading)
    }

    func set(
        _ declaration: Declaration<Root>, to node: YAML.Node, in settings: inout Root, _ reading: inout Reading
    ) {
        guard declaration.access?.read(node, &settings, &reading) == true else { return }
        if let target = target(of: declaration) { reading.path = SettingPath(declarations[target].path) }
        reading.note(.start)
    }

    private func ownPart(_ name: String) -> String {
        String(name.dropFirst((environmentPrefix ?? "").count + 1))
    }

    private func warnOfUnknown(_ environment: [String: String], known: Set<String>, _ reading: inout Reading) {
        guard let environmentPrefix else { return }
        let names = environment.keys.filter {
            $0.hasPrefix(environmentPrefix + "_") && !known.contains($0) && $0 != configurationVariable
        }
        for name in names.sorted().prefix(ConfigurationError.shown) {
            reading.source = .environment(name)
            let near = Nearest.to(
                ownPart(name), among: known.filter { $0.hasPrefix(environmentPrefix) }.map(ownPart).sorted())
            reading.warn(.start, "sets nothing" + (near.map { ": did you mean \(environmentPrefix)_\($0)?" } ?? ""))
        }
    }

    /// Names the configuration file.
    public var configurationVariable: String? { environmentPrefix.map { $0 + "_CONFIG" } }
}

/// The variables that Kubernetes sets in every pod for each service of the namespace; a service called `slurm-exporter`
/// gives `SLURM_EXPORTER_PORT_8080_TCP_ADDR`, which nobody meant as a setting.
enum ServiceLink {
    static func isOne(_ name: String, _ value: String) -> Bool {
        if name.hasSuffix("_SERVICE_HOST") || name.contains("_SERVICE_PORT") { return true }
        if name.hasSuffix("_PORT"), protocols.contains(where: { value.hasPrefix("\($0.lowercased())://") }) {
            return true
        }
        let parts = name.split(separator: "_")
        return parts.indices.contains { parts[$0] == "PORT" && isPort(parts[($0 + 1)...]) }
    }

    private static let protocols = ["TCP", "UDP", "SCTP"]

    /// `8080_TCP`, alone or with the name of a detail.
    private static func isPort(_ parts: ArraySlice<Substring>) -> Bool {
        guard let port = parts.first, let proto = parts.dropFirst().first else { return false }
        return port.utf8.allSatisfy(Number.isDigit) && protocols.contains(String(proto))
            && parts.dropFirst(2).allSatisfy { ["ADDR", "PROTO", "PORT"].contains($0) }
    }
}
