import YAML

/// How values of one kind are written: reads, writes and describes them.
///
/// Complete with `.text` for kinds of your own:
///
///     extension ValueType where Value == Port {
///         static var port: Self {
///             .text("port", allowed: "a port from 1 to 65535", parse: { Port($0) }, write: { $0.description })
///         }
///     }
public struct ValueType<Value: Sendable>: Sendable {
    public internal(set) var description: TypeDescription
    /// Gives nothing after it has noted an error. Sections and maps are read over the current value.
    let read: @Sendable (_ node: YAML.Node, _ current: Value?, _ reading: inout Reading) -> Value?
    let write: @Sendable (Value) -> Written
}

extension ValueType {
    /// - Parameters:
    ///   - name: a noun that reads on after "is no".
    ///   - allowed: reads on after "write".
    ///   - pattern: a regular expression for editors; what counts is `parse`.
    ///   - parse: gives nothing where the text is no such value, throws where there is more to say.
    ///   - write: text that `parse` reads as the same value.
    public static func text(
        _ name: String, allowed: String, pattern: String? = nil,
        parse: @escaping @Sendable (String) throws(Rejection) -> Value?, write: @escaping @Sendable (Value) -> String
    ) -> ValueType {
        let schema = JSON.text(pattern: pattern)
        return scalar(TypeDescription(name, allowed: allowed) { schema }, parse: parse) { .text(write($0)) }
    }

    static func scalar(
        _ description: TypeDescription, parse: @escaping @Sendable (String) throws(Rejection) -> Value?,
        write: @escaping @Sendable (Value) -> Written
    ) -> ValueType {
        ValueType(description: description) { node, _, reading in
            guard let text = reading.text(of: node, as: description) else { return nil }
            let shown = description.isSecret ? Secret.placeholder : Shown.quoted(text)
            do throws(Rejection) {
                if let value = try parse(text) { return value }
                reading.reject(node.position, "\(shown) is no \(description.name)", description)
            } catch {
                let shown = error.hidesText ? "the value" : shown
                reading.reject(node.position, "\(shown) \(error.reason)", description, error)
            }
            return nil
        } write: {
            write($0)
        }
    }

    /// Narrows what is allowed.
    ///
    /// - Parameters:
    ///   - allowed: reads on after "write"; leave it out where the complaint says it all.
    ///   - complaint: nothing where the value is good, else why not, such as "has to be ascending".
    public func checked(
        allowed: String? = nil, _ complaint: @escaping @Sendable (Value) -> String?
    ) -> ValueType {
        var description = description
        description.allowed = allowed ?? description.allowed
        return ValueType(description: description) { [self, description] node, current, reading in
            reading.allowing(description.allowed) { reading in
                guard let value = read(node, current, &reading) else { return nil }
                guard let complaint = complaint(value) else { return value }
                if allowed == nil {
                    reading.reject(node.position, shown(node) + complaint)
                } else {
                    reading.reject(node.position, shown(node) + complaint, description)
                }
                return nil
            }
        } write: { [write] in
            write($0)
        }
    }

    /// The same texts as values of another type.
    public func mapped<Other>(
        to other: @escaping @Sendable (Value) -> Other, from value: @escaping @Sendable (Other) -> Value
    ) -> ValueType<Other> {
        ValueType<Other>(description: description) { [read] node, current, reading in
            read(node, current.map(value), &reading).map(other)
        } write: { [write] in
            write(value($0))
        }
    }

    /// A value that need not be there; `~` and the word say so explicitly.
    func optional(_ word: String) -> ValueType<Value?> {
        var description = description
        description.schema = { [schema = description.schema] in .any([schema(), .enumeration([.string(word), .null])]) }
        description.allowed += ", or \(word)"
        return ValueType<Value?>(description: description) { [read, description] node, current, reading in
            if case .scalar(let scalar) = node.content {
                if scalar.text == word || scalar.isNull && !scalar.text.isEmpty { return .some(nil) }
            }
            return reading.allowing(description.allowed) { reading in
                read(node, current ?? nil, &reading).map(Optional.some)
            }
        } write: { [write] in
            $0.map(write) ?? .text(word)
        }
    }

    private func shown(_ node: YAML.Node) -> String {
        guard case .scalar(let scalar) = node.content else { return "" }
        return (description.isSecret ? Secret.placeholder : Shown.quoted(scalar.text)) + " "
    }
}
