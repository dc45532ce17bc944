"""The doors for third parties: entry points. The built-in parts come through the same ones."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

DRIVERS = "kiosk.drivers"  # "<kind>.<make>" → a Device class
SIMULATORS = "kiosk.simulators"  # the same names → a Simulator class: the other end of that driver's wire
ADAPTERS = "kiosk.adapters"
PAYMENTS = "kiosk.payments"
IDENTITY = "kiosk.identity"  # "verifier.<name>", "photo_decoder.<name>", "pad.<name>"
SPEECH = "kiosk.speech"  # a SpeechSynthesizer class
STEPS = "kiosk.steps"
SCREENS = "kiosk.screens"  # view name → a function returning the path of one .qml
ITEMS = "kiosk.items"
SELF_TESTS = "kiosk.self_tests"  # "<kind>.<name>" → a SelfTest class


class UnknownPart(Exception):
    """A name in config.toml that no installed package offers."""


@cache  # every item is planned each second while the home screen waits; what is installed does not change under a process
def offered(group: str) -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=group)}


def load(group: str, name: str) -> Any:
    """The object behind `name`. Raises UnknownPart with what there is instead."""
    points = offered(group)
    if name not in points:
        kind = name.split(".")[0] + "." if "." in name else ""
        there = ", ".join(sorted(n for n in points if n.startswith(kind))) or "none"
        raise UnknownPart(f'no installed package offers "{name}" in {group}; there are: {there}')
    return points[name].load()
