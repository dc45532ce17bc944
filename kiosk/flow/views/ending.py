"""From the review to goodbye."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.flow.stage import View
from kiosk.flow.views.finding import Tile
from kiosk.model.layout import Side
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
    message: Text = ""  # why a method is to be chosen once more
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
    """One paper of the delivery. `state`: waiting | printing | done (out) | sent (the printer has it, and never says more) | failed."""

    title: Text
    icon: str
    state: str
    where: Side = "below"  # it comes out


@dataclass(frozen=True, kw_only=True)
class Record:
    """One thing that a query found, in the department's words."""

    title: Text
    rows: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, kw_only=True)
class DeliverView(View):
    """The result on the glass and what is being printed. `done` → Answer: {} (finish) | {"again": "yes"} (the slip once more).

    `qr`: what the slip would have carried, to be scanned off the glass instead.
    """

    title: Text
    rows: tuple[tuple[Text, Text], ...] = ()
    headline: Text = ""  # a single large figure: "1,283 人"
    records: tuple[Record, ...] = ()  # what a query found, one card each
    sheets: tuple[Sheet, ...] = ()
    note: Text = ""
    qr: str = ""
    again: bool = False
    done: bool = False
    can_leave: bool = False
    private: bool = True


@dataclass(frozen=True, kw_only=True)
class RateView(View):
    """好差评, voluntary. `state`: levels → {"level": "5" … "1"} or {} (skip); reasons, of a bad one → {"reasons": "wait,device"}, any of

    `rate.reason.<reason>`, or {} (none); order: a work order was opened, `order_no` is its number → {}.
    """

    unit: Text
    item: Text
    state: str = "levels"
    reasons: tuple[str, ...] = ()
    order_no: str = ""


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
    """Take your card, take your paper.

    Answer: {} (touched, or the seconds are over) | {"more": "yes"} (something else too) | {"more": "then"} (what `then` says).
    """

    title: Text
    take: tuple[Tile, ...] = ()  # what to take, with its icon
    note: Text = ""
    more: bool = False  # another item may follow in this visit
    then: Text = ""  # the item that most often follows
    seconds: int = 8
    can_leave: bool = False
    watched: bool = False
