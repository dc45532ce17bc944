"""The gateway's bill of a day beside the journal of that day: every order says the same money in both, or people are told (J8)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.journal import Journal, Row
from kiosk.log import log
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.money import Money
from kiosk.model.zone import CHINA
from kiosk.payments import Entry, PaymentGateway

DAYS = 7  # at most, after a terminal stood still


@dataclass(frozen=True, kw_only=True)
class Difference:
    """`journal` and `bill`: what either says the city has of this order; None = it knows of no such order."""

    order_no: str
    journal: Money | None
    bill: Money | None


def differences(rows: Iterable[Row], day: date, bill: Iterable[Entry], next_day: Iterable[Entry]) -> tuple[Difference, ...]:
    """Of the orders on the bill of `day`, and of those the journal opened that day. `next_day`: what was opened around midnight."""
    ours, opened = _books(rows, day)
    theirs = {entry.order_no: entry.kept for entry in bill}
    later = {entry.order_no: entry.kept for entry in next_day}
    found = []
    for order_no in sorted(theirs.keys() | opened):
        said = theirs.get(order_no, later.get(order_no))
        have = ours.get(order_no)
        if (said or Money(0)) != (have or Money(0)):
            found.append(Difference(order_no=order_no, journal=have, bill=said))
    return tuple(found)


async def compare(journal: Journal, payments: PaymentGateway, today: date | None = None) -> None:
    """Each day that is over and not compared yet, once. A gateway that does not say is asked at the next start."""
    rows = await asyncio.to_thread(journal.rows)
    today = today or datetime.now(CHINA).date()
    for day in _due(rows, today):
        try:
            bill, after = await payments.bill(journal.station, day), await payments.bill(journal.station, day + timedelta(days=1))
        except Fault:
            return
        found = differences(rows, day, bill, after)
        await journal.write(events.BillCompared(day=day.isoformat(), orders=len(bill), differences=len(found)))
        if found:
            log.critical("payment.difference", day=day.isoformat(), orders=len(found))


def _due(rows: Iterable[Row], today: date) -> list[date]:
    """From the day this journal began, or the last that was compared, to yesterday."""
    first, last = today, None
    for row in rows:
        first = min(first, _day(row))
        if isinstance(row.event, events.BillCompared):
            last = max(last or date.min, date.fromisoformat(row.event.day))
    begin = max(last + timedelta(days=1) if last else first, today - timedelta(days=DAYS))
    return [begin + timedelta(days=n) for n in range((today - begin).days)]


def _books(rows: Iterable[Row], day: date) -> tuple[dict[str, Money], set[str]]:
    """Every order with what the city should have of it, and those whose first row is of `day`."""
    paid: dict[str, int] = {}
    back: dict[str, dict[str, int]] = {}
    opened: set[str] = set()
    for row in rows:
        match row.event:
            case events.PayIntent(order_no=order_no) | events.OrderFound(order_no=order_no):
                paid.setdefault(order_no, 0)
                if _day(row) == day and isinstance(row.event, events.PayIntent):
                    opened.add(order_no)
            case events.Paid(order_no=order_no, amount_fen=fen):
                paid[order_no] = fen
            case events.Refunded(order_no=order_no, refund_no=refund_no, amount_fen=fen):
                back.setdefault(order_no, {})[refund_no] = fen
    return {order_no: Money(max(0, fen - sum(back.get(order_no, {}).values()))) for order_no, fen in paid.items()}, opened


def _day(row: Row) -> date:
    return datetime.fromisoformat(row.time).astimezone(CHINA).date()
