import CCurl

extension TransferState.Failure {
    /// - Parameter detail: libcurl's own words, which may quote the peer.
    init(_ code: CURLcode, detail: String) {
        let reason = detail.harmless
        switch code {
        case CURLE_RECV_ERROR where detail.contains("unexpected eof"):
            // How OpenSSL 3 names a TLS connection that ends without close_notify.
            self.init(kind: .truncated, reason: reason)
        case CURLE_RECV_ERROR where detail.contains("chunk"):
            // Later versions of libcurl have codes of their own for framing that is wrong.
            self.init(kind: .malformed, reason: reason)
        case CURLE_OPERATION_TIMEDOUT: self.init(kind: .timeout(.connect), reason: reason)
        default: self.init(kind: HTTPClientError.Kind(code), reason: reason)
        }
    }
}

extension HTTPClientError.Kind {
    init(_ code: CURLcode) {
        self = Self.table.first { $0.codes.contains(code) }?.kind ?? .local
    }

    private static let table: [(kind: Self, codes: [CURLcode])] = [
        (.dns, [CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY]),
        (.connect, [CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_PROXY]),
        (
            .tls,
            [
                CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_PEER_FAILED_VERIFICATION,
                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS,
                CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_CLIENTCERT, CURLE_SSL_ENGINE_NOTFOUND,
                CURLE_SSL_ENGINE_SETFAILED, CURLE_SSL_ENGINE_INITFAILED, CURLE_USE_SSL_FAILED,
            ]
        ),
        (.truncated, [CURLE_PARTIAL_FILE]),
        (.reset, [CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_HTTP2_STREAM]),
        (
            .malformed,
            [
                CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_BAD_CONTENT_ENCODING,
                CURLE_WRITE_ERROR,
            ]
        ),
        (.tooLarge, [CURLE_FILESIZE_EXCEEDED]),
        (.invalidRequest, [CURLE_URL_MALFORMAT]),
    ]
}

extension String {
    /// One line of printable ASCII.
    var harmless: String {
        String(decoding: utf8.map { (0x20...0x7e).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
