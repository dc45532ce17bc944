"""Rows of the journal about signing."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.model.event import Event


@dataclass(frozen=True, kw_only=True)
class DeclaredByKeys(Event):
    """Somebody confirmed with a key instead of signing by hand; who that is stands with the department alone."""

    item: str
    way: str
