import SnapshotFormat

extension FuzzTarget {
    /// Whatever is read as a document is written so that it reads the same again, in one piece or in many.
    static let snapshot = FuzzTarget(name: "snapshot") { input in
        guard let document = try? SnapshotReader.document(of: input) else { return }
        let bytes = SnapshotWriter.bytes(of: document)
        var reader = SnapshotReader()
        for byte in bytes { precondition((try? reader.read([byte].span)) != nil, "not read again") }
        guard let again = try? reader.finish() else { preconditionFailure("not read again") }
        precondition(SnapshotWriter.bytes(of: again) == bytes, "not the same again")
    }
}
