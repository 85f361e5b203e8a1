extension [StaticTarget] {
    /// What metrics call each: no two are called the same.
    var names: [String] {
        let instances = map { $0.allLabels["instance"] ?? "" }
        let paths = map { TargetURL($0.url).path }
        let jobs = map { " " + ($0.allLabels["job"] ?? "") }
        let numbers = indices.map { " #\($0 + 1)" }
        return [paths, jobs, numbers].reduce(instances) { names, more in
            let counts = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            return zip(names, more).map { counts[$0] == 1 ? $0 : $0 + $1 }
        }
    }
}
