import Configuration
import Testing

struct ValueTests {
    @Test(arguments: [
        ("0", Duration.zero), ("30s", .seconds(30)), ("5m", .seconds(300)), ("1h30m", .seconds(5400)),
        ("2d", .seconds(172_800)), ("1w", .seconds(604_800)), ("250ms", .milliseconds(250)),
        ("1m500ms", .milliseconds(60_500)), ("0.5s", .milliseconds(500)), ("1.5h", .seconds(5400)), ("0s", .zero),
        ("1w2d3h4m5s6ms", .milliseconds(788_645_006)), ("9223372036s", .seconds(9_223_372_036)),
        ("0.000001ms", .nanoseconds(1)),
    ])
    func readsDurations(text: String, expected: Duration) throws {
        #expect(try settings("processing: {cache: {ttl: \(text)}}").cache.ttl == expected)
        #expect(try settings("processing: {cache: {ttl: \"\(text)\"}}").cache.ttl == expected)
    }

    @Test(arguments: [
        ("10", "is no duration"), ("-5s", "is no duration"), ("5 s", "is no duration"), ("s", "is no duration"),
        ("5M", "has no unit that is known"), ("1y", "has no unit that is known"),
        ("5s1m", "has its units in the wrong order"), ("1s1s", "has its units in the wrong order"),
        ("1m5", "is no duration"), ("1.s", "is no duration"), (".5s", "is no duration"), ("1e3s", "has no unit"),
        ("9223372037s", "is too large"), ("15250w6d", "is too large"), ("99999999999999999999s", "is too large"),
        ("0.0000001ms", "is too fine"), ("٣s", "is no duration"), ("1,5s", "is no duration"), ("inf", "is no"),
    ])
    func refusesWhatIsNoDuration(text: String, complaint: String) throws {
        let found = errors("processing: {cache: {ttl: \"\(text)\"}}")
        #expect(found.count == 1)
        #expect(found.first?.contains("\"\(text)\" \(complaint)") == true, "\(found)")
    }

    @Test func takesBareSecondsOnlyWhereASettingSaysSo() throws {
        #expect(try settings("web: {read_timeout: 15}").web.readTimeout == .seconds(15))
        #expect(try settings("web: {read_timeout: 1.5}").web.readTimeout == .milliseconds(1500))
        #expect(try settings("web: {read_timeout: 15m}").web.readTimeout == .seconds(900))
    }

    @Test(arguments: [
        ("1048576", 1_048_576), ("1GiB", 1 << 30), ("800Mi", 800 << 20), ("1e6", 1_000_000), ("10MB", 10_000_000),
        ("512K", 512_000), ("512k", 512_000), ("512Ki", 524_288), ("512KiB", 524_288), ("1.5GiB", 3 << 29),
        ("2T", 2_000_000_000_000), ("1P", 1_000_000_000_000_000), ("8191PiB", 8191 << 50), ("2048B", 2048),
    ])
    func readsSizes(text: String, expected: Int) throws {
        #expect(try settings("processing: {cache: {max_size: \(text)}}").cache.size.bytes == expected)
    }

    @Test(arguments: [
        ("-5000", "is negative"), ("5gb", "has no unit that is known"), ("800m", "has no unit that is known"),
        ("8192PiB", "is too large"), ("1.0001K", "is too fine"), ("99999999999999999999", "is too large"),
        ("1e30", "is too large"), ("x", "is no size"), ("1 GiB", "has no unit"), ("100", "is too small"), ("08K", nil),
    ])
    func refusesWhatIsNoSize(text: String, complaint: String?) {
        let found = errors("processing: {cache: {max_size: \"\(text)\"}}")
        #expect(found.count == 1)
        #expect(found.first?.contains(complaint ?? "") == true, "\(found)")
    }

    @Test(arguments: [
        (1 << 30, "1GiB"), (800 << 20, "800MiB"), (10_000_000, "10MB"), (1000, "1KB"), (1024, "1KiB"), (1, "1"),
        (0, "0"),
        (1_048_577, "1048577"), (1 << 60, "1024PiB"), (1_024_000, "1000KiB"),
    ])
    func writesSizesInTheLargestWholeUnit(bytes: Int, expected: String) {
        let size = ByteSize(bytes: bytes)
        #expect(size.description == expected)
        #expect(ByteSize(expected) == size)
    }

    @Test(arguments: [
        ("true", true), ("yes", true), ("on", true), ("True", true), ("'yes'", true), ("false", false), ("no", false),
        ("off", false), ("OFF", false),
    ])
    func readsBooleans(text: String, expected: Bool) throws {
        #expect(try settings("ha: {leader_election: \(text)}").high.election == expected)
    }

    @Test(arguments: ["y", "1", "enabled", "''", "tru"])
    func refusesWhatIsNoBoolean(text: String) {
        #expect(errors("ha: {leader_election: \(text)}").count == 1)
    }

    @Test(arguments: [("5", 5), ("1e3", 1000), ("'7'", 7), ("+7", 7), ("1E+2", 100)])
    func readsWholeNumbers(text: String, expected: Int) throws {
        #expect(try settings("metrics: {max_series: \(text)}").metrics.maxSeries == expected)
    }

    @Test(arguments: [
        "1.5", "010", "0x10", "1_000", "1,000", "-1", "99999999999999999999", "1e19", "1e-1", "", "inf", "NaN", "1e",
        "+-1",
    ])
    func refusesWhatIsNoWholeNumber(text: String) {
        #expect(errors("metrics: {max_series: '\(text)'}").count == 1)
    }

    @Test(arguments: [("0.8", 0.8), ("0", 0), ("1", 1), ("1e-3", 0.001), (".5", 0.5), ("1.", 1)])
    func readsNumbers(text: String, expected: Double) throws {
        #expect(try settings("collection: {max_load: \(text)}").collection.maxLoad == expected)
    }

    @Test(arguments: ["1.1", "-0.1", ".inf", "nan", "0x1p-1", "1e999", "", "0,5", "."])
    func refusesWhatIsNoNumber(text: String) {
        #expect(errors("collection: {max_load: '\(text)'}").count == 1)
    }

    @Test func keepsTextAsItIsWritten() throws {
        for text in ["no", "5", "1e6", "a b", "010", "true", "off"] {
            #expect(try settings("metrics: {prefix: \(text)}").metrics.prefix == text)
        }
        #expect(try settings("metrics: {prefix: 'null'}").metrics.prefix == "null")
        #expect(errors("metrics: {prefix: ''}").count == 1)
        #expect(errors("metrics: {prefix: null}").count == 1)
        #expect(try settings("log_level: off").logLevel == .off)
    }

    @Test func readsListsInBothForms() throws {
        #expect(
            try settings("collectors: {nodes: {partitions: [a, 'b,c']}}").collectors.nodes.partitions == ["a", "b,c"])
        #expect(try settings("collectors: {nodes: {partitions: 'a, b'}}").collectors.nodes.partitions == ["a", "b"])
        #expect(try settings("collectors: {nodes: {partitions: a}}").collectors.nodes.partitions == ["a"])
        #expect(try settings("collectors: {nodes: {partitions: []}}").collectors.nodes.partitions.isEmpty)
        #expect(errors("collectors: {nodes: {partitions: 'a,'}}").count == 1)
        #expect(errors("collectors: {nodes: {partitions: [[a]]}}").count == 1)
    }

    @Test func readsMapsOverWhatHoldsByDefault() throws {
        let limits = try settings("metrics: {label_limits: {node: 7, 8080: 1, no: 2}}").metrics.labelLimits
        #expect(limits == ["user": 500, "node": 7, "8080": 1, "no": 2])
        #expect(try settings("collection: {intervals: {nodes: 5s}}").collection.intervals[.jobs] == .seconds(60))
        let sampling = try settings("metrics: {sampling: {jobs: {rate: 0.1}}}").metrics.sampling
        #expect(sampling == [.jobs: Sampling(enabled: false, rate: 0.1)])
    }

    @Test func knowsTheWordForHavingNoValue() throws {
        #expect(try settings("metrics: {max_series: unlimited}").metrics.maxSeries == nil)
        #expect(try settings("metrics: {max_series: ~}").metrics.maxSeries == nil)
        #expect(
            errors("metrics: {max_series: }").first?.contains(
                "has no value: write a whole number of at least 0, or unlimited") == true)
    }

    @Test func acceptsASectionInWhichAllIsCommentedOut() throws {
        #expect(try settings("web:\n  # listen: x\ncollectors:\n  jobs:\n") == Sample())
        #expect(try settings("") == Sample())
    }
}
