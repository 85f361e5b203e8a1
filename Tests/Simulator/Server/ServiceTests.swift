import HTTP
import ServiceRuntime
import SimulatedCluster
import Testing

@testable import slurm_simulator

struct StepScheduleTests {
    private let start = MonotonicClock.Instant(sinceOrigin: .seconds(1000))

    @Test func stepsComeAtTheirTime() {
        var schedule = StepSchedule(stepSeconds: 10, speed: 2, from: start)
        #expect(schedule.nextStep == start.advanced(by: .seconds(5)))
        #expect(schedule.due(at: start.advanced(by: .seconds(4.9))) == 0)
        #expect(schedule.due(at: start.advanced(by: .seconds(5))) == 1)
        #expect(schedule.due(at: start.advanced(by: .seconds(5))) == 0)
        #expect(schedule.nextStep == start.advanced(by: .seconds(10)))
    }

    @Test func missedStepsAreCaughtUpToALimit() {
        var schedule = StepSchedule(stepSeconds: 10, speed: 10, from: start)
        #expect(schedule.due(at: start.advanced(by: .seconds(4.5))) == 4)
        #expect(schedule.nextStep == start.advanced(by: .seconds(5)))
        #expect(schedule.due(at: start.advanced(by: .seconds(86_400))) == StepSchedule.catchUp)
        #expect(schedule.nextStep == start.advanced(by: .seconds(86_401)))
    }
}

struct AuthenticationTests {
    private static let now = MonotonicClock.Instant(sinceOrigin: .seconds(100))

    private static let headers: [([String: String], Authentication.Verdict)] = [
        (["X-SLURM-USER-NAME": "root", "X-SLURM-USER-TOKEN": "t"], .welcome),
        (["X-SLURM-USER-TOKEN": "t"], .welcome), (["Authorization": "Bearer t"], .welcome),
        (["Authorization": "bearer t"], .welcome),
        (["Authorization": "Bearer t", "X-SLURM-USER-TOKEN": "t"], .unnamed), (["Authorization": "Basic t"], .unnamed),
        (["X-SLURM-USER-NAME": "root"], .unnamed), ([:], .unnamed), (["X-SLURM-USER-TOKEN": "wrong"], .wrongToken),
    ]

    @Test(arguments: headers)
    func judges(headers: [String: String], verdict: Authentication.Verdict) {
        var fields = HTTPFields()
        for (name, value) in headers { fields.append(name, value) }
        let authentication = Authentication(token: "t", expiry: nil)
        #expect(authentication.judge(fields, isExpired: false, now: Self.now) == verdict)
    }

    @Test func aTokenExpires() {
        let authentication = Authentication(token: "t", expiry: Self.now)
        let fields: HTTPFields = ["X-SLURM-USER-TOKEN": "t"]
        let before = MonotonicClock.Instant(sinceOrigin: .seconds(99))
        #expect(authentication.judge(fields, isExpired: false, now: before) == .welcome)
        #expect(authentication.judge(fields, isExpired: false, now: Self.now) == .wrongToken)
        #expect(authentication.judge(fields, isExpired: true, now: before) == .wrongToken)
    }

    @Test func withoutATokenEverybodyIsWelcome() {
        #expect(Authentication().judge([:], isExpired: false, now: Self.now) == .welcome)
    }
}

struct CommandWireTests {
    @Test func aRequestIsReadAsItWasWritten() {
        let request = CommandRequest(
            arguments: [Text(bytes: [0x2F, 0xFF]), "", "-o %i|=%j"],
            environment: ["SQUEUE_FORMAT": "a=b", "HOME": "/root", "SLURM_JWT": "secret"])
        #expect(CommandRequest(request.bytes) == request)
        #expect(request.environment == ["SQUEUE_FORMAT": "a=b"])
    }

    @Test(arguments: [[], [0], [0, 0x61], [0x61, 0]] as [[UInt8]])
    func whatIsNoRequestIsRefused(bytes: [UInt8]) {
        #expect(CommandRequest(bytes) == nil)
    }

    @Test func framesSurviveAnyCut() {
        let frames: [CommandFrame] = [.output([1, 2, 3]), .output([]), .error([0xFF]), .exit(127)]
        var reader = CommandFrameReader()
        var found: [CommandFrame] = []
        for byte in frames.flatMap(\.bytes) {
            reader.add([byte])
            while let frame = reader.next() { found.append(frame) }
        }
        #expect(found == frames)
    }
}
