"""Where the parts of a terminal are, seen by who stands before its glass: what the screens draw and say comes from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

Side = Literal["left", "right", "above", "below"]  # of the glass


@dataclass(frozen=True, kw_only=True)
class Layout:
    """By role: the readers that a card is put on, the slots that paper comes out of."""

    id_card: Side = "below"
    contactless: Side = "below"
    receipts: Side = "below"
    documents: Side = "below"

    def of(self, role: str) -> Side:
        return cast(Side, getattr(self, role))


ALL_BELOW = Layout()
