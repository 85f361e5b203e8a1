/// Everything that decides about the shape of an answer.
struct Dialect: Hashable, Sendable {
    let version: APIVersion
    let release: Release
    let style: JSONStyle
}
