"""Checks the systemd units: check.py DIRECTORY PROGRAMS

Each has to be understood by systemd and to be well locked up; its command line has to serve with the files beside it, with
no system call that its filter forbids; SIGHUP and SIGTERM have to do what the unit takes them for. systemd itself doesn't
run the units: that takes a host that it has started.
"""

import configparser
import glob
import os
import random
import re
import shlex
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

EXPOSURE = 20  # tenths of systemd's score
USER = "10001"


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def verify(unit, programs, scratch):
    """systemd looks for the programs where the unit says: the text is checked as if they were installed."""
    with open(unit) as file:
        text = file.read().replace("/usr/local/bin", programs)
    copy = f"{scratch}/{os.path.basename(unit)}"
    with open(copy, "w") as file:
        file.write(text)
    complaints = [line for line in run("systemd-analyze", "verify", copy).splitlines() if os.path.basename(unit) in line]
    assert not complaints, complaints
    run("systemd-analyze", "security", "--offline=true", f"--threshold={EXPOSURE}", unit)


def service(unit):
    parser = configparser.RawConfigParser(strict=False, delimiters=["="])
    parser.optionxform = str
    with open(unit) as file:
        parser.read_string(file.read())
    return parser["Service"]


def calls_of(group):
    """The system calls of a group such as @system-service, with those of the groups in it."""
    words = [line.strip() for line in run("systemd-analyze", "syscall-filter", group).splitlines()[1:]]
    calls = set()
    for word in words:
        if word.startswith("@"):
            calls |= calls_of(word)
        elif word and not word.startswith("#"):
            calls.add(word)
    return calls


def free_port():
    """Below those that the kernel gives away, one of which may have gone to somebody else by the time it is listened on."""
    for port in random.sample(range(20_000, 32_000), 1_000):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no port is free")


def traced(command, environment, port, log, hangup):
    """Runs a command until it answers, with a scrape and a reload; the system calls that it made."""
    # SQLite does more when it is root.
    user = ["setpriv", "--reuid", USER, "--regid", USER, "--clear-groups"] if os.geteuid() == 0 else []
    process = subprocess.Popen(
        ["strace", "-f", "-qq", "-o", log, *user, *command], env={"PATH": "/usr/bin:/bin", **environment},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/health", process)
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics").read()
        with open(f"/proc/{process.pid}/task/{process.pid}/children") as children:
            program = int(children.read().split()[0])
        if hangup:
            os.kill(program, signal.SIGHUP)
            time.sleep(1)
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health").read()
        os.kill(program, signal.SIGTERM)
        errors = process.communicate(timeout=30)[1]
        assert process.returncode == 0, errors
    finally:
        process.kill()
    with open(log) as file:
        own = file.read().rpartition(" execve(")[2]
    return set(re.findall(r"^\d+ +([a-z0-9_]+)\(", own, re.MULTILINE))


def wait_for(url, process):
    for _ in range(300):
        try:
            return urllib.request.urlopen(url).read()
        except OSError:
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.1)
    raise TimeoutError(url)


def localised(text, scratch):
    """A configuration file with the paths of this run in place of the installed ones."""
    text = text.replace("/etc/slurm-exporter", scratch).replace("/var/lib/slurm-exporter", f"{scratch}/state")
    return text.replace("http://slurmrestd:6820", "http://127.0.0.1:9")


def serve(unit, programs, scratch):
    settings, port = service(unit), free_port()
    command = shlex.split(localised(settings["ExecStart"], scratch))
    command = [word.replace("/usr/local/bin", programs).replace("%H", "localhost") for word in command]
    command += ["--web.listen-address", f"127.0.0.1:{port}"]
    environment = {"STATE_DIRECTORY": f"{scratch}/state", "SLURM_EXPORTER_FLEET_COORDINATORS": "http://127.0.0.1:9"}
    if os.path.basename(unit) != "slurm-exporter-shard.service":
        del environment["SLURM_EXPORTER_FLEET_COORDINATORS"]
    allowed = calls_of("@system-service") - calls_of("@privileged")
    made = traced(command, environment, port, f"{scratch}/calls", "ExecReload" in settings)
    assert "HUP" in settings.get("ExecReload", "HUP")
    forbidden = made - allowed
    assert made and not forbidden, f"{unit} forbids {sorted(forbidden)}, which its program needs"


def prepare(directory, scratch):
    os.makedirs(f"{scratch}/state")
    for token in ["token", "fleet-token"]:
        with open(f"{scratch}/{token}", "w") as file:
            file.write("a-token")
        os.chmod(f"{scratch}/{token}", 0o600)
    for path in glob.glob(f"{directory}/*.yaml"):
        with open(path) as source, open(f"{scratch}/{os.path.basename(path)}", "w") as target:
            target.write(localised(source.read(), scratch))


def hand_over(directory):
    for root, directories, files in os.walk(directory):
        for name in [root, *(f"{root}/{file}" for file in files)]:
            os.chown(name, int(USER), int(USER))


def main(directory, programs):
    with tempfile.TemporaryDirectory() as scratch:
        prepare(directory, scratch)
        if os.geteuid() == 0:
            hand_over(scratch)
        os.makedirs(f"{scratch}/etc", exist_ok=True)
        run("systemd-sysusers", f"--root={scratch}", os.path.abspath(f"{directory}/sysusers.conf"))
        with open(f"{scratch}/etc/passwd") as users:
            assert "slurm-exporter:" in users.read()
        for unit in sorted(glob.glob(f"{directory}/*.service")):
            verify(unit, programs, scratch)
            serve(unit, programs, scratch)
            print(os.path.basename(unit), "holds")


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
