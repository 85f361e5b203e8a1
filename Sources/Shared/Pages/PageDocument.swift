import Compression
import FoundationEssentials
import HTTP
import HTTPServer
import Locks
public import ServiceRuntime

/// What a page shows, as JSON; however many look at it, it is made anew once a second at most.
public final class PageDocument: Sendable {
    private struct Made {
        let time: MonotonicClock.Instant
        let tag: EntityTag
        let plain: [UInt8]
        let gzip: [UInt8]
    }

    private static let lifetime = Duration.seconds(1)

    private let make: @Sendable () -> any Encodable & Sendable
    private let clock: MonotonicClock
    private let last = Locked<Made?>(nil)

    public init(clock: MonotonicClock = .system, _ make: @escaping @Sendable () -> any Encodable & Sendable) {
        self.clock = clock
        self.make = make
    }

    func answer(to request: RoutedRequest) -> Answer {
        let known = request.fields.combined("If-None-Match")
        let isCompressed = AcceptedCodings(request.fields.combined("Accept-Encoding")).prefersGzip
        return .work { writer in
            let made = try self.current()
            var fields = HTTPFields.ofPage("application/json")
            fields.set("ETag", made.tag.description)
            fields.set("Vary", "Accept-Encoding")
            guard !made.tag.matches(ifNoneMatch: known) else {
                return writer.respond(Response(.notModified, fields))
            }
            if isCompressed { fields.set("Content-Encoding", "gzip") }
            writer.respond(Response(.ok, fields, body: isCompressed ? made.gzip : made.plain))
        }
    }

    private func current() throws -> Made {
        let now = clock.now
        if let made = last.withLock({ $0 }), made.time.duration(to: now) < Self.lifetime { return made }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let plain = Array(try encoder.encode(make()))
        let made = Made(time: now, tag: .of(plain), plain: plain, gzip: Gzip.compress(plain))
        last.withLock { $0 = made }
        return made
    }
}
