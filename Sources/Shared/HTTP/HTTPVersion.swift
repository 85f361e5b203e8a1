/// The HTTP versions that are spoken here; a request of a later 1.x counts as 1.1 (RFC 9110 §6.2).
public enum HTTPVersion: Sendable, Hashable {
    case http10
    case http11
}
