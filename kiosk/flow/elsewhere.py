"""Where an item can be had that cannot be had here and now: other stations with what it takes, and the counter of its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time

from kiosk.flow.desk import Desk
from kiosk.flow.plan import plan
from kiosk.flow.step import Proving, Step
from kiosk.flow.ways import answers
from kiosk.model.around import Around, Point, Spot, Station, metres
from kiosk.model.item import Item
from kiosk.model.words import Text, Word

STATIONS = 2  # more is a list nobody remembers on the way


def elsewhere(item: Item, desk: Desk, around: Around) -> tuple[Text, ...]:
    """The best place first: what is open before what is closed, what is near before what is far. Never empty.

    A department that does not answer here answers no other station: then only its counter is left.
    """
    here = around.stations[desk.terminal.id].at if desk.terminal.id in around.stations else None
    places: list[Text] = []
    if all(answers(operation, desk) for operation in item.operations()):
        steps = plan(item)
        fit = {id: one for id, one in around.stations.items() if id != desk.terminal.id and _offers(one, item, steps, desk)}
        places += [_said(id, one, here) for id, one in _nearest(fit, here, desk.now())[:STATIONS]]
    counters = {id: one for id, one in around.counters.items() if item.unit in one.units}
    places += [_said(id, one, here) for id, one in _nearest(counters, here, desk.now())[:1]]
    return tuple(places) or (Word("item.where.hotline", hotline=desk.terminal.hotline),)


def nearest_station(around: Around, id: str, now: datetime) -> Text:
    """The station to go to from station `id`, whatever somebody came for; "" where none is declared."""
    here = around.stations[id].at if id in around.stations else None
    others = {other: one for other, one in around.stations.items() if other != id}
    return next((_said(other, one, here) for other, one in _nearest(others, here, now)), "")


def is_open(hours: str, now: time) -> bool:
    """`hours`: "always" or "08:00-20:00"."""
    if hours == "always":
        return True
    first, _, last = hours.partition("-")
    return time.fromisoformat(first) <= now < time.fromisoformat(last)


def _offers(station: Station, item: Item, steps: Iterable[Step], desk: Desk) -> bool:
    """Whether `station` has the devices of every step, and of one lawful way to be known."""
    lacking = {step for step in steps if not {role.name for role in step.needs} <= set(station.roles)}
    if any(not isinstance(step, Proving) for step in lacking):
        return False
    closed = {step.proof for step in lacking if isinstance(step, Proving)}
    closed |= {step.proof for step in steps if isinstance(step, Proving) and not all(answers(one, desk) for one in step.operations)}
    return not item.ways or any(not closed & set(way) for way in item.ways)


def _nearest(spots: Mapping[str, Spot], here: Point | None, now: datetime) -> list[tuple[str, Spot]]:
    def rank(one: tuple[str, Spot]) -> tuple[bool, float, str]:
        shut = not is_open(one[1].hours, now.time()) or (one[1].weekdays and now.weekday() > 4)
        return shut, metres(here, one[1].at) if here else 0.0, one[0]

    return sorted(spots.items(), key=rank)


def _said(id: str, spot: Spot, here: Point | None) -> Word:
    hours: Text = Word("item.hours.always") if spot.hours == "always" else spot.hours
    return Word(
        "item.where.spot" if here else "item.where.spot_anywhere",
        name=Word(f"spot.{id}.name"),
        place=Word(f"spot.{id}.place"),
        far=_far(metres(here, spot.at)) if here else "",
        hours=Word("item.where.weekdays", hours=hours) if spot.weekdays else hours,
    )


def _far(distance: float) -> Word:
    if distance < 1_000:
        return Word("item.where.metres", count=max(1, round(distance / 100)) * 100)
    return Word("item.where.kilometres", count=f"{distance / 1_000:.1f}")
