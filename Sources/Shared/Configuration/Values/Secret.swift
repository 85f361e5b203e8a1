/// A token or password that shows itself to nobody who doesn't ask for it by name.
///
/// Descriptions, dumps, mirrors and encoders give `<secret>`. A secret that is kept in a file is read again each time it is
/// revealed, so that it can be rotated.
public struct Secret: Sendable, Equatable {
    private enum Storage: Sendable {
        case text(String)
        case file(String)
    }

    private let storage: Storage

    public static let placeholder = "<secret>"

    public init(_ text: String) {
        storage = .text(text)
    }

    public init(file path: String) {
        storage = .file(path)
    }

    /// The file that holds it, if it is in a file.
    public var file: String? {
        if case .file(let path) = storage { path } else { nil }
    }

    /// The secret itself; from a file without the line break at the end.
    public func reveal() throws(SecretUnavailable) -> String {
        switch storage {
        case .text(let text): text
        case .file(let path): try SecretFile(path).text
        }
    }

    /// Whether two secrets come from the same text or the same file; takes the same time wherever texts differ.
    public static func == (left: Secret, right: Secret) -> Bool {
        switch (left.storage, right.storage) {
        case (.text(let left), .text(let right)): areEqual(left, right)
        case (.file(let left), .file(let right)): left == right
        default: false
        }
    }

    /// Takes a time that depends on the lengths only.
    public static func areEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(into: UInt8(0)) { $0 |= $1.0 ^ $1.1 } == 0
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable, Encodable {
    public var description: String { Secret.placeholder }
    public var debugDescription: String { Secret.placeholder }
    public var customMirror: Mirror { Mirror(self, children: []) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Secret.placeholder)
    }
}

public struct SecretUnavailable: Error, Sendable, CustomStringConvertible {
    public let description: String
}

struct SecretFile {
    var text: String
    var isWorldReadable: Bool

    private static let limit = 1 << 16

    init(_ path: String) throws(SecretUnavailable) {
        let file: BoundedFile
        do throws(Rejection) {
            file = try BoundedFile(path, limit: SecretFile.limit)
        } catch {
            throw SecretUnavailable(description: error.reason)
        }
        isWorldReadable = file.isWorldReadable
        guard let text = String(validating: SecretFile.trimmed(file.bytes), as: UTF8.self), !text.isEmpty else {
            throw SecretUnavailable(description: "\(path) \(file.bytes.isEmpty ? "is empty" : "holds no text")")
        }
        self.text = text
    }

    private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        var result = bytes[...]
        if result.last == UInt8(ascii: "\n") { result.removeLast() }
        if result.last == UInt8(ascii: "\r") { result.removeLast() }
        return result
    }
}
