import Configuration
import SimulatedREST

extension ValueType where Value == APIVersion {
    static var apiVersion: ValueType<APIVersion> {
        .text("API version", allowed: "one of " + APIVersion.allCases.map(\.name).joined(separator: ", ")) {
            text throws(Rejection) in
            APIVersion(name: text)
        } write: {
            $0.name
        }
    }
}

extension ValueType where Value == Release {
    static var release: ValueType<Release> {
        .text("release", allowed: "one of " + Release.allCases.map(\.name).joined(separator: ", ")) {
            text throws(Rejection) in
            Release(name: text)
        } write: {
            $0.name
        }
    }
}

extension ValueType where Value == UInt64 {
    static var seed: ValueType<UInt64> {
        .text("seed", allowed: "a whole number from 0 to 2^64 - 1") { text throws(Rejection) in
            UInt64(text)
        } write: {
            "\($0)"
        }
    }
}

extension ValueType where Value == Fault {
    static var fault: ValueType<Fault> {
        .text("fault", allowed: "a fault such as \"slurm/jobs status=503 count=2 probability=0.5\"") {
            text throws(Rejection) in
            do throws(FaultError) { return try Fault(text) } catch {
                throw Rejection("is no fault: \(error)")
            }
        } write: {
            $0.description
        }
    }
}
