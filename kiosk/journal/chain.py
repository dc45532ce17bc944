"""What holds the rows together: each row's hash goes over the row before, so that none can be changed, taken out or moved."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import NamedTuple

from kiosk.model.events import EVENTS, Event


class BrokenChain(Exception):
    """The rows are not those that were written: changed, removed, swapped, cut off, or from another journal. Says which."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """`hash` names this row and, through the chain, everything before it."""

    seq: int
    time: str  # ISO 8601, UTC
    event: Event
    hash: str = ""


class Record(NamedTuple):
    """A row as it stands in the file."""

    seq: int
    time: str
    visit: str
    kind: str
    payload: str
    prev_hash: str
    hash: str

    def follow(self, expected: int, before: str, last: int) -> None:
        """Raises BrokenChain unless this is row `expected`, behind the one whose hash is `before`; there are `last` rows."""
        if self.seq != expected:
            raise BrokenChain(f"row {expected} is missing")
        if self.hash != self._hash_as(expected):
            was = next((number for number in range(1, last + 1) if self.hash == self._hash_as(number)), None)
            raise BrokenChain(f"row {expected} was changed" if was is None else f"row {expected} was written as row {was}: they were moved")
        if self.prev_hash != before:
            raise BrokenChain(f"row {expected} does not follow row {expected - 1}")

    def row(self) -> Row:
        try:
            event = EVENTS[self.kind](visit=self.visit, **json.loads(self.payload))
        except (KeyError, TypeError, ValueError):
            raise BrokenChain(f"row {self.seq} is no event that this version knows") from None
        return Row(seq=self.seq, time=self.time, event=event, hash=self.hash)

    def _hash_as(self, number: int) -> str:
        return digest(self.prev_hash, number, self.time, self.visit, self.kind, self.payload)


def digest(*parts: str | int) -> str:
    # As JSON, so that no two different rows are the same text.
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
