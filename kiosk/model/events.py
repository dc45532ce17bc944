"""All that the journal may hold. No field here can carry a person: ids, codes, amounts, outcomes and times only."""

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


@dataclass(frozen=True, kw_only=True)
class VisitStarted(Event):
    item: str


@dataclass(frozen=True, kw_only=True)
class Consented(Event):
    """What the law wants kept for three years: that, when and to which wording; never a face."""

    purpose: str
    wording: str


@dataclass(frozen=True, kw_only=True)
class CardRead(Event):
    reader: str  # the SAM number


@dataclass(frozen=True, kw_only=True)
class FaceCompared(Event):
    same_person: bool
    score: float
    threshold: float
    verifier: str
    calibrated: bool
    liveness: str


@dataclass(frozen=True, kw_only=True)
class CodeVerified(Event):
    """The code of a text message was typed correctly; neither code nor telephone number is kept."""


@dataclass(frozen=True, kw_only=True)
class NetCertVerified(Event):
    """The national identity service confirmed a 网证."""

    level: str  # how sure the service is, in its own scale


@dataclass(frozen=True, kw_only=True)
class Witnessed(Event):
    """A volunteer confirmed with a badge that the person stood at the terminal."""

    badge: str  # number of the badge: who vouched


@dataclass(frozen=True, kw_only=True)
class OfficerDecided(Event):
    """A remote officer compared the person with the record."""

    same_person: bool
    officer: str  # number of the officer


@dataclass(frozen=True, kw_only=True)
class PayIntent(Event):
    order_no: str
    amount_fen: int
    method: str


@dataclass(frozen=True, kw_only=True)
class PayCreated(Event):
    order_no: str


@dataclass(frozen=True, kw_only=True)
class Paid(Event):
    order_no: str
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class PayClosed(Event):
    order_no: str


@dataclass(frozen=True, kw_only=True)
class PayUnknown(Event):
    order_no: str


@dataclass(frozen=True, kw_only=True)
class RefundIntent(Event):
    order_no: str
    refund_no: str
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class Refunded(Event):
    order_no: str
    refund_no: str
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class RefundUnknown(Event):
    order_no: str
    refund_no: str


@dataclass(frozen=True, kw_only=True)
class SubmitIntent(Event):
    key: str
    operation: str


@dataclass(frozen=True, kw_only=True)
class Submitted(Event):
    key: str


@dataclass(frozen=True, kw_only=True)
class SubmitRefused(Event):
    """The department said no, or was surely never reached: nothing was done there."""

    key: str
    code: str


@dataclass(frozen=True, kw_only=True)
class SubmitUnknown(Event):
    key: str


@dataclass(frozen=True, kw_only=True)
class PrintIntent(Event):
    job: str
    document: str


@dataclass(frozen=True, kw_only=True)
class Printed(Event):
    job: str


@dataclass(frozen=True, kw_only=True)
class PrintFailed(Event):
    job: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Rated(Event):
    telemetry: ClassVar[bool] = True  # the department that asks for ratings has it already

    level: int  # 5 非常满意 … 1 非常不满意


@dataclass(frozen=True, kw_only=True)
class VisitEnded(Event):
    ending: str
    fault: str = ""


EVENTS: dict[str, type[Event]] = {
    event.__name__: event
    for event in (
        VisitStarted, Consented, CardRead, FaceCompared, CodeVerified, NetCertVerified, Witnessed, OfficerDecided, PayIntent, PayCreated, Paid, PayClosed, PayUnknown,
        RefundIntent, Refunded, RefundUnknown, SubmitIntent, Submitted, SubmitRefused, SubmitUnknown,
        PrintIntent, Printed, PrintFailed, Rated, VisitEnded,
    )
}  # fmt: skip
