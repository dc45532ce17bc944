"""Hours that can be booked, as every department with appointments answers them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import Body, Person, Refusal
from kiosk.sandbox.records import Records


class Slot(BaseModel):
    value: str
    day: str
    time: str
    left: int


class Slots(BaseModel):
    slots: list[Slot]


class Cancelled(BaseModel):
    cancelled: Literal[True]


class Cancel(Body):
    person: Person
    case_no: str = Field(min_length=1, max_length=40)


def slots(
    records: Records, table: str, of: Mapping[str, str], *, first: date, days: int, hours: Sequence[str], seats: int, value: str
) -> Iterator[dict[str, Any]]:
    """Working days from `first` on. Some places are taken, by people who are not in these records.

    `of`: the columns of `table` that say which business it is. `value`: a slot as it is written, of `day`, `begins` (08:30) and
    `digits` (0830).
    """
    these = " AND ".join(f"{one} = ?" for one in of)
    query = f"SELECT slot, COUNT(*) AS n FROM {table} WHERE {these} GROUP BY slot"  # noqa: S608 - our own words
    booked = {row["slot"]: row["n"] for row in records.rows(query, *of.values())}
    for day in (first + timedelta(n) for n in range(days)):
        for hour in hours if day.weekday() < 5 else ():
            name = value.format(day=day, begins=hour[:5], digits=hour[:5].replace(":", ""))
            others = hashlib.sha256(" ".join((*of.values(), name)).encode()).digest()[0] % (seats + 1)
            yield {"value": name, "day": f"{day}", "time": hour, "left": max(0, seats - others - booked.get(name, 0))}


def free(every: Iterator[dict[str, Any]]) -> dict[str, Any]:
    return {"slots": [one for one in every if one["left"]]}


def taken(every: Iterator[dict[str, Any]], wanted: str, refusal: Refusal) -> dict[str, Any]:
    """The slot `wanted`, if there is a place. Raises `refusal`."""
    slot = next((one for one in every if one["value"] == wanted), None)
    if slot is None or not slot["left"]:
        raise refusal
    return slot


def cancelled(records: Records, table: str, body: Cancel, code: str) -> dict[str, Any]:
    """Raises Refusal(`code`) where the person has no such appointment."""
    own = (body.case_no, body.person.id_number)
    if not records.db.execute(f"DELETE FROM {table} WHERE case_no = ? AND id_number = ?", own).rowcount:  # noqa: S608 - our own word
        raise Refusal(code, "没有查到您名下的这个预约", 404)
    return {"cancelled": True}
