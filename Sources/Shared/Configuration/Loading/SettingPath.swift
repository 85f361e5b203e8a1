import YAML

/// Where in the configuration a value stands: `clusters[0].base_url`.
struct SettingPath: Hashable, CustomStringConvertible {
    enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    var steps: [Step] = []

    init(_ keys: [String] = []) {
        steps = keys.map(Step.key)
    }

    func appending(_ keys: [String]) -> SettingPath {
        var path = self
        path.steps += keys.map(Step.key)
        return path
    }

    var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let key): text += (text.isEmpty ? "" : ".") + (Shown.isBare(key) ? key : Shown.quoted(key))
            }
        }
        return text
    }
}
