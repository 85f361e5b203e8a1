"""Runs the commands of documents, and looks up the series that they name: run.py PROGRAMS DOCUMENT...

A fenced block `sh` is run as it stands, in the root of the repository, with the addresses of a running fleet in C, S and
SLURM, and a token in the file that TOKEN names. Blocks for kubectl, systemd, containers and Slurm's own hosts can't run here: they are counted, and kubectl's are checked
for the names that they use.
"""

import os
import re
import subprocess
import sys
import urllib.parse
import urllib.request

ELSEWHERE = re.compile(r"(^|\s)(kubectl (?!kustomize)|systemctl|journalctl|docker|scontrol|sacctmgr|apt-get|install|git clone|scripts/|sudo)", re.M)


def blocks(path):
    with open(path) as file:
        return re.findall(r"^ *```(\w+)\n(.*?)^ *```$", file.read(), re.MULTILINE | re.DOTALL)


def claimed(path):
    """What tables say that there is here: the column of this name."""
    column = None
    with open(path) as file:
        for line in file:
            cells = [cell.strip() for cell in line.split("|")]
            if "here" in cells:
                column = cells.index("here")
            elif column and len(cells) > column:
                yield from re.findall("`(slurm_[a-z_]+)`", cells[column])
            else:
                column = None


def runs(text):
    for written, real in [("http://slurmrestd:6820", "$SLURM"), ("http://coordinator:8080", "$C"), ("$PWD/token", "$TOKEN")]:
        text = text.replace(written, real)
    done = subprocess.run(["bash", "-euc", text], capture_output=True, text=True, timeout=120)
    return None if done.returncode == 0 else f"exit code {done.returncode}: {done.stderr[-500:]}"


def series():
    """All names that are documented, or shown by the fleet."""
    with open("docs/metrics.md") as file:
        names = set(re.findall(r"`((?:slurm|process)_\w+)`", file.read()))
    query = urllib.parse.urlencode({"match[]": '{__name__=~".+"}'})
    for url in [f"{os.environ['C']}/metrics", f"{os.environ['C']}/federate?{query}", f"{os.environ['S']}/metrics"]:
        page = urllib.request.urlopen(url).read().decode()
        names |= set(re.findall(r"^(?:# TYPE )?([a-z_:]+)", page, re.MULTILINE))
    for folder, _, files in os.walk("Sources/Coordinator"):
        for name in files:
            with open(f"{folder}/{name}") as file:
                names |= set(re.findall(r'"(slurm_\w+)"', file.read()))
    return names


def unknown_series(text, known):
    used = set(re.findall(r"\b(?:slurm_|process_)[a-z_]+\b", text))
    stems = {re.sub("_(bucket|count|sum)$", "", name) for name in used}
    return sorted(stem for stem in stems if stem not in known and not any(name.startswith(stem) for name in known))


def main(programs, documents):
    os.environ["PATH"] = f"{programs}:{os.environ['PATH']}"
    known, wrong, ran, elsewhere = series(), [], 0, 0
    for path in documents:
        wrong += [f"{path}: no series {name}" for name in claimed(path) if name not in known]
        for language, text in blocks(path):
            if language == "promql":
                wrong += [f"{path}: no series {name}" for name in unknown_series(text, known)]
            if language != "sh":
                continue
            if ELSEWHERE.search(text):
                elsewhere += 1
                continue
            ran += 1
            if problem := runs(text):
                wrong.append(f"{path}: {text}{problem}")
    print("\n".join(wrong), f"{ran} run, {elsewhere} are for elsewhere, {len(wrong)} wrong", sep="\n")
    return 1 if wrong or not ran else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
