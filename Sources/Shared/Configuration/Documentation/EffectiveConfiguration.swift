extension Schema {
    /// All settings that hold, as YAML that can be read again, with a comment on each that says where it came from.
    ///
    /// Secrets show as `<secret>`, which is refused when it is read.
    public func effective(_ loaded: Loaded<Root>) -> String {
        guard case .map(let entries) = write(loaded.settings) else { return "" }
        var text = EffectiveText(origins: loaded.origins)
        text.add(entries, SettingPath(), indent: 0)
        return text.lines
    }
}

private struct EffectiveText {
    let origins: Origins
    private(set) var lines = ""
    private static let column = 56

    init(origins: Origins) {
        self.origins = origins
    }

    mutating func add(
        _ entries: [(key: String, value: Written)], _ path: SettingPath, indent: Int, bullet: Bool = false
    ) {
        for (index, entry) in entries.enumerated() {
            let margin = String(repeating: " ", count: bullet && index == 0 ? indent - 2 : indent)
            add(entry, path.appending([entry.key]), margin: margin + (bullet && index == 0 ? "- " : ""), indent)
        }
    }

    private mutating func add(
        _ entry: (key: String, value: Written), _ path: SettingPath, margin: String, _ indent: Int
    ) {
        let key = margin + Written.quoted(entry.key) + ":"
        switch entry.value {
        case .map(let entries) where !entries.isEmpty:
            lines += key + "\n"
            add(entries, path, indent: indent + 2)
        case .list(let items) where items.contains(where: \.isMap):
            lines += key + "\n"
            for (index, item) in items.enumerated() {
                guard case .map(let entries) = item else { continue }
                var path = path
                path.steps.append(.index(index))
                add(entries, path, indent: indent + 4, bullet: true)
            }
        case .literal, .text, .secret, .list, .map:
            add(key + " " + entry.value.flow, origins[path.description] ?? .standard)
        }
    }

    private mutating func add(_ line: String, _ origin: Origin) {
        let gap = String(repeating: " ", count: max(1, EffectiveText.column - line.count))
        lines += "\(line)\(gap)# \(origin)\n"
    }
}

extension Written {
    fileprivate var isMap: Bool {
        if case .map = self { true } else { false }
    }
}
