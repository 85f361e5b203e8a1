/// The configuration files of one cluster, and where its daemons find them.
struct SlurmConfiguration: Sendable {
    static let clusterName = "real"

    let place: ClusterPlace
    let plan: ClusterPlan
    let hardware: Hardware
    let host: String

    func write() throws {
        try place.write(slurm.joined(separator: "\n") + "\n", to: "slurm.conf")
        try place.write(Hardware.gres, to: "gres.conf")
        try place.write(epilog, to: "epilog", mode: 0o755)
        try place.write(People.associations, to: "associations")
        try place.write(try People.passwords(), to: "passwd")
        try place.write(try People.passwords(without: People.stranger), to: "passwd.clients")
        try place.write(try People.groups(), to: "group")
        try writeSecrets()
        let database = try place.write(self.database.joined(separator: "\n") + "\n", to: "slurmdbd.conf")
        try place.give(database, to: "slurm", mode: 0o600)
    }

    private func writeSecrets() throws {
        let random = { (0..<64).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement()! } }
        try place.write(String(random()), to: "munge.key", mode: 0o600)
        try place.write(String(random()), to: "token.key", mode: 0o600)
        try place.give(place.tokenKey, to: "slurm", mode: 0o600)
    }

    private var authentication: [String] {
        [
            "AuthType=auth/munge",
            "AuthInfo=socket=\(place.mungeSocket)",
            "AuthAltTypes=auth/jwt",
            "AuthAltParameters=jwt_key=\(place.tokenKey)",
        ]
    }

    private var slurm: [String] {
        ["ClusterName=\(Self.clusterName)"] + authentication + network + files + behaviour + scheduling + accounting
            + hardware.lines
    }

    private var network: [String] {
        [
            "SlurmctldHost=\(host)(127.0.0.1)",
            "SlurmctldPort=\(place.controllerPort)",
            "CommunicationParameters=NoCtldInAddrAny,NoInAddrAny",
            "MessageTimeout=\(plan.messageTimeout.components.seconds)",
            "TreeWidth=65533",
        ]
    }

    private var files: [String] {
        [
            "StateSaveLocation=\(place.path(.controller))",
            "SlurmdSpoolDir=\(place.path(.nodes, "%n"))",
            "SlurmctldPidFile=\(place.path(.controller, "pid"))",
            "SlurmdPidFile=\(place.path(.nodes, "%n.pid"))",
            "SlurmctldLogFile=\(place.path(.logs, "slurmctld"))",
            "SlurmdLogFile=\(place.path(.logs, "slurmd.%n"))",
            "Epilog=\(place.path(.configuration, "epilog"))",
        ]
    }

    /// Nothing is asked of the kernel that a container may not have, and nothing changes by itself: a node that is slow
    /// to answer isn't taken for dead, and an ended job stays in the list.
    private var behaviour: [String] {
        [
            "SlurmUser=slurm",
            "ProctrackType=proctrack/linuxproc",
            "TaskPlugin=task/none",
            "JobAcctGatherType=jobacct_gather/none",
            "SwitchType=switch/none",
            "MpiDefault=none",
            "PropagateResourceLimits=NONE",
            "SlurmdParameters=config_overrides",
            "SlurmdTimeout=0",
            "InactiveLimit=0",
            "KillWait=2",
            "MinJobAge=86400",
            "MaxJobCount=200000",
            "MaxArraySize=100001",
            "ReturnToService=1",
            "PrivateData=cloud",
            "SuspendProgram=/bin/true",
            "ResumeProgram=/bin/true",
            "RebootProgram=/bin/true",
            "SuspendTime=864000",
            "ResumeTimeout=3600",
        ]
    }

    private var scheduling: [String] {
        let seconds = plan.schedulingInterval.components.seconds
        return [
            "SchedulerType=sched/backfill",
            "SchedulerParameters=bf_interval=\(seconds),sched_interval=\(seconds),default_queue_depth=1000",
            "SelectType=select/cons_tres",
            "SelectTypeParameters=CR_Core_Memory",
            "GresTypes=gpu",
            "Licenses=matlab:10,ansys:4",
            "PriorityType=priority/multifactor",
            "PriorityCalcPeriod=00:01:00",
            "PriorityWeightAge=1000",
            "PriorityWeightFairshare=10000",
            "PriorityWeightPartition=1000",
            "PriorityWeightQOS=2000",
        ]
    }

    private var accounting: [String] {
        [
            "AccountingStorageType=accounting_storage/slurmdbd",
            "AccountingStorageHost=localhost",
            "AccountingStoragePort=\(place.databasePort)",
            "AccountingStoragePass=\(place.mungeSocket)",
            "AccountingStorageEnforce=associations,limits,qos",
            "AccountingStorageTRES=gres/gpu,gres/gpu:a100,gres/gpu:t4,license/matlab",
            "AccountingStoreFlags=job_comment",
        ]
    }

    private var database: [String] {
        authentication + [
            "DbdHost=localhost",
            "DbdAddr=127.0.0.1",
            "DbdPort=\(place.databasePort)",
            "CommunicationParameters=NoInAddrAny",
            "SlurmUser=slurm",
            "PidFile=\(place.path(.mariadb, "slurmdbd.pid"))",
            "LogFile=\(place.path(.logs, "slurmdbd"))",
            "StorageType=accounting_storage/mysql",
            "StorageHost=localhost",
            "StorageUser=slurm",
            "StorageLoc=accounting",
        ]
    }

    /// A job for which there is a file goes on completing until somebody removes it.
    private var epilog: String {
        """
        #!/bin/sh
        while [ -e "\(place.path(.jobs))/completing-$SLURM_JOB_ID" ]; do sleep 0.2; done

        """
    }
}
