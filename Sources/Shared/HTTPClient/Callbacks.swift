import CCurl
import Glibc

// The pointers that libcurl hands back are borrowed: the loop owns each exchange until its handle is cleaned up, and the
// counters until the multi handle is.

extension EasyOptions {
    mutating func install(exchange: Exchange, counters: Counters) {
        let exchange = Unmanaged.passUnretained(exchange).toOpaque()
        let counters = Unmanaged.passUnretained(counters).toOpaque()
        set(CURLOPT_WRITEDATA, pointer: exchange)
        set(CURLOPT_HEADERDATA, pointer: exchange)
        set(CURLOPT_PREREQDATA, pointer: exchange)
        set(CURLOPT_OPENSOCKETDATA, pointer: counters)
        set(CURLOPT_CLOSESOCKETDATA, pointer: counters)
        installFunctions()
    }

    private mutating func installFunctions() {
        note(curl_set_receiver(easy, CURLOPT_WRITEFUNCTION, receiveBody))
        note(curl_set_receiver(easy, CURLOPT_HEADERFUNCTION, receiveHeadLine))
        note(curl_set_prerequest(easy, connected))
        note(curl_set_socket_opener(easy, openSocket))
        note(curl_set_socket_closer(easy, closeSocket))
    }
}

private func receiveBody(
    bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    switch exchange.receiveBody(UnsafeRawBufferPointer(start: bytes, count: size * count)) {
    case .taken: return size * count
    case .held: return Int(CURL_WRITEFUNC_PAUSE)
    case .refused: return refusal
    }
}

private func receiveHeadLine(
    bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let exchange = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue()
    let intake = exchange.receiveHeadLine(UnsafeRawBufferPointer(start: bytes, count: size * count))
    return intake == .taken ? size * count : refusal
}

private func connected(
    context: UnsafeMutableRawPointer?, remoteAddress: UnsafeMutablePointer<CChar>?,
    localAddress: UnsafeMutablePointer<CChar>?, remotePort: Int32, localPort: Int32
) -> Int32 {
    guard let context else { return Int32(CURL_PREREQFUNC_ABORT) }
    let goesOn = Unmanaged<Exchange>.fromOpaque(context).takeUnretainedValue().connected()
    return Int32(goesOn ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT)
}

private func openSocket(
    context: UnsafeMutableRawPointer?, purpose: curlsocktype, address: UnsafeMutablePointer<curl_sockaddr>?
) -> curl_socket_t {
    guard let context, let address = address?.pointee else { return refusedSocket }
    let descriptor = socket(address.family, address.socktype | Int32(SOCK_CLOEXEC.rawValue), address.protocol)
    if descriptor >= 0 { Unmanaged<Counters>.fromOpaque(context).takeUnretainedValue().openedSocket() }
    return descriptor
}

private func closeSocket(context: UnsafeMutableRawPointer?, descriptor: curl_socket_t) -> Int32 {
    if let context { Unmanaged<Counters>.fromOpaque(context).takeUnretainedValue().closedSocket() }
    return close(descriptor)
}

/// Any count other than that of the bytes ends the transfer; 0 would not for a callback without bytes.
private let refusal = Int(UInt32.max)

private let refusedSocket: curl_socket_t = -1
