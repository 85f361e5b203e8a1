extension Submission {
    /// c1 belongs to one job alone, c2 is to be drained, c3 to be rebooted, and c4 to go down.
    static let running =
        names + [
            Submission("lammps", of: "ada", "physics", "-c 4 -t 10:00:00 -q high -w c2", is: "RUNNING"),
            Submission("whole", of: "cleo", "bio", "--exclusive -w c1 -t 1-00:00:00", is: "RUNNING"),
            Submission("wide", of: "ben", "hep", "-N 2 -n 8 --ntasks-per-node=4 -w c[2-3] -t 8:00:00", is: "RUNNING"),
            Submission("twins", of: "ada", "physics", "-p gpu --gres=gpu:a100:2 -c 8 -w g1 -t 12:00:00", is: "RUNNING"),
            Submission("anyGPU", of: "cleo", "bio", "-p gpu --gpus=1 -c 4 -w g1 -t 2:00:00", is: "RUNNING"),
            Submission("tesla", of: "cleo", "bio", "-p gpu --gres=gpu:t4:1 -t 2:00:00", is: "RUNNING"),
            Submission("assembly", of: "cleo", "bio", "-p bigmem --mem=1000G -c 8 -t 4-00:00:00", is: "RUNNING"),
            Submission("licensed", of: "eva", "ops", "-L matlab:4 -w c3 -t 1-00:00:00", is: "RUNNING"),
            Submission("debugging", of: "eva", "ops", "-q debug -w c5 -t 30", is: "RUNNING"),
            Submission("either", of: "cleo", "bio", "-p batch,bigmem -c 4 -w m1 -t 1-00:00:00", is: "RUNNING"),
            Submission("secret", of: "eva", "ops", "-p secret -c 2 -w c3 -t 1-00:00:00", is: "RUNNING"),
            Submission("stranger", of: "gus", "ops", "-w c5 -t 1-00:00:00", is: "RUNNING"),
            Submission("only", of: "dan", "bio", "-w c5 -t 1-00:00:00", is: "RUNNING"),
            Submission("hetero", of: "ada", "physics", script: .file(Array(heterogeneous.utf8)), is: "RUNNING"),
            Submission("suspended", of: "ben", "hep", "-c 2 -w c5 -t 1-00:00:00", is: "SUSPENDED"),
            Submission("stopped", of: "ben", "hep", "-w c5 -t 1-00:00:00", is: "STOPPED"),
            Submission("completing", of: "ben", "hep", "-w c5 -t 1-00:00:00", is: "COMPLETING"),
            Submission("configuring", of: "eva", "ops", "-p cloud -c 4 -t 10:00:00", is: "CONFIGURING"),
            Submission("sweep", of: "ada", "physics", "--array=1-12%2 -w c5 -t 1-00:00:00", is: "RUNNING"),
        ]

    /// What users write into names and comments.
    private static let names = [
        Submission(
            "quoted", of: "ada", "physics", "-w c2 -t 1-00:00:00",
            more: ["-J", "say \"hi\" \\ back|bar {a=b,c}", "--comment", "it's \"quoted\"; really"], is: "RUNNING"),
        Submission(
            "lines", of: "ada", "physics", "-w c2 -t 1-00:00:00",
            more: ["-J", "two\nlines\tand a tab", "--comment", "a\nb\r\nc"], is: "RUNNING"),
        Submission(
            "letters", of: "cleo", "bio", "-w c2 -t 1-00:00:00", more: ["-J", "größe ✓ 核 🧬", "--comment", "naïve"],
            is: "RUNNING"),
        Submission(
            "control", of: "ben", "hep", "-w c2 -t 1-00:00:00", more: ["-J", "esc \u{1B}[31m bell \u{07} \u{01}"],
            is: "RUNNING"),
        Submission("nameless", of: "ben", "hep", "-w c2 -t 1-00:00:00", more: ["-J", ""], is: "RUNNING"),
        Submission("bytes", of: "cleo", "bio", "-w c2 -t 1-00:00:00", script: .file(noUTF8), is: "RUNNING"),
    ]

    private static let noUTF8 =
        Array("#!/bin/sh\n#SBATCH -J \"caf".utf8) + [0xE9, UInt8(ascii: " "), 0xFF, 0xFE]
        + Array("\"\nexec sleep 100000\n".utf8)

    private static let heterogeneous = """
        #!/bin/sh
        #SBATCH -A physics -c 1 -w c5 -t 1-00:00:00
        #SBATCH hetjob
        #SBATCH -A physics -c 2 -p bigmem -t 1-00:00:00
        exec sleep 100000

        """
}
