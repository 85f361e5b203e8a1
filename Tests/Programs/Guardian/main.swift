import CLinux
import Foundation

// Runs a command, and ends with everything that came of it, whatever has forked, detached itself or changed its user:
//
//     guardian DIRECTORY COMMAND [ARGUMENT…]
//
// It ends when the command does, and when its own input ends: that of a test ends with the test, however it died. Then
// DIRECTORY is removed too; of several guardians over the same one, the last to end succeeds. The first line of the
// output is the command's process id; SIGTERM is passed on to it. Only a guardian that is killed leaves something behind.
let directory = CommandLine.arguments[1]
let command = Array(CommandLine.arguments.dropFirst(2))

guard adopt_orphans() == 0 else { fatalError("guardian: the kernel doesn't let it adopt orphans") }
// A Ctrl-C is for the test, whose end is told by the input.
for number in [SIGINT, SIGQUIT, SIGHUP] { signal(number, SIG_IGN) }
let signals = SignalSet([SIGTERM, SIGCHLD, SIGUSR1])
signals.block()
Thread.detachNewThread {
    while FileHandle.standardInput.availableData.isEmpty == false {}
    kill(getpid(), SIGUSR1)
}

let family = try Family(command)
print(family.eldest)
fflush(nil)

var isAbandoned = false
while family.status == nil, !isAbandoned {
    switch signals.next() {
    case SIGTERM: kill(family.eldest, SIGTERM)
    case SIGUSR1: isAbandoned = true
    default: family.reap()
    }
}
family.end()
if isAbandoned { remove(directory) }
exit(family.status ?? 1)

/// Again and again: other guardians may be at it, and a file that a sibling was about to write may get in between.
func remove(_ directory: String) {
    for _ in 0..<100 where FileManager.default.fileExists(atPath: directory) {
        try? FileManager.default.removeItem(atPath: directory)
        usleep(20_000)
    }
}
