/// Lists of small numbers, each of which is in one list at most: whatever is done to a list costs the same however long
/// it is, and a number costs the same however often it comes and goes.
struct NumberLists {
    private struct Link {
        var list: Int32 = none
        var previous: Int32 = none
        var next: Int32 = none
    }

    private struct Ends {
        var first: Int32 = none
        var last: Int32 = none
    }

    private static let none: Int32 = -1

    private var links: [Link] = []
    private var lists: [Ends]

    init(count: Int) {
        lists = Array(repeating: Ends(), count: count)
    }

    func contains(_ number: Int) -> Bool {
        links.indices.contains(number) && links[number].list != Self.none
    }

    func first(in list: Int) -> Int? {
        Self.number(lists[list].first)
    }

    func numbers(in list: Int) -> [Int] {
        Array(
            sequence(state: lists[list].first) { next in
                guard let number = Self.number(next) else { return nil }
                next = links[number].next
                return number
            })
    }

    /// Takes it out of the list in which it was.
    mutating func append(_ number: Int, to list: Int) {
        remove(number)
        while links.count <= number { links.append(Link()) }
        let last = lists[list].last
        links[number] = Link(list: Int32(list), previous: last)
        setNext(of: last, in: list, to: Int32(number))
        lists[list].last = Int32(number)
    }

    /// Does nothing if it is in no list.
    mutating func remove(_ number: Int) {
        guard contains(number) else { return }
        let link = links[number]
        setNext(of: link.previous, in: Int(link.list), to: link.next)
        if let next = Self.number(link.next) {
            links[next].previous = link.previous
        } else {
            lists[Int(link.list)].last = link.previous
        }
        links[number] = Link()
    }

    private mutating func setNext(of previous: Int32, in list: Int, to next: Int32) {
        if let previous = Self.number(previous) {
            links[previous].next = next
        } else {
            lists[list].first = next
        }
    }

    private static func number(_ link: Int32) -> Int? {
        link == none ? nil : Int(link)
    }
}
