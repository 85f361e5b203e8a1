import YAML

extension CommandLineSyntax {
    /// Understands `--name value`, `--name=value`, `--name` and `--no-name` for booleans, all of them also with one dash as
    /// Go programs have it, and `--` before operands that start with a dash. Asking for help wins over everything else.
    ///
    /// - Parameter arguments: without the program's name.
    public func parse(_ arguments: [String]) throws(UsageError) -> Invocation<Command> {
        let options = arguments.prefix { $0 != "--" }
        if options.contains(where: isHelp) { return help(options) }
        var pass = CommandLinePass(syntax: self, rest: arguments[...])
        while let argument = pass.rest.popFirst() { try pass.take(argument) }
        return try pass.finish()
    }

    private func isHelp(_ argument: String) -> Bool { ["-h", "-help", "--help"].contains(argument) }

    private func help(_ arguments: ArraySlice<String>) -> Invocation<Command> {
        let named = arguments.lazy.compactMap { Command(rawValue: $0) }.first
        return Invocation(request: .help, command: named ?? standard)
    }
}

private struct CommandLinePass<Command: RawRepresentable<String> & Hashable & Sendable> {
    let syntax: CommandLineSyntax<Command>
    var rest: ArraySlice<String>
    private var request = Invocation<Command>.Request.proceed
    private var command: Command?
    private var operands: [String] = []
    private var configurationPath: String?
    private var flags: [FlagOccurrence] = []
    private var areFlagsOver = false

    init(syntax: CommandLineSyntax<Command>, rest: ArraySlice<String>) {
        self.syntax = syntax
        self.rest = rest
    }

    mutating func take(_ argument: String) throws(UsageError) {
        if areFlagsOver || argument == "-" || !argument.hasPrefix("-") { return try takeWord(argument) }
        if argument == "--" {
            areFlagsOver = true
            return
        }
        let text = argument.drop { $0 == "-" }
        guard argument.count - text.count <= 2 else { throw unknown(argument) }
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        try takeFlag(String(parts.first ?? ""), value: parts.count == 2 ? String(parts[1]) : nil, as: argument)
    }

    func finish() throws(UsageError) -> Invocation<Command> {
        let command = command ?? syntax.standard
        let wanted = syntax.words.first { $0.command == command }?.operands ?? []
        if request == .proceed {
            if operands.count > wanted.count {
                throw UsageError(description: "unexpected argument \(Shown.quoted(operands[wanted.count]))")
            }
            if let missing = wanted.dropFirst(operands.count).first, missing.isRequired {
                throw UsageError(description: "\(command.rawValue) needs \(missing.name)")
            }
        }
        return Invocation(
            request: request, command: command, operands: operands, configurationPath: configurationPath, flags: flags)
    }

    private mutating func takeWord(_ word: String) throws(UsageError) {
        if command != nil { return operands.append(word) }
        guard let known = Command(rawValue: word), syntax.words.contains(where: { $0.command == known }) else {
            let words = syntax.words.map(\.command.rawValue)
            let near = Nearest.to(word, among: words)
            let advice = near.map { "did you mean \"\($0)\"?" } ?? "known are \(Shown.list(words))"
            throw UsageError(description: "unknown command \(Shown.quoted(word)): \(advice)")
        }
        command = known
    }

    private mutating func takeFlag(_ name: String, value: String?, as argument: String) throws(UsageError) {
        let canonical = Flag.canonical(name)
        switch canonical {
        case "version": request = .version
        case "config", "config.file":
            guard configurationPath == nil else { throw UsageError(description: "--config is given twice") }
            configurationPath = try self.value(value, of: name)
        default:
            if let flag = syntax.flags[canonical] {
                let value = try self.value(value ?? (flag.isBoolean ? "true" : nil), of: name)
                return flags.append(FlagOccurrence(name, value))
            }
            try takeNegation(canonical, value: value, as: argument)
        }
    }

    private mutating func takeNegation(_ name: String, value: String?, as argument: String) throws(UsageError) {
        guard name.hasPrefix("no-"), let flag = syntax.flags[String(name.dropFirst(3))], flag.isBoolean else {
            throw unknown(argument)
        }
        guard value == nil else { throw UsageError(description: "--\(name) takes no value") }
        flags.append(FlagOccurrence(String(name.dropFirst(3)), "false"))
    }

    /// The value may start with a dash, as a negative number does, unless it is a flag itself.
    private mutating func value(_ given: String?, of name: String) throws(UsageError) -> String {
        if let given { return given }
        guard let value = rest.first, !value.hasPrefix("--"), !isFlag(value) else {
            throw UsageError(description: "--\(name) needs a value")
        }
        rest.removeFirst()
        return value
    }

    private func isFlag(_ argument: String) -> Bool {
        guard argument.hasPrefix("-") else { return false }
        return syntax.flags[Flag.canonical(argument.dropFirst().prefix { $0 != "=" })] != nil
    }

    private func unknown(_ argument: String) -> UsageError {
        let name = argument.drop { $0 == "-" }.prefix { $0 != "=" }
        let names = syntax.flags.keys.sorted() + ["config", "help", "version"]
        let near = Nearest.to(Flag.canonical(name), among: names)
        return UsageError(
            description: "unknown flag \(Shown.quoted("--" + name))" + (near.map { ": did you mean --\($0)?" } ?? ""))
    }
}
