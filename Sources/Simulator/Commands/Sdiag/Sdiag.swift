import SimulatedCluster
struct Sdiag {
    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {}
    func run(_ session: inout Session) throws(CommandFailure) {}
}
