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
    """Somebody chose an item. The number of this row is part of the visit's id, and with it of every number sent outside (J9)."""

    item: str


@dataclass(frozen=True, kw_only=True)
class Consented(Event):
    """What the law wants kept for three years: that, when and to which wording; never a face."""

    purpose: str
    wording: str


@dataclass(frozen=True, kw_only=True)
class CardRead(Event):
    """An identity card was read; nothing that stands on it is kept."""

    reader: str


@dataclass(frozen=True, kw_only=True)
class FaceCompared(Event):
    """The face before the camera was compared with the picture in the card, inside the terminal; neither is kept."""

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

    level: str


@dataclass(frozen=True, kw_only=True)
class Witnessed(Event):
    """A volunteer confirmed with a badge that the person stood at the terminal."""

    badge: str


@dataclass(frozen=True, kw_only=True)
class OfficerDecided(Event):
    """A remote officer compared the person with the record."""

    same_person: bool
    officer: str


@dataclass(frozen=True, kw_only=True)
class PayIntent(Event):
    """An order is about to be opened at the payment gateway. From here on money may be on its way."""

    order_no: str
    amount_fen: int
    method: str


@dataclass(frozen=True, kw_only=True)
class PayCreated(Event):
    """The gateway opened the order; its QR code is shown."""

    order_no: str


@dataclass(frozen=True, kw_only=True)
class Paid(Event):
    """The gateway says that the money is here. May stand behind PayClosed: somebody paid in the last moment (J6)."""

    order_no: str
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class PayClosed(Event):
    """The gateway says that the order is closed, or was never opened: nobody can pay it any more (J2)."""

    order_no: str


@dataclass(frozen=True, kw_only=True)
class PayUnknown(Event):
    """The gateway gave no answer: nobody knows whether there is money. Asked again at every start."""

    order_no: str


@dataclass(frozen=True, kw_only=True)
class RefundIntent(Event):
    """The money is about to be given back. The same refund number is used however often it takes."""

    order_no: str
    refund_no: str
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class Refunded(Event):
    """The gateway says that the money went back. The same refund told twice counts once (J7)."""

    order_no: str
    refund_no: str
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class RefundUnknown(Event):
    """The gateway gave no answer about the refund. Asked again at every start."""

    order_no: str
    refund_no: str


@dataclass(frozen=True, kw_only=True)
class SubmitIntent(Event):
    """The matter is about to be sent to the department."""

    key: str
    operation: str


@dataclass(frozen=True, kw_only=True)
class Submitted(Event):
    """The department did it. What was paid for it is earned from here on."""

    key: str


@dataclass(frozen=True, kw_only=True)
class SubmitRefused(Event):
    """The department said no, or was surely never reached: nothing was done there."""

    key: str
    code: str


@dataclass(frozen=True, kw_only=True)
class SubmitUnknown(Event):
    """The department may or may not have done it; it knows by the key."""

    key: str


@dataclass(frozen=True, kw_only=True)
class PrintIntent(Event):
    """A sheet is about to be printed."""

    job: str
    document: str


@dataclass(frozen=True, kw_only=True)
class Printed(Event):
    """The printer says that the sheet is out."""

    job: str


@dataclass(frozen=True, kw_only=True)
class PrintFailed(Event):
    """The sheet did not come out, or not whole."""

    job: str
    code: str


@dataclass(frozen=True, kw_only=True)
class Rated(Event):
    """The citizen rated the service 好差评."""

    telemetry: ClassVar[bool] = True  # the department that asks for ratings has it already

    level: int


@dataclass(frozen=True, kw_only=True)
class VisitEnded(Event):
    """The visit is over: everything owed was given back or stands in the rows before."""

    ending: str
    fault: str = ""


EVENTS: dict[str, type[Event]] = {
    event.__name__: event
    for event in (
        VisitStarted, Consented, CardRead, FaceCompared, CodeVerified, NetCertVerified, Witnessed, OfficerDecided,
        PayIntent, PayCreated, Paid, PayClosed, PayUnknown, RefundIntent, Refunded, RefundUnknown,
        SubmitIntent, Submitted, SubmitRefused, SubmitUnknown, PrintIntent, Printed, PrintFailed, Rated, VisitEnded,
    )
}  # fmt: skip

# What a field holds, wherever it stands; "Event.field" where the same word means something of its own there.
FIELDS: dict[str, str] = {
    "visit": "the visit it belongs to: station, a mark of four characters that is new with each journal, number of its first row; "
    "empty for the terminal itself",
    "item": "the item that was chosen",
    "purpose": "what was agreed to, and for which item",
    "wording": "which wording was shown, by its date",
    "reader": "the number of the reader's security module (SAM)",
    "same_person": "whether it was found to be the same person",
    "score": "distance of the two faces; smaller is more alike",
    "threshold": "the distance up to which they count as the same",
    "verifier": "which engine compared",
    "calibrated": "whether its threshold was calibrated for service; in a demo it is not",
    "liveness": "what the check for a living person said",
    "NetCertVerified.level": "how sure the national service is, in its own scale",
    "badge": "the number of the badge: who vouched",
    "officer": "the number of the officer",
    "order_no": "the payment order (out_trade_no): the visit's id, -P and which try",
    "amount_fen": "the amount in fen, hundredths of a yuan",
    "method": "wechat or alipay",
    "refund_no": "the refund (out_refund_no): the visit's id, -R and which try",
    "key": "the number by which the department knows this sending, however often it comes",
    "operation": "system and operation of the department",
    "code": "the fault's code, as on the screen and in the list of faults",
    "job": "the print job: the visit's id and which sheet",
    "document": "what is printed: receipt, certificate …",
    "Rated.level": "from 5 非常满意 to 1 非常不满意",
    "ending": "served, left, fault, bug; cut: the process died, and the next one wrote this",
    "fault": "the code of the fault it ended with; empty if none",
}
