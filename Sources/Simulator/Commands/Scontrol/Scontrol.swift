import SimulatedCluster
struct Scontrol {
    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {}
    func run(_ session: inout Session) throws(CommandFailure) {}
}
