import Testing

@testable import HTTPServer

struct NumberListsTests {
    @Test func eachListKeepsItsOrder() {
        var lists = NumberLists(count: 2)
        for number in 0..<10 { lists.append(number, to: number % 2) }
        for number in [0, 4, 8, 3] { lists.remove(number) }
        lists.append(4, to: 0)
        #expect(lists.numbers(in: 0) == [2, 6, 4])
        #expect(lists.numbers(in: 1) == [1, 5, 7, 9])
        #expect(lists.first(in: 0) == 2)
    }

    @Test func aNumberIsInOneListAtMost() {
        var lists = NumberLists(count: 2)
        lists.append(7, to: 0)
        lists.append(7, to: 1)
        lists.append(7, to: 1)
        #expect(lists.numbers(in: 0) == [] && lists.numbers(in: 1) == [7])
        lists.remove(7)
        lists.remove(7)
        lists.remove(1000)
        #expect(lists.first(in: 1) == nil && !lists.contains(7))
    }

    /// Beside arrays, which are the same but slow.
    @Test func manyStepsAgreeWithArrays() {
        var lists = NumberLists(count: 3)
        var arrays: [[Int]] = [[], [], []]
        for _ in 0..<2000 {
            let (number, list) = (Int.random(in: 0..<20), Int.random(in: 0..<3))
            for index in arrays.indices { arrays[index].removeAll { $0 == number } }
            if Bool.random() {
                lists.append(number, to: list)
                arrays[list].append(number)
            } else {
                lists.remove(number)
            }
            #expect((0..<3).map { lists.numbers(in: $0) } == arrays)
        }
    }
}
