/// Texts of a job that follow from its user, script and id, and so need no memory.
extension Cluster {
    public func append(workingDirectoryOf user: Ref<User>, script: Ref<Script>, to buffer: inout [UInt8]) {
        buffer.append(ascii: "/home/")
        append(nameOrNumberOf: user, to: &buffer)
        buffer.append(ascii: "/projects/p")
        buffer.append(decimal: script.raw % 32, width: 2)
    }

    /// Appends the file that was submitted; nothing where there was none.
    public func append(commandOf user: Ref<User>, script: Ref<Script>, to buffer: inout [UInt8]) {
        guard scripts[script].isBatch else { return }
        append(workingDirectoryOf: user, script: script, to: &buffer)
        buffer.append(ascii: "/run")
        buffer.append(decimal: script.raw)
        buffer.append(ascii: ".sh")
    }

    /// Appends the path of standard output with its patterns replaced.
    public func append(standardOutputOf job: Job, to buffer: inout [UInt8]) {
        append(workingDirectoryOf: job.user, script: job.script, to: &buffer)
        buffer.append(ascii: "/slurm-")
        if let task = job.arrayTaskID {
            buffer.append(decimal: job.arrayJob)
            buffer.append(UInt8(ascii: "_"))
            buffer.append(decimal: task)
        } else {
            buffer.append(decimal: job.id)
        }
        buffer.append(ascii: ".out")
    }

    /// Appends the command line of the submission.
    public func append(submitLineOf request: JobRequest, script: Ref<Script>, to buffer: inout [UInt8]) {
        buffer.append(ascii: scripts[script].isBatch ? "sbatch -N " : "salloc -N ")
        buffer.append(decimal: request.nodes)
        buffer.append(ascii: " -n ")
        buffer.append(decimal: request.tasks)
        buffer.append(ascii: " -c ")
        buffer.append(decimal: request.cpusPerTask)
        buffer.append(ascii: request.memoryIsPerCPU ? " --mem-per-cpu=" : " --mem=")
        buffer.append(decimal: request.memory)
        buffer.append(ascii: "M")
        if request.gpusPerNode > 0 {
            buffer.append(ascii: " --gres=")
            append(gresRequest: request, prefix: "", to: &buffer)
        }
        guard scripts[script].isBatch else { return }
        buffer.append(ascii: " run")
        buffer.append(decimal: script.raw)
        buffer.append(ascii: ".sh")
    }

    /// Appends a user's name, or the uid where the host does not know it.
    public func append(nameOrNumberOf user: Ref<User>, to buffer: inout [UInt8]) {
        let user = users[user]
        if user.name.isEmpty {
            buffer.append(decimal: user.uid)
        } else {
            buffer.append(user.name)
        }
    }
}
