"""Says what is wrong with the manifests of a directory: check.py DIRECTORY..."""

import sys

from manifests import Manifests, findings

SECRETS = {"slurm-exporter-slurm": ["token"], "slurm-exporter-fleet": ["token", "other-token"]}

if __name__ == "__main__":
    found = [f"{path}: {text}" for path in sys.argv[1:] for text in findings(Manifests(path), SECRETS)]
    print("\n".join(found) or "nothing")
    sys.exit(1 if found else 0)
