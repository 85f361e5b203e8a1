import Slurm
import Testing

struct HostListTests {
    @Test(arguments: [
        ("", []), ("cn1", ["cn1"]), ("cn[1-3]", ["cn1", "cn2", "cn3"]),
        ("cn[08-11]", ["cn08", "cn09", "cn10", "cn11"]),
        ("cn[1,3,5-6],login", ["cn1", "cn3", "cn5", "cn6", "login"]), ("a,b", ["a", "b"]),
        ("r[0-1]n[1-2]-ib", ["r0n1-ib", "r0n2-ib", "r1n1-ib", "r1n2-ib"]), ("cn[0099-0100]", ["cn0099", "cn0100"]),
        ("[1-2]x", ["1x", "2x"]),
    ])
    func standsForNames(_ text: String, _ names: [String]) throws {
        #expect(try #require(HostList(text)).names == names)
    }

    @Test(arguments: [
        "cn[1-", "cn[1-3", "cn1]", "cn]1[", "cn[]", "cn[3-1]", "cn[a-b]", "cn[1-2-3]", "cn[-1]", "cn[1,,2]",
        "cn[0-99999999]", "a[0-9999]b[0-9999]", "cn[99999999999999999999]", "[[1-2]]",
    ])
    func isNoneOtherwise(_ text: String) {
        #expect(HostList(text) == nil)
    }
}
