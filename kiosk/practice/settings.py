"""The terminal of practice: simulators and the sandbox alone, whatever config.toml names. Nothing here can reach what is real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kiosk import config
from kiosk.config import Config
from kiosk.devices.roles import HEADPHONES, ROLES
from kiosk.sandbox.misdeeds import SYSTEMS

STATION = "PRACTICE"  # begins every number: none of them is taken for one of a terminal that serves

OTHERS = ("pay", "counter")  # of the sandbox, that are no departments


def settings(own: Config, sandbox: str, state: Path, wires: Mapping[str, Any] | None = None) -> Config:
    """From `own` come only words and measures: the station's name and place, its glass, its languages, where other stations are.

    `wires` as `World.wires`. Devices, departments, payments, identity, sound and state are those of practice.
    """
    station, around = own.station, Path(own.source).resolve().parent / own.paths.stations
    data: dict[str, Any] = {
        "station": {
            "id": STATION,
            "name": station.name,
            "place": station.place,
            "hotline": station.hotline,
            "hours": station.hours,
            "language": station.language,
            "demo": True,
            "practice": True,
        },
        "display": asdict(own.display),
        "layout": asdict(own.layout),
        "devices": {role: {"driver": "simulated"} for role in ROLES if role != HEADPHONES.name},
        "departments": {name.upper(): {"adapter": "rest", "url": f"{sandbox}/{name}"} for name in SYSTEMS if name not in OTHERS},
        "payments": {"gateway": "city", "options": {"url": f"{sandbox}/pay"}},
        "volunteer": {"webhook": f"{sandbox}/counter/call"},  # nobody in the shop is called to a lesson
        "identity": {"verifier": "dlib", "photo_decoder": "simulated", "pad": "challenge"},
        "paths": {"state": str(state), "stations": str(around)},
    }
    for place, value in (wires or {}).items():
        *parents, last = place.split(".")
        here = data
        for part in parents:
            here = here.setdefault(part, {})
        here[last] = value
    return config.taken(data, str(state / "practice"))
