import SimulatedCluster
struct Sacct {
    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {}
    func run(_ session: inout Session) throws(CommandFailure) {}
}
