/// Where the two formats, names and limits make a difference below the level of lines.
struct Dialect {
    let format: ExpositionFormat
    let names: NameRule
    let limits: ExpositionLimits

    /// Text allows blanks and tabs between any two tokens, and does without commas or with one too many.
    var isLoose: Bool { format == .text }
}
