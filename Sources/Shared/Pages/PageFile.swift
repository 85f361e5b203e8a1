import Compression
import HTTP
import HTTPServer

/// A file of a page, as it lies among the sources.
public struct PageFile: Sendable {
    public enum Kind: String, Sendable {
        case html = "text/html; charset=utf-8"
        case css = "text/css; charset=utf-8"
        case script = "text/javascript; charset=utf-8"
        case svg = "image/svg+xml"
    }

    let path: String
    let response: PreparedResponse

    /// - Parameter path: where it is served.
    public init(_ path: String, _ kind: Kind, _ bytes: [UInt8]) {
        self.path = path
        response = PreparedResponse(
            .ok, .ofPage(kind.rawValue), body: bytes, gzip: Gzip.compress(bytes), tag: .of(bytes))
    }
}
