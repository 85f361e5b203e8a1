"""Runs an overlay's pods as processes, with the simulator as slurmrestd: run.py OVERLAY DIRECTORY PROGRAMS

Checks probes, and that a rolling update loses no answer. Needs root, and namespaces of its own:
unshare --net --mount --pid --fork --kill-child --mount-proc.
"""

import os
import subprocess
import sys
import threading
import time
import urllib.parse

from cluster import Cluster, get, wait
from container import Container
from manifests import Manifests, labels, pod

SECRETS = {
    "slurm-exporter-slurm": {"token": "a-token-of-slurm"},
    "slurm-exporter-fleet": {"token": "one-token-of-the-fleet", "other-token": "another-one"},
}
FEDERATE = "/federate?" + urllib.parse.urlencode({"match[]": '{__name__=~"slurm_.+"}'})
# Seconds in place of minutes; a hand-over takes what it takes, so data may be as old as it may be in earnest.
COLLECTORS = [
    "cluster", "nodes", "partitions", "jobs", "users", "accounts", "qos", "reservations", "licenses", "scheduler",
    "fairshare", "accounting",
]
QUICK_SHARDS = "collection: {max_load: 1, staleness_factor: 30, intervals: {" + ", ".join(f"{name}: 1s" for name in COLLECTORS) + "}}\n"
QUICK_COORDINATOR = {
    "SLURM_COORDINATOR_FLEET_SCRAPE_INTERVAL": "1s",
    "SLURM_COORDINATOR_FLEET_HEARTBEAT_INTERVAL": "300ms",
    # Nobody is lost here: who drains says so, and a busy machine may take its time.
    "SLURM_COORDINATOR_FLEET_LOST_AFTER": "10s",
}


class Scraper(threading.Thread):
    """Asks whoever is ready, as a Service's clients do, and keeps what was wrong."""

    def __init__(self, cluster, component, port, path, judge):
        super().__init__(daemon=True)
        self.cluster, self.component, self.port, self.path, self.judge = cluster, component, port, path, judge
        self.count, self.wrong = 0, []
        self.begins = time.monotonic()
        self.ends = False

    def run(self):
        while not self.ends:
            for pod in self.cluster.ready(self.component)[:1]:
                try:
                    status, body = get(pod.address, self.port, self.path)
                    text = self.judge(status, body)
                except OSError as error:
                    text = None if pod.stopping else str(error)
                self.count += 1
                if text:
                    self.wrong.append(f"{time.monotonic() - self.begins:.1f} s, {pod.name}: {text}")
            time.sleep(0.1)

    def finish(self):
        self.ends = True
        self.join()
        return self.wrong


def complete(status, body):
    if status != 200:
        return f"status {status}: {body[:200]}"
    coverage = [line for line in body.splitlines() if line.startswith("slurm_fleet_coverage_ratio{")]
    if [line.rsplit(" ", 1)[1] for line in coverage] != ["1"]:
        return f"incomplete: {coverage}"
    return None if "\nslurm_nodes_total{" in body else "no nodes"


def exported(status, body):
    return None if status == 200 and "\nslurm_nodes_total{" in body else f"status {status}: {body[:200]}"


def quicken(manifests):
    config = manifests.find("ConfigMap", "slurm-exporter-config")["data"]
    if "config.yaml" in config:
        config["config.yaml"] += QUICK_SHARDS
    for workload in manifests.of("Deployment"):
        if labels(workload)["component"] == "coordinator":
            pod(workload)["containers"][0].setdefault("env", []).extend(
                {"name": key, "value": text} for key, text in QUICK_COORDINATOR.items())


def simulator(cluster):
    """slurmrestd, in a pod of its own."""
    cluster.add_name("slurmrestd", [cluster.attach("slurmrestd")])
    return Container(
        "slurmrestd", "slurmrestd", cluster.programs, cluster.hosts, f"{cluster.directory}/roots/slurmrestd", 10002,
        10002, {}, ["slurm-simulator", "--listen", ":6820"], cluster.libraries)


def regions(cluster):
    """Other regions' coordinators, as far as one can tell from outside: each answers /federate."""
    page = f"{cluster.directory}/region"
    os.makedirs(page, exist_ok=True)
    with open(f"{page}/federate", "w") as file:
        file.write('# TYPE slurm_nodes_total gauge\nslurm_nodes_total{cluster="a",state="idle"} 3\n')
    for region in ["north", "south"]:
        address = cluster.attach(region)
        cluster.add_name(f"coordinator.{region}.example.com", [address])
        subprocess.Popen(
            ["nsenter", f"--net=/run/netns/{region}", sys.executable, "-m", "http.server", "8080", "--directory", page],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait(lambda: answers(address), 30, f"{region} answers")


def answers(address):
    try:
        return get(address, 8080, "/federate")[0] == 200
    except OSError:
        return False


def single(cluster):
    simulator(cluster)
    cluster.start()
    wait(cluster.all_ready, 60, "the exporter is ready")
    pod = cluster.pods[0]
    wait(lambda: exported(*get(pod.address, 9341, "/metrics")) is None, 60, "nodes are exported")
    probe = pod.container.run(["slurm-shard", "probe", "--config", "/etc/slurm-exporter/config/config.yaml"])
    assert probe.returncode == 0, probe.stdout + probe.stderr
    for path in ["/x", "/usr/x", "/etc/slurm-exporter/config/x"]:
        assert pod.container.run(["touch", path]).returncode != 0, f"{path} can be written"
    assert pod.container.run(["ls", "/var/lib/slurm-exporter"]).stdout.strip(), "no counters are kept"
    report_ends(cluster.roll("slurm-exporter"))


def fleet(cluster):
    roll_shards(cluster)
    assert not cluster.roll("slurm-exporter")[0][1], "the coordinator failed at its end"
    wait(cluster.all_ready, 60, "all are ready")


def fleet_ha(cluster):
    roll_shards(cluster)
    scraper = Scraper(cluster, "coordinator", 8080, FEDERATE, complete)
    scraper.start()
    for name in ["slurm-exporter-primary", "slurm-exporter-secondary"]:
        report_ends(cluster.roll(name))
    report_answers(scraper)


def roll_shards(cluster):
    simulator(cluster)
    cluster.start()
    wait(cluster.all_ready, 90, "the fleet is ready")
    coordinator = cluster.ready("coordinator")[0]
    wait(lambda: complete(*get(coordinator.address, 8080, FEDERATE)) is None, 60, "/federate is complete")
    assert get(coordinator.address, 8080, "/api/v1/fleet")[0] == 401, "the API is open to everybody"
    scraper = Scraper(cluster, "coordinator", 8080, FEDERATE, complete)
    scraper.start()
    report_ends(cluster.roll("slurm-exporter-shard"))
    report_answers(scraper)


def root_of_regions(cluster):
    regions(cluster)
    cluster.start()
    wait(cluster.all_ready, 60, "both roots are ready")
    scraper = Scraper(
        cluster, "root", 8080, FEDERATE,
        lambda status, body: None if status == 200 and body.count("\nslurm_nodes_total{") == 2 else body[:300])
    scraper.start()
    report_ends(cluster.roll("slurm-exporter"))
    report_answers(scraper)


def report_ends(ends):
    for name, status, seconds in ends:
        print(f"{name} stopped within {seconds:.1f} s")
        assert status == 0, f"{name} ended with {status}"


def report_answers(scraper):
    wait(lambda: scraper.count > 10, 30, "answers enough to judge by")
    wrong = scraper.finish()
    print(f"{scraper.count} scrapes, {len(wrong)} wrong", *wrong[:5], sep="\n  ")
    assert not wrong


OVERLAYS = {"single": single, "fleet": fleet, "fleet-ha": fleet_ha, "regions": root_of_regions}

if __name__ == "__main__":
    overlay, directory, programs = sys.argv[1:]
    manifests = Manifests(overlay)
    quicken(manifests)
    OVERLAYS[os.path.basename(overlay)](Cluster(manifests, directory, programs, SECRETS))
