"""Who stands at the counter, as the chip of the card tells it. Nothing of it may reach a log, the journal or an exception."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class CardKind(Enum):
    """The type character at byte 248 of the text block."""

    MAINLAND = " "
    HK_MACAO_TAIWAN = "J"
    FOREIGN_2017 = "I"
    FOREIGN_2023 = "Y"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who it is, whichever way that became known."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)

    @property
    def masked_name(self) -> str:
        """王小明 → 王*明, 张三 → 张*: for the glass and for paper."""
        if len(self.name) <= 1:
            return "*"
        if len(self.name) == 2:
            return self.name[0] + "*"
        return self.name[0] + "*" * (len(self.name) - 2) + self.name[-1]

    @property
    def masked_number(self) -> str:
        """350203********0012."""
        return self.id_number[:6] + "*" * max(0, len(self.id_number) - 10) + self.id_number[-4:]


@dataclass(frozen=True, kw_only=True)
class IdCard(Person):
    """One card as read. `valid_to` None = 长期 (no end). `photo` is the 1024-byte block as the card gave it (WLT)."""

    kind: CardKind
    sex: str = field(repr=False)  # GB/T 2261: 1 male, 2 female, 0 unknown, 9 not stated
    birth: date = field(repr=False)
    valid_from: date = field(repr=False)
    valid_to: date | None = field(repr=False)
    nation: str = field(default="", repr=False)  # GB/T 3304, two digits
    address: str = field(default="", repr=False)
    authority: str = field(default="", repr=False)
    photo: bytes = field(default=b"", repr=False)

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
