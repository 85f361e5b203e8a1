import HTTP
import ServiceRuntime
import TestSupport
import Testing

@Suite struct AcceptedCodingsTests {
    @Test(arguments: [
        "gzip", "GZIP", "x-gzip", "gzip;q=1.0", "gzip;q=0.001", "gzip, deflate", "deflate, gzip", "gzip, identity",
        "identity;q=0.5, gzip;q=0.5", "*", "deflate, *;q=0.1", "identity;q=0, *", "*;q=0, gzip", " gzip ; q=0.5 ",
        "gzip, deflate, br, zstd", "gzip;q=2", "gzip;q=0.5, identity;q=0.1", "gzip;;q=1",
    ])
    func gzipIsPreferred(header: String) {
        let codings = AcceptedCodings(header)
        #expect(codings.prefersGzip && codings.allowsGzip)
    }

    @Test(arguments: [
        nil, "", " ", "identity", "deflate", "br;q=1.0", "gzip;q=0", "gzip;q=0.000", "gzip;q=0, *", "x-gzip;q=0",
        "gzip;q=garbage", "gzip;q=", "garbage", "gzipped", "gzi", "gzip gzip", "\"gzip\"", "gzip=1", ",;,;",
        "*;q=0, identity", "gzip;q=-1",
    ])
    func onlyThePlainBytesAreSent(header: String?) {
        let codings = AcceptedCodings(header)
        #expect(!codings.allowsGzip && !codings.prefersGzip)
        #expect(codings.allowsIdentity)
    }

    @Test(arguments: ["gzip;q=0.5, identity", "identity, *;q=0.5", "gzip;q=0.5, *;q=0.8"])
    func gzipIsAllowedButNotPreferred(header: String) {
        let codings = AcceptedCodings(header)
        #expect(codings.allowsGzip && codings.allowsIdentity && !codings.prefersGzip)
    }

    @Test(arguments: [("identity;q=0, gzip", true), ("*;q=0, gzip", true), ("*;q=0", false), ("identity;q=0", false)])
    func plainBytesCanBeRefused(header: String, allowsGzip: Bool) {
        let codings = AcceptedCodings(header)
        #expect(!codings.allowsIdentity)
        #expect(codings.allowsGzip == allowsGzip)
    }

    @Test func anyBytesGetAnAnswer() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<5000 {
            let codings = AcceptedCodings(String(decoding: random.bytes(30), as: UTF8.self))
            #expect(codings.allowsGzip || !codings.prefersGzip)
        }
    }
}
