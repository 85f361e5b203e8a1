import Foundation

extension Workload {
    /// What users and administrators do to jobs.
    func handle() async throws {
        try await control("suspend", "\(self["suspended"])")
        try await control("hold", "\(self["heldByRoot"])")
        try await slurm.run("scancel", "-s", "STOP", "\(self["stopped"])")
        try await control("update", "jobid=\(self["overdue"])", "endtime=now")
        try await control("update", "jobid=\(self["missed"])", "deadline=now+1")
        try await complete()
        try await slurm.run("scancel", "\(self["cancelled"])", "\(self["given up"])")
        try await requeue()
        try await control("hold", "\(self["ragged"])_\(Submission.raggedTasks[4])")
        try await slurm.waitUntil("the failed job has failed") {
            try await slurm.jobs().contains { $0.isOf(self["failed"]) && $0.state == "FAILED" }
        }
    }

    private func complete() async throws {
        try Data().write(to: URL(filePath: slurm.place.path(.jobs, "completing-\(self["completing"])")))
        try await slurm.run("scancel", "\(self["completing"])")
    }

    /// Slurm would start it again after two minutes.
    private func requeue() async throws {
        try await control("requeuehold", "State=SpecialExit", "\(self["special"])")
        try await control("requeue", "\(self["requeued"])")
        try await slurm.waitUntil("the requeued job waits again") {
            try await slurm.jobs().contains { $0.isOf(self["requeued"]) && $0.state == "PENDING" }
        }
        try await control("update", "jobid=\(self["requeued"])", "starttime=now+7days")
    }

    func reserve() async throws {
        try await slurm.waitUntil("the nodes without a daemon of their own are idle") {
            try await slurm.nodes().filter { ["c6", "c7", "c8"].contains($0.name) }.allSatisfy { $0.state == "idle" }
        }
        let reservations = [
            "reservation=course starttime=now duration=1-00:00:00 nodes=c6 users=eva",
            "reservation=repair starttime=now duration=1-00:00:00 nodes=c7 users=root flags=maint",
            "reservation=upgrade starttime=now+7days duration=8:00:00 nodes=ALL users=root flags=maint,ignore_jobs",
            "reservation=seats starttime=now duration=1-00:00:00 licenses=ansys:2 users=ada nodecnt=0 flags=license_only",
        ]
        for words in reservations {
            try await slurm.run("scontrol", ["create"] + words.split(separator: " ").map(String.init))
        }
    }

    func disturbNodes() async throws {
        try await control("update", "nodename=c2", "state=drain", "reason=kernel update, CHG-1234")
        try await control("update", "nodename=g2", "state=drain", "reason=GPU 3 \"Xid 79\" | fell off\nthe bus")
        try await control("update", "nodename=c4", "state=down", "reason=link größer flapping")
        try await control("update", "nodename=c8", "state=drain", "reason=spare")
        try await control("reboot", "c3")
    }

    private func control(_ words: String...) async throws {
        try await slurm.run("scontrol", words)
    }
}
