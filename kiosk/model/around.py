"""Where else a citizen can go: the other stations and the counters, as `stations.toml` declares them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

Point = tuple[float, float]
"""Latitude and longitude in degrees."""

RADIUS = 6_371_000.0  # metres, of the earth


@dataclass(frozen=True, kw_only=True)
class Spot:
    """`name`, `place`: language → words. `hours`: "always" or "08:00-20:00"; `weekdays`: not on Saturday and Sunday."""

    name: Mapping[str, str]
    place: Mapping[str, str]
    at: Point
    hours: str = "always"
    weekdays: bool = False


@dataclass(frozen=True, kw_only=True)
class Station(Spot):
    """A terminal like this one, with the devices of these roles."""

    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Counter(Spot):
    """A hall where people of these units (`unit.<unit>`) serve."""

    units: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Around:
    """By id; words are `spot.<id>.name` and `spot.<id>.place`. This station stands among the others: so it knows where it is."""

    stations: Mapping[str, Station] = field(default_factory=dict)
    counters: Mapping[str, Counter] = field(default_factory=dict)

    def words(self, language: str) -> Mapping[str, str]:
        """key → text of everything that has a name in `language`."""
        spots: dict[str, Spot] = {**self.stations, **self.counters}
        named = {f"spot.{id}.name": spot.name.get(language, "") for id, spot in spots.items()}
        named |= {f"spot.{id}.place": spot.place.get(language, "") for id, spot in spots.items()}
        return {key: text for key, text in named.items() if text}


def metres(one: Point, other: Point) -> float:
    """As the crow flies; exact enough within a city."""
    north = math.radians(other[0] - one[0])
    east = math.radians(other[1] - one[1]) * math.cos(math.radians((one[0] + other[0]) / 2))
    return RADIUS * math.hypot(north, east)
