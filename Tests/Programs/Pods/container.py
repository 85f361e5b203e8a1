"""A container as a process: an own root, network, process numbers and user, no capabilities, nothing writable."""

import os
import shlex
import signal
import subprocess
import time

PROGRAMS = ["slurm-shard", "slurm-coordinator", "slurm-simulator"]

# What the image has: the system, and the programs.
SCRIPT = r"""
set -e
root={root}
hostname {name}
mount -t tmpfs tmpfs "$root"
mkdir -p "$root"/usr "$root"/proc "$root"/dev "$root"/etc "$root"/var/lib {directories}
for name in bin lib lib64 sbin; do ln -s usr/$name "$root"/$name; done
mount --bind /usr "$root"/usr
mount --bind {programs} "$root"/usr/local/bin
mount -t proc proc "$root"/proc
for name in null zero urandom; do touch "$root"/dev/$name; mount --bind /dev/$name "$root"/dev/$name; done
cp {hosts} "$root"/etc/hosts
echo 'hosts: files' >"$root"/etc/nsswitch.conf
echo 'slurm-exporter:x:10001:10001::/:/usr/sbin/nologin' >"$root"/etc/passwd
{mounts}
mount -o remount,ro "$root"
exec chroot "$root" setpriv --reuid {user} --regid {group} --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
    env -i PATH=/usr/local/bin:/usr/bin:/bin HOSTNAME={name} {environment} {command}
"""


def libraries(programs):
    """Where programs look for libraries besides the system's own: a build for debugging finds Swift's there."""
    paths = set()
    for name in PROGRAMS:
        listed = subprocess.run(["ldd", f"{programs}/{name}"], capture_output=True, text=True).stdout
        paths |= {os.path.dirname(word) for word in listed.split() if word.startswith("/")}
    return sorted(path for path in paths if not path.startswith(("/lib", "/usr/lib")))


class Mount:
    def __init__(self, source, path, writable):
        self.source, self.path, self.writable = source, path, writable

    def script(self):
        target = f'"$root"{self.path}'
        read_only = "" if self.writable else f"; mount -o remount,bind,ro {target}"
        return f"mount --bind {shlex.quote(self.source)} {target}{read_only}"


class Container:
    """Started at once; `address` is that of its network."""

    def __init__(self, name, network, programs, hosts, root, user, group, environment, command, mounts):
        os.makedirs(root, exist_ok=True)
        self.name, self.user, self.group = name, user, group
        script = SCRIPT.format(
            root=shlex.quote(root), programs=shlex.quote(programs), hosts=shlex.quote(hosts), user=user, group=group,
            name=name, directories=" ".join(f'"$root"{mount.path}' for mount in mounts),
            mounts="\n".join(mount.script() for mount in mounts), command=shlex.join(command),
            environment=" ".join(shlex.quote(f"{key}={value}") for key, value in environment.items()))
        self.log = open(f"{root}.log", "ab")
        self.process = subprocess.Popen(
            ["nsenter", f"--net=/run/netns/{network}", "unshare", "--mount", "--uts", "--pid", "--fork", "--kill-child",
             "sh", "-c", script], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)

    @property
    def first(self):
        """The number of the container's first process, as seen from here: the one child of unshare."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/children") as children:
            return int(children.read().split()[0])

    def send(self, number):
        os.kill(self.first, number)

    def run(self, command):
        """As `kubectl exec` does it."""
        target = str(self.first)
        return subprocess.run(
            ["nsenter", "--target", target, "--mount", "--net", "--pid", "--root", "--wd=/", "setpriv", "--reuid",
             str(self.user), "--regid", str(self.group), "--clear-groups", "--no-new-privs", "--bounding-set=-all",
             "env", "-i", "PATH=/usr/local/bin:/usr/bin:/bin", *command], capture_output=True, text=True, timeout=60)

    def stop(self, grace, before=None):
        """As the kubelet does it: what is to run before, SIGTERM, and SIGKILL where the grace isn't enough.

        Returns the exit status and how long it took.
        """
        began = time.monotonic()
        if before:
            self.run(before)
        self.send(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=max(grace - (time.monotonic() - began), 1))
        except subprocess.TimeoutExpired:
            self.send(signal.SIGKILL)
            status = self.process.wait()
        return status, time.monotonic() - began
