import Slurm

/// Users and accounts that have no series of their own.
struct ExcludedOwners: Sendable {
    private let users: Set<String>
    private let accounts: Set<String>

    init(_ settings: CollectionSettings) {
        users = Set(settings.users.excluded)
        accounts = Set(settings.accounts.excluded)
    }

    func contains(user: Symbol, account: Symbol, _ symbols: borrowing Symbols) -> Bool {
        guard !(users.isEmpty && accounts.isEmpty) else { return false }
        return !user.isEmpty && users.contains(symbols[user]) || accounts.contains(symbols[account])
    }
}
