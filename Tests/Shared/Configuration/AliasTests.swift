import Configuration
import TestSupport
import Testing

/// Names with a form of their own, and what differs between two configurations.
struct AliasTests {
    struct Keys: Sendable, Equatable {
        var token: Secret?
        var names: [String] = []
        var limit: Int?
        var once = false
    }

    private let schema = Schema(Keys(), environmentPrefix: "DEMO") {
        Setting("token", \.token, .secret, "What is shown.", environment: "DEMO_JWT")
        Alias("token_file", of: \.token, as: .secretFile(.mayComeLater), "Where it is.", environment: "JWT_FILE")
        Setting("names", \.names, .list(of: .string), "Names.")
        Setting("limit", \.limit, .integer, "A limit.")
        Alias("bound", of: \.limit)
        Option("once", \.once, .boolean, "Once.")
    }

    private func load(
        _ text: String = "", environment: [String: String] = [:], flags: [FlagOccurrence] = []
    ) throws -> Loaded<Keys> {
        try schema.load(file: file(text), environment: environment, flags: flags)
    }

    private func errors(
        _ text: String = "", environment: [String: String] = [:], flags: [FlagOccurrence] = []
    ) -> String {
        do {
            _ = try load(text, environment: environment, flags: flags)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func anotherFormSetsTheSame() throws {
        let secret = Secret(file: "/a/b")
        #expect(try load("token_file: /a/b").settings.token == secret)
        #expect(try load(environment: ["DEMO_TOKEN_FILE": "/a/b"]).settings.token == secret)
        #expect(try load(environment: ["JWT_FILE": "/a/b"]).settings.token == secret)
        #expect(try load(flags: [FlagOccurrence("token-file", "/a/b")]).settings.token == secret)
        #expect(try load("token: x", environment: ["JWT_FILE": "/a/b"]).settings.token == secret)
        #expect(try load("token_file: /a/b", environment: ["DEMO_JWT": "x"]).settings.token == Secret("x"))
        #expect(try load("token_file: unset").settings.token == nil)
    }

    @Test func itsOriginIsThatOfTheSetting() throws {
        #expect(schema.effective(try load("\ntoken_file: /a/b")).contains(/token: <secret> +# slurm.yaml:2/))
        let named = try load(environment: ["JWT_FILE": "/a/b"])
        #expect(schema.effective(named).contains(/token: <secret> +# JWT_FILE/))
    }

    @Test func oneSourceSaysItInOneForm() {
        #expect(errors("token: a\ntoken_file: /b").contains("token_file: token at line 1 and token_file are two names"))
        #expect(
            errors(environment: ["DEMO_JWT": "a", "JWT_FILE": "/b"])
                == "JWT_FILE: token_file: DEMO_JWT and JWT_FILE set the same: keep one of them")
        #expect(
            errors("token_file: b")
                == "slurm.yaml:1: token_file: \"b\" has no absolute path: write the absolute path of a file, or unset")
        #expect(errors("tokn_file: /b").contains("did you mean \"token_file\"?"))
    }

    @Test func itIsDocumentedWithItsForm() {
        let page = schema.referencePage(title: "Demo", introduction: "")
        #expect(
            page.contains(
                "| `token_file` | file |  | `JWT_FILE`, `DEMO_TOKEN_FILE` | `--token-file` | another name of `token` | Where it is. Write the absolute path of a file, or unset. |\n"
            ))
        #expect(page.contains("| `bound` | whole number |  |  |  | another name of `limit` |  |\n"))
    }

    @Test func changesAreKeysWhoseValuesDiffer() throws {
        let old = try load("{token: a, names: [x]}").settings
        let new = try load("{token: b, names: [x, y], bound: 5}", flags: [FlagOccurrence("once", "true")]).settings
        #expect(schema.changes(from: old, to: new) == ["token", "names", "limit"])
        #expect(schema.changes(from: old, to: try load("{token: a, names: [x]}").settings).isEmpty)
    }
}
