import SimulatedCluster
struct Sacctmgr {
    init(_ session: Session, _ arguments: ArraySlice<Text>) throws(CommandFailure) {}
    func run(_ session: inout Session) throws(CommandFailure) {}
}
