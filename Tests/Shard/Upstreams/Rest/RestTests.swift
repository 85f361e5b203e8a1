import Configuration
import Metrics
import Slurm
import Testing

@testable import Upstreams

struct RestTests {
    @Test(
        arguments: [
            ("http://a:6820", "http://a:6820", nil), ("https://a/slurm/", "https://a/slurm", nil),
            ("unix:/run/slurm.sock", "http://localhost", "/run/slurm.sock"),
            ("unix:///run/slurm.sock", "http://localhost", "/run/slurm.sock"),
        ] as [(String, String, String?)])
    func readsAddresses(text: String, base: String, socket: String?) throws {
        let address = try RestAddress(text)
        #expect(address.base == base)
        #expect(address.socket == socket)
    }

    @Test(arguments: ["a:6820", "ftp://a", "unix:run", "", "unix:"]) func refusesOtherAddresses(text: String) {
        #expect(throws: UpstreamError.self) { try RestAddress(text) }
    }

    @Test func showsNoUserInformation() throws {
        #expect(try RestAddress("https://me:secret@a:1/x").description == "https://a:1/x")
        #expect(try RestAddress("unix:/a@b").description == "unix:/a@b")
    }

    @Test func leavesAnAddressOnce() throws {
        let (a, b) = (try RestAddress("http://a"), try RestAddress("http://b"))
        var book = AddressBook([a, b])
        book.leave(a)
        book.leave(a)
        #expect(book.current == b)
        book.leave(b)
        #expect(book.current == a)
    }

    @Test func sendsOneKindOfHeaders() {
        var settings = RestSettings()
        settings.user = "me"
        #expect(
            Credentials(settings).fields("t").map { "\($0.name): \($0.value)" } == [
                "X-SLURM-USER-NAME: me", "X-SLURM-USER-TOKEN: t",
            ])
        settings.authentication = .bearer
        #expect(Credentials(settings).fields("t").map { "\($0.name): \($0.value)" } == ["Authorization: Bearer t"])
        #expect(Credentials(settings).fields(nil).isEmpty)
    }

    /// slurmrestd before 23.02 answers 401 to a token without a user.
    @Test(
        arguments: [
            // {"exp":1700000000,"sun":"exporter"}
            (nil, "e30.eyJleHAiOjE3MDAwMDAwMDAsInN1biI6ImV4cG9ydGVyIn0.c2ln", "exporter"),
            ("me", "e30.eyJleHAiOjE3MDAwMDAwMDAsInN1biI6ImV4cG9ydGVyIn0.c2ln", "me"),
            // {"sun":"a\nb"}, {}, and no such token
            (nil, "e30.eyJzdW4iOiJhXG5iIn0.c2ln", nil), (nil, "e30.e30.c2ln", nil), (nil, "opaque", nil),
        ] as [(String?, String, String?)])
    func aTokenNamesItsUser(configured: String?, token: String, user: String?) {
        var settings = RestSettings()
        settings.user = configured
        #expect(Credentials(settings).fields(token).first { $0.name == "X-SLURM-USER-NAME" }?.value == user)
    }

    @Test(
        arguments: [
            // {"exp":1700000000}
            ("e30.eyJleHAiOjE3MDAwMDAwMDB9.c2ln", Timestamp(1_700_000_000)),
            // {"exp":1.7e9,"sun":"û?>"}, which needs both letters of base64url
            ("e30.eyJleHAiOjEuN2U5LCJzdW4iOiLDuz8-In0.c2ln", Timestamp(1_700_000_000)),
            // {"exp":1e99}
            ("e30.eyJleHAiOjFlOTl9.c2ln", nil),
            // {}
            ("e30.e30.c2ln", nil),
        ] as [(String, Timestamp?)])
    func readsWhenATokenExpires(text: String, expiry: Timestamp?) throws {
        #expect(try #require(JSONWebToken(text)).expiry == expiry)
    }

    @Test(arguments: ["", "opaque", "a.b", "e30.!!.x", "e30.eyJ.x", "e30.eyJleHAiOiJzb29uIn0.x"])
    func otherTokensHaveNoExpiry(text: String) {
        #expect(JSONWebToken(text) == nil)
    }

    @Test func ordersVersions() {
        #expect(APIVersion.known.first == APIVersion("v0.0.46"))
        #expect(APIVersion.known.last == APIVersion("v0.0.38"))
        #expect(APIVersion("v0.0.40")! < APIVersion("v0.0.41")!)
        for text in ["v0.0.", "v0.0.x", "0.0.40", "v0.1.40", "v0.0.-1"] { #expect(APIVersion(text) == nil) }
    }

    @Test(arguments: [
        (Feed.jobs, 44, "/slurm/v0.0.44/jobs/?flags=ALL"), (.jobs, 39, "/slurm/v0.0.39/jobs/"),
        (.partitions, 40, "/slurm/v0.0.40/partitions/?flags=ALL"), (.partitions, 38, "/slurm/v0.0.38/partitions/"),
        (.nodes, 44, "/slurm/v0.0.44/nodes/"), (.diag, 44, "/slurm/v0.0.44/diag/"),
        (.accounting, 44, "/slurmdb/v0.0.44/jobs/"), (.dbd, 44, "/slurmdb/v0.0.44/diag/"),
    ]) func asksForWhatIsNeeded(feed: Feed, version: Int, target: String) {
        #expect(feed.target(APIVersion(version)) == target)
    }

    @Test(arguments: 38...46) func asksForEndedJobsInTheWordsOfTheVersion(version: Int) {
        let question = EndedJobsQuestion(from: Timestamp(100), to: Timestamp(200), includesSteps: false)
        let query = question.query(APIVersion(version))
        let times = version < 40 ? "start_time=uts100&end_time=uts200" : "start_time=100&end_time=200"
        #expect(query.hasPrefix("?\(times)&state=COMPLETED%2CCANCELLED%2C"))
        #expect(query.contains("%2CREQUEUED") == (version >= 40) && !query.contains(","))
        let flags = ["show_duplicates=true", "disable_truncate_usage_time=true", "skip_steps=true"]
        for flag in flags { #expect(query.contains("&" + flag) == (version > 38)) }
        var whole = question
        whole.includesSteps = true
        #expect(!whole.query(APIVersion(version)).contains("skip_steps"))
    }

    @Test func forgetsAVersionAfterARunOfMisses() {
        var book = VersionBook()
        book.learn(APIVersion(44), of: .controller)
        book.learn(APIVersion(43), of: .accounting)
        for _ in 0..<2 { book.miss(.controller) }
        book.confirm(.controller)
        for _ in 0..<2 { book.miss(.controller) }
        #expect(book[.controller] == APIVersion(44))
        book.miss(.controller)
        #expect(book[.controller] == nil)
        #expect(book[.accounting] == APIVersion(43))
    }

    @Test func keepsAPinnedVersion() {
        var book = VersionBook(pinned: APIVersion(40))
        for _ in 0..<5 { book.miss(.controller) }
        #expect(book[.controller] == APIVersion(40))
    }

    @Test func triesEveryVersionOnce() {
        var search = VersionSearch()
        var tried: [APIVersion] = []
        while let candidate = search.candidate {
            tried.append(candidate)
            search.miss()
        }
        #expect(tried == APIVersion.known)
    }
}
