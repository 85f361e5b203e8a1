/// Numbers by name, in the order of the names; as JSON an object. A name that isn't there counts 0.
public struct Counts: Equatable, Sendable {
    public private(set) var entries: [(name: String, count: Int)] = []

    public init() {}

    public static func == (left: Counts, right: Counts) -> Bool {
        left.entries.elementsEqual(right.entries) { $0 == $1 }
    }

    public subscript(_ name: String) -> Int {
        let place = place(of: name)
        return place < entries.count && entries[place].name == name ? entries[place].count : 0
    }

    public var total: Int { entries.reduce(0) { $0 + $1.count } }

    mutating func add(_ count: Int, to name: String) {
        guard count != 0 else { return }
        let place = place(of: name)
        if place < entries.count, entries[place].name == name {
            entries[place].count += count
        } else {
            entries.insert((name, count), at: place)
        }
    }

    mutating func raise(_ name: String, to count: Int) {
        add(max(0, count - self[name]), to: name)
    }

    private func place(of name: String) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Counts: Codable {
    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) { nil }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        for key in container.allKeys { add(try container.decode(Int.self, forKey: key), to: key.stringValue) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for entry in entries { try container.encode(entry.count, forKey: Name(stringValue: entry.name)) }
    }
}
