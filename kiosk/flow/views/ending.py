"""From the review to goodbye."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.stage import View
from kiosk.flow.views.finding import Tile
from kiosk.model.words import Text


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
