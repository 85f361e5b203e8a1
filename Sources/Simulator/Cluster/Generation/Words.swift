enum Words {
    static let fields = [
        "physics", "bio", "chem", "astro", "hep", "climate", "cfd", "ml", "geo", "math", "med", "econ", "ling", "robot",
        "energy",
    ]
    static let givenNames = [
        "alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy", "karl", "laura", "mallory",
        "nina", "oscar", "peggy", "quentin", "rupert", "sybil", "trent", "ursula", "victor", "wendy", "xavier",
        "yvonne", "zoe",
    ]
    static let programs = [
        "lammps", "gromacs", "vasp", "namd", "openfoam", "train", "infer", "blast", "wrf", "cmssw", "geant4", "orca",
        "cp2k", "align", "sweep", "post", "mesh", "render", "jupyter", "nextflow",
    ]
    static let drainReasons: [Text] = [
        "kernel update", "GPU 3 \"Xid 79\" fell off", "IB link flapping", "Kill task failed",
        "batch job complete failure",
        "Low RealMemory (reported:192000 < 100.00% of configured:384000)",
        "gres/gpu count reported lower than configured (3 < 4)",
        "disk full", "health check: /scratch not mounted",
    ]
}
