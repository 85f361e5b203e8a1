/// libyaml's messages name its own productions ("did not find expected key"); these say what to look for in the text.
enum Wording {
    /// Falls back to libyaml's own text.
    static func of(_ problem: String, context: String, character: UInt8?) -> String {
        switch (problem, character) {
        case ("found character that cannot start any token", UInt8(ascii: "\t")): tab
        case ("found character that cannot start any token", let character?):
            "text can't start with \(Character(Unicode.Scalar(character))) here: put it in quotes"
        case ("did not find expected node content", UInt8(ascii: "%")): "text can't start with % here: put it in quotes"
        default: table[problem] ?? (context.isEmpty ? problem : "\(problem) \(context)")
        }
    }

    /// Whether it helps to name the line at which this began.
    static func opens(_ context: String) -> Bool {
        context.hasPrefix("while parsing") || context == "while scanning a quoted scalar"
    }

    private static let tab = "a tab can't indent: use spaces"
    private static let indentation = "this doesn't continue the lines above: check the indentation, and that "

    private static let table = [
        "mapping values are not allowed in this context":
            "a colon is not expected here: check the indentation, and put text that contains \": \" in quotes",
        "mapping keys are not allowed in this context": "a key is not expected here: check the indentation",
        "block sequence entries are not allowed in this context":
            "a \"- \" item is not expected here: start the list on a line of its own",
        "did not find expected key": indentation + "quotes and brackets are closed",
        "did not find expected '-' indicator": indentation + "every item starts with \"- \"",
        "could not find expected ':'": "a key needs a colon and a space after it",
        "found unexpected end of stream": "the text ends inside quotes",
        "did not find expected ',' or ']'": "a list in [ ] lacks a comma or its closing bracket",
        "did not find expected ',' or '}'": "a section in { } lacks a comma or its closing brace",
        "did not find expected node content": "a value is missing, or starts with a character that needs quotes",
        "did not find expected <document start>": "nothing may follow the document's only value",
        "found a tab character that violates indentation": tab,
        "found a tab character where an indentation space is expected": tab,
        "found unknown escape character":
            "this \\ escape is unknown in double quotes: write \\\\, or use single quotes",
        "found unexpected document indicator": "a document marker stands inside quotes",
        "found unexpected ':'": "a colon stands inside plain text: put the text in quotes",
        "control characters are not allowed":
            "a control character is not allowed (a NUL byte where the file is UTF-16 without a byte order mark)",
        "invalid leading UTF-8 octet": "this is not UTF-8",
        "invalid trailing UTF-8 octet": "this is not UTF-8",
        "incomplete UTF-8 octet sequence": "this is not UTF-8: the last character is incomplete",
        "invalid Unicode character": "this is no Unicode character",
        "invalid length of a UTF-8 sequence": "this is not UTF-8",
        "found incompatible YAML document": "only YAML 1.1 and 1.2 can be read",
    ]
}
