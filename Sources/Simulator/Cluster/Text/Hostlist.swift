extension Cluster {
    public func append(_ name: NodeName, to buffer: inout [UInt8]) {
        buffer.append(texts[name.prefix])
        if name.width > 0 { buffer.append(decimal: name.number, width: Int(name.width)) }
    }

    /// Appends nodes the short way, `cn[0001-0004,0007],login`.
    ///
    /// Nodes of one prefix must follow each other, in ascending order, as they do in the node table.
    public func append(hostlist nodes: [Ref<Node>], to buffer: inout [UInt8]) {
        // Captured alone: with the whole cluster each call would cost a retain for everything in it.
        let table = self.nodes
        var names = nodes.lazy.map { table[$0].name }.makeIterator()
        var next = names.next()
        var isFirst = true
        while let first = next {
            if !isFirst { buffer.append(UInt8(ascii: ",")) }
            isFirst = false
            next = append(hostsLike: first, from: &names, to: &buffer)
        }
    }

    /// Appends all names that share a prefix and a width, and returns the one after them.
    private func append(
        hostsLike first: NodeName, from names: inout some IteratorProtocol<NodeName>, to buffer: inout [UInt8]
    ) -> NodeName? {
        buffer.append(texts[first.prefix])
        guard first.width > 0 else { return names.next() }
        let bracket = buffer.count
        var isRange = false
        var run = first.number...first.number
        var next = names.next()
        while let name = next, name.prefix == first.prefix, name.width == first.width {
            isRange = true
            if name.number == run.upperBound + 1 {
                run = run.lowerBound...name.number
            } else {
                append(run, width: first.width, to: &buffer)
                buffer.append(UInt8(ascii: ","))
                run = name.number...name.number
            }
            next = names.next()
        }
        append(run, width: first.width, to: &buffer)
        if isRange {
            buffer.insert(UInt8(ascii: "["), at: bracket)
            buffer.append(UInt8(ascii: "]"))
        }
        return next
    }

    private func append(_ run: ClosedRange<UInt32>, width: UInt8, to buffer: inout [UInt8]) {
        buffer.append(decimal: run.lowerBound, width: Int(width))
        guard run.count > 1 else { return }
        buffer.append(UInt8(ascii: "-"))
        buffer.append(decimal: run.upperBound, width: Int(width))
    }
}
