import Metrics
import ServiceRuntime
import Slurm

extension UpstreamFamily {
    /// - Parameter durationBounds: of the histogram of requests; nil to leave it out.
    static func all(durationBounds: [Double]?) -> [UpstreamFamily] {
        let durations = durationBounds.map { [self.durations($0)] } ?? []
        return requests + durations + feeds + politeness + contents + server
    }

    private static func durations(_ bounds: [Double]) -> UpstreamFamily {
        UpstreamFamily(
            "slurm_exporter_api_request_duration_seconds", .histogram(bounds: bounds),
            "How long requests to slurmrestd took to the last byte, or until they failed.", unit: "seconds",
            labels: ["endpoint"]
        ) { state, _ in
            state.figures.durations.map { ([$0], .distribution($1)) }
        }
    }

    private static let requests = [
        UpstreamFamily(
            "slurm_exporter_api_requests_total", .counter,
            "Requests to slurmrestd, by the status of the response, or by what came in its place.",
            labels: ["endpoint", "status"]
        ) { state, _ in
            state.figures.requests.map { ([$0.endpoint, $0.status], .number(Double($1))) }
        },
        UpstreamFamily(
            "slurm_exporter_response_bytes_total", .counter, "Bytes of the bodies of slurmrestd's answers.",
            labels: ["endpoint"]
        ) { state, _ in
            state.figures.bytes.map { ([$0], .number(Double($1))) }
        },
        UpstreamFamily(
            "slurm_exporter_requests_in_flight", .gauge, "Questions to Slurm that are under way."
        ) { state, _ in
            [([], .number(Double(state.queue.asked.count)))]
        },
        UpstreamFamily(
            "slurm_exporter_api_retries_total", .counter, "Questions that were to be asked again before their time.",
            labels: ["feed"]
        ) { state, _ in
            state.queue.retries.map { ([$0.rawValue], .number(Double($1))) }
        },
        UpstreamFamily(
            "slurm_exporter_api_timeouts_total", .counter, "Requests to slurmrestd without an answer in time.",
            labels: ["endpoint"]
        ) { state, _ in
            state.figures.timeouts.map { ([$0], .number(Double($1))) }
        },
        UpstreamFamily(
            "slurm_exporter_upstream_errors_total", .counter, "Questions to Slurm without an answer, by why.",
            labels: ["feed", "kind"]
        ) { state, _ in
            state.figures.feeds.flatMap { feed, figures in
                figures.errors.map { ([feed.rawValue, $0], .number(Double($1))) }
            }
        },
    ]

    private static let feeds = [
        UpstreamFamily(
            "slurm_exporter_feed_interval_seconds", .gauge,
            "How often a feed is asked for, stretched by what answers take.", unit: "seconds", labels: ["feed"]
        ) { state, _ in
            state.queue.timetables.map {
                ([$0.feed.rawValue], .number(state.queue.interval(of: $0.feed) / .seconds(1)))
            }
        },
        UpstreamFamily(
            "slurm_exporter_feed_duration_seconds", .gauge, "How long the last answer of a feed took.",
            unit: "seconds", labels: ["feed"]
        ) { state, _ in
            state.answeredFeeds.map { ([$0.rawValue], .number($1.duration / .seconds(1))) }
        },
        UpstreamFamily(
            "slurm_exporter_feed_records", .gauge, "Records of the last answer of a feed.", labels: ["feed"]
        ) { state, _ in
            state.answeredFeeds.map { ([$0.rawValue], .number(Double($1.records))) }
        },
    ]

    private static let politeness = [
        UpstreamFamily(
            "slurm_exporter_duty_cycle_ratio", .gauge,
            "The share of the last five minutes in which a question to Slurm was under way.", unit: "ratio"
        ) { state, now in
            [([], .number(state.figures.dutyCycle.ratio(at: now, underWay: state.queue.asked.values)))]
        },
        UpstreamFamily(
            "slurm_exporter_upstream_pauses_total", .counter,
            "Times at which Slurm was left alone after a timeout, since it may still have been at work."
        ) { state, _ in
            [([], .number(Double(state.queue.pauses)))]
        },
        UpstreamFamily(
            "slurm_exporter_circuit_breaker_state", .gauge,
            "Whether Slurm is asked: 0 closed, all goes on; 1 half-open, one question tries; 2 open, nothing is asked."
        ) { state, _ in
            [([], .number(state.queue.breaker.state.number))]
        },
        UpstreamFamily(
            "slurm_exporter_circuit_breaker_transitions_total", .counter,
            "Times at which the circuit breaker came into a state.", labels: ["state"]
        ) { state, _ in
            CircuitBreaker.State.allCases.map {
                ([$0.rawValue], .number(Double(state.queue.breaker.transitions[$0] ?? 0)))
            }
        },
    ]

    private static let contents = [
        UpstreamFamily(
            "slurm_exporter_decode_errors_total", .counter,
            "Answers that could not be read, and values that were not of their type, by what was wrong.",
            labels: ["feed", "kind"]
        ) { state, _ in
            state.figures.feeds.flatMap { feed, figures in
                figures.decodeErrors.map { ([feed.rawValue, $0], .number(Double($1))) }
            }
        },
        UpstreamFamily(
            "slurm_exporter_unknown_values_total", .counter,
            "Words of Slurm's that are not known here, counted under unknown; once for each record.",
            labels: ["kind", "value"]
        ) { state, _ in
            state.figures.unknown.map { ([$0.kind, $0.value], .number(Double($1))) }
        },
        UpstreamFamily(
            "slurm_exporter_repaired_texts_total", .counter, "Texts of Slurm's that were not UTF-8."
        ) { state, _ in
            [([], .number(Double(state.figures.repairedTexts)))]
        },
    ]

    private static let server = [
        UpstreamFamily(
            "slurm_exporter_upstream_up", .gauge, "Whether the last question to Slurm had an answer."
        ) { state, _ in
            state.figures.isUp.map { [([], .number($0 ? 1 : 0))] } ?? []
        },
        UpstreamFamily(
            "slurm_exporter_api_version_info", .info,
            "The API version that is spoken with slurmrestd, and its release.",
            labels: ["plugin", "version", "release"]
        ) { state, _ in
            Plugin.allCases.compactMap { plugin in
                state.versions[plugin].map {
                    ([plugin.rawValue, $0.description, state.server.release], .present)
                }
            }
        },
        UpstreamFamily(
            "slurm_exporter_token_expiry_timestamp_seconds", .gauge,
            "When the token that Slurm is asked with expires, as a Unix time, where it says so.", unit: "seconds"
        ) { state, _ in
            state.session?.tokenExpiry.map { [([], .number(Double($0.seconds)))] } ?? []
        },
        UpstreamFamily(
            "slurm_exporter_records_hidden", .gauge,
            "Whether the list of jobs is shorter than slurmctld's own count of those that run, as PrivateData makes it."
        ) { state, _ in
            state.runningJobs == nil ? [] : [([], .number(state.visibilityHint == nil ? 0 : 1))]
        },
    ]
}

extension CircuitBreaker.State {
    fileprivate var number: Double {
        switch self {
        case .closed: 0
        case .halfOpen: 1
        case .open: 2
        }
    }
}

extension Upstream.State {
    fileprivate var answeredFeeds: [(key: Feed, value: FeedFigures)] {
        figures.feeds.filter { $0.value.generation > 0 }.map { ($0.key, $0.value) }
    }
}
