"""`kiosk journal`: what this terminal did, for technicians and auditors. It looks, and never changes anything."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path

import apsw

from kiosk import config
from kiosk.journal import NoKey, Row, Unsettled, looking, station_keys
from kiosk.journal.ledger import DAMAGE, Ledger
from kiosk.journal.manual import manual
from kiosk.journal.unsettled import Open, unsettled
from kiosk.model.events import PayIntent, PollAnswered, VisitStarted
from kiosk.model.faults import Fault
from kiosk.model.money import Money
from kiosk.model.zone import CHINA

WELL, OPEN, USAGE, DAMAGED, UNREADABLE, SILENT = range(6)


def main(options: argparse.Namespace) -> int:
    """Returns one of the statuses above, as `kiosk journal --help` lists them."""
    if options.action == "manual":
        print(manual())
        return WELL
    settings = config.load(options.config)
    place = settings.state / "journal.db"
    if not place.exists():
        print(f"{place}: no journal yet", file=sys.stderr)
        return WELL
    try:
        with looking(place, settings.station.id, station_keys(settings.state, make=False)) as book:
            rows = tuple(book.rows(every_signature=True))
            return _act(options, settings, place, book, rows)
    except DAMAGE as damage:
        # SQLite cannot tell a wrong key from a wrecked file.
        print(f"{place}: {damage if str(damage) else type(damage).__name__}", file=sys.stderr)
        return DAMAGED
    except (NoKey, OSError, apsw.Error) as error:
        print(f"{place}: cannot be read: {error}", file=sys.stderr)
        return UNREADABLE


def _act(options: argparse.Namespace, settings: config.Config, place: Path, book: Ledger, rows: tuple[Row, ...]) -> int:
    open_ends = unsettled(row.event for row in rows)
    match options.action:
        case "verify":
            return _verify(place, book, rows, options.head)
        case "show":
            return _show(rows, options.visit)
        case "export":
            _export(book, rows)
            return WELL
        case "polls":
            _polls(rows)
            return WELL
        case "reconcile":
            return asyncio.run(_bill(settings, rows, options.day) if options.day else _reconcile(settings, rows, open_ends))
        case "unsettled":
            return _unsettled(open_ends)
        case _:
            return max(_verify(place, book, rows, ""), _unsettled(open_ends))


def _verify(place: Path, book: Ledger, rows: tuple[Row, ...], kept: str) -> int:
    signatures = list(book.checkpoints())
    behind = len(rows) - max(signatures, default=0)
    print(f"{place}: {len(rows)} rows, chain intact, {len(signatures)} signatures, {behind} rows behind the last one")
    print(f"  station {book.station}, mark {book.epoch}, public key {book.public_key}")
    number, hash_ = book.head()
    print(f"  head {number}:{hash_}")
    if kept and kept not in {f"{row.seq}:{row.hash}" for row in rows}:
        print(f"{place}: {kept} is not in it: this is an older copy, or another journal", file=sys.stderr)
        return DAMAGED
    return WELL


def _show(rows: Iterable[Row], visit: str) -> int:
    wanted = [row for row in rows if not visit or visit == row.event.visit or (row.event.visit and visit.startswith(f"{row.event.visit}-"))]
    heading: str | None = None
    for row in wanted:
        if row.event.visit != heading:
            heading = row.event.visit
            print(f"\n{heading or 'the terminal itself'}")
        time = datetime.fromisoformat(row.time).astimezone(CHINA)
        told = " ".join(_told(name, value) for name, value in asdict(row.event).items() if name != "visit")
        print(f"{row.seq:>7}  {time:%Y-%m-%d %H:%M:%S}  {type(row.event).__name__:<16} {told}".rstrip())
    if visit and not wanted:
        print(f"{visit}: no such visit in this journal", file=sys.stderr)
        return OPEN
    return WELL


def _told(name: str, value: object) -> str:
    if name == "amount_fen" and isinstance(value, int):
        return f"amount={Money(value)}"
    return f"{name}={str(value).lower() if isinstance(value, bool) else value}"


def _unsettled(open_ends: tuple[Unsettled, ...]) -> int:
    print(f"{len(open_ends)} unsettled" if open_ends else "nothing is unsettled")
    for one in open_ends:
        amount = f" {Money(one.amount_fen)}" if one.amount_fen else ""
        print(f"  {one.what.value:<10} {one.number}{amount}, last {one.last}")
    return OPEN if open_ends else WELL


def _export(book: Ledger, rows: Iterable[Row]) -> None:
    print(json.dumps({"station": book.station, "epoch": book.epoch, "version": book.version, "public_key": book.public_key}))
    for row in rows:
        data = asdict(row.event)
        visit = data.pop("visit")
        line = {"seq": row.seq, "time": row.time, "visit": visit, "kind": type(row.event).__name__, "data": data, "hash": row.hash}
        print(json.dumps(line))
    for seq, (hash_, signature) in book.checkpoints().items():
        print(json.dumps({"seq": seq, "hash": hash_, "signature": signature}))


def _polls(rows: Iterable[Row]) -> None:
    """How often which answer was given, poll by poll, the most frequent first."""
    given = Counter((row.event.poll, row.event.answer) for row in rows if isinstance(row.event, PollAnswered))
    for poll in sorted({poll for poll, _ in given}):
        counts = {answer: count for (of, answer), count in given.most_common() if of == poll}
        print(f"{poll}: {sum(counts.values())} answers; " + ", ".join(f"{answer} {count}" for answer, count in counts.items()))
    if not given:
        print("no poll was answered")


async def _bill(settings: config.Config, rows: tuple[Row, ...], day: date) -> int:
    """The gateway's bill of `day` beside the journal; only asked, nothing is written."""
    from kiosk import app
    from kiosk.flow.bill import differences

    gateway, station = app.payments(settings), settings.station.id
    try:
        bill, after = await gateway.bill(station, day), await gateway.bill(station, day + timedelta(days=1))
    except Fault as fault:
        print(f"{day}: no bill ({fault.code})", file=sys.stderr)
        return SILENT
    finally:
        await gateway.close()
    found = differences(rows, day, bill, after)
    kept = Money(sum(entry.kept.fen for entry in bill))
    print(f"{day}: {len(bill)} orders, {kept} kept, {len(found)} differences")
    for one in found:
        print(f"{one.order_no}  journal: {one.journal or 'unknown'}  bill: {one.bill or 'unknown'}")
    return OPEN if found else WELL


async def _reconcile(settings: config.Config, rows: tuple[Row, ...], open_ends: tuple[Unsettled, ...]) -> int:
    """A question each, never a close and never a refund: those are the serving process's."""
    # Only this action needs a gateway, and with it the whole house.
    from kiosk import app
    from kiosk.payments import Method, Order

    items = {row.event.visit: row.event.item for row in rows if isinstance(row.event, VisitStarted)}
    intents = {row.event.order_no: row.event for row in rows if isinstance(row.event, PayIntent)}
    orders = [one for one in open_ends if one.what is Open.ORDER]
    if not orders:
        print("no order is open")
        return WELL
    gateway = app.payments(settings)
    silent = False
    try:
        for one in orders:
            intent = intents.get(one.number)
            if intent is None:
                print(f"{one.number}  {Money(one.amount_fen)}  last {one.last}  no intent in this journal: cannot be asked about")
                continue
            order = Order(
                order_no=one.number, amount=Money(intent.amount_fen), method=Method(intent.method), subject=items.get(one.visit, "")
            )
            try:
                says = (await gateway.query(order)).value
            except Fault as fault:
                says, silent = f"no answer ({fault.code})", True
            print(f"{one.number}  {order.amount}  last {one.last}  gateway: {says}")
    finally:
        await gateway.close()
    return SILENT if silent else OPEN
