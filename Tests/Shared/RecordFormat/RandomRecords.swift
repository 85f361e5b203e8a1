import Metrics
import ServiceRuntime
import Slurm

/// Records of every kind with all sorts of contents, the same for the same seed.
struct RandomRecords {
    let seed: UInt64
    let count: Int

    func give(_ feed: Feed, to sink: any RecordSink) {
        var source = Source(random: SeededGenerator(seed: seed))
        for _ in 0..<count { source.give(feed, to: sink) }
    }

    private struct Source {
        var random: SeededGenerator
        var symbols = Symbols()

        mutating func number() -> Int {
            let numbers = [0, 1, -1, 63, 64, -64, 127, 128, 300, 1 << 40, Int.max, Int.min]
            return numbers.randomElement(using: &random)!
        }

        mutating func maybe<Value>(_ value: Value) -> Value? {
            Int.random(in: 0..<4, using: &random) == 0 ? nil : value
        }

        mutating func text() -> String {
            ["", "plain", "é\n\"\\", "🚀 rocket", "n[1-500]"].randomElement(using: &random)!
        }

        mutating func symbol(_ kind: String = "s") -> Symbol {
            symbols.intern("\(kind)\(Int.random(in: 0..<40, using: &random))")
        }

        mutating func partitions() -> [Symbol] {
            (0..<Int.random(in: 0...2, using: &random)).map { _ in
                symbols.intern("p\(Int.random(in: 0..<4, using: &random))")
            }
        }

        mutating func time() -> Timestamp { Timestamp(Int64(number())) }

        mutating func gpus() -> GPUs {
            GPUs(
                (0..<Int.random(in: 0...2, using: &random)).map { _ in GPUs.Group(type: symbol("gpu"), count: number())
                })
        }

        mutating func resources() -> Resources {
            var resources = Resources()
            resources.cpus = maybe(number())
            resources.memoryBytes = maybe(number())
            resources.gpus = gpus()
            resources.billing = maybe(1.5)
            return resources
        }

        mutating func limit() -> Limit<Int>? { maybe(Bool.random(using: &random) ? .unlimited : .value(number())) }

        mutating func calls() -> [SchedulerRecord.Calls] {
            [
                SchedulerRecord.Calls(
                    name: text(), count: number(), microseconds: number(), queued: maybe(number()),
                    dropped: maybe(number()), lastCycle: maybe(number()), longestCycle: maybe(number()))
            ]
        }

        mutating func amounts() -> ResourceAmounts {
            var amounts = ResourceAmounts()
            let kinds: [ResourceKind] = [.cpu, .memory, .node, .billing, .other(symbol("gres/gpu:"))]
            for kind in kinds { amounts[kind] = maybe(number()) }
            return amounts
        }

        mutating func limits() -> UsageLimits {
            var limits = UsageLimits()
            limits.group = amounts()
            limits.groupMinutes = amounts()
            limits.groupJobs = maybe(number())
            limits.groupSubmittedJobs = maybe(number())
            limits.groupWallSeconds = maybe(number())
            limits.job = amounts()
            limits.node = amounts()
            limits.jobMinutes = amounts()
            limits.jobWallSeconds = maybe(number())
            limits.leastOfJob = amounts()
            limits.jobs = maybe(number())
            limits.submittedJobs = maybe(number())
            limits.user = amounts()
            limits.account = amounts()
            limits.accountJobs = maybe(number())
            limits.accountSubmittedJobs = maybe(number())
            return limits
        }

        mutating func job() -> JobRecord {
            var job = JobRecord()
            job.id = UInt32.random(in: .min ... .max, using: &random)
            job.name = text()
            job.state = JobState(JobState.Base.allCases.randomElement(using: &random)!, [.completing, .requeued])
            job.user = symbol("user")
            job.account = symbol("account")
            job.partitions = partitions()
            job.arrayID = maybe(UInt32.max)
            job.tasks = TaskCount(known: number(), isCut: Bool.random(using: &random))
            job.submitted = maybe(time())
            job.timeLimitSeconds = limit()
            job.priority = maybe(UInt64.max)
            job.requested = resources()
            job.allocated = resources()
            job.areAllocatedGPUsUnknown = Bool.random(using: &random)
            job.exitStatus = maybe(ExitStatus(code: number(), signal: 9))
            job.federationOrigin = symbol("cluster")
            job.federationSiblings = [symbol("cluster"), symbol("cluster")]
            return job
        }

        mutating func node() -> NodeRecord {
            var node = NodeRecord()
            node.name = text()
            node.state = NodeState(.mixed, [.drain, .planned])
            node.partitions = partitions()
            node.cpus = maybe(number())
            node.load = maybe(-0.25)
            node.gpus = gpus()
            node.allocatedGPUs = maybe(gpus())
            node.genericResources = [GenericResource(name: symbol(), total: number(), used: maybe(number()))]
            node.features = [symbol(), symbol()]
            node.reasonSince = maybe(time())
            return node
        }

        mutating func give(_ feed: Feed, to sink: any RecordSink) {
            switch feed {
            case .jobs: sink.take(job(), symbols)
            case .nodes: sink.take(node(), symbols)
            case .partitions:
                var record = PartitionRecord()
                record.name = symbol("p")
                record.state = maybe(.drain)
                record.isDefault = maybe(true)
                record.maximumTimeSeconds = limit()
                sink.take(record, symbols)
            case .reservations:
                var record = ReservationRecord()
                record.name = symbol()
                record.users = [symbol()]
                record.resources = resources()
                sink.take(record, symbols)
            case .licenses:
                var record = LicenseRecord()
                record.name = symbol()
                record.total = maybe(number())
                sink.take(record, symbols)
            case .diag:
                var record = SchedulerRecord()
                record.figures = ["a": 1, text(): 0.1, "b": .infinity]
                record.callsByType = calls()
                record.pendingCalls = [(type: text(), count: number())]
                sink.take(record, symbols)
            case .ping:
                var record = ControllerRecord()
                record.host = text()
                record.isUp = maybe(Bool.random(using: &random))
                record.latencySeconds = maybe(0.001)
                sink.take(record, symbols)
            case .shares:
                var record = ShareRecord()
                record.user = symbol()
                record.level = maybe(Bool.random(using: &random) ? .unlimited : .value(2.5))
                record.usedSeconds = amounts()
                record.runningSeconds = amounts()
                record.limitMinutes = amounts()
                sink.take(record, symbols)
            case .accounting:
                var record = AccountedJobRecord()
                record.user = symbol()
                record.userSeconds = maybe(12.75)
                record.maximumMemoryBytes = maybe(number())
                record.usedMemoryBytes = maybe(number())
                record.steps = maybe(number())
                record.allocated = resources()
                sink.take(record, symbols)
            case .associations:
                var record = AssociationRecord()
                record.user = symbol()
                record.limits = limits()
                sink.take(record, symbols)
            case .qos:
                var record = QOSRecord()
                record.name = symbol()
                record.preempts = [symbol()]
                record.limits = limits()
                sink.take(record, symbols)
            case .dbd:
                var record = DatabaseRecord()
                record.rollups = [DatabaseRecord.Rollup(period: .daily, count: maybe(number()), lastRun: maybe(time()))]
                record.callsByUser = calls()
                sink.take(record, symbols)
            case .clusters:
                var record = ClusterRecord()
                record.name = symbol()
                record.selectPlugin = text()
                record.configured = amounts()
                sink.take(record, symbols)
            case .tres:
                var record = TrackedResourceRecord()
                record.id = maybe(number())
                record.type = symbol()
                sink.take(record, symbols)
            case .wckeys:
                var record = WorkloadKeyRecord()
                record.name = symbol()
                record.user = symbol()
                sink.take(record, symbols)
            }
        }
    }
}
