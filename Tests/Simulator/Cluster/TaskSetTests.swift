import Testing

@testable import SimulatedCluster

struct TaskSetTests {
    @Test func takesTasksFromTheFront() {
        var set = TaskSet(1...9, by: 2)
        #expect(set.count == 5)
        #expect(set.removeFirst() == 1)
        #expect(Array(set.ids) == [3, 5, 7, 9])
    }
}
