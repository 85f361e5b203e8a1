extension Schema {
    /// The reference of all keys as a Markdown page, a table for each section.
    public func referencePage(title: String, introduction: String) -> String {
        let rows = documented
        var sections: [[String]] = []
        for row in rows where !row.path.isEmpty && !sections.contains(row.section) { sections.append(row.section) }
        let tables = sections.map { section in
            let rows = rows.filter { $0.section == section && !$0.path.isEmpty }
            return heading(section) + ReferenceTable.text(rows)
        }
        let keyless = rows.filter { $0.path.isEmpty }
        let last = keyless.isEmpty ? [] : ["## Without a key\n\n" + ReferenceTable.text(keyless)]
        return (["# \(title)\n\n\(introduction)\n"] + tables + last).joined(separator: "\n")
    }

    private func heading(_ section: [String]) -> String {
        let name = section.isEmpty ? "Top level" : "`\(SettingPath(section))`"
        return "## \(name)\n\n" + (sectionHelp(section).map { "\($0)\n\n" } ?? "")
    }
}

private enum ReferenceTable {
    static func text(_ rows: [Documented]) -> String {
        let head = "| key | type | default | environment | flag | verdict | help |\n|---|---|---|---|---|---|---|\n"
        return head + rows.map(line).joined()
    }

    private static func line(_ row: Documented) -> String {
        let cells = [
            code([row.path]), row.type?.name ?? "", row.isRequired ? "required" : code([row.standard ?? ""]),
            code(row.environment), code(row.flags.map { "--\($0)" }), verdict(row), help(row),
        ]
        return "| " + cells.map(escaped).joined(separator: " | ") + " |\n"
    }

    private static func verdict(_ row: Documented) -> String {
        switch row.verdict {
        case .works: "works"
        case .alias: "another name of \(code([row.target ?? ""]))"
        case .ignored: "no effect"
        case .refused: "refused"
        }
    }

    private static func help(_ row: Documented) -> String {
        switch row.verdict {
        case .alias where row.help.isEmpty: ""
        case .works, .alias: row.help + (row.type.map { " Write \($0.allowed)." } ?? "")
        case .ignored(let why), .refused(let why): why
        }
    }

    private static func code(_ words: [String]) -> String {
        words.filter { !$0.isEmpty }.map { "`\($0)`" }.joined(separator: ", ")
    }

    private static func escaped(_ cell: String) -> String {
        String(cell.flatMap { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) })
    }
}
