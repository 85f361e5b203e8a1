import Glibc
import HTTPServer
import Program
import ServiceRuntime

/// Says on standard output what can be tried, once there is something to try.
struct WelcomeService: Service {
    let name = "welcome"
    let web: WebService
    let settings: SimulatorSettings
    let logger: Logger

    func start() async throws {
        for address in web.addresses {
            logger.info("this is a simulator: nothing that it shows is real", ["address": .string("\(address)")])
            guard !address.isLoopback else { continue }
            logger.warning("everybody who reaches this address can ask, and cause faults", [:])
        }
        guard let address = web.addresses.first else { return }
        print(Welcome(address: address, settings: settings).text)
        fflush(nil)
    }

    func stop(before deadline: MonotonicClock.Instant) async {}
}
