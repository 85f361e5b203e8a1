/// Where this process stands in the hierarchies of control groups, and where they are mounted; see cgroups(7).
///
/// On a hybrid system a controller is in version 1 or in version 2, never in both.
struct ControlGroups {
    fileprivate struct Membership {
        let controllers: [Substring]
        let path: Substring
    }

    private let memberships: [Membership]
    private let mounts: [Mount]
    private let root: String

    /// - Parameter root: stands before every path that is read.
    init(membership: String, mountinfo: String, root: String) {
        self.memberships = membership.split(separator: "\n").compactMap(Membership.init)
        self.mounts = mountinfo.split(separator: "\n").compactMap(Mount.init).filter { $0.type.hasPrefix("cgroup") }
        self.root = root
    }

    func group(of controller: Substring) -> ControlGroup? {
        if let first = memberships.first(where: { $0.controllers.contains(controller) }) {
            return group(first, .one, mounts.filter { $0.type == "cgroup" && $0.options.contains(controller) })
        }
        return memberships.first { $0.controllers.isEmpty }
            .flatMap { group($0, .two, mounts.filter { $0.type == "cgroup2" }) }
    }

    private func group(
        _ membership: Membership, _ version: ControlGroup.Version, _ mounts: [Mount]
    ) -> ControlGroup? {
        for mount in mounts {
            guard let names = Self.names(from: mount.root, to: membership.path) else { continue }
            return ControlGroup(version: version, mountPoint: root + mount.point, names: names)
        }
        return nil
    }

    /// - Returns: nil when the group is not below what is mounted: `..` leads out of a control group namespace.
    private static func names(from root: String, to path: Substring) -> [Substring]? {
        let (root, path) = (root.split(separator: "/"), path.split(separator: "/"))
        guard path.starts(with: root), !path.contains("..") else { return nil }
        return Array(path.dropFirst(root.count))
    }
}

extension ControlGroups.Membership {
    /// `4:memory:/system.slice/shard.service`, or `0::/…` for version 2.
    fileprivate init?(_ line: Substring) {
        let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        controllers = parts[1].split(separator: ",")
        path = parts[2]
    }
}
