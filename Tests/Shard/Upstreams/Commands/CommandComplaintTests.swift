import Commands
import Testing

@testable import Upstreams

struct CommandComplaintTests {
    /// As Slurm 22.05 says it, unless it is said otherwise.
    static let complaints: [(said: String, label: String)] = [
        ("slurm_load_jobs error: Unable to contact slurm controller (connect failure)", "controller_down"),
        (
            "Couldn't get shares from controller: Unable to contact slurm controller (connect failure)",
            "controller_down"
        ),
        ("slurm_load_node error: Socket timed out on send/recv operation", "controller_down"),
        (
            "sacct: error: slurm_persist_conn_open_without_init: failed to open persistent connection to "
                + "host:localhost:2: Connection refused",
            "database_down"
        ),
        ("sacctmgr: error: Problem talking to the database: Connection refused", "database_down"),
        ("slurm_load_jobs error: Protocol authentication error", "auth"),
        ("squeue: error: Munge encode failed: Failed to access \"/run/munge/munge.socket.2\"", "auth"),
        ("slurm_load_jobs error: Access/permission denied", "denied"),
        ("sacct: error: Invalid field requested: \"Planned\"", "version"),
        ("squeue: unrecognized option '--Format'", "version"),
        ("squeue: fatal: Unable to process configuration file", "configuration"),
        ("Slurm accounting storage is disabled", "absent"), ("", "slurm_error"),
        ("You are not running a supported accounting_storage plugin", "absent"),
    ]

    @Test(arguments: complaints) func aComplaintHasAKind(said: String, label: String) {
        let error = CommandComplaint(Array((said + "\n").utf8)).error("squeue", .exited(1))
        #expect(error.label == label)
        #expect(error.reason == (said.isEmpty ? "squeue: exit code 1" : "squeue: \(said)"))
    }

    @Test func whoWasKilledHasNoAnswer() {
        #expect(CommandComplaint([]).error("squeue", .killed(signal: 9)).label == "truncated")
    }

    @Test func refusedColumnsAreNamed() {
        let squeue =
            "squeue: error: Invalid job format specification: Foo\nsqueue: error: Invalid job format specification: tres-x\n"
        #expect(CommandComplaint(Array(squeue.utf8)).refusedColumns == ["Foo", "tres-x"])
        #expect(
            CommandComplaint(Array("sacct: error: Invalid field requested: \"Planned\"\n".utf8)).refusedColumns == [
                "Planned"
            ])
        #expect(CommandComplaint(Array(" Unknown field 'Foo'\n".utf8)).refusedColumns == ["Foo"])
        #expect(CommandComplaint(Array("all is well".utf8)).refusedColumns == [])
        #expect(CommandComplaint(Array("Unknown field".utf8)).refusedColumns == [""])
    }
}
