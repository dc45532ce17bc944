"""Who stands at the counter, as the chip of the card tells it. Nothing of it may reach a log, the journal or an exception."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

_FOREIGN = re.compile(r"9\d{17}|9\d{16}X|[A-Z]{3}\d{12}", re.ASCII)
_LATIN = re.compile(r"[A-Z][A-Z ,.'-]*", re.ASCII)
_PLACES_APART = ("81", "82", "83")  # Hong Kong, Macao, Taiwan: the first digits of their residents' numbers


class Holder(Enum):
    """Whose card it is: what an item asks about (`holders`). Which edition of the card, only the reader needs to know."""

    MAINLAND = "mainland"
    HK_MACAO_TAIWAN = "hk_macao_taiwan"
    FOREIGN = "foreign"


class CardKind(Enum):
    """The type character at byte 248 of the text block."""

    MAINLAND = " "
    HK_MACAO_TAIWAN = "J"
    FOREIGN_2017 = "I"
    FOREIGN_2023 = "Y"

    @property
    def holder(self) -> Holder:
        match self:
            case CardKind.MAINLAND:
                return Holder.MAINLAND
            case CardKind.HK_MACAO_TAIWAN:
                return Holder.HK_MACAO_TAIWAN
        return Holder.FOREIGN


@dataclass(frozen=True, kw_only=True)
class Person:
    """Who it is, whichever way that became known. A foreigner's `name` is the English one, as in the passport."""

    name: str = field(repr=False)
    id_number: str = field(repr=False)

    @property
    def holder(self) -> Holder:
        """By the number alone: 9… or three letters = foreign permanent resident, 81 82 83 = Hong Kong, Macao, Taiwan."""
        if _FOREIGN.fullmatch(self.id_number):
            return Holder.FOREIGN
        return Holder.HK_MACAO_TAIWAN if self.id_number.startswith(_PLACES_APART) else Holder.MAINLAND

    @property
    def born(self) -> date | None:
        """By the number; None where it does not say (a foreigner's of 2017 holds two digits of the year)."""
        digits = self.id_number[6:14]
        try:
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])) if len(self.id_number) == 18 else None
        except ValueError:
            return None

    def age_on(self, day: date) -> int | None:
        """Whole years; on the birthday one more. None where nothing known says it."""
        born = self.born
        return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    @property
    def masked_name(self) -> str:
        """王小明 → 王*明, 张三 → 张*, SAMPLE, ALICE → S***, A***: for the glass and for paper."""
        if _LATIN.fullmatch(self.name):
            return re.sub(r"[A-Z][A-Z'-]*", lambda part: part[0][0] + "***", self.name)
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
    """One card as read. `valid_to` None = 长期 (no end). `photo` is the 1024-byte block as the card gave it (WLT).

    What a kind of card does not carry is "". `addresses` are the changes of address that were added to the chip, newest last.
    """

    kind: CardKind
    sex: str = field(repr=False)  # GB/T 2261: 1 male, 2 female, 0 unknown, 9 not stated
    birth: date = field(repr=False)
    valid_from: date = field(repr=False)
    valid_to: date | None = field(repr=False)
    nation: str = field(default="", repr=False)  # mainland: GB/T 3304, two digits
    address: str = field(default="", repr=False)
    authority: str = field(default="", repr=False)  # 2017: the code of the accepting authority, four digits
    photo: bytes = field(default=b"", repr=False)
    permit_number: str = field(default="", repr=False)  # Hong Kong, Macao, Taiwan: of the travel permit, nine characters
    issue_count: str = field(default="", repr=False)  # … and how often that was issued
    chinese_name: str = field(default="", repr=False)  # foreign: may be empty; `name` is the English one
    nationality: str = field(default="", repr=False)  # foreign: three letters (GB/T 2659), on 2023 cards perhaps three digits
    version: str = field(default="", repr=False)  # 2017: edition of the card
    change_count: str = field(default="", repr=False)  # 2023: how often the card was changed
    older_number: str = field(default="", repr=False)  # 2023: three characters that link it to the number of 2017
    addresses: tuple[str, ...] = field(default=(), repr=False)

    @property
    def holder(self) -> Holder:
        return self.kind.holder

    @property
    def born(self) -> date:
        return self.birth

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
