/// What a step of reading came to: an entry, or nothing (a blank line, a comment), and where to go on.
struct Step {
    var entry: ExpositionEntry?
    let next: Int
}
