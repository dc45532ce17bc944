"""A service item as declared in `kiosk/items/<department>/<id>.toml`: data, no code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.model.money import Money


class Kind(Enum):
    QUERY = "query"
    CERTIFICATE = "certificate"
    APPLICATION = "application"
    PAYMENT = "payment"
    BOOKING = "booking"
    TOPUP = "topup"

    @property
    def entrance(self) -> str:
        """Which of the three doors of the home screen leads here: 查 look up, 办 get done. 问 (ask) holds no items."""
        return "look_up" if self is Kind.QUERY else "get_done"


class Assurance(Enum):
    NONE = "none"
    ID_CARD = "id_card"
    FACE_ID_CARD = "face_id_card"
    FACE_OTP = "face_otp"

    @property
    def card(self) -> bool:
        return self in (Assurance.ID_CARD, Assurance.FACE_ID_CARD)

    @property
    def face(self) -> bool:
        return self in (Assurance.FACE_ID_CARD, Assurance.FACE_OTP)


class InputType(Enum):
    TEXT = "text"
    ENUM = "enum"
    INTEGER = "integer"
    MONTH_RANGE = "month_range"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    LOOKUP = "lookup"  # one of the records a department returns


@dataclass(frozen=True, kw_only=True)
class Input:
    """One question. Label: `item.<id>.<name>`; options: `item.<id>.<name>.<option>`."""

    name: str
    type: InputType
    required: bool = True
    page: int = 1
    options: tuple[str, ...] = ()
    options_from: str = ""  # LOOKUP: the operation that returns the records
    default: str = ""
    min: int | None = None  # INTEGER: bounds; TEXT: length; MONTH_RANGE: months
    max: int | None = None
    pattern: str = ""  # TEXT: a named rule of `flow/checks.py`, such as "han_name"
    show: tuple[str, ...] = ()  # LOOKUP: which fields of a record the citizen sees; labels `item.<id>.<name>.<field>`


@dataclass(frozen=True, kw_only=True)
class Result:
    """One thing of the department's answer that the citizen is shown: `item.<id>.result.<name>` is its label."""

    name: str
    headline: bool = False  # the one large figure of the screen


@dataclass(frozen=True, kw_only=True)
class Output:
    """What the citizen takes away: `certificate` (A4) or `receipt` (slip)."""

    document: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One of the 53. Words: `item.<id>.title`, `.about`, `.law`, `.search`."""

    id: str
    department: str
    kind: Kind
    assurance: Assurance
    operation: str
    unit: str  # whose service: `unit.<unit>`
    hours: str = "always"  # or "08:00-20:00"
    takes: int = 60  # what a citizen should expect, in seconds
    bring: tuple[str, ...] = ()  # `bring.<thing>`
    life_events: tuple[str, ...] = ()  # `life.<event>`
    fee: Money | None = None
    fee_from: str = ""  # the operation that says the amount
    inputs: tuple[Input, ...] = ()
    results: tuple[Result, ...] = ()
    outputs: tuple[Output, ...] = ()

    @property
    def paid(self) -> bool:
        return self.fee is not None or bool(self.fee_from)

    def operations(self) -> frozenset[str]:
        """Everything a department must answer for this item."""
        asked = {self.operation, self.fee_from, *(i.options_from for i in self.inputs)}
        return frozenset(asked - {""})


Answers = Mapping[str, str]
"""What was typed or chosen, by input name: text as the citizen means it; a month range is `2025-01/2025-12`."""


@dataclass(frozen=True, kw_only=True)
class Department:
    """A folder of `kiosk/items`: name `department.<code>`, icon and order for the home screen."""

    code: str
    icon: str
    order: int = 0
    items: tuple[Item, ...] = field(default=())
