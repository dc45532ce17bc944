"""Hours that can be booked, as every department with appointments answers them."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel


class Slot(BaseModel):
    value: str
    day: str
    time: str
    left: int


class Slots(BaseModel):
    slots: list[Slot]


class Cancelled(BaseModel):
    cancelled: Literal[True]
