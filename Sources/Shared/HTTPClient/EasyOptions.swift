import CCurl

/// Sets options of an easy handle, and keeps in mind whether all were accepted.
struct EasyOptions {
    let easy: UnsafeMutableRawPointer
    private(set) var areAccepted = true

    init(_ easy: UnsafeMutableRawPointer) {
        self.easy = easy
    }

    mutating func set(_ option: CURLoption, _ value: Int) {
        note(curl_set_long(easy, option, value))
    }

    mutating func set(_ option: CURLoption, _ value: Bool) {
        set(option, value ? 1 : 0)
    }

    /// libcurl copies the string; nil leaves the default.
    mutating func set(_ option: CURLoption, _ value: String?) {
        guard let value else { return }
        note(curl_set_string(easy, option, value))
    }

    mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        note(curl_set_pointer(easy, option, pointer))
    }

    mutating func set(_ option: CURLoption, list: UnsafeMutablePointer<curl_slist>?) {
        note(curl_set_list(easy, option, list))
    }

    mutating func note(_ result: CURLcode) {
        if result != CURLE_OK { areAccepted = false }
    }
}

extension EasyOptions {
    mutating func apply(_ configuration: HTTPClient.Configuration) {
        set(CURLOPT_NOSIGNAL, true)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, false)
        set(CURLOPT_PATH_AS_IS, true)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        // Without it, ending a transfer whose name is being resolved waits for the resolver, and the loop with it.
        set(CURLOPT_QUICK_EXIT, true)
        set(CURLOPT_MAXAGE_CONN, max(1, Int(configuration.idleTime.components.seconds)))
        set(CURLOPT_MAXLIFETIME_CONN, configuration.connectionAge.map { max(1, Int($0.components.seconds)) } ?? 0)
    }

    mutating func apply(_ request: HTTPClient.Request) {
        set(CURLOPT_URL, request.url.text)
        set(CURLOPT_HTTP_CONTENT_DECODING, false)
        set(CURLOPT_BUFFERSIZE, min(max(request.backlog / 2, Self.bufferSizes.lowerBound), Self.bufferSizes.upperBound))
        if let connect = request.deadlines.connect {
            // Besides the state's own deadline, so that libcurl shares the time among the addresses of a name.
            set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(connect / .milliseconds(1))))
        }
        apply(request.method, body: request.body)
        apply(request.transport)
    }

    private mutating func apply(_ method: HTTPClient.Method, body: [UInt8]?) {
        if method == .head { set(CURLOPT_NOBODY, true) }
        if let body = body ?? (method == .post ? [] : nil) {
            note(curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            // Never nil, for which libcurl would read from standard input instead.
            (body.isEmpty ? [0] : body).withUnsafeBytes { bytes in
                set(CURLOPT_COPYPOSTFIELDS, pointer: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            }
        }
        set(CURLOPT_CUSTOMREQUEST, method.rawValue)
    }

    private mutating func apply(_ transport: HTTPClient.Transport) {
        set(CURLOPT_UNIX_SOCKET_PATH, transport.unixSocket)
        set(CURLOPT_PROXY, transport.proxy ?? "")
        if transport.proxy != nil { set(CURLOPT_NOPROXY, "") }
        set(CURLOPT_FORBID_REUSE, !transport.keepAlive)
        set(CURLOPT_FRESH_CONNECT, !transport.keepAlive)
        set(CURLOPT_HTTP_VERSION, transport.http2 ? Int(CURL_HTTP_VERSION_2TLS) : Int(CURL_HTTP_VERSION_1_1))
        apply(transport.tls)
    }

    private mutating func apply(_ tls: HTTPClient.TLS) {
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_SSL_VERIFYPEER, tls.verifies)
        set(CURLOPT_SSL_VERIFYHOST, tls.verifies ? 2 : 0)
        set(CURLOPT_CAINFO, tls.authorities)
        set(CURLOPT_CA_CACHE_TIMEOUT, Self.authoritiesAge)
        set(CURLOPT_SSLCERT, tls.certificate)
        set(CURLOPT_SSLKEY, tls.key ?? tls.certificate)
    }

    /// How much libcurl reads at once, and so how much it holds of a transfer that is paused.
    private static let bufferSizes = (16 << 10)...(512 << 10)

    /// Seconds for which libcurl keeps a file of authorities in memory, instead of a day: the file may be renewed.
    private static let authoritiesAge = 60
}

extension HTTPClient.Request {
    /// The fields as libcurl wants them; those it would add by itself are taken back by a name without value.
    ///
    /// - Returns: to be freed by the caller; nil if there are none.
    func fieldList() -> UnsafeMutablePointer<curl_slist>? {
        var lines = fields.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        if gzip, fields["Accept-Encoding"] == nil { lines.append("Accept-Encoding: gzip") }
        if fields["Content-Type"] == nil { lines.append("Content-Type:") }
        lines.append("Expect:")
        if !transport.keepAlive { lines.append("Connection: close") }
        return lines.reduce(nil) { curl_slist_append($0, $1) }
    }
}
