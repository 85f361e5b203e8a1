import Slurm
import Testing

struct ResourceRuleTests {
    @Test(
        arguments: [
            ("mem=4G", 4 << 30), ("mem=187.50G", 201_326_592_000), ("mem=1612647M", 1_612_647 << 20),
            ("mem=5", 5 << 20),
            ("mem=6T", 6 << 40), ("mem=2P", 2 << 50), ("mem=512K", 512 << 10), ("mem=x", nil), ("mem=", nil),
            ("cpu=4", nil),
        ] as [(String, Int?)])
    func memoryHasUnits(_ text: String, _ expected: Int?) throws {
        #expect(try job("\"tres_req_str\":\"\(text)\"").record.requested.memoryBytes == expected)
    }

    @Test func resourcesAreReadFromTheirList() throws {
        let requested = try job(#""tres_req_str":"cpu=128,mem=1G,node=2,billing=12.5,license\/a=3,energy=7""#).record
            .requested
        #expect(requested.cpus == 128)
        #expect(requested.memoryBytes == 1 << 30)
        #expect(requested.nodes == 2)
        #expect(requested.billing == 12.5)
        #expect(requested.gpus.isEmpty)
    }

    @Test(arguments: [
        ("gres\\/gpu=8", ["": 8]), ("gres/gpu=8,gres/gpu:h100=8", ["h100": 8]),
        ("gres/gpu:h100=4,gres/gpu:h100=4,gres/gpu=8", ["h100": 8]),
        ("gres/gpu=8,gres/gpu:a100=3", ["a100": 3, "": 5]),
        ("gres/gpu:a100=3", ["a100": 3]), ("gres/gpu=2,gres/gpu:a100=3", ["": 2]), ("gres/gpumem=80G", [:]), ("", [:]),
        ("gres/gpu=99999999999999999999", [:]),
    ])
    func typesNeverCountTwice(_ text: String, _ expected: [String: Int]) throws {
        let job = try job("\"tres_alloc_str\":\"\(text)\"")
        #expect(job.types(job.record.allocated.gpus) == expected)
    }

    @Test func onlyTheEntryThatIsOfNoFormIsPassedOver() throws {
        let text =
            #"{"nodes":[{"name":"a","gres":"gpu:a100:4,tmp:no_consume:2T,odd:x:y,nvme:3200G","state":["IDLE"]}]}"#
        let decoded = try Decoded(NodesReader.self, Array(text.utf8))
        let node = try #require(decoded.records.first)
        #expect(
            node.genericResources.map { "\(decoded.symbols[$0.name]) \($0.total)" } == [
                "gpu:a100 4", "tmp \(2 << 40)", "nvme \(3200 << 30)",
            ])
        #expect(decoded.answer.oddities.unknownWords == [Oddities.UnknownWord(.resources, "odd:x:y"): 1])
    }

    @Test(arguments: [
        (#""tres_per_node":"gres:gpu:8","node_count":2"#, ["": 16]),
        (#""tres_per_node":"gres\/gpu:h100:4","node_count":3"#, ["h100": 12]),
        (#""tres_per_job":"gres/gpu:5","tres_per_node":"gres/gpu:1""#, ["": 5]),
        (#""tres_per_task":"cpu=2,gres/gpu=2","tasks":3"#, ["": 6]),
        (#""tres_per_task":"gres/gpu:a100=2","tasks":3"#, ["a100": 6]),
        (#""tres_per_socket":"gres/gpu:1","sockets_per_node":2,"node_count":2"#, ["": 4]),
        (#""tres_per_node":"gpu:h100:2""#, ["h100": 2]), (#""tres_per_node":"gres/nic:2""#, [:]),
        (#""tres_req_str":"gres/gpu=2","tres_per_node":"gres/gpu:h100:2""#, ["h100": 2]),
    ])
    func whatIsAskedForIsFoundWhereverItIs(_ members: String, _ expected: [String: Int]) throws {
        let job = try job(members)
        #expect(job.types(job.record.requested.gpus) == expected)
    }

    @Test(arguments: [
        (#""gres_detail":["gpu:h100:4(IDX:0-3)","gpu:h100:4(IDX:0,2-4)"]"#, ["h100": 8]),
        (#""gres_detail":["gpu:(null):8(IDX:0-7)"]"#, ["": 8]),
        (#""gres_detail":["gpu:h100:1(IDX:1),gpu:l40s:2(IDX:4-5)"]"#, ["h100": 1, "l40s": 2]),
        (#""gres_detail":[],"tres_per_node":"gres/gpu:a100:2","node_count":2"#, [:]),
        (#""gres_detail":null"#, [:]),
    ])
    func allocatedGPUsAreFoundWhereTheyAreNotTracked(_ members: String, _ expected: [String: Int]) throws {
        let job = try job(#""job_state":["RUNNING"],"tres_alloc_str":"cpu=4,node=2","# + members)
        #expect(job.types(job.record.allocated.gpus) == expected)
    }

    /// What it asked for may be less than what it has.
    @Test(arguments: [
        (#""tres_alloc_str":"cpu=4,node=2","gres_detail":[]"#, true), (#""tres_alloc_str":"cpu=4,node=2""#, true),
        (#""tres_alloc_str":"cpu=4,node=2","gres_detail":["gpu:a100:4(IDX:0-3)"]"#, false),
        (#""tres_alloc_str":"cpu=4,gres/gpu=4","gres_detail":[]"#, false), (#""tres_alloc_str":"""#, false),
    ])
    func gpusThatSlurmDoesNotTellAreUnknown(_ members: String, _ areUnknown: Bool) throws {
        let asksForGPUs = try job(
            #""job_state":["RUNNING"],"tres_per_node":"gres/gpu:a100:2","node_count":2,"# + members)
        #expect(asksForGPUs.record.areAllocatedGPUsUnknown == areUnknown)
        let withoutGPUs = try job(#""job_state":["RUNNING"],"node_count":2,"# + members)
        #expect(!withoutGPUs.record.areAllocatedGPUsUnknown)
    }

    @Test func whatWaitsHasNothing() throws {
        let job = try job(#""job_state":["PENDING"],"tres_alloc_str":"","tres_per_node":"gres/gpu:2","node_count":1"#)
        #expect(job.record.allocated == Resources())
    }

    @Test func whatTheListLeavesOutIsMadeUpFromMembers() throws {
        let requested = try job(#""tres_req_str":"","cpus":4,"node_count":2,"memory_per_cpu":100"#).record.requested
        #expect(requested.cpus == 4)
        #expect(requested.nodes == 2)
        #expect(requested.memoryBytes == 400 << 20)
        #expect(try job(#""cpus":4,"node_count":2,"memory_per_node":100"#).record.requested.memoryBytes == 200 << 20)
    }

    @Test(arguments: [
        ("gpu:h100:4(S:0-1)", ["gpu:h100": 4], ["h100": 4]), ("gpu:4", ["gpu": 4], ["": 4]),
        ("gpu:1g.10gb:21(S:1)", ["gpu:1g.10gb": 21], ["1g.10gb": 21]),
        ("gpu:h100:2,gpu:h200:4", ["gpu:h100": 2, "gpu:h200": 4], ["h100": 2, "h200": 4]),
        ("gpu:h100:4(S:0),gpu:h100:4(S:1)", ["gpu:h100": 8], ["h100": 8]), ("gpu:0", ["gpu": 0], [:]), ("", [:], [:]),
        ("gpu:mi300x:8(S:0-1),nvme:no_consume:1,shard:32", ["gpu:mi300x": 8, "nvme": 1, "shard": 32], ["mi300x": 8]),
        ("craynetwork", ["craynetwork": 1], [:]),
        ("bandwidth:lustre:no_consume:4K", ["bandwidth:lustre:no_consume": 4096], [:]),
    ])
    func aNodesGenericResourcesAreRead(_ text: String, _ resources: [String: Int], _ gpus: [String: Int]) throws {
        let node = try node("\"gres\":\"\(text)\"")
        #expect(node.types(node.record.gpus) == gpus)
        let found = node.record.genericResources.map { (node[$0.name], $0.total) }
        #expect(Dictionary(uniqueKeysWithValues: found) == resources)
        #expect(node.oddities.isEmpty)
    }

    private static let tracked = #""gres":"gpu:h100:4(S:0-1)","tres":"cpu=8,gres/gpu=4","#

    @Test(
        arguments: [
            (tracked + #""tres_used":"cpu=1,gres/gpu=3","gres_used":"""#, ["h100": 3]),
            (tracked + #""tres_used":"""#, [:]),
            (tracked + #""tres_used":null,"gres_used":"gpu:h100:0(IDX:N/A)""#, [:]),
            (#""gres":"gpu:4","tres":"cpu=8","gres_used":"gpu:(null):2(IDX:0-1)""#, ["": 2]),
            (#""gres":"gpu:h100:4","tres":"cpu=8","gres_used":"gpu:(null):2(IDX:0,3)""#, ["h100": 2]),
            (#""gres":"gpu:h100:4","tres":"cpu=8","gres_used":"""#, nil), (#""gres":"","gres_used":"gpu:0""#, [:]),
            (#""gres":"gpu:a:2,gpu:b:2","tres":"gres/gpu=4","tres_used":"gres/gpu=1""#, ["": 1]),
        ] as [(String, [String: Int]?)])
    func gpusInUseAreFoundOrNotKnown(_ members: String, _ expected: [String: Int]?) throws {
        let node = try node(members)
        #expect(node.record.allocatedGPUs.map { node.types($0) } == expected)
    }

    @Test(arguments: [
        ("0-99%5", 100, false), ("0-99", 100, false), ("1-9:2", 5, false), ("3,5,7-12", 8, false), ("5", 1, false),
        ("0-195:5", 40, false), ("1,3,5,7-9,1...", 6, true), ("1,2,...%3", 2, true), ("1,3,...", 2, true),
    ])
    func tasksAreCounted(_ text: String, _ known: Int, _ isCut: Bool) throws {
        let job = try job("\"array_task_string\":\"\(text)\"")
        #expect(job.record.tasks == TaskCount(known: known, isCut: isCut))
        #expect(job.oddities.isEmpty)
    }

    @Test(arguments: ["9-1", "1-", "a", "1-9:0", "0x1F", "-"])
    func whatIsNoListOfTasksIsOneAndCounted(_ text: String) throws {
        let job = try job("\"array_task_string\":\"\(text)\"")
        #expect(job.record.tasks == .one)
        #expect(job.oddities.unknownWords == [.init(.arrayTasks, text): 1])
    }
}
