/// One of an answer's `errors`.
struct Fault: Sendable {
    let description: String
    let number: Int
    /// Slurm's own text for the number.
    let error: String
    let source: String
    /// Nodes, partitions and reservations of v0.0.38 have `error` and `errno` alone.
    var isBrief = false

    static let invalidQuery = (number: 9000, error: "Query empty or not RFC7320 compliant")
    static let badToken = (number: 1007, error: "Protocol authentication error")
    static let noContact = (number: 1800, error: "Unable to contact slurm controller (connect failure)")
    static let timeout = (number: 5004, error: "Socket timed out on send/recv operation")
    static let nothingFound = (number: 9003, error: "Nothing found with query")
}

struct Warning: Sendable {
    let description: String
    let source: String
}

extension JSONWriter {
    mutating func fault(_ fault: Fault) {
        object { writer in
            if fault.isBrief {
                writer.member("error", fault.error)
                writer.member("errno", fault.number)
            } else {
                writer.member("description", fault.description)
                writer.member("error_number", fault.number)
                writer.member("error", fault.error)
                writer.member("source", fault.source)
            }
        }
    }

    mutating func warning(_ warning: Warning) {
        object { writer in
            writer.member("description", warning.description)
            writer.member("source", warning.source)
        }
    }

    mutating func member(_ name: StaticString, _ text: String) {
        key(name)
        string(text)
    }

    mutating func member(_ name: StaticString, _ number: Int) {
        key(name)
        integer(number)
    }
}
