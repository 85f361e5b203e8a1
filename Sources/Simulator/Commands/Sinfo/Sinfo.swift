import SimulatedCluster
struct Sinfo {
    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {}
    func run(_ session: inout Session) throws(CommandFailure) {}
}
