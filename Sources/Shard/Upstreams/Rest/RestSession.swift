import HTTPClient
import Locks
import ServiceRuntime
import Slurm

/// Asks the slurmrestd of one cluster: one address after the other, with the token as it is now.
final class RestSession: Sendable {
    private let settings: RestSettings
    let client: HTTPClient
    private let credentials: Credentials
    private let state: Locked<State>

    private struct State {
        var book: AddressBook
        var token: JSONWebToken?
    }

    /// - Throws: `configuration` for settings that no request can be made with.
    init(_ settings: RestSettings, client: HTTPClient) throws(UpstreamError) {
        guard !settings.addresses.isEmpty else { throw UpstreamError(.configuration, "there is no address") }
        var addresses: [RestAddress] = []
        for text in settings.addresses { addresses.append(try RestAddress(text)) }
        self.settings = settings
        self.client = client
        credentials = Credentials(settings)
        state = Locked(State(book: AddressBook(addresses)))
    }

    /// Where the next question goes.
    var address: RestAddress { state.withLock { $0.book.current } }

    var addresses: [RestAddress] { state.withLock { $0.book.addresses } }

    /// When the token that was used last expires, where it says so.
    var tokenExpiry: Timestamp? { state.withLock { $0.token?.expiry } }

    /// How long an answer may take.
    var timeout: Duration { .seconds(settings.requestTimeoutSeconds) }

    /// Asks an address.
    ///
    /// - Parameter timeout: for all of the answer; nil for what the settings say.
    func get(_ target: String, at address: RestAddress, timeout: Duration?) async throws(UpstreamError) -> RestReply {
        let token = try credentials.reveal()
        state.withLock { $0.token = token.flatMap { JSONWebToken($0) } }
        let request = try request(target, to: address, token: token, timeout: timeout ?? self.timeout)
        do throws(HTTPClientError) {
            return RestReply(try await client.send(request), token: token)
        } catch {
            throw UpstreamError(error)
        }
    }

    /// A question to an address failed: the next one goes to another, where the address may be to blame.
    func leave(_ address: RestAddress, after error: UpstreamError) {
        guard error.concernsAddress else { return }
        state.withLock { $0.book.leave(address) }
    }

    /// An expired token is the reason for every refusal, whatever slurmrestd makes of it: some releases take it for a
    /// database that is down.
    func explained(_ error: UpstreamError, at time: Timestamp) -> UpstreamError {
        guard error.status != nil, let expiry = tokenExpiry, expiry <= time else { return error }
        switch error.kind {
        case .auth, .slurm, .databaseDown, .controllerDown, .denied, .http, .empty:
            var explained = UpstreamError(.auth, "the token has expired; \(error.reason)", status: error.status)
            explained.retryAfter = error.retryAfter
            return explained
        default: return error
        }
    }

    private func request(
        _ target: String, to address: RestAddress, token: String?, timeout: Duration
    ) throws(UpstreamError) -> HTTPClient.Request {
        // slurmrestd takes the worst of a list of types for the best: exactly one is sent.
        let fields = [(name: "Accept", value: "application/json")] + credentials.fields(token)
        do throws(HTTPClientError) {
            var request = try HTTPClient.Request(.get, address.base + target, fields: fields)
            request.transport.unixSocket = address.socket
            request.transport.http2 = false
            request.transport.tls.authorities = settings.certificateAuthorityFile
            // The whole answer is computed before its first byte, so silence says nothing: there is one limit for all of it.
            request.deadlines = HTTPClient.Deadlines(
                connect: .seconds(settings.connectTimeoutSeconds), stall: nil, total: timeout)
            request.limit = settings.maximumAnswerBytes
            request.gzip = false
            return request
        } catch {
            throw UpstreamError(error)
        }
    }
}

/// A response whose body is still on its way.
struct RestReply {
    let status: Int
    /// How long the server asks to be left alone.
    let retryAfter: Duration?
    /// What it was asked with, which nothing that the answer says may repeat.
    let token: String?
    private let body: HTTPClient.Body

    init(_ response: HTTPClient.Response, token: String?) {
        self.token = token
        status = response.status
        retryAfter = response.fields["Retry-After"].flatMap { Int($0) }.map { .seconds(max($0, 0)) }
        body = response.body
    }

    /// - Returns: nil at the end of a body that is complete.
    func next() async throws(UpstreamError) -> [UInt8]? {
        do throws(HTTPClientError) {
            return try await body.next()
        } catch {
            throw UpstreamError(error)
        }
    }

    /// Ends the transfer, and with it the connection.
    func cancel() {
        body.cancel()
    }
}
