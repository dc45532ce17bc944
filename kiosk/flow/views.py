"""Every screen of the built-in story as data. One class here = one file in `kiosk/screens/views/`, same name.

The answer each one gives is in its docstring: a mapping with just these keys and values, all strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kiosk.flow.stage import View
from kiosk.model.words import Text


@dataclass(frozen=True, kw_only=True)
class ItemTile:
    """One service in a list. `search` is lower-case text to match: titles in all languages, key words, pinyin."""

    id: str
    title: Text
    department: str
    department_title: Text
    entrance: str  # look_up | get_done
    icon: str
    life_events: tuple[str, ...] = ()
    search: str = ""
    available: bool = True
    why: Text = ""  # when and where it works again, if it is not


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A department or a life event. `icon` is a name of the icon font (MDI), such as "card-account-details"."""

    id: str
    title: Text
    icon: str
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class AttractView(View):
    """Nobody is here. Answer: {} (touched)."""

    station: str
    place: str
    hotline: str
    demo: bool = False
    items: int = 0
    watched: bool = False
    can_leave: bool = False


@dataclass(frozen=True, kw_only=True)
class HomeView(View):
    """Search, the three doors 查 / 办 / 问, life events, departments.

    Answer: {"item": id} | {"shelf": "look_up" | "get_done" | "department:<code>" | "life:<event>"} | {"shelf": "ask"}.
    """

    items: tuple[ItemTile, ...]
    departments: tuple[Tile, ...]
    life_events: tuple[Tile, ...]
    demo: bool = False


@dataclass(frozen=True, kw_only=True)
class DepartmentView(View):
    """A shelf of items: one department, one life event, or one of the doors. Answer: {"item": id}; Back."""

    title: Text
    icon: str
    items: tuple[ItemTile, ...]


@dataclass(frozen=True, kw_only=True)
class AskView(View):
    """问: how this machine works and who helps. Answer: none; Back."""

    hotline: str
    station: str
    questions: tuple[tuple[Text, Text], ...]  # question, answer


@dataclass(frozen=True, kw_only=True)
class ItemView(View):
    """What it does, what to bring, fee, how long, hours, whose service, on which law. Answer: {} (begin); Back."""

    title: Text
    about: Text
    icon: str
    bring: tuple[Text, ...]
    fee: Text
    takes: Text
    hours: Text
    unit: Text
    law: Text
    identity: Text  # which check of identity it needs
    available: bool = True
    why: Text = ""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of several equal ways on: same size, same colour."""

    id: str
    title: Text
    text: Text = ""
    icon: str = ""


@dataclass(frozen=True, kw_only=True)
class WaysView(View):
    """How do you want to be known here? All ways have the same rank. Answer: {"way": id}; Back."""

    title: Text
    lead: Text
    ways: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True)
class CodeView(View):
    """Hold a code to the scanner: 网证, a volunteer's badge. `state`: waiting | checking | again (`message` says why).

    Answer: {"other": "yes"} (another way); Back, Leave.
    """

    title: Text
    text: Text
    icon: str
    state: str = "waiting"
    message: Text = ""
    seconds_left: int = 0
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class OfficerView(View):
    """A remote officer looks. `state`: calling | looking. Answer: {"other": "yes"}; Back, Leave."""

    state: str = "calling"
    title: Text = ""
    text: Text = ""
    seconds_left: int = 0
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class ConsentView(View):
    """A separate, unticked consent; both answers have the same size. Answer: {"consent": "yes" | "no"}."""

    title: Text
    lead: Text
    points: tuple[Text, ...]
    yes: Text
    no: Text
    icon: str = "shield-account"


@dataclass(frozen=True, kw_only=True)
class ReadCardView(View):
    """`state`: waiting | reading | again (lift it and put it again, `message` says why).

    Answer: {"other": "yes"} where there is another way (`other`); Back, Leave.
    """

    state: str = "waiting"
    message: Text = ""
    seconds_left: int = 0
    other: bool = False
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class FaceView(View):
    """The camera's picture with a guide. `hint` says what to mend. Answer: {"other": "yes"} (another way); Back, Leave."""

    state: str = "looking"  # looking | comparing | again
    hint: Text = ""
    message: Text = ""
    progress: float = 0.0  # 0..1: good frames of those needed
    warnings: tuple[Text, ...] = ()  # "uncalibrated", "liveness is not checked"
    private: bool = True
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice. `rows` and `amount` are for records of a department (LOOKUP)."""

    value: str
    label: Text
    rows: tuple[tuple[Text, Text], ...] = ()
    amount: Text = ""
    group: Text = ""  # what it is listed under: the day of a slot, the province of a city
    search: str = ""  # lower-case text to match: pinyin, first letters


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form; `type` names `fields/<Type>Field.qml`: text enum multi_select integer date month_range id_number phone otp
    address admin_code plate permit_no passport_no bank_card house_code lookup station slot."""

    name: str
    type: str
    label: Text
    hint: Text = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    min: int = 0
    max: int = 0
    pattern: str = ""  # han_name, digits … : which keyboard fits
    earliest: str = ""  # date: the first day that may be chosen, "2026-11-25"
    latest: str = ""  # month_range: the last month that may be chosen, "2026-11"; date: the last day
    depends: tuple[tuple[str, tuple[str, ...]], ...] = ()  # shown only while each of these fields has one of these values


@dataclass(frozen=True, kw_only=True)
class FormView(View):
    """`values` are drafts and kept answers; `errors` stand beside their fields.

    Answer: {field name: text, …}; {"offer": id, field name: text, …} where one of `offers` was taken; Back.
    """

    title: Text
    fields: tuple[Field, ...]
    values: Mapping[str, str] = field(default_factory=dict, repr=False)
    errors: Mapping[str, Text] = field(default_factory=dict)
    empty: Text = ""  # a lookup that found nothing: said instead of the fields
    lead: Text = ""
    offers: tuple[Choice, ...] = ()  # "fill in what the register knows", "send the code again"
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class PhotoView(View):
    """A portrait for a document. `state`: looking (the picture is taken by itself when it is good) | review.

    The preview shows the camera, in review the picture that was taken. Answer in review: {"photo": "keep" | "again"}; Back.
    """

    title: Text
    state: str = "looking"
    hint: Text = ""
    private: bool = True
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class ScanView(View):
    """Pages under the document camera. `state`: looking | review. `page` of at most `most`; `hint`: what is wrong with the picture.

    Answer: looking {"scan": "take"}; review {"scan": "again" | "next" | "done"}; Back.
    """

    title: Text
    state: str = "looking"
    page: int = 1
    most: int = 6
    hint: Text = ""
    message: Text = ""
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class SignatureView(View):
    """Sign with a finger. Answer: {"strokes": "x,y x,y …;x,y …"}, whole numbers of 0..1000 in both directions; Back."""

    title: Text
    text: Text
    message: Text = ""
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class TouchCardView(View):
    """A card on the contactless reader. `state`: waiting | reading | writing (do not move it) | again (`message` says why).

    Answer: none; Back, Leave (not while writing).
    """

    title: Text
    state: str = "waiting"
    message: Text = ""
    seconds_left: int = 0
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class ReviewView(View):
    """Everything that will be sent. Answer: {} (go on); Back mends."""

    title: Text
    rows: tuple[tuple[Text, Text], ...]
    amount: Text = ""
    facts: tuple[tuple[Text, Text], ...] = ()  # what the department says: above what will be sent
    note: Text = ""
    go: Text = ""  # what the button says
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class PayView(View):
    """`state`: choose | qr | confirming. Answer in choose: {"method": "wechat" | "alipay"}; in qr: none; Back closes the order."""

    state: str
    amount: Text
    title: Text
    methods: tuple[str, ...] = ()
    method: str = ""
    qr: str = ""
    order_no: str = ""
    seconds_left: int = 0
    demo: bool = False
    private: bool = True
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class WorkingView(View):
    """The machine or a department works; nothing to do. No answer."""

    title: Text
    detail: Text = ""
    can_leave: bool = False
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One paper of the delivery. `state`: waiting | printing | done | failed."""

    title: Text
    icon: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing that a query found, in the department's words."""

    title: Text
    rows: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, kw_only=True)
class DeliverView(View):
    """The result on the glass and what is being printed. `done` → Answer: {} (finish)."""

    title: Text
    rows: tuple[tuple[Text, Text], ...] = ()
    headline: Text = ""  # a single large figure: "1,283 人"
    records: tuple[Record, ...] = ()  # what a query found, one card each
    sheets: tuple[Sheet, ...] = ()
    note: Text = ""
    done: bool = False
    can_leave: bool = False
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class RateView(View):
    """好差评, voluntary. Answer: {"level": "5" … "1"} or {} (skip)."""

    unit: Text
    item: Text


@dataclass(frozen=True, kw_only=True)
class ApologyView(View):
    """A fault, in the citizen's words. Answer: {"remedy": one of `remedies`}, "end" when the countdown is over.

    `remedies` are of retry, other_way (another lawful way), handover (go on at a counter or on the phone: a slip), end.
    """

    code: str
    title: Text
    text: Text
    remedies: tuple[str, ...]
    notes: tuple[Text, ...] = ()  # "refunded", "order number …"
    order_no: str = ""
    hotline: str = ""
    seconds: int = 60
    watched: bool = False


@dataclass(frozen=True, kw_only=True)
class GoodbyeView(View):
    """Take your card, take your paper. Answer: {} (touched, or the seconds are over) | {"more": "yes"} (something else too)."""

    title: Text
    take: tuple[Tile, ...] = ()  # what to take, with its icon
    note: Text = ""
    more: bool = False  # another item may follow in this visit
    seconds: int = 8
    can_leave: bool = False
    watched: bool = False
