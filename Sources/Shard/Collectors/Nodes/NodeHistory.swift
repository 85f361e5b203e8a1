import Slurm

/// What is remembered of a node from one generation to the next.
struct NodeMark: Sendable {
    /// What a state means for those who wait for the node.
    enum Condition {
        case usable, draining, unavailable
    }

    let name: String
    let home: String
    /// A place in `NodeStates`.
    let state: Int
    let gpus: Int
    /// When the node came into its condition; nil where that wasn't seen.
    private(set) var since: Timestamp?
    /// When the node was seen first.
    private(set) var began: Timestamp?
    /// By state.
    private(set) var gpuSeconds: [(state: Int, seconds: Int)] = []
    private var before: (state: Int, gpus: Int)?

    init(
        name: String, home: String, state: Int, gpus: Int, since: Timestamp? = nil, began: Timestamp? = nil,
        gpuSeconds: [(state: Int, seconds: Int)] = []
    ) {
        self.name = name
        self.home = home
        self.state = state
        self.gpus = gpus
        self.since = since
        self.began = began
        self.gpuSeconds = gpuSeconds
    }

    var condition: Condition { NodeStates.condition(of: state) }

    /// Takes over what is known from the generation before.
    mutating func follow(_ mark: NodeMark) {
        since = mark.since
        began = mark.began
        gpuSeconds = mark.gpuSeconds
        before = (mark.state, mark.gpus)
    }

    /// Says when the generation was answered, and the one before.
    mutating func settle(at time: Timestamp, after answered: Timestamp?) {
        began = began ?? time
        // Each series begins at 0, before there is anything to count.
        if gpus > 0 { addGPUSeconds(0, in: state) }
        guard let before, let answered else { return }
        if NodeStates.condition(of: before.state) != condition { since = time }
        let seconds = Int(max(0, time.since(answered)))
        if before.gpus > 0 { addGPUSeconds(Sum.multiplying(before.gpus, seconds), in: before.state) }
        self.before = nil
    }

    private mutating func addGPUSeconds(_ seconds: Int, in state: Int) {
        if let place = gpuSeconds.firstIndex(where: { $0.state == state }) {
            gpuSeconds[place].seconds.add(saturating: seconds)
        } else {
            gpuSeconds.append((state, seconds))
        }
    }
}

/// The marks of the last whole generation.
struct NodeHistory: Sendable {
    private(set) var marks: [NodeMark] = []
    private(set) var answered: Timestamp?
    /// Made when the order of nodes turns out to have changed.
    private var places: [String: Int]?

    mutating func replace(with marks: [NodeMark], at time: Timestamp) {
        self.marks = marks
        answered = time
        places = nil
    }

    /// - Parameter place: where the search begins, best behind the node found before: the order changes little.
    mutating func mark(of name: String, near place: inout Int) -> NodeMark? {
        if place >= marks.count || marks[place].name != name {
            guard let found = allPlaces()[name] else { return nil }
            place = found
        }
        place += 1
        return marks[place - 1]
    }

    private mutating func allPlaces() -> [String: Int] {
        if let places { return places }
        let places = Dictionary(marks.enumerated().map { ($1.name, $0) }) { first, _ in first }
        self.places = places
        return places
    }
}
