import Testing

@testable import Slurm

struct JobColumnTests {
    private func read(_ lines: [UInt8]..., chunk: Int = 64 << 10) throws -> CommandText {
        try CommandText(lines.flatMap { $0 }, .everyJobColumn, chunk: chunk)
    }

    private func job(_ values: [JobColumn: String]) throws -> (JobRecord, Symbols) {
        let text = try read(squeueLine(values))
        #expect(text.answer.oddities.isEmpty)
        return (try #require(text.sink.jobs.first), text.symbols)
    }

    @Test func aRunningJobHasWhatItSays() throws {
        let (job, symbols) = try job([:])
        #expect(job.id == 9)
        #expect(job.name == "job")
        #expect(job.state == JobState(.running))
        #expect(job.reason == .empty)
        #expect([job.user, job.account, job.qos].map { symbols[$0] } == ["ada", "physics", "normal"])
        #expect(job.partitions.map { symbols[$0] } == ["batch"])
        #expect([job.submitted, job.eligible, job.start, job.end].map { $0?.seconds } == [1000, 1000, 1001, 87401])
        #expect(job.timeLimitSeconds == .value(86_400))
        #expect(job.priority == 10_500)
        #expect(job.allocated.cpus == 1)
        #expect(job.allocated.memoryBytes == 1000 << 20)
        #expect(job.requested == Resources())
        #expect(job.nodeList == "c2")
        #expect(job.arrayID == nil && job.arrayTaskID == nil && job.heterogeneousID == nil)
        #expect(job.suspended == nil && job.secondsBeforeSuspension == nil)
        #expect(job.exitStatus == ExitStatus(code: 0))
    }

    @Test func aWaitingJobAsksAndHasNothing() throws {
        let (job, _) = try job([.state: "PENDING", .start: "N/A", .end: "N/A", .nodeList: "", .timeUsed: "0:00"])
        #expect(job.requested.cpus == 1)
        #expect(job.requested.nodes == 1)
        #expect(job.allocated == Resources())
        #expect(job.start == nil && job.end == nil)
    }

    static let names: [[UInt8]] = [
        Array("".utf8), Array("two\nlines\tand a tab".utf8), Array("say \"hi\" \\ back|bar {a=b,c}".utf8),
        Array("größe ✓ 核 🧬".utf8), [0x63, 0xE9, 0x20, 0xFF, 0xFE], [0x1F, 0x1E, 0x1F],
        // As much as somebody can know who doesn't know the mark.
        Array("x\u{1E}\n7\u{1F}7\u{1F}".utf8), Array("x\u{1E}secre\n".utf8), Array("(null)".utf8),
    ]

    @Test(arguments: names) func namesMayHoldAnything(name: [UInt8]) throws {
        let text = try read(squeueLine([.name: name]), squeueLine([.id: "10"]))
        #expect(text.sink.jobs.map(\.id) == [9, 10])
        let wanted = String(decoding: name, as: UTF8.self)
        #expect(text.sink.jobs.first?.name == (wanted == "(null)" ? "" : wanted))
        #expect(text.answer.oddities.wrongTypes.isEmpty)
    }

    @Test(arguments: [1, 2, 7, 64]) func howTheTextIsCutDoesNotMatter(chunk: Int) throws {
        let lines = Self.names.map { squeueLine([.name: $0, .account: $0]) }.flatMap { $0 }
        let whole = try CommandText(lines, .everyJobColumn)
        let cut = try CommandText(lines, .everyJobColumn, chunk: chunk)
        #expect(whole.sink.jobs.map { shown($0, whole.symbols) } == cut.sink.jobs.map { shown($0, cut.symbols) })
        #expect(whole.sink.jobs.count == Self.names.count)
    }

    @Test func linesOfAnArraysRecordAreOneRecord() throws {
        let waiting: [JobColumn: String] = [
            .id: "52", .arrayID: "52", .state: "PENDING", .nodeList: "", .start: "N/A", .end: "N/A",
        ]
        let lines = ["4", "5", "6"].map { task in squeueLine(waiting.merging([.taskID: task]) { $1 }) }
        let split = squeueLine(waiting.merging([.id: "60", .taskID: "20"]) { $1 })
        let running = squeueLine([.id: "61", .arrayID: "52", .taskID: "3"])
        let text = try CommandText(lines.flatMap { $0 } + split + running, .everyJobColumn)
        #expect(text.sink.jobs.map(\.id) == [52, 60, 61])
        #expect(text.sink.jobs.map(\.tasks.known) == [3, 1, 1])
        #expect(text.sink.jobs.map(\.arrayID) == [52, 52, 52])
        #expect(text.sink.jobs.map(\.arrayTaskID) == [nil, 20, 3])
        #expect(text.answer.recordCount == 3)
    }

    @Test func componentsKnowTheirLeader() throws {
        let (job, _) = try job([.id: "29", .arrayID: "29", .heterogeneousID: "28", .heterogeneousOffset: "1"])
        #expect(job.heterogeneousID == 28)
        #expect(job.heterogeneousOffset == 1)
    }

    @Test func partitionsAreAList() throws {
        let (job, symbols) = try job([.state: "PENDING", .partitions: "batch,bigmem"])
        #expect(job.partitions.map { symbols[$0] } == ["batch", "bigmem"])
    }

    @Test(arguments: [
        ("nobody", "20007", "20007"), ("nobody", "65534", "nobody"), ("ada", "20001", "ada"), ("(null)", "7", "7"),
    ]) func strangersHaveTheirNumber(name: String, id: String, user: String) throws {
        let (job, symbols) = try job([.user: name, .userID: id])
        #expect(symbols[job.user] == user)
    }

    @Test(arguments: [
        ("None", ""), ("Resources", "Resources"), ("ReqNodeNotAvail, UnavailableNodes:off1", "ReqNodeNotAvail"),
        ("ReqNodeNotAvail,_UnavailableNodes:off1", "ReqNodeNotAvail"), ("job requeued in held state", "JobHeldUser"),
        (
            "Nodes_required_for_job_are_DOWN,_DRAINED_or_reserved_for_jobs_in_higher_priority_partitions",
            "Resources"
        ),
        ("something new, with blanks", "other"),
    ]) func aDescriptionStandsForItsWord(text: String, word: String) throws {
        let (job, symbols) = try job([.state: "PENDING", .reason: text])
        #expect(symbols[job.reason] == word)
    }

    @Test func aSuspendedJobHasRunForSoLong() throws {
        let (job, _) = try job([.state: "SUSPENDED", .timeUsed: "0:10"])
        #expect(job.secondsBeforeSuspension == 10)
        #expect(job.suspended != nil)
    }

    @Test func aResumedJobHasNotRunWhileItWasSuspended() throws {
        // The first tells what time it is: 1001 + 104.
        let text = try read(squeueLine([:]), squeueLine([.id: "10", .timeUsed: "0:44"]))
        let job = try #require(text.sink.jobs.last)
        #expect(job.suspended == Timestamp(1105))
        #expect(job.secondsBeforeSuspension == 44)
    }

    @Test func aWaitingJobTellsTheTimeToo() throws {
        let waiting = squeueLine([.state: "PENDING", .waited: "105", .nodeList: "", .start: "N/A", .timeUsed: "0:00"])
        let text = try read(waiting, squeueLine([.id: "10", .timeUsed: "0:44"]))
        #expect(text.sink.jobs.last?.suspended == Timestamp(1105))
    }

    @Test func anEndedJobThatWasSuspendedHasRunLess() throws {
        let (job, _) = try job([.state: "COMPLETED", .end: "1061", .timeUsed: "0:50"])
        #expect(job.suspended == Timestamp(1061))
        #expect(job.secondsBeforeSuspension == 50)
        #expect(try self.job([.state: "COMPLETED", .end: "1061", .timeUsed: "1:00"]).0.suspended == nil)
    }

    @Test(arguments: [
        ("UNLIMITED", Limit<Int>.unlimited), ("20:00", .value(1200)), ("1:00:00", .value(3600)),
        ("2-01:00:00", .value(176_400)), ("NOT_SET", nil), ("N/A", nil),
    ]) func timeLimits(text: String, limit: Limit<Int>?) throws {
        #expect(try job([.timeLimit: text]).0.timeLimitSeconds == limit)
    }

    @Test(arguments: [("0", 0, 0), ("768", 3, 0), ("11", 0, 11), ("3:0", 3, 0), ("0:15", 0, 15)])
    func exitStatuses(text: String, code: Int, signal: Int) throws {
        #expect(try job([.exitStatus: text]).0.exitStatus == ExitStatus(code: code, signal: signal))
    }

    @Test func untypedGPUsAreOfTheTypeThatIsAskedFor() throws {
        let (job, symbols) = try job([.resources: "cpu=1,gres/gpu=2", .perNode: "gres:gpu:a100:2"])
        #expect(job.allocated.gpus.groups.map { symbols[$0.type] } == ["a100"])
        #expect(job.allocated.gpus.total == 2)
    }

    @Test func aColumnThatTheReleaseLacksIsNothing() throws {
        let text = try read(squeueLine([.waited: "", .perTask: "", .exitStatus: ""]))
        #expect(text.sink.jobs.first?.exitStatus == nil)
        #expect(text.answer.oddities.isEmpty)
        let columns = JobColumn.allCases.filter { $0 != .waited }
        let fewer = try CommandText(
            squeueLine([.id: Array("8".utf8)], columns: columns), .jobs(columns, CommandFormat.mark))
        #expect(fewer.sink.jobs.map(\.id) == [8])
    }

    @Test func aLineWithTooFewFieldsIsCountedAndTheOthersAreRead() throws {
        let short = Array("7\u{1F}RUNNING\(CommandFormat.mark.text)\n".utf8)
        let text = try read(squeueLine([:]), short, squeueLine([.id: "10"]))
        #expect(text.sink.jobs.map(\.id) == [9, 10])
        #expect(text.answer.oddities.wrongTypes == ["record": 1])
    }

    @Test func whatIsNoNumberIsCountedByItsColumn() throws {
        let text = try read(squeueLine([.priority: "high", .start: "yesterday", .state: "DREAMING"]))
        #expect(text.answer.oddities.wrongTypes == ["PriorityLong": 1, "StartTime": 1])
        #expect(text.answer.oddities.unknownWords == [.init(.jobState, "DREAMING"): 1])
        #expect(text.sink.jobs.count == 1)
    }

    @Test func anOutputThatEndsInTheMiddleIsTruncated() throws {
        #expect(throws: AnswerError.self) { try CommandText(Array(squeueLine([:]).dropLast()), .everyJobColumn) }
        #expect(try CommandText("", .everyJobColumn).answer.recordCount == 0)
    }

    @Test func theFormatEndsUsersTextsWithTheMark() {
        let format = JobColumn.format([.id, .state, .reason, .name], ColumnMark(secret: "s"))
        #expect(format == "JobId:\u{1F},State:\u{1F},Reason:\u{1E}s,Name:\u{1E}s")
    }
}
