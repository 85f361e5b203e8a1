import Foundation

/// The cluster's users, and what accounting knows of them.
enum People {
    /// In the order of their user ids. `gus` is unknown to slurmrestd and to the commands: they show a number.
    static let names = ["ada", "ben", "cleo", "dan", "eva", "finn", "gus"]
    static let stranger = "gus"
    static let group = 20_000

    static func identifier(of name: String) -> Int? {
        names.firstIndex(of: name).map { group + 1 + $0 }
    }

    /// What getpwnam reads, the host's own users included: Slurm's daemons run as some of them.
    static func passwords(without stranger: String? = nil) throws -> String {
        let ours = names.filter { $0 != stranger }.map { name in
            "\(name):x:\(identifier(of: name)!):\(group):\(name):/tmp:/bin/sh\n"
        }
        return try String(contentsOfFile: "/etc/passwd", encoding: .utf8) + ours.joined()
    }

    static func groups() throws -> String {
        try String(contentsOfFile: "/etc/group", encoding: .utf8)
            + "hpc:x:\(group):\(names.joined(separator: ","))\n"
    }

    /// The whole tree in the form of `sacctmgr dump`: one call, where each `sacctmgr add` takes half a second.
    static let associations = """
        Cluster - '\(SlurmConfiguration.clusterName)':Fairshare=1:QOS='normal'
        Parent - 'root'
        User - 'root':DefaultAccount='root':AdminLevel='Administrator':Fairshare=1
        Account - 'physics':Description='Physics':Organization='science':Fairshare=60
        Account - 'bio':Description='Biology, \\"wet\\" and dry':Organization='science':Fairshare=30:GrpTRES=cpu=400
        Account - 'ops':Description='Operations':Organization='it':Fairshare=1
        Account - 'idle':Description='Nobody yet':Organization='it':Fairshare=9
        Parent - 'physics'
        Account - 'hep':Description='Particles':Organization='science':Fairshare=20:GrpTRES=cpu=24:GrpJobs=50
        User - 'ada':DefaultAccount='physics':Fairshare=3:QOS='normal,high,debug'
        User - 'ben':DefaultAccount='hep':Fairshare=1:QOS='normal,low'
        Parent - 'hep'
        User - 'ben':DefaultAccount='hep':Fairshare=2:QOS='normal,low'
        User - 'finn':DefaultAccount='hep':Fairshare=1:QOS='normal':MaxSubmitJobs=3
        Parent - 'bio'
        User - 'cleo':Coordinator='bio':DefaultAccount='bio':Fairshare=1:QOS='normal,high,low':MaxWall=7200
        User - 'dan':DefaultAccount='bio':Fairshare=1:QOS='normal':MaxJobs=1
        Parent - 'ops'
        User - 'eva':DefaultAccount='ops':AdminLevel='Operator':Fairshare=1:QOS='normal,debug'
        User - 'gus':DefaultAccount='ops':Fairshare=1:QOS='normal'

        """

    static let qualities = [
        ["high", "Priority=1000", "MaxWall=12:00:00", "MaxTRESPerUser=cpu=64"],
        ["low", "Priority=1", "Flags=NoReserve", "GrpJobs=200"],
        ["debug", "Priority=5000", "MaxJobsPerUser=1", "MaxWall=00:30:00"],
        ["gpu", "Flags=DenyOnLimit"],
    ]
}
