import Testing

@testable import HTTPClient

struct TransferStateTests {
    private let start = ContinuousClock.now

    private func state(_ change: (inout TransferState.Rules) -> Void = { _ in }) -> TransferState {
        var rules = TransferState.Rules()
        change(&rules)
        return TransferState(rules: rules, started: start)
    }

    private func streaming(_ head: String = "", _ change: (inout TransferState.Rules) -> Void = { _ in })
        -> TransferState
    {
        var state = state(change)
        state.connected(reused: false, at: start)
        for line in ["HTTP/1.1 200 OK\r\n"] + head.split(separator: "\n").map({ "\($0)\r\n" }) + ["\r\n"] {
            _ = state.headLine(Array(line.utf8), at: start)
        }
        return state
    }

    private func give(_ state: inout TransferState, _ count: Int, at now: ContinuousClock.Instant? = nil)
        -> TransferState.Intake
    {
        [UInt8](repeating: 7, count: count).withUnsafeBytes { state.bodyBytes($0, at: now ?? start) }
    }

    @Test func headComesAfterItsLastLine() {
        var state = state()
        state.connected(reused: true, at: start)
        #expect(state.headLine(Array("HTTP/1.1 204 No Content\r\n".utf8), at: start) == .taken)
        #expect(state.head == nil)
        #expect(state.headLine(Array("\r\n".utf8), at: start) == .taken)
        #expect(state.head?.status == 204)
        #expect(state.isReused == true)
        #expect(state.phase == .streaming)
    }

    @Test func interimHeadsArePassedOver() {
        var state = state()
        for line in ["HTTP/1.1 103 Early Hints\r\n", "Link: x\r\n", "\r\n", "HTTP/1.1 200 OK\r\n", "A: b\r\n", "\r\n"] {
            #expect(state.headLine(Array(line.utf8), at: start) == .taken)
        }
        #expect(state.head?.fields.map(\.name) == ["A"])
    }

    @Test func endlessInterimHeadsAreTooLarge() {
        var state = state { $0.headLimit = 100 }
        var intakes: [TransferState.Intake] = []
        for _ in 0..<10 { intakes.append(state.headLine(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8), at: start)) }
        #expect(intakes.last == .refused)
        #expect(state.failureKind == .tooLarge)
    }

    @Test func switchingProtocolsIsMalformed() {
        var state = state()
        _ = state.headLine(Array("HTTP/1.1 101 Switching\r\n".utf8), at: start)
        #expect(state.headLine(Array("\r\n".utf8), at: start) == .refused)
        #expect(state.failureKind == .malformed)
    }

    @Test func pausesWhenTheBacklogIsFull() {
        var state = streaming { $0.capacity = 100 }
        #expect(give(&state, 60) == .taken)
        #expect(give(&state, 60) == .taken)
        #expect(give(&state, 60) == .held)
        #expect(state.phase == .paused)
        #expect(state.receivedBytes == 120)
        #expect(state.pull() == .chunk([UInt8](repeating: 7, count: 120), resume: true))
        #expect(state.pull() == .nothingYet)
        state.resume(at: start)
        #expect(give(&state, 60) == .taken)
        #expect(state.pull() == .chunk([UInt8](repeating: 7, count: 60), resume: false))
    }

    @Test func backlogIsStillThereAfterTheEnd() {
        var state = streaming()
        _ = give(&state, 3)
        state.complete(HTTPClient.Summary(), nil, at: start + .seconds(2))
        #expect(state.summary?.total == .seconds(2))
        #expect(state.summary?.wireBytes == 3)
        #expect(state.pull() == .chunk([7, 7, 7], resume: false))
        #expect(state.pull() == .end)
    }

    @Test func failureDropsTheBacklogAndStays() {
        var state = streaming()
        _ = give(&state, 3)
        state.fail(.noMemory, at: start)
        state.fail(TransferState.Failure(kind: .cancelled, reason: "later"), at: start)
        #expect(state.pull() == .failed(.noMemory))
        #expect(give(&state, 3) == .refused)
    }

    @Test func consumerCanRejectAFinishedBody() {
        var state = streaming()
        state.complete(HTTPClient.Summary(), nil, at: start)
        state.reject(.noMemory, at: start)
        #expect(state.pull() == .failed(.noMemory))
    }

    @Test func announcedLengthOverTheLimitFailsAtOnce() {
        let state = streaming("Content-Length: 3000000000") { $0.limit = 1000 }
        #expect(state.failureKind == .tooLarge)
    }

    @Test(arguments: [true, false]) func lengthOfWhatDoesNotComeIsNoReason(isHead: Bool) {
        var state = state {
            $0.limit = 10
            $0.isHeadRequest = isHead
        }
        for line in ["HTTP/1.1 \(isHead ? 200 : 304) X\r\n", "Content-Length: 99\r\n", "\r\n"] {
            #expect(state.headLine(Array(line.utf8), at: start) == .taken)
        }
    }

    @Test func limitIsExact() {
        var state = streaming { $0.limit = 100 }
        #expect(give(&state, 100) == .taken)
        #expect(give(&state, 1) == .refused)
        #expect(state.failureKind == .tooLarge)
    }

    @Test func compressedBytesMayBeALittleMoreThanTheLimit() {
        var state = streaming("Content-Encoding: GZIP") {
            $0.limit = 100
            $0.decodesGzip = true
        }
        #expect(state.isEncoded)
        #expect(give(&state, 120) == .taken)
        #expect(give(&state, 2000) == .refused)
    }

    @Test func connectDeadlineEndsWithTheConnection() {
        var state = state { $0.deadlines.connect = .seconds(1) }
        #expect(state.deadline == start + .seconds(1))
        #expect(state.expire(at: start + .milliseconds(999)) == false)
        state.connected(reused: false, at: start + .milliseconds(999))
        #expect(state.deadline == nil)
        #expect(state.expire(at: start + .seconds(9)) == false)
    }

    @Test func connectDeadlineFires() {
        var state = state { $0.deadlines.connect = .seconds(1) }
        #expect(state.expire(at: start + .seconds(1)) == true)
        #expect(state.failureKind == .timeout(.connect))
        #expect(state.expire(at: start + .seconds(2)) == false)
    }

    @Test func stallHoldsForTheFirstByteToo() {
        var state = state { $0.deadlines.stall = .seconds(3) }
        #expect(state.deadline == nil)
        state.connected(reused: false, at: start + .seconds(1))
        #expect(state.expire(at: start + .seconds(4)) == true)
        #expect(state.failureKind == .stall)
    }

    @Test func firstByteHasADeadlineOfItsOwn() {
        var state = state { $0.deadlines = HTTPClient.Deadlines(firstByte: .seconds(60), stall: .seconds(3)) }
        state.connected(reused: false, at: start)
        #expect(state.deadline == start + .seconds(60))
        _ = state.headLine(Array("HTTP/1.1 200 OK\r\n".utf8), at: start + .seconds(50))
        #expect(state.deadline == start + .seconds(53))
        #expect(state.expire(at: start + .seconds(53)) == true)
        #expect(state.failureKind == .stall)
    }

    @Test func firstByteDeadlineFires() {
        var state = state { $0.deadlines.firstByte = .seconds(60) }
        state.connected(reused: false, at: start)
        #expect(state.expire(at: start + .seconds(60)) == true)
        #expect(state.failureKind == .timeout(.firstByte))
    }

    @Test func slowConsumerIsNoStall() {
        var state = streaming {
            $0.deadlines.stall = .seconds(3)
            $0.capacity = 10
        }
        _ = give(&state, 10)
        let intake = give(&state, 10)
        #expect(intake == .held)
        #expect(state.expire(at: start + .seconds(100)) == false)
        _ = state.pull()
        #expect(state.expire(at: start + .seconds(100)) == false)
        state.resume(at: start + .seconds(100))
        #expect(state.expire(at: start + .milliseconds(102_999)) == false)
        #expect(state.expire(at: start + .seconds(103)) == true)
        #expect(state.failureKind == .stall)
    }

    @Test func totalHoldsAlways() {
        var state = streaming {
            $0.deadlines = HTTPClient.Deadlines(stall: .seconds(3), total: .seconds(5))
            $0.capacity = 1
        }
        _ = give(&state, 1, at: start + .seconds(4))
        _ = give(&state, 1, at: start + .seconds(4))
        #expect(state.phase == .paused)
        #expect(state.expire(at: start + .seconds(5)) == true)
        #expect(state.failureKind == .timeout(.total))
    }

    @Test func nothingExpiresAfterTheEnd() {
        var state = streaming { $0.deadlines.total = .seconds(5) }
        state.complete(HTTPClient.Summary(), nil, at: start)
        #expect(state.deadline == nil)
        #expect(state.expire(at: start + .seconds(5)) == false)
    }

    @Test func replacedConnectionCounts() {
        var state = state()
        state.connected(reused: true, at: start)
        state.connected(reused: false, at: start)
        #expect(state.isReused == false)
    }

    @Test func endWithoutHeadIsMalformed() {
        var state = state()
        state.complete(HTTPClient.Summary(), nil, at: start)
        #expect(state.failureKind == .malformed)
    }
}

extension TransferState {
    fileprivate var failureKind: HTTPClientError.Kind? {
        if case .failed(let failure) = phase { failure.kind } else { nil }
    }
}
