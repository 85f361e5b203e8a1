"""Runs what manifests describe, as a cluster would, in namespaces of this process: pods with addresses and names of
their own, mounted configuration, secrets and volumes, probes, rolling updates."""

import http.client
import os
import subprocess
import threading
import time

from container import Container, Mount, libraries
from manifests import WORKLOADS, labels, pod

NETWORK = "10.99.0"


class Pod:
    def __init__(self, cluster, workload, name, ordinal):
        self.cluster, self.workload, self.name = cluster, workload, name
        self.spec = pod(workload)
        self.description = self.spec["containers"][0]
        self.address = cluster.attach(name)
        self.ready = False
        self.stopping = False
        self.container = None
        # An answer to a probe is that of the container which was asked, and of nobody who is stopped or started since.
        self.life = threading.Lock()

    def start(self):
        security = self.spec["securityContext"]
        container = Container(
            self.name, self.name, self.cluster.programs, self.cluster.hosts, f"{self.cluster.directory}/roots/{self.name}",
            security["runAsUser"], security["runAsGroup"], self.environment(),
            self.description["command"] + self.description.get("args", []), self.mounts(security["fsGroup"]))
        with self.life:
            self.container, self.stopping = container, False

    def environment(self):
        fields = {"metadata.name": self.name, "metadata.namespace": "slurm-exporter", "status.podIP": self.address}
        values = {}
        for entry in self.description.get("env", []):
            source = entry.get("valueFrom")
            text = fields[source["fieldRef"]["fieldPath"]] if source else entry["value"]
            for key, value in values.items():
                text = text.replace(f"$({key})", value)
            values[entry["name"]] = text
        return values

    def mounts(self, group):
        return self.cluster.libraries + [
            Mount(self.cluster.volume(self, mount["name"], group), mount["mountPath"], not mount.get("readOnly"))
            for mount in self.description["volumeMounts"]
        ]

    def answer(self, probe):
        """The status that a probe's path is answered with; None where nobody answers."""
        request = self.description[probe]["httpGet"]
        port = next(each["containerPort"] for each in self.description["ports"] if each["name"] == request["port"])
        try:
            return get(self.address, port, request["path"], self.description[probe].get("timeoutSeconds", 1))[0]
        except OSError:
            return None

    def probe(self):
        container = self.container
        if not container or self.stopping:
            return
        ready = self.answer("readinessProbe") == 200
        with self.life:
            if self.container is container and not self.stopping:
                self.ready = ready

    def stop(self):
        with self.life:
            self.stopping, self.ready = True, False
        hook = self.description.get("lifecycle", {}).get("preStop", {}).get("exec", {}).get("command")
        return self.container.stop(self.spec.get("terminationGracePeriodSeconds", 30), hook)


def get(address, port, path, timeout=10):
    connection = http.client.HTTPConnection(address, port, timeout=timeout)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()
    except http.client.HTTPException as error:
        raise OSError(error) from error
    finally:
        connection.close()


class Cluster:
    """Has to run in network and mount namespaces of its own."""

    def __init__(self, manifests, directory, programs, secrets):
        self.manifests, self.directory, self.programs, self.secrets = manifests, directory, programs, secrets
        self.hosts = f"{directory}/hosts"
        self.libraries = [Mount(path, path, writable=False) for path in libraries(programs)]
        self.pods = []
        self.names = {}
        self.addresses = 1
        for command in ["mount -t tmpfs tmpfs /run", "ip link set lo up", "ip link add pods type bridge",
                        f"ip address add {NETWORK}.1/24 dev pods", "ip link set pods up"]:
            subprocess.run(command.split(), check=True)
        for workload in manifests.of(*WORKLOADS):
            self.pods += [Pod(self, workload, name, number) for number, name in enumerate(self.pod_names(workload))]
        self.name_services()
        threading.Thread(target=self.probe, daemon=True).start()

    def pod_names(self, workload):
        name = workload["metadata"]["name"]
        suffix = "" if workload["kind"] == "StatefulSet" else "7d9f-"
        return [f"{name}-{suffix}{number}" for number in range(workload["spec"]["replicas"])]

    def attach(self, name):
        """A network of its own for a pod; its address."""
        self.addresses += 1
        address, link = f"{NETWORK}.{self.addresses}", f"pod{self.addresses}"
        for command in [f"ip netns add {name}", f"ip link add {link} type veth peer name eth0 netns {name}",
                        f"ip link set {link} master pods up", f"ip -n {name} address add {address}/24 dev eth0",
                        f"ip -n {name} link set eth0 up", f"ip -n {name} link set lo up"]:
            subprocess.run(command.split(), check=True)
        return address

    def name_services(self):
        """Services are names for the addresses of their pods: ports are the same on both sides."""
        for service in self.manifests.of("Service"):
            name = service["metadata"]["name"]
            backends = self.manifests.backends(service)
            members = [pod for pod in self.pods if pod.workload in backends]
            self.add_name(f"{name} {name}.slurm-exporter.svc", [pod.address for pod in members])
            if service["spec"].get("clusterIP") == "None":
                for pod in members:
                    self.add_name(f"{pod.name}.{name}.slurm-exporter.svc {pod.name}.{name}", [pod.address])
        self.add_name("localhost", ["127.0.0.1"])

    def add_name(self, name, addresses):
        with open(self.hosts, "a") as hosts:
            hosts.writelines(f"{address} {name}\n" for address in addresses)

    def volume(self, pod, name, group):
        """The directory behind a volume of a pod."""
        source = next((volume for volume in pod.spec["volumes"] if volume["name"] == name), {})
        if "configMap" in source:
            data = self.manifests.find("ConfigMap", source["configMap"]["name"])["data"]
            return self.fill(f"config-{source['configMap']['name']}", data, 0o644, group)
        if "secret" in source:
            data = self.secrets[source["secret"]["secretName"]]
            return self.fill(f"secret-{source['secret']['secretName']}", data, source["secret"]["defaultMode"], group)
        claim = source.get("persistentVolumeClaim", {}).get("claimName", f"{name}-{pod.name}")
        path = f"{self.directory}/volumes/{claim}"
        os.makedirs(path, exist_ok=True)
        os.chown(path, 0, group)
        os.chmod(path, 0o2775)
        return path

    def fill(self, name, data, mode, group):
        path = f"{self.directory}/files/{name}"
        if os.path.exists(path):
            return path
        os.makedirs(path)
        for key, text in data.items():
            with open(f"{path}/{key}", "w") as file:
                file.write(text)
            os.chown(f"{path}/{key}", 0, group)
            os.chmod(f"{path}/{key}", mode)
        return path

    def start(self):
        for pod in self.pods:
            pod.start()

    def probe(self):
        """The kubelet's side, with less patience than its own."""
        while True:
            for pod in self.pods:
                pod.probe()
            time.sleep(0.2)

    def workload(self, name):
        return [pod for pod in self.pods if pod.workload["metadata"]["name"] == name]

    def ready(self, component):
        return [pod for pod in self.pods if pod.ready and labels(pod.workload)["component"] == component]

    def all_ready(self):
        return all(pod.ready for pod in self.pods)

    def roll(self, name):
        """A rolling update: the last pod first, the next when it is ready again. Returns how each ended."""
        ends = []
        for pod in reversed(self.workload(name)):
            ends.append((pod.name, *pod.stop()))
            pod.start()
            wait(lambda: pod.ready, 60, f"{pod.name} ready again")
        return ends


def wait(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {seconds} s")
        time.sleep(0.1)
