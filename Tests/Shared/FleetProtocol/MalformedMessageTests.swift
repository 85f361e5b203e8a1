import FleetProtocol
import Testing

/// What is wrong with a message is said in words, by the names that stand in it.
struct MalformedMessageTests {
    private static let rest = #""isReady": true, "isDraining": false, "refusals": [], "unreachable": []"#

    private func reason(_ text: String) -> String? {
        do throws(MalformedMessage) {
            _ = try FleetMessage.decode(Heartbeat.self, from: Array(text.utf8))
            return nil
        } catch {
            return error.reason
        }
    }

    @Test(arguments: [
        ("", "is empty"),
        ("{", #"isn't JSON: "{""#),
        ("<p>\u{1b}", #"isn't JSON: "<p>\u{1B}""#),
        ("[]", "is not an object"),
        ("null", "is null"),
        ("{}", "has no 'nonce'"),
        (#"{"nonce": 1}"#, "can't be read: 'nonce' is not a text"),
        (#"{"nonce": null}"#, "can't be read: 'nonce' is null"),
        (#"{"nonce": "n"}"#, "has no 'port'"),
        (#"{"nonce": "n", "port": "x"}"#, "can't be read: 'port' is not a number"),
        (#"{"nonce": "n", "port": 1.5}"#, "can't be read: a number or a text in it is out of bounds"),
        (#"{"nonce": "n", "port": 1, "isReady": 1}"#, "can't be read: 'isReady' is not true or false"),
        (#"{"nonce": "n", "port": 1, "slices": {}, \#(rest)}"#, "can't be read: 'slices' is not a list"),
        (#"{"nonce": "n", "port": 1, "slices": [{}], \#(rest)}"#, "has no 'slices[0].id'"),
        (
            #"{"nonce": "n", "port": 1, "slices": [{"id": "a", "state": "lazy"}], \#(rest)}"#,
            "can't be read: 'slices[0].state' has a value that isn't known"
        ),
    ])
    func isSaidInWords(_ text: String, _ words: String) {
        #expect(reason(text) == words)
    }

    @Test func isQuotedInPart() {
        let reason = reason(String(repeating: "<", count: 100_000))
        #expect(reason.map { $0.hasPrefix("isn't JSON: \"<<") && $0.utf8.count < 120 } == true)
    }
}
