"""What `kubectl kustomize` makes of a directory, and whether it holds together."""

import subprocess

import kubernetes_validate
import yaml

# The oldest whose APIs are used, and the newest whose schemas are known.
VERSIONS = ["1.25", kubernetes_validate.latest_version()]
WORKLOADS = ["Deployment", "StatefulSet"]


class Manifests:
    def __init__(self, directory):
        built = subprocess.run(["kubectl", "kustomize", directory], check=True, capture_output=True, text=True)
        self.objects = [item for item in yaml.safe_load_all(built.stdout) if item]

    def of(self, *kinds):
        return [item for item in self.objects if item["kind"] in kinds]

    def find(self, kind, name):
        return next((item for item in self.of(kind) if item["metadata"]["name"] == name), None)

    def backends(self, service):
        """The workloads that a Service leads to."""
        selector = service["spec"].get("selector", {})
        return [load for load in self.of(*WORKLOADS) if selector and selector.items() <= labels(load).items()]


def labels(workload):
    return workload["spec"]["template"]["metadata"]["labels"]


def pod(workload):
    return workload["spec"]["template"]["spec"]


def findings(manifests, secrets):
    """Everything that is wrong, one text each. `secrets` is what the site has to bring: keys by name of the Secret."""
    yield from schema_findings(manifests)
    for item in manifests.objects:
        if item["kind"] != "Namespace" and item["metadata"].get("namespace") != "slurm-exporter":
            yield f"{name(item)} is not in the namespace slurm-exporter"
    for service in manifests.of("Service"):
        yield from service_findings(manifests, service)
    for budget in manifests.of("PodDisruptionBudget"):
        yield from selection_findings(manifests, budget, budget["spec"]["selector"]["matchLabels"])
    for policy in manifests.of("NetworkPolicy"):
        if selected := policy["spec"]["podSelector"].get("matchLabels"):
            yield from selection_findings(manifests, policy, selected)
    for workload in manifests.of(*WORKLOADS):
        yield from workload_findings(manifests, workload, secrets)


def name(item):
    return f"{item['kind']} {item['metadata']['name']}"


def schema_findings(manifests):
    for item in manifests.objects:
        for version in VERSIONS:
            try:
                kubernetes_validate.validate(item, version, strict=True)
            except kubernetes_validate.ValidationError as error:
                yield f"{name(item)}, Kubernetes {version}: {error.message}"


def selection_findings(manifests, item, selector):
    if not any(selector.items() <= labels(load).items() for load in manifests.of(*WORKLOADS)):
        yield f"{name(item)} selects no pod"


def service_findings(manifests, service):
    yield from selection_findings(manifests, service, service["spec"]["selector"])
    for workload in manifests.backends(service):
        ports = {port["name"] for container in pod(workload)["containers"] for port in container["ports"]}
        for port in service["spec"]["ports"]:
            if port["targetPort"] not in ports:
                yield f"{name(service)} leads to a port that {name(workload)} doesn't have"


def workload_findings(manifests, workload, secrets):
    spec, said = pod(workload), name(workload)
    if not workload["spec"]["selector"]["matchLabels"].items() <= labels(workload).items():
        yield f"{said} doesn't select its own pods"
    if spec.get("enableServiceLinks", True):
        yield f"{said} gets variables that are named like settings"
    if spec.get("automountServiceAccountToken", True):
        yield f"{said} gets a token for Kubernetes"
    if not spec["securityContext"].get("runAsNonRoot"):
        yield f"{said} may run as root"
    if spec["securityContext"].get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield f"{said} has no seccomp profile"
    if not manifests.find("ServiceAccount", spec["serviceAccountName"]):
        yield f"{said} has no account"
    volumes = {volume["name"] for volume in spec["volumes"]}
    volumes |= {claim["metadata"]["name"] for claim in workload["spec"].get("volumeClaimTemplates", [])}
    for volume in spec["volumes"]:
        yield from volume_findings(manifests, said, volume, secrets)
    for container in spec["containers"]:
        yield from container_findings(said, container, volumes)


def volume_findings(manifests, said, volume, secrets):
    if "configMap" in volume and not manifests.find("ConfigMap", volume["configMap"]["name"]):
        yield f"{said} mounts a ConfigMap that isn't there"
    if "persistentVolumeClaim" in volume:
        if not manifests.find("PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"]):
            yield f"{said} mounts a claim that isn't there"
    if "secret" in volume and volume["secret"]["secretName"] not in secrets:
        yield f"{said} mounts a Secret that nobody was told of"


def container_findings(said, container, volumes):
    rights = container["securityContext"]
    if rights.get("allowPrivilegeEscalation", True) or rights["capabilities"] != {"drop": ["ALL"]}:
        yield f"{said} has capabilities"
    if not rights.get("readOnlyRootFilesystem"):
        yield f"{said} may write to its image"
    if not container["resources"].get("requests") or "memory" not in container["resources"].get("limits", {}):
        yield f"{said} doesn't say what it needs"
    ports = {port["name"] for port in container["ports"]}
    for probe in ["startupProbe", "livenessProbe", "readinessProbe"]:
        if container.get(probe, {}).get("httpGet", {}).get("port") not in ports:
            yield f"{said} has no {probe}"
    for mount in container["volumeMounts"]:
        if mount["name"] not in volumes:
            yield f"{said} mounts the volume {mount['name']}, which it doesn't have"
