import Metrics
import ServiceRuntime
import Slurm
import Testing

@testable import Upstreams

/// How answers are judged that slurmrestd of various releases gives, in short.
struct JudgementTests {
    /// - Returns: the label of the error; nil for an answer that can be used.
    private func judge(_ feed: Feed, _ status: Int, _ body: String) -> String? {
        let receiver = AnswerReceiver(feed, status: status, into: CountingSink())
        // Piece by piece, as it may come.
        for byte in body.utf8 { if !receiver.take([byte]) { break } }
        do throws(UpstreamError) {
            try receiver.finish().check()
            return nil
        } catch {
            #expect(error.status == status)
            return error.label
        }
    }

    private static let update = #""last_update":{"set":true,"infinite":false,"number":1700000000}"#

    @Test(arguments: [
        (Feed.jobs, 200, #"{"jobs":[{"job_id":1}],"errors":[]}"#),
        (.jobs, 200, #"{"jobs":[],"errors":[],"warnings":[],\#(update)}"#),
        (.jobs, 200, #"{"errors":[],"jobs":[]}"#),
        (
            .nodes, 200,
            #"{"nodes":[],"errors":[{"error_number":0,"description":"no such node"}],"warnings":[],\#(update)}"#
        ),
        (
            .partitions, 500,
            #"{"partitions":[{"name":"a"}],"errors":[{"error_number":7000,"description":"Failed to open slurmdbd connection"}]}"#
        ),
        (.partitions, 500, #"{"partitions":[{"name":"a"}],"errors":[]}"#),
        (.ping, 200, #"{"pings":[{"hostname":"a","ping":"DOWN"}],"errors":[]}"#),
        // 22.05 for a list of slurmdbd's that is empty.
        (
            .wckeys, 500,
            #"{"wckeys":[],"errors":[{"error_number":9003,"error":"Nothing found with query","description":"Nothing found"}]}"#
        ),
        (.qos, 200, #"{"errors":[{"error_number":9003,"error":"Nothing found with query"}]}"#),
    ]) func isUsed(feed: Feed, status: Int, body: String) {
        #expect(judge(feed, status, body) == nil)
    }

    @Test(arguments: [
        // A queue that was not read looks like an empty one.
        (
            Feed.jobs, 200,
            #"{"jobs":[],"errors":[],"warnings":[{"description":"No job changes since update_time"}],\#(update)}"#,
            "empty"
        ),
        (.jobs, 200, #"{"jobs":[],"errors":[],"last_update":{"set":true,"infinite":false,"number":0}}"#, "empty"),
        (.jobs, 500, "Authentication does not apply to request", "auth"),
        (.jobs, 200, #"{"jobs":[{"job_id":1}],"errors":{"description":"Unspecified error"}}"#, "slurm_error"),
        (.jobs, 200, #"{"jobs":[{"job_id":1}],"errors":"Unspecified error"}"#, "slurm_error"),
        // Nothing found is no answer to a question that has one.
        (.dbd, 200, #"{"errors":[{"error_number":9003,"error":"Nothing found with query"}]}"#, "slurm_error"),
        (.qos, 500, #"{"QOS":[],"errors":[{"error_number":9003},{"error_number":2002}]}"#, "denied"),
        (.jobs, 304, "", "empty"), (.nodes, 204, "", "empty"),
        (.nodes, 200, #"{"errors":[]}"#, "empty"), (.nodes, 200, "{}", "empty"),
        (.diag, 200, #"{"errors":[]}"#, "empty"), (.ping, 200, #"{"pings":[],"errors":[]}"#, "empty"),
        // 22.05 with slurmdbd down, and with an expired token.
        (
            .jobs, 200, #"{"jobs":[],"errors":[{"error":"Unable to connect to database","errno":7000}]}"#,
            "database_down"
        ),
        (.jobs, 500, #"{"jobs":[],"errors":[{"error":"Protocol authentication error","errno":1007}]}"#, "auth"),
        (.jobs, 511, #"{"jobs":[],"errors":[{"error_number":1007,"error":"Protocol authentication error"}]}"#, "auth"),
        (.jobs, 401, "Authentication failure", "auth"),
        (.jobs, 403, "", "auth"),
        (.jobs, 422, #"{"jobs":[],"errors":[{"error_number":2002,"error":"Access/permission denied"}]}"#, "denied"),
        (
            .jobs, 502, #"{"jobs":[],"errors":[{"error_number":1800,"error":"Unable to contact slurm controller"}]}"#,
            "controller_down"
        ),
        (.jobs, 504, #"{"jobs":[],"errors":[{"error_number":5004,"error":"Socket timed out"}]}"#, "controller_down"),
        (.jobs, 504, "<html>Gateway Time-out</html>", "http_5xx"), (.jobs, 502, "<html>Bad Gateway</html>", "http_5xx"),
        (.jobs, 503, "", "http_5xx"), (.jobs, 429, "", "http_4xx"), (.jobs, 301, "", "http_3xx"),
        (.jobs, 404, "Unable find requested URL. Please view /openapi/v3 for API reference.", "version"),
        (.jobs, 404, #"{"errors":[{"error_number":2017,"error":"Invalid job id specified"}]}"#, "slurm_error"),
        (.partitions, 500, #"{"partitions":[],"errors":[{"error_number":7000,"description":"x"}]}"#, "database_down"),
        (
            .partitions, 500, #"{"partitions":[{"name":"a"}],"errors":[{"error_number":9000,"description":"x"}]}"#,
            "slurm_error"
        ),
        (.partitions, 500, #"{"partitions":[{"name":"a"}],"errors""#, "http_5xx"),
        (.partitions, 500, #"{"partitions":[{"name":"a"}],"errors":[{"error":"no number"}]}"#, "slurm_error"),
        (.jobs, 200, #"{"jobs":[{"job_id":1}"#, "truncated"), (.jobs, 200, "", "truncated"),
        (.jobs, 200, "<html>", "decode"), (.jobs, 200, #"{"jobs":[{"job_id":1}]]"#, "decode"),
        // Some of several errors say more than others.
        (.jobs, 500, #"{"errors":[{"error_number":9000,"error":"x"},{"error_number":1007,"error":"y"}]}"#, "auth"),
    ]) func isRefused(feed: Feed, status: Int, body: String, label: String) {
        #expect(judge(feed, status, body) == label, "\(status) \(body)")
    }

    @Test(arguments: [
        #"{"errors":[{"description":"token TOKEN is bad","source":"TOKEN"}],"warnings":[{"description":"TOKEN"}]}"#,
        #"{"jobs":[{"job_id":1,"job_state":["TOKEN"]}],"errors":[]}"#, "<html>X-SLURM-USER-TOKEN: TOKEN</html>",
        "\(String(repeating: "x", count: 180))TOKEN",
    ])
    func aSecretIsNotRepeated(body: String) {
        let secret = "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3MDAwMDAwMDB9.c2lnbmF0dXJlLW9mLXNlbnNl"
        let receiver = AnswerReceiver(.jobs, status: 403, into: CountingSink())
        _ = receiver.take(Array(body.replacing("TOKEN", with: secret).utf8))
        let received = receiver.finish()
        #expect("\(received)".contains(secret.prefix(20)))
        #expect(!"\(received.without(secret))".contains(secret.prefix(9)))
    }

    @Test func aRefusalIsNotReadForEver() {
        let receiver = AnswerReceiver(.jobs, status: 500, into: CountingSink())
        let chunk = [UInt8](repeating: UInt8(ascii: "x"), count: 4096)
        #expect((0..<100).contains { _ in !receiver.take(chunk) })
    }

    @Test func quotesNoMoreThanALine() {
        let receiver = AnswerReceiver(.jobs, status: 502, into: nil)
        _ = receiver.take(Array((String(repeating: "<b>\n", count: 1000)).utf8))
        let error = #expect(throws: UpstreamError.self) { try receiver.finish().check() }
        #expect(error?.reason.utf8.count ?? 1000 < 300)
        #expect(error?.reason.contains("\n") == false)
    }

    @Test func tellsSlurmsTimeByWhatItLearned() {
        var clock = SlurmClock()
        #expect(clock.time(at: UnixTime(nanoseconds: 5_900_000_000)) == Timestamp(5))
        clock.learn(Timestamp(1_700_000_100), at: UnixTime(nanoseconds: 5_900_000_000))
        #expect(clock.time(at: UnixTime(nanoseconds: 7_100_000_000)) == Timestamp(1_700_000_102))
    }

    @Test(arguments: [0, -1, Int64.max, Int64.min, 946_684_799, 7_258_118_400])
    func noClockShowsATimeBeyondReason(seconds: Int64) {
        var clock = SlurmClock()
        clock.learn(Timestamp(seconds), at: UnixTime(nanoseconds: .min))
        #expect(clock.offset == 0)
        #expect(Timestamp(seconds).text.hasSuffix(" s after 1970"))
    }

    @Test func knowsForHowMuchOfTheTimeSlurmWasBusy() {
        let start = Play.origin
        var cycle = DutyCycle()
        cycle.note(start, start + .seconds(30))
        cycle.note(start + .seconds(200), start + .seconds(260))
        #expect(cycle.ratio(at: start + .seconds(270), underWay: []) == 0.3)
        #expect(cycle.ratio(at: start + .seconds(315), underWay: [start + .seconds(300)]) == 0.3)
        #expect(cycle.ratio(at: start + .seconds(600), underWay: []) == 0)
    }
}
