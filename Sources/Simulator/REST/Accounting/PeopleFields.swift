import SimulatedCluster

/// An account with its associations, which only show when they are asked for.
struct AccountRecord: Sendable {
    let account: Account
    let associations: [Ref<Association>]
    let coordinators: [Ref<User>]
}

/// `/slurmdb/v0.0.N/accounts`, in the order of the document.
enum AccountFields {
    static let all: [Field<AccountRecord>] = [
        .value("associations") { $2.associations($0.associations, $1) },
        .value("coordinators") { record, source, writer in
            writer.list(record.coordinators) { $1.coordinator(source.name(of: $0)) }
        },
        .text("description") { record, _ in record.account.description },
        .text("name") { record, _ in record.account.name },
        .text("organization") { record, _ in record.account.organization },
        .constant("flags", words: []),
    ]
}

/// A user with their associations, the accounts that they coordinate and their keys.
struct UserRecord: Sendable {
    let user: User
    let associations: [Ref<Association>]
    let coordinates: [Ref<Account>]
    let wckeys: [WCKey]
}

/// `/slurmdb/v0.0.N/users`, in the order of the document.
enum UserFields {
    static let all: [Field<UserRecord>] = [
        .string("administrator_level", .upTo(.v38)) { record, _, buffer in
            buffer.append(contentsOf: record.user.adminLevel.rawValue.utf8)
        },
        .value("administrator_level", .since(.v39)) { record, _, writer in
            writer.list(CollectionOfOne(record.user.adminLevel.rawValue)) { $1.string($0) }
        },
        .value("associations") { $2.associations($0.associations, $1) },
        .value("coordinators") { record, source, writer in
            writer.list(record.coordinates) { $1.coordinator(source.name(of: $0)) }
        },
        .constant("default/qos", .since(.v44), integer: 0),
        .text("default/account") { $1.name(of: $0.user.defaultAccount) },
        .text("default/wckey") { record, _ in record.user.defaultWCKey },
        .constant("flags", .upTo(.v38), words: []),
        .constant("flags", .since(.v39), words: ["NONE"]),
        .text("name") { record, _ in record.user.name },
        .empty("old_name", .since(.v39)),
        .value("wckeys", .since(.v39)) { record, source, writer in
            let plan = Plan(WCKeyFields.all, in: source.dialect, depth: writer.depth + 1)
            writer.list(record.wckeys) { plan.write($0, source, to: &$1) }
        },
    ]
}

/// `/slurmdb/v0.0.N/wckeys`, in the order of the document.
enum WCKeyFields {
    static let all: [Field<WCKey>] = [
        .constant("accounting", words: []),
        .text("cluster") { $1.cluster.parameters.name },
        .integer("id") { wckey, _ in Int(wckey.id) },
        .text("name") { wckey, _ in wckey.name },
        .text("user") { $1.name(of: $0.user) },
        .constant("flags", words: []),
    ]
}

extension JSONWriter {
    fileprivate mutating func associations(_ associations: [Ref<Association>], _ source: Source) {
        list(associations) { $1.reference(to: source.cluster.associations[$0], source) }
    }

    fileprivate mutating func coordinator(_ name: Text) {
        object { writer in
            writer.key("name")
            writer.text(name)
            writer.key("direct")
            if writer.dialect.version <= .v38 { writer.integer(1) } else { writer.bool(true) }
        }
    }
}
