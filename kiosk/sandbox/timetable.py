"""The timetable of the sandbox's railway: any station to any other, the same trains on every machine, out of a small table."""

from __future__ import annotations

import hashlib
import math
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from kiosk.sandbox.records import XIAMEN

# What runs over how many kilometres, in the order of the day; the last one leaves shortly before midnight.
RUNS = ((150, "DGCDGK"), (900, "GDGGDGK"), (1_800, "GZGDGTK"), (math.inf, "ZKTZK"))
SPEEDS = {"G": 220, "D": 160, "C": 130, "Z": 110, "T": 95, "K": 78}  # km/h, stops included
FAST = {"second": ("二等座", 46), "first": ("一等座", 77), "business": ("商务座", 145)}  # fen a kilometre
SLOWER = {"second": ("二等座", 31), "first": ("一等座", 38)}
NIGHT = {"hard": ("硬座", 11), "hardsleeper": ("硬卧", 21), "softsleeper": ("软卧", 33)}
SEATS = {"G": FAST, "D": SLOWER, "C": SLOWER, "Z": NIGHT, "T": NIGHT, "K": NIGHT}


@dataclass(frozen=True, kw_only=True)
class Station:
    code: str
    name: str
    initials: str
    region: str
    at: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Train:
    number: str
    leaves: int  # minutes of the day
    takes: int  # minutes
    km: int

    def departs(self, day: date) -> datetime:
        return datetime.combine(day, time(), XIAMEN) + timedelta(minutes=self.leaves)

    def arrives(self, day: date) -> datetime:
        return self.departs(day) + timedelta(minutes=self.takes)


@cache
def stations() -> dict[str, Station]:
    """By code: the first letters, with a number where others have them too."""
    found: dict[str, Station] = {}
    for region in tomllib.loads(Path(__file__).with_name("stations.toml").read_text("utf-8"))["region"]:
        for written in region["stations"].split(", "):
            name, initials = written.split()
            same = sum(one.initials == initials for one in found.values())
            code = initials.upper() + (f"{same + 1}" if same else "")
            found[code] = Station(code=code, name=name, initials=initials, region=region["name"], at=tuple(region["at"]))
    return found


def chance(*parts: object) -> int:
    """The same number for the same things, on every machine."""
    return int.from_bytes(hashlib.sha256(" ".join(map(str, parts)).encode()).digest()[:4], "big")


def _km(one: Station, other: Station) -> int:
    away = chance(*sorted((one.code, other.code))) % 40
    if one.region == other.region:
        return 20 + 2 * away
    (north, east), (north2, east2) = one.at, other.at
    straight = math.hypot((north - north2) * 111, (east - east2) * 111 * math.cos(math.radians((north + north2) / 2)))
    return round(straight * 1.25) + away


def timetable(origin: Station, destination: Station) -> dict[str, Train]:
    """The trains of every day, by number."""
    km = _km(origin, destination)
    kinds = next(kinds for most, kinds in RUNS if km < most)
    found: dict[str, Train] = {}
    for place, kind in enumerate(kinds):
        drawn = chance(origin.code, destination.code, place)
        last = place == len(kinds) - 1
        leaves = 1_430 + drawn % 10 if last else 390 + place * 960 // len(kinds) + drawn % 70
        digits = 1 + (drawn // 100) % 4_990 * 2 + (origin.code < destination.code)
        number = f"{kind}{digits}"
        found[number] = Train(number=number, leaves=leaves, takes=round(km / SPEEDS[kind] * 60) + 8, km=km)
    return found


def price(train: Train, seat: str) -> int:
    """In fen, to half a yuan."""
    return max(450, round(train.km * SEATS[train.number[0]][seat][1] / 50) * 50)
