"""What is open: a pure function of the events, asked after every start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from kiosk.model.events import (
    Event,
    OrderFound,
    Paid,
    PayClosed,
    PayCreated,
    PayIntent,
    PayUnknown,
    Printed,
    PrintFailed,
    PrintIntent,
    PrintSent,
    Refunded,
    RefundIntent,
    RefundUnknown,
    SubmitIntent,
    SubmitRefused,
    Submitted,
    SubmitUnknown,
    VisitEnded,
    VisitStarted,
)


class Open(Enum):
    VISIT = "visit"  # begun, never ended: the process died
    ORDER = "order"  # money may be on its way, or was taken and nothing was given for it
    REFUND = "refund"  # promised, not known to have arrived
    SUBMISSION = "submission"  # the department may or may not have done it
    PRINT = "print"  # may or may not lie in the tray


@dataclass(frozen=True, kw_only=True)
class Unsettled:
    """`number`: the order, refund number, key or job to ask with; `last`: the last event about it; `order_no` for refunds."""

    what: Open
    visit: str
    number: str
    last: str
    amount_fen: int = 0
    order_no: str = ""


def unsettled(events: Iterable[Event]) -> tuple[Unsettled, ...]:
    """In the order in which they began."""
    book = _Book()
    for event in events:
        book.enter(event)
    return tuple(book.open.values())


class _Book:
    def __init__(self) -> None:
        self.open: dict[tuple[Open, str], Unsettled] = {}
        self._orders: dict[str, _Order] = {}

    def enter(self, event: Event) -> None:
        match event:
            case VisitStarted():
                self._begin(Open.VISIT, event.visit, event)
            case VisitEnded():
                self._end(Open.VISIT, event.visit)
            case (
                PayIntent() | OrderFound() | PayCreated() | PayUnknown() | Paid()
                | PayClosed() | RefundIntent() | RefundUnknown() | Refunded()
            ):  # fmt: skip
                self._money(event)
            case SubmitIntent() | SubmitUnknown():
                self._begin(Open.SUBMISSION, event.key, event)
            case Submitted():
                self._end(Open.SUBMISSION, event.key)
                for order_no, order in list(self._orders.items()):
                    if order.visit == event.visit:
                        self._orders[order_no] = replace(order, served=True)
                        self._judge(order_no, event)
            case SubmitRefused():
                self._end(Open.SUBMISSION, event.key)
            case PrintIntent():
                self._begin(Open.PRINT, event.job, event)
            case Printed() | PrintSent() | PrintFailed():
                self._end(Open.PRINT, event.job)

    def _money(
        self, event: PayIntent | OrderFound | PayCreated | PayUnknown | Paid | PayClosed | RefundIntent | RefundUnknown | Refunded
    ) -> None:
        order = self._orders.get(event.order_no, _Order(visit=event.visit))
        match event:
            case PayIntent() | OrderFound():
                order = replace(order, asked=event.amount_fen, closed=False)
            case Paid():
                # Also after PayClosed: somebody paid between the last question and the closing (J6).
                order = replace(order, paid=event.amount_fen, closed=False)
            case PayClosed():
                order = replace(order, closed=True)
            case PayUnknown():
                order = replace(order, closed=False)
            case RefundIntent():
                self._begin(Open.REFUND, event.refund_no, event, amount_fen=event.amount_fen, order_no=event.order_no)
            case RefundUnknown():
                self._begin(Open.REFUND, event.refund_no, event, order_no=event.order_no)
            case Refunded():
                if event.refund_no not in order.refunds:  # told twice is still paid back once (J7)
                    order = replace(order, refunds=order.refunds | {event.refund_no}, refunded=order.refunded + event.amount_fen)
                self._end(Open.REFUND, event.refund_no)
        self._orders[event.order_no] = order
        self._judge(event.order_no, event)

    def _judge(self, order_no: str, event: Event) -> None:
        order = self._orders[order_no]
        if order.settled:
            self._end(Open.ORDER, order_no)
        else:
            self._begin(Open.ORDER, order_no, event, amount_fen=order.paid or order.asked, visit=order.visit)

    def _begin(self, what: Open, number: str, event: Event, *, visit: str = "", amount_fen: int = 0, order_no: str = "") -> None:
        """Enters it, or brings up to date what is known about it."""
        known = self.open.get((what, number))
        last = type(event).__name__
        if known is not None:
            self.open[what, number] = replace(known, last=last, amount_fen=amount_fen or known.amount_fen)
        else:
            self.open[what, number] = Unsettled(
                what=what, visit=visit or event.visit, number=number, last=last, amount_fen=amount_fen, order_no=order_no
            )

    def _end(self, what: Open, number: str) -> None:
        self.open.pop((what, number), None)


@dataclass(frozen=True, kw_only=True)
class _Order:
    visit: str
    asked: int = 0
    paid: int = 0
    refunded: int = 0
    refunds: frozenset[str] = frozenset()
    closed: bool = False
    served: bool = False

    @property
    def settled(self) -> bool:
        """Closed unpaid, or paid and served, or paid and all given back."""
        if self.paid:
            return self.served or self.refunded >= self.paid
        return self.closed or self.refunded > 0
