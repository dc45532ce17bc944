"""How a device is: the device and its media apart, as CEN/XFS keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class State(Enum):
    READY = "ready"
    BUSY = "busy"
    WORN = "worn"  # works, wants a visit
    DOWN = "down"
    ABSENT = "absent"
    USER_ERROR = "user_error"  # a person can mend it on the spot
    HARDWARE_ERROR = "hardware_error"
    SUSPECT = "suspect"

    @property
    def usable(self) -> bool:
        return self in (State.READY, State.BUSY, State.WORN)


class Supply(Enum):
    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"
    UNKNOWN = "unknown"  # it did not answer; a key that is missing means it can never know


@dataclass(frozen=True, kw_only=True)
class Health:
    state: State
    code: str = ""  # a fault code with a text and a remedy
    supplies: Mapping[str, Supply] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a test without a citizen found. `facts` are for technicians: versions, numbers, never a person."""

    health: Health
    facts: Mapping[str, str] = field(default_factory=dict)
