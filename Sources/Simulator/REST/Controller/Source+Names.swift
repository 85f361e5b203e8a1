import SimulatedCluster

/// What a reference stands for, empty or 0 where it stands for nothing.
extension Source {
    func name(of account: Ref<Account>) -> Text { account.exists ? cluster.accounts[account].name : .empty }
    func name(of qos: Ref<QOS>) -> Text { qos.exists ? cluster.qos[qos].name : .empty }
    func name(of partition: Ref<Partition>) -> Text { partition.exists ? cluster.partitions[partition].name : .empty }
    func name(of user: Ref<User>) -> Text { user.exists ? cluster.users[user].name : .empty }
    func name(of reservation: Ref<Reservation>) -> Text {
        reservation.exists ? cluster.reservations[reservation].name : .empty
    }

    func id(of association: Ref<Association>) -> Int {
        association.exists ? Int(cluster.associations[association].id) : 0
    }
}

extension JSONWriter {
    /// A name that slurmrestd's host may not know: null up to v0.0.38, empty since.
    mutating func hostName(_ name: Text) {
        record(name)
    }
}
