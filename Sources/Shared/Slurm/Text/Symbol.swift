/// A name that many records share, such as a user's or a partition's: comparing two costs nothing.
///
/// Only means something together with the `Symbols` it came from.
public struct Symbol: Hashable, Sendable, BitwiseCopyable {
    let index: UInt32

    /// The empty text, in every `Symbols`.
    public static let empty = Symbol(index: 0)

    public var isEmpty: Bool { self == .empty }

    /// Where it stands among all symbols of its `Symbols`, from 0 on without gaps.
    public var place: Int { Int(index) }
}
