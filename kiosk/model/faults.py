"""What goes wrong at an edge has a name and a remedy; anything else that is raised is a bug."""

from __future__ import annotations

from enum import Enum


class Remedy(Enum):
    """What the person in front of the glass can do next."""

    RETRY = "retry"  # the same thing again may well work
    OTHER_WAY = "other_way"  # another lawful way leads to the same result
    STAFF = "staff"  # somebody must come: paper, a plug
    LATER = "later"  # nothing to do now; it works again at another time
    CLOSE = "close"  # the terminal as a whole cannot serve


class Fault(Exception):
    """An expected failure. `code` is a stable key with a text in every language (`fault.<code>`).

    `detail` is for technicians and never holds anything personal.
    """

    def __init__(self, code: str, remedy: Remedy, detail: str = "") -> None:
        super().__init__(code, remedy, detail)
        self.code = code
        self.remedy = remedy
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.code} ({self.remedy.value})" + (f": {self.detail}" if self.detail else "")
