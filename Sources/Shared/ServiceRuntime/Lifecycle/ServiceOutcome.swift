/// Why a program came down although nobody asked.
public struct ServiceFailure: Error, Equatable, CustomStringConvertible {
    public enum Reason: Equatable, Sendable {
        case startFailed(String)
        case startOverran
        case runFailed(String)
        case ended
    }

    public let service: String
    public let reason: Reason

    public var description: String {
        switch reason {
        case .startFailed(let error): "\(service) did not start: \(error)"
        case .startOverran: "\(service) did not start in time"
        case .runFailed(let error): "\(service) failed: \(error)"
        case .ended: "\(service) ended on its own"
        }
    }
}

public struct ServiceOutcome: Equatable, Sendable {
    /// The first, which brought the others down.
    public let failure: ServiceFailure?
    /// The names of those that did not stop in time.
    public let leftBehind: [String]

    public var exitCode: ExitCode {
        failure == nil && leftBehind.isEmpty ? .success : .failure
    }
}
