"""Rows of the journal about a person's help: that it was called, and what a volunteer did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.model.event import Event


@dataclass(frozen=True, kw_only=True)
class VolunteerCalled(Event):
    """Somebody at the glass wants a person's help. The number of this row is part of the call's."""

    telemetry: ClassVar[bool] = True

    view: str
    item: str
    language: str


@dataclass(frozen=True, kw_only=True)
class VolunteerAnswered(Event):
    """What came of the call at the counter."""

    telemetry: ClassVar[bool] = True

    call: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class OfficerAdvised(Event):
    """A remote officer wrote an answer to who called for help; what it says is not kept."""

    telemetry: ClassVar[bool] = True

    call: str


@dataclass(frozen=True, kw_only=True)
class VolunteerCallEnded(Event):
    """A call was ended before anything more came of it."""

    telemetry: ClassVar[bool] = True

    call: str
    why: str


@dataclass(frozen=True, kw_only=True)
class HelpLeft(Event):
    """Nobody came and nobody answered: the message for whoever answers for this terminal that help was wanted here, and where."""

    call: str
    view: str
    item: str
    told: bool
    board_no: str = ""


@dataclass(frozen=True, kw_only=True)
class CallClimbed(Event):
    """How a call for help went, in one row: how far up, what came of it, and after how long."""

    telemetry: ClassVar[bool] = True

    call: str
    rung: str
    outcome: str
    seconds: int


@dataclass(frozen=True, kw_only=True)
class VolunteerHelped(Event):
    """What a volunteer did for the citizen, and how the help ended."""

    volunteer: str
    did: str
    step: str
