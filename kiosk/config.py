"""config.toml as typed, frozen data: one terminal as it stands in one shop."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk import i18n, strict

STATION_ID = re.compile(r"[0-9A-Za-z-]{1,16}")


@dataclass(frozen=True, kw_only=True)
class Station:
    id: str  # printed on every slip; the first part of every order number
    name: str
    hotline: str  # a telephone number that answers
    place: str = ""
    demo: bool = False  # the glass then says that identity checks are not production grade
    language: str = "zh_Hans"
    logo: str = ""


@dataclass(frozen=True, kw_only=True)
class Identity:
    verifier: str = "dlib"
    photo_decoder: str = "simulated"
    liveness: str = "none"
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Payments:
    gateway: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Paths:
    state: str = "var"  # journal and spool; relative to the folder of config.toml


@dataclass(frozen=True, kw_only=True)
class Config:
    """`devices`: role → {driver = make, …its arguments}. `departments`: system (HRSS, PSB-TMS …) → {adapter = name, …}."""

    station: Station
    devices: Mapping[str, Mapping[str, Any]]
    departments: Mapping[str, Mapping[str, Any]]
    payments: Payments
    identity: Identity = Identity()
    paths: Paths = Paths()
    addresses: Mapping[str, str] = field(default_factory=dict)  # "@name/…" in any table below stands for these
    items: tuple[str, ...] = ("kiosk",)  # items that are trusted: packages, or folders (with a slash)
    source: str = "config.toml"

    @property
    def state(self) -> Path:
        return (Path(self.source).resolve().parent / self.paths.state).resolve()


def load(path: Path, overrides: Mapping[str, Any] | None = None) -> Config:
    """The configuration at `path`; `overrides` are dotted places (`{"addresses.sandbox": "http://…"}`). Raises strict.Refused."""
    data = strict.table(path)
    for place, value in (overrides or {}).items():
        here = data
        *parents, last = place.split(".")
        for part in parents:
            here = here.setdefault(part, {})
        here[last] = value
    if "source" in data:
        raise strict.Refused(str(path), [("source", "unexpected")])
    addresses = data.get("addresses", {})
    try:
        data = {key: value if key == "addresses" else _resolved(value, addresses) for key, value in data.items()}
    except KeyError as unknown:
        raise strict.Refused(str(path), [("addresses", f"no address named {unknown.args[0]}")]) from None
    config = strict.read(Config, {**data, "source": str(path)}, str(path))
    wrong = []
    if not STATION_ID.fullmatch(config.station.id):
        wrong.append(("station.id", "one to sixteen letters, digits and hyphens: it begins every order number"))
    if config.station.language not in i18n.LANGUAGES:
        wrong.append(("station.language", f"one of {', '.join(i18n.LANGUAGES)}"))
    if wrong:
        raise strict.Refused(str(path), wrong)
    return config


def _resolved(value: Any, addresses: Mapping[str, str]) -> Any:
    if isinstance(value, str) and value.startswith("@"):
        name, _, rest = value[1:].partition("/")
        return addresses[name].rstrip("/") + ("/" + rest if rest else "")
    if isinstance(value, dict):
        return {key: _resolved(one, addresses) for key, one in value.items()}
    if isinstance(value, list):
        return [_resolved(one, addresses) for one in value]
    return value
