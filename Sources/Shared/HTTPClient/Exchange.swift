import CCurl
import Glibc

/// The loop's side of a transfer: libcurl's easy handle and what it points to.
final class Exchange {
    let transfer: Transfer
    let easy: UnsafeMutableRawPointer
    private let fields: UnsafeMutablePointer<curl_slist>?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    private var hasNews = false

    /// - Returns: nil without memory.
    init?(_ transfer: Transfer, _ configuration: HTTPClient.Configuration, _ counters: Counters) {
        guard let easy = curl_easy_init() else { return nil }
        self.transfer = transfer
        self.easy = easy
        fields = transfer.request.fieldList()
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        var options = EasyOptions(easy)
        options.apply(configuration)
        options.apply(transfer.request)
        options.set(CURLOPT_HTTPHEADER, list: fields)
        options.set(CURLOPT_ERRORBUFFER, pointer: errorText)
        options.set(CURLOPT_PRIVATE, pointer: UnsafeMutableRawPointer(bitPattern: transfer.id))
        options.install(exchange: self, counters: counters)
        guard options.areAccepted else { return nil }
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(fields)
        errorText.deallocate()
    }

    /// Wakes the consumer if something came since the last time.
    func announceNews() {
        guard hasNews else { return }
        hasNews = false
        transfer.announce()
    }

    /// Lets libcurl go on; it hands over what it held from within.
    func resume() {
        transfer.withState { $0.resume(at: .now) }
        let result = curl_easy_pause(easy, CURLPAUSE_CONT)
        guard result != CURLE_OK else { return }
        transfer.withState { $0.fail(failure(result), at: .now) }
    }

    func complete(_ result: CURLcode) {
        let failure = result == CURLE_OK ? nil : failure(result)
        transfer.withState { $0.complete(timings(), failure, at: .now) }
    }

    private func failure(_ result: CURLcode) -> TransferState.Failure {
        let detail = errorText.pointee == 0 ? curl_easy_strerror(result) : UnsafePointer(errorText)
        return TransferState.Failure(result, detail: detail.map { String(cString: $0) } ?? "")
    }
}

/// What libcurl calls from within curl_multi_perform and curl_easy_pause.
extension Exchange {
    /// - Returns: whether to go on.
    func connected() -> Bool {
        let reused = long(CURLINFO_NUM_CONNECTS) == 0
        return transfer.withState { state in
            state.connected(reused: reused, at: .now)
            return !state.hasEnded
        }
    }

    func receiveHeadLine(_ line: UnsafeRawBufferPointer) -> TransferState.Intake {
        hasNews = true
        return transfer.withState { $0.headLine(line, at: .now) }
    }

    func receiveBody(_ bytes: UnsafeRawBufferPointer) -> TransferState.Intake {
        hasNews = true
        return transfer.withState { $0.bodyBytes(bytes, at: .now) }
    }
}

extension Exchange {
    private func timings() -> HTTPClient.Summary {
        var summary = HTTPClient.Summary()
        if long(CURLINFO_NUM_CONNECTS) > 0 {
            summary.resolved = duration(CURLINFO_NAMELOOKUP_TIME_T)
            summary.connected = duration(CURLINFO_CONNECT_TIME_T)
            summary.secured = duration(CURLINFO_APPCONNECT_TIME_T)
        }
        summary.firstByte = duration(CURLINFO_STARTTRANSFER_TIME_T)
        return summary
    }

    private func long(_ info: CURLINFO) -> Int {
        var value = 0
        curl_get_long(easy, info, &value)
        return value
    }

    /// libcurl says 0 for what did not happen.
    private func duration(_ info: CURLINFO) -> Duration? {
        var microseconds = curl_off_t(0)
        curl_get_offset(easy, info, &microseconds)
        return microseconds > 0 ? .microseconds(microseconds) : nil
    }
}
