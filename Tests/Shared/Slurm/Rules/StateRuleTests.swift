import Slurm
import Testing

struct StateRuleTests {
    @Test(arguments: [
        (#""RUNNING""#, JobState(.running)), (#"["RUNNING"]"#, JobState(.running)),
        (#"["running"]"#, JobState(.running)),
        (#"["RUNNING","COMPLETING"]"#, JobState(.running, .completing)),
        (#""COMPLETING""#, JobState(.unknown, .completing)),
        (#"["PENDING","REQUEUED","REQUEUE_HOLD"]"#, JobState(.pending, [.requeued, .requeueHold])), ("[]", JobState()),
        ("null", JobState()), (#"["OUT_OF_MEMORY"]"#, JobState(.outOfMemory)),
    ])
    func jobStatesAreAWordOrAList(_ text: String, _ expected: JobState) throws {
        let job = try job("\"job_state\":\(text)")
        #expect(job.record.state == expected)
        #expect(job.oddities.isEmpty == (expected != JobState()))
    }

    @Test(arguments: [
        (#""state":"idle","state_flags":["DRAIN"]"#, NodeState(.idle, .drain)),
        (#""state_flags":["DRAIN"],"state":"mixed""#, NodeState(.mixed, .drain)),
        (#""state":["IDLE","DRAIN"]"#, NodeState(.idle, .drain)), (#""state":["UNKNOWN"]"#, NodeState()),
        (#""state":["DOWN","POWER_DOWN_ASAP"]"#, NodeState(.down, .powerDownASAP)),
    ])
    func nodeStatesAreAWordOrAList(_ members: String, _ expected: NodeState) throws {
        let node = try node(members)
        #expect(node.record.state == expected)
        #expect(node.oddities.isEmpty)
    }

    @Test func unknownWordsAreCounted() throws {
        let job = try job(#""job_state":["HIBERNATED","COMPLETING"]"#)
        #expect(job.record.state == JobState(.unknown, .completing))
        #expect(job.oddities.unknownWords == [.init(.jobState, "HIBERNATED"): 1])
        let node = try node(#""state":["IDLE","ENCHANTED"]"#)
        #expect(node.record.state == NodeState(.idle))
        #expect(node.oddities.unknownWords == [.init(.nodeState, "ENCHANTED"): 1])
        let partition = try partition(#""partition":{"state":["SIDEWAYS"]}"#)
        #expect(partition.record.state == .unknown)
        #expect(partition.oddities.unknownWords == [.init(.partitionState, "SIDEWAYS"): 1])
    }

    @Test func unknownWordsAreCountedOnceForEachRecordThatHasThem() throws {
        let records = Array(repeating: #"{"job_id":1,"job_state":["NEW"]}"#, count: 5).joined(separator: ",")
        let jobs = try Decoded(JobsReader.self, Array("{\"jobs\":[\(records)]}".utf8), chunk: 7)
        #expect(jobs.answer.oddities.unknownWords == [.init(.jobState, "NEW"): 5])
    }

    @Test func unknownWordsAreBounded() throws {
        let records = (0..<1000).map { "{\"job_state\":\"S\($0)\"}" }.joined(separator: ",")
        let oddities = try Decoded(JobsReader.self, Array("{\"jobs\":[\(records)]}".utf8)).answer.oddities
        #expect(oddities.unknownWords.count == Oddities.mostUnknownWords + 1)
        #expect(oddities.unknownWords[.init(.jobState, "other")] == 900)
    }

    @Test(arguments: [
        (#""job_state":["PENDING"],"priority":{"set":true,"infinite":false,"number":0}"#, true),
        (#""job_state":"PENDING","priority":0"#, true), (#""job_state":"PENDING","priority":5"#, false),
        (#""job_state":["PENDING"],"hold":true"#, true),
        (#""job_state":["SUSPENDED"],"priority":0,"hold":true"#, false),
        (#""job_state":["COMPLETED"],"priority":0"#, false), (#""job_state":"REQUEUE_HOLD","priority":0"#, true),
    ])
    func whatWaitsWithoutPriorityIsHeld(_ members: String, _ expected: Bool) throws {
        #expect(try job(members).record.isHeld == expected)
    }

    @Test(
        arguments: [
            (#""state":"UP","flags":["default"]"#, .up, true), (#""partition":{"state":["DOWN"]}"#, .down, nil),
            (#""partition":{"state":["INACTIVE"]},"flags":["HIDDEN"]"#, .inactive, false), (#""name":"p""#, nil, nil),
        ] as [(String, PartitionState?, Bool?)])
    func partitionsSayWhatTheirVersionSays(
        _ members: String, _ state: PartitionState?, _ isDefault: Bool?
    ) throws {
        #expect(try partition(members).record.state == state)
        #expect(try partition(members).record.isDefault == isDefault)
    }
}
