extension CommandLineSyntax {
    /// What `--help` prints: commands, then the flags by section.
    public func help<Root>(_ schema: Schema<Root>, width: Int = 100) -> String {
        HelpText(syntax: self, schema: schema, width: width).text
    }
}

private struct HelpText<Command: RawRepresentable<String> & Hashable & Sendable, Root: Sendable> {
    let syntax: CommandLineSyntax<Command>
    let schema: Schema<Root>
    let width: Int

    var text: String {
        "Usage: \(syntax.program) [COMMAND] [FLAG]...\n\n" + Wrapped.text(syntax.summary, width: width, indent: 0)
            + "\nCommands:\n" + commands + "\nFlags:\n" + general + settings
    }

    private var commands: String {
        let entries = syntax.words.map { word in
            let operands = word.operands.map { $0.isRequired ? " \($0.name)" : " [\($0.name)]" }.joined()
            let help = word.help + (word.command == syntax.standard ? " Done if no command is given." : "")
            return (word.command.rawValue + operands, help)
        }
        return entries.map { entry($0.0, $0.1) }.joined()
    }

    private var general: String {
        let variable = schema.configurationVariable.map { " Environment: \($0)." } ?? ""
        return entry("--config <file>", "The configuration file." + variable)
            + entry("-h, --help", "Shows this.") + entry("--version", "Shows the version.")
            + schema.documented.filter { $0.path.isEmpty && !$0.flags.isEmpty }.map(entry).joined()
    }

    private var settings: String {
        let rows = schema.documented.filter { !$0.path.isEmpty && !$0.flags.isEmpty }
        var text = ""
        var section: [String]?
        for row in rows {
            if row.section != section { text += "\n" + heading(row.section) }
            section = row.section
            text += entry(row)
        }
        return text
    }

    private func heading(_ section: [String]) -> String {
        let name = section.isEmpty ? "General" : SettingPath(section).description
        return Wrapped.text(name + ": " + (schema.sectionHelp(section) ?? ""), width: width, indent: 0)
    }

    private func entry(_ row: Documented) -> String {
        let isBoolean = row.type?.form == .boolean
        let names = row.flags.map { isBoolean ? "--[no-]\($0)" : "--\($0)" }.joined(separator: ", ")
        let value = isBoolean ? "" : " " + placeholder(row.type)
        var help = row.help
        if let standard = row.standard, !standard.isEmpty { help += " Default: \(standard)." }
        if !row.environment.isEmpty { help += " Environment: \(row.environment.joined(separator: ", "))." }
        return entry(names + value, help)
    }

    private func placeholder(_ type: TypeDescription?) -> String {
        guard let type else { return "" }
        switch type.form {
        case .list: return "<\(type.name.split(separator: " ").dropFirst(2).joined(separator: " "))>,..."
        case .map: return "<key>=<\(type.name.split(separator: " ").dropFirst(2).joined(separator: " "))>,..."
        case .scalar, .boolean, .section: return "<\(type.name)>"
        }
    }

    private func entry(_ title: String, _ help: String) -> String {
        Wrapped.text(title, width: width, indent: 2) + Wrapped.text(help, width: width, indent: 6)
    }
}
