import SimulatedCluster

extension AccountingEntity where Record == User {
    static var users: Self {
        Self(
            usual: "User,DefaultAccount,AdminLevel",
            writers: [
                "User": { $2.append($0.isInAccounting ? $0.name : .empty) },
                "Name": { user, _, buffer in buffer.append(user.name) },
                "Def Acct": { $2.append($1.cluster.accounts[$0.defaultAccount].name) },
                "Def WCKey": { user, _, buffer in buffer.append(user.defaultWCKey) },
                "Admin": { user, _, buffer in buffer.append(contentsOf: user.adminLevel.rawValue.utf8) },
                "Coord Accounts": { user, report, buffer in
                    let coordinated = report.cluster.accounts.filter { account in
                        account.coordinators.contains { report.cluster.users[$0].uid == user.uid }
                    }
                    buffer.append(coordinated) { $1.append($0.name) }
                },
            ])
    }
}

extension AccountingEntity where Record == Account {
    static var accounts: Self {
        Self(
            usual: "Account,Description,Organization",
            writers: [
                "Account": { account, _, buffer in buffer.append(account.name) },
                "Name": { account, _, buffer in buffer.append(account.name) },
                "Descr": { account, _, buffer in buffer.append(account.description) },
                "Org": { account, _, buffer in buffer.append(account.organization) },
                "ParentName": { account, report, buffer in
                    if account.parent.exists { buffer.append(report.cluster.accounts[account.parent].name) }
                },
                "Coord Accounts": { account, report, buffer in
                    buffer.append(account.coordinators) { $1.append(report.cluster.users[$0].name) }
                },
            ])
    }
}

extension AccountingEntity where Record == RegisteredCluster {
    static var clusters: Self {
        Self(
            usual:
                "Cluster,ControlHost,ControlPort,RPC,FairShare,GrpJ,GrpTRES,GrpS,MaxJ,MaxTRES,MaxS,MaxW,QOS,DefaultQOS",
            writers: [
                "Cluster": { record, _, buffer in buffer.append(record.name) },
                "Name": { record, _, buffer in buffer.append(record.name) },
                "ControlHost": { record, _, buffer in buffer.append(record.host) },
                "ControlPort": { record, _, buffer in buffer.append(decimal: record.port) },
                "RPC": { $2.append(decimal: $1.release.protocolVersion) },
                "Share": { $2.append(UInt8(ascii: "1")) },
                "ID": { $2.append(UInt8(ascii: "2")) },
                "Flags": { $2.append(ascii: "None") },
                "QOS": { record, report, buffer in
                    guard record.isSelf, let root = report.cluster.associations.first else { return }
                    buffer.append(root.qos.map { report.cluster.qos[$0].name }.sorted()) { $1.append($0) }
                },
                "TRES": { record, report, buffer in
                    guard record.isSelf else { return }
                    buffer.append(report.cluster.tres) { tres, buffer in
                        buffer.append(tres.fullName)
                        buffer.append(UInt8(ascii: "="))
                        buffer.append(decimal: tres.count ?? 0)
                    }
                },
                "Federation": { record, _, buffer in
                    if record.isFederated { buffer.append(ascii: "federation") }
                },
                "FedState": { record, _, buffer in buffer.append(record.federationState) },
            ])
    }
}

extension AccountingEntity where Record == TRES {
    static var tres: Self {
        Self(
            usual: "Type,Name%15,ID",
            writers: [
                "Type": { tres, _, buffer in buffer.append(tres.type) },
                "Name": { tres, _, buffer in buffer.append(tres.name) },
                "ID": { tres, _, buffer in buffer.append(decimal: tres.id) },
            ])
    }
}

extension AccountingEntity where Record == WCKey {
    static var wckeys: Self {
        Self(
            usual: "WCKey,Cluster,User",
            writers: [
                "WCKey": { key, _, buffer in buffer.append(key.name) },
                "Name": { key, _, buffer in buffer.append(key.name) },
                "Cluster": { $2.append($1.cluster.parameters.name) },
                "User": { $1.cluster.append(nameOrNumberOf: $0.user, to: &$2) },
                "ID": { key, _, buffer in buffer.append(decimal: key.id) },
            ])
    }
}

extension TRES {
    fileprivate var fullName: Text { name.isEmpty ? type : Text(bytes: type.bytes + [UInt8(ascii: "/")] + name.bytes) }
}
