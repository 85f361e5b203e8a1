/// The parameters of a query, decoded, in the order in which they came; a name can stand there many times.
public struct QueryParameters: Hashable, Sendable {
    public struct Parameter: Hashable, Sendable {
        public let name: String
        public let value: String

        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var parameters: [Parameter] = []

    public init(_ parameters: [Parameter]) {
        self.parameters = parameters
    }

    /// Reads `name=value&name=value` with or without values; the question mark is not part of it.
    public init(parsing query: String, limit: Int = 1000) throws(RequestTargetError) {
        let bytes = query.utf8.span
        var start = 0
        while start < bytes.count {
            let end = (start..<bytes.count).first { bytes[$0] == .ampersand } ?? bytes.count
            if start < end {
                guard parameters.count < limit else { throw .tooManyParameters(limit: limit) }
                parameters.append(try Parameter(bytes, at: start..<end))
            }
            start = end + 1
        }
    }

    /// The first value of that name.
    public subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// Every value of that name.
    public func values(_ name: String) -> [String] {
        parameters.filter { $0.name == name }.map(\.value)
    }

    /// As it is written in a URL, after the question mark.
    public var encoded: String {
        parameters.map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }
            .joined(separator: "&")
    }
}

extension QueryParameters.Parameter {
    fileprivate init(_ bytes: Span<UInt8>, at range: Range<Int>) throws(RequestTargetError) {
        if let semicolon = range.first(where: { bytes[$0] == .semicolon }) {
            throw .semicolonSeparator(position: semicolon)
        }
        let end = range.first { bytes[$0] == .equals } ?? range.upperBound
        name = try PercentEncoding.decode(bytes, at: range.lowerBound..<end, plusIsSpace: true)
        value = try PercentEncoding.decode(
            bytes, at: min(end + 1, range.upperBound)..<range.upperBound, plusIsSpace: true)
    }
}
