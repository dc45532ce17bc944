"""Is this terminal fit to serve, and what does it need: everything that was looked at, in one piece, for people and machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from kiosk.model.words import Text, Word
from kiosk.technician.view import DeviceView

FEW = 3  # so many alike are shown one by one


class Level(Enum):
    OK = "ok"
    WARN = "warn"  # works, wants a visit
    FAIL = "fail"
    UNKNOWN = "unknown"  # could not be found out: never taken for well


@dataclass(frozen=True, kw_only=True)
class Check:
    """`told`: what was found, in a sentence; `remedy`: what to do about it, "" where there is nothing to do."""

    id: str
    level: Level
    told: Text
    remedy: Text = ""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """How many of the items can be had with the devices as they are; `missing`: item ids that cannot."""

    items: int
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Station:
    id: str
    name: str
    place: str
    hotline: str
    maintainer: str
    phone: str


def folded(checks: Iterable[Check]) -> tuple[Check, ...]:
    """For eyes: of many alike (`ping:HRSS`, `ping:TAX` …) those that are well become one line, above the others."""
    groups: dict[str, list[Check]] = {}
    for check in checks:
        groups.setdefault(check.id.partition(":")[0], []).append(check)
    found: list[Check] = []
    for name, alike in groups.items():
        well = [check for check in alike if check.level is Level.OK]
        if len(well) > FEW:
            found.append(Check(id=name, level=Level.OK, told=Word("check.folded", well=len(well), all=len(alike))))
            alike = [check for check in alike if check.level is not Level.OK]
        found += alike
    return tuple(found)


class Verdict(Enum):
    READY = "ready"
    VISIT = "visit"  # serves, and somebody should come
    UNFIT = "unfit"  # no citizen can be served, or none may be


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """`serving`: a kiosk process held the devices and told how they are; else they were opened for this."""

    station: Station
    at: datetime
    serving: bool
    devices: tuple[DeviceView, ...]
    checks: tuple[Check, ...]
    offer: Offer
    versions: Mapping[str, str]

    @property
    def verdict(self) -> Verdict:
        grave = {check.id for check in self.checks if check.level is Level.FAIL} & GRAVE
        if grave or len(self.offer.missing) >= self.offer.items:
            return Verdict.UNFIT
        trouble = any(device.health.code or not device.health.state.usable for device in self.devices)
        asked = any(check.level is not Level.OK for check in self.checks)
        return Verdict.VISIT if trouble or asked or self.offer.missing else Verdict.READY


GRAVE = frozenset({"disk", "journal"})  # checks that, failed, forbid to serve: nothing could be written down


def as_json(readiness: Readiness) -> dict[str, Any]:
    """Plain data: sentences as keys and their places, so that whoever reads it needs no language."""
    return {"verdict": readiness.verdict.value, **plain(asdict(readiness))}


def plain(value: Any) -> Any:
    """Dates as ISO 8601, enums as their values, all the way down."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
