extension Simulation {
    mutating func addMenagerie() {}
}
