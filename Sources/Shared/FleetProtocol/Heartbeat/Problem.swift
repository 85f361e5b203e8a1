/// Why something was refused, as a problem document (RFC 9457).
public struct Problem: Hashable, Codable, Sendable {
    public var status: Int
    public var title: String
    public var detail: String

    public init(status: Int, title: String, detail: String) {
        self.status = status
        self.title = title
        self.detail = detail
    }

    /// What an answer says to people; nil for one that is no such document.
    public static func detail(in body: [UInt8]) -> String? {
        (try? FleetMessage.decode(Problem.self, from: body))?.detail
    }
}
