import Compression
import Metrics
import ServiceRuntime
import SnapshotFormat

/// Where counters are kept on disk, so that a shard goes on counting where it, or another before it, stopped.
///
/// A file for each feed of each cluster, or of each slice: a snapshot document with nothing but states, gzipped, whose checksum is that of
/// the whole. Two shards may share a directory for a while, as in a rolling update: each file is one of theirs, whole.
struct CounterStore: Sendable {
    let directory: String
    /// Of a fleet's shard, which has several that count the same feed; nil for all there is.
    var slice: String?

    /// Why counters can't be kept, or those that were kept can't be used.
    struct Failure: Error, CustomStringConvertible {
        enum Kind: String, CaseIterable {
            case io, corrupt, foreign
        }

        let kind: Kind
        let description: String
    }

    /// - Returns: nil where nothing was kept.
    func load(_ feed: Feed, of cluster: String) throws(Failure) -> [CountingState]? {
        let bytes: [UInt8]
        do throws(FileError) {
            guard let found = try DurableFile.read(path(feed, cluster), limit: Self.mostBytes) else { return nil }
            bytes = found
        } catch { throw Failure(kind: .io, description: "\(error)") }
        let document = try document(bytes)
        guard document.states.allSatisfy({ $0.feed == feed && (cluster.isEmpty || $0.cluster == cluster) }) else {
            let names = Set(document.states.map { "\($0.feed) of \($0.cluster)" }).sorted().joined(separator: ", ")
            throw Failure(kind: .foreign, description: "it counts \(names)")
        }
        return document.states
    }

    private func document(_ bytes: [UInt8]) throws(Failure) -> SnapshotDocument {
        let text: [UInt8]
        do throws(GzipError) { text = try Gzip.decompress(bytes, limit: Self.mostBytes) } catch {
            throw Failure(kind: .corrupt, description: "\(error)")
        }
        do throws(SnapshotError) { return try SnapshotReader.document(of: text) } catch {
            throw Failure(kind: .corrupt, description: "\(error)")
        }
    }

    /// On return they are on the disk.
    func save(_ states: [CountingState], _ feed: Feed, of cluster: String) throws(Failure) {
        let document = SnapshotDocument(slice: "counters", generation: "", states: states)
        do throws(FileError) {
            try DurableFile.makeDirectory(directory)
            try DurableFile.write(Gzip.compress(SnapshotWriter.bytes(of: document)), to: path(feed, cluster))
        } catch { throw Failure(kind: .io, description: "\(error)") }
    }

    /// - Returns: the file's new name, which says why.
    func setAside(_ feed: Feed, of cluster: String, _ kind: Failure.Kind) throws(Failure) -> String {
        let name = "\(path(feed, cluster)).\(kind.rawValue)-\(WallClock.system.now.seconds)"
        do throws(FileError) { try DurableFile.setAside(path(feed, cluster), as: name) } catch {
            throw Failure(kind: .io, description: "\(error)")
        }
        return name
    }

    /// - Parameter cluster: as it is configured; empty where Slurm is to say it.
    func path(_ feed: Feed, _ cluster: String) -> String {
        let name = (slice.map { Self.escaped($0) + "." } ?? "") + (cluster.isEmpty ? "auto" : Self.escaped(cluster))
        return "\(directory)/\(name).\(feed.rawValue).counters.gz"
    }

    /// Different names stay different, and none leads out of the directory.
    private static func escaped(_ name: String) -> String {
        name.utf8.map { byte in
            let character = Character(Unicode.Scalar(byte))
            let isPlain = byte < 128 && (character.isLetter || character.isNumber || character == "-")
            return isPlain ? String(character) : "%" + String(Int(byte) + 256, radix: 16).dropFirst()
        }.joined()
    }

    private static let mostBytes = 4 << 30
}
