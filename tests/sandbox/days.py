"""The sandbox's day, asked for when it is needed: a run of the tests may go over midnight in China."""

from __future__ import annotations

from datetime import datetime, timedelta

from kiosk.sandbox.records import XIAMEN


def day(ahead: int = 0) -> str:
    """The date `ahead` days from today there, as it is sent."""
    return f"{datetime.now(XIAMEN).date() + timedelta(ahead)}"
