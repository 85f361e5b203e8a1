public import Configuration
public import HTTPServer

extension ValueType where Value == ListenAddress {
    public static var listenAddress: ValueType<ListenAddress> {
        .text(
            "listen address", allowed: "an address such as :9341, 127.0.0.1:9341, [::1]:9341 or unix:/run/shard.sock"
        ) { text throws(Rejection) in
            do throws(ListenAddressError) { return try ListenAddress(text) } catch {
                throw Rejection("is no listen address, since \(error.problem)")
            }
        } write: {
            $0.description
        }
    }
}

extension ValueType where Value == Duration {
    /// A time that passes before something is given up, and so is not 0.
    static var timeout: ValueType<Duration> { .duration(in: .milliseconds(1)...) }
}

extension ValueType where Value == Int {
    /// A number of bytes, with or without a unit.
    public static func bytes(in range: ClosedRange<Int>) -> ValueType<Int> {
        let sizes = ByteSize(bytes: range.lowerBound)...ByteSize(bytes: range.upperBound)
        return ValueType<ByteSize>.byteSize(in: sizes).mapped(to: \.bytes, from: ByteSize.init(bytes:))
    }

    /// Permissions as chmod(1) takes them.
    static var fileMode: ValueType<Int> {
        .text("file mode", allowed: "permissions in octal, such as 0660", pattern: "0?[0-7]{3}") {
            text throws(Rejection) in
            Int(text, radix: 8).flatMap { (0...0o777).contains($0) ? $0 : nil }
        } write: {
            "0" + String($0, radix: 8)
        }
    }
}
