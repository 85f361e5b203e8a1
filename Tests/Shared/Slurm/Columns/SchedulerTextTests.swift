import Testing

@testable import Slurm

struct SchedulerTextTests {
    /// Of Slurm 22.05, shortened, with an exit of 23.11.
    private static let text = """
        *******************************************************
        sdiag output at Sat Nov 21 07:13:46 2026 (1795245226)
        Data since      Sat Nov 21 07:13:11 2026 (1795245191)
        *******************************************************
        Server thread count:  3
        Jobs submitted: 129
        Job states ts:  Sat Nov 21 07:13:41 2026 (1795245221)

        Main schedule statistics (microseconds):
        \tLast cycle:   267
        \tTotal cycles: 25

        Main scheduler exit:
        \tEnd of job queue:13

        Backfilling stats (WARNING: data obtained in the middle of backfilling execution.)
        \tTotal cycles: 17
        \tLast cycle when: Sat Nov 21 07:13:45 2026 (1795245225)
        \tLast cycle: 301
        \tLast depth cycle (try sched): 5
        \tLast depth cycle: 8

        Latency for 1000 calls to gettimeofday(): 22 microseconds

        Remote Procedure Call statistics by message type
        \tREQUEST_JOB_INFO                        ( 2003) count:441    ave_time:754    total_time:332751

        Remote Procedure Call statistics by user
        \troot            (       0) count:7      ave_time:1      total_time:9
        \tnobody          (   20007) count:8      ave_time:1      total_time:8

        Pending RPC statistics
        \tREQUEST_TERMINATE_JOB                   ( 6011) count:2

        """

    @Test func whatALineMeansDependsOnItsHeading() throws {
        let scheduler = try #require(CommandText(Self.text, .scheduler).sink.schedulers.first)
        let wanted: [String: Double] = [
            "req_time": 1_795_245_226, "req_time_start": 1_795_245_191, "server_thread_count": 3,
            "jobs_submitted": 129, "job_states_ts": 1_795_245_221, "schedule_cycle_last": 267,
            "schedule_cycle_total": 25, "schedule_exit.end_job_queue": 13, "bf_active": 1, "bf_cycle_counter": 17,
            "bf_when_last_cycle": 1_795_245_225, "bf_cycle_last": 301, "bf_last_depth_try": 5, "bf_last_depth": 8,
            "gettimeofday_latency": 22,
        ]
        #expect(scheduler.figures == wanted)
        #expect(scheduler.callsByType.map(\.name) == ["REQUEST_JOB_INFO"])
        #expect(scheduler.callsByType.map(\.microseconds) == [332_751])
        #expect(scheduler.callsByUser.map(\.name) == ["root", "20007"])
        #expect(scheduler.pendingCalls.map(\.count) == [2])
    }

    @Test func anythingElseIsNoAnswer() throws {
        #expect(try CommandText("Segmentation fault\n", .scheduler).answer.recordCount == 0)
    }
}
