"""Rows of the journal about what people say to a department."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.model.event import Event


@dataclass(frozen=True, kw_only=True)
class RecordingSent(Event):
    """A recording was sent with the submission before; nothing of what it says is kept here."""

    seconds: int
