import ServiceRuntime
public import Slurm

extension Timestamp {
    /// For people: a date, or how many seconds where that is beyond all dates.
    public var text: String {
        isPlausible ? UnixTime(nanoseconds: seconds * 1_000_000_000).timestamp : "\(seconds) s after 1970"
    }
}
