"""Reads an exposition with the client library's parser and compares every sample with what was written.

usage: read_back.py text|openMetrics EXPOSITION EXPECTATION

The expectation is JSON: {"samples": [[name, {label: value}, bits], ...], "help": {family: text}}, where bits is the
number's IEEE 754 pattern in decimal.
"""

import json
import struct
import sys

from prometheus_client import parser
from prometheus_client.openmetrics import parser as openmetrics


def bits(value):
    return "nan" if value != value else str(struct.unpack("<Q", struct.pack("<d", value))[0])


def key(name, labels):
    return name, tuple(sorted(labels.items()))


def main(format, exposition, expectation):
    with open(exposition, encoding="utf-8", newline="") as file:
        text = file.read()
    with open(expectation, encoding="utf-8") as file:
        expected = json.load(file)
    reader = openmetrics if format == "openMetrics" else parser
    families = list(reader.text_string_to_metric_families(text))
    read = {}
    for family in families:
        for sample in family.samples:
            place = key(sample.name, sample.labels)
            if place in read:
                sys.exit(f"there twice: {place!r}")
            read[place] = bits(float(sample.value))
    written = {key(name, labels): number for name, labels, number in expected["samples"]}
    for place in written.keys() | read.keys():
        if written.get(place) != read.get(place):
            sys.exit(f"{place!r}: wrote {written.get(place)}, read {read.get(place)}")
    for family in families:
        if family.documentation != expected["help"].get(family.name, family.documentation):
            sys.exit(f"help of {family.name}: {family.documentation!r}")
    print(len(read))


main(*sys.argv[1:])
