"""A service item as declared in `kiosk/items/<department>/<id>.toml`: data, no code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.model.money import Money
from kiosk.model.person import Holder


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


class Proof(Enum):
    """One thing that shows who somebody is, or stands in for it. A lawful way is one or more of them together."""

    ID_CARD = "id_card"
    TYPED = "manual_id_entry"  # name and number, typed
    PASSPORT = "manual_passport_entry"  # the item's own questions ask for the passport
    FACE = "face"
    SMS_OTP = "sms_otp"
    NET_CERT = "ctid_net_cert_qr"  # 网证 of the national identity service, shown as a QR
    WITNESS = "volunteer_witness"
    OFFICER = "remote_officer_video"
    PAPER = "paper_form"  # no proof: the form for the counter instead
    HOME_VISIT = "home_visit_request"  # no proof: somebody comes to the citizen instead


Way = tuple[Proof, ...]
"""Proofs that together are enough, in the order they are given."""


def way_name(way: Way) -> str:
    """`id_card+sms_otp`: how the catalogue, the words (`way.<name>`) and the journal call it."""
    return "+".join(proof.value for proof in way)


class InputType(Enum):
    TEXT = "text"
    ENUM = "enum"
    MULTI_SELECT = "multi_select"  # several of `options`, or of the records of `options_from`
    INTEGER = "integer"
    DATE = "date"
    MONTH_RANGE = "month_range"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"
    ADMIN_CODE = "admin_code"  # a city of the country (GB/T 2260)
    PLATE = "plate"
    PERMIT_NO = "permit_no"
    PASSPORT_NO = "passport_no"
    BANK_CARD = "bank_card"
    HOUSE_CODE = "house_code"
    LOOKUP = "lookup"  # one of the records a department returns
    STATION = "station"  # one of very many records: searched by name or first letters
    SLOT = "slot"  # one of the free times a department returns
    PHOTO = "photo"  # these five are screens of their own, not lines of a form
    SCAN = "scan"
    SIGNATURE = "signature"
    NFC_CARD = "nfc_card"
    RECORDING = "recording"  # up to a minute of speech; a choice that leads here alone is offered only where there is a microphone

    @property
    def captured(self) -> bool:
        """Taken by a device on a screen of its own; the answer says how many, the thing itself is in `Session.files`."""
        return self in (InputType.PHOTO, InputType.SCAN, InputType.SIGNATURE, InputType.NFC_CARD, InputType.RECORDING)

    @property
    def from_department(self) -> bool:
        """Chosen out of records that a department returns (MULTI_SELECT may be)."""
        return self in (InputType.LOOKUP, InputType.STATION, InputType.SLOT)


@dataclass(frozen=True, kw_only=True)
class Input:
    """One question. Label: `item.<id>.<name>`; options: `item.<id>.<name>.<option>`."""

    name: str
    type: InputType
    required: bool = True
    page: int = 1
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # asked only if each of these answers is one of these
    options: tuple[str, ...] = ()
    options_from: str = ""  # the operation that returns the records
    default: str = ""
    facts_from: str = ""  # the operation that says what one should have read before answering: above the questions of the page
    prefill: str = ""  # which fact of `Session.profile` fits: "mobile", "address"
    min: int | None = None  # INTEGER: bounds; TEXT: length; MONTH_RANGE: months; DATE: days from today; MULTI_SELECT: how many
    max: int | None = None
    scan: str = ""  # which code answers it too, held to the scanner: a name of `flow/scanned.py`, such as "door_plate"
    by_hand: bool = False  # SIGNATURE: no key may stand for the hand; `item.<id>.<name>.by_hand` says why
    pattern: str = ""  # a named rule of `flow/checks.py`, such as "han_name"
    show: tuple[str, ...] = ()  # which fields of a record the citizen sees; labels `item.<id>.<name>.<field>`


@dataclass(frozen=True, kw_only=True)
class Result:
    """One thing of the department's answer that the citizen is shown: `item.<id>.result.<name>` is its label."""

    name: str
    headline: bool = False  # the one large figure of the screen
    list: bool = False  # records in the department's words: a title and rows each


@dataclass(frozen=True, kw_only=True)
class Output:
    """What the citizen takes away: `certificate` or `form` (A4, from the reply's `document`), `receipt` (slip).

    `qr`: what the QR on a slip is good for (`slip.qr.<qr>`); its content is the reply's `qr`. `holder`: an A4 page names the person
    of the visit as its holder, else it is not printed; where it is lawfully about somebody else, the input that holds their number.
    """

    document: str
    qr: str = ""
    holder: str = ""

    def __repr__(self) -> str:  # as a plan is pinned: short
        return f"{self.document} with {self.qr} code" if self.qr else self.document


@dataclass(frozen=True, kw_only=True)
class After:
    """A further operation once the deed is done: the seal, the archive, the courier. Its answer is added to the reply."""

    operation: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # as for an input
    needed: bool = False  # without it there is nothing to hand over (the seal of a certificate)


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
    ways: tuple[Way, ...] = ()  # lawful ways to be known here, the usual one first
    instead: Mapping[str, str] = field(default_factory=dict)  # proof that is none (paper_form …) → operation done instead of `operation`
    holders: tuple[Holder, ...] = tuple(Holder)  # whose cards it is for: some matters are those of mainland citizens alone
    from_age: int = 0  # years below which nobody can lawfully have this, whoever agrees
    checks: tuple[str, ...] = ()  # operations that refuse whoever may not have this, before anything is asked to be paid
    hold: str = ""  # the operation that keeps a seat or a place while the citizen pays
    release: str = ""  # …and the one that lets it go again
    fee: Money | None = None
    fee_from: str = ""  # the operation that says the amount
    fee_by: str = ""  # the answer that says which of `fees` it is
    fees: Mapping[str, Money] = field(default_factory=dict)
    inputs: tuple[Input, ...] = ()
    after: tuple[After, ...] = ()
    card_write: str = ""  # the operation that writes the card on the contactless reader, a script of commands at a time
    results: tuple[Result, ...] = ()
    outputs: tuple[Output, ...] = ()
    then: str = ""  # the item that most often comes next: offered by name at the end

    @property
    def paid(self) -> bool:
        return self.fee is not None or bool(self.fee_from) or bool(self.fee_by)

    def operation_for(self, way: Way) -> str:
        """What is submitted by somebody who came this way."""
        return next((self.instead[proof.value] for proof in way if proof.value in self.instead), self.operation)

    def operations(self) -> frozenset[str]:
        """Everything a department must answer for this item."""
        asked = {self.operation, self.fee_from, self.hold, self.release, self.card_write, *self.checks, *self.instead.values()}
        asked |= {one for i in self.inputs for one in (i.options_from, i.facts_from)} | {one.operation for one in self.after}
        return frozenset(asked - {""})


Answers = Mapping[str, str]
"""What was typed or chosen, by input name: text as the citizen means it.

month_range `2025-01/2025-12`; date `2026-11-25`; multi_select `a,b`; address `350203/中华街道/思明南路1号` (GB/T 2260 code, street, rest);
admin_code `330100`; station, slot, lookup: the record's `value`; photo, scan: how many pictures; signature: `hand` or `keys`;
nfc_card: the card's number; recording: its seconds.
"""


def applies(when: Mapping[str, tuple[str, ...]], answers: Answers) -> bool:
    """Whether a question or an operation with this condition is wanted, the answers being these."""
    return all(answers.get(name, "") in values for name, values in when.items())


@dataclass(frozen=True, kw_only=True)
class Department:
    """A folder of `kiosk/items`: name `department.<code>`, icon and order for the home screen."""

    code: str
    icon: str
    order: int = 0
    items: tuple[Item, ...] = field(default=())
