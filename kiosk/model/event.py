"""What every row of the journal has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Event:
    """One row. `visit` is the visit it belongs to, empty for the terminal itself.

    `telemetry`: when the operations centre cannot be reached for long, such rows may go unsent (never money, never evidence).
    """

    telemetry: ClassVar[bool] = False

    visit: str = ""
