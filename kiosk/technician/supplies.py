"""What is used up and must be brought along: counted as it is printed, marked when somebody replaces it, and how long it will last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.devices.document_printer import DocumentPrinter
from kiosk.devices.receipt_printer import ReceiptPrinter
from kiosk.model.zone import CHINA
from kiosk.technician.record import Record, now

LOOKING_BACK = 14  # days whose use tells how fast it goes

# kind of device → what it uses up: supply, unit (a word `supply.unit.<unit>`), how much a new one holds. Toner is counted in sheets.
SUPPLIES: dict[str, tuple[tuple[str, str, float], ...]] = {
    ReceiptPrinter.kind: (("paper", "metre", 50.0),),
    DocumentPrinter.kind: (("paper", "sheet", 250.0), ("toner", "sheet", 1_500.0)),
}


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """`left` of `holds` in `unit`; `days` until it is used up at the pace of the last two weeks, None where nothing was used.

    `replaced`: when a person said that it is new; None = nobody ever did, so `left` is a guess from the first print on.
    """

    role: str
    supply: str
    unit: str
    holds: float
    left: float
    prints: int  # since it was replaced
    days: int | None
    replaced: datetime | None


def use(record: Record, role: str, supply: str, amount: float, day: date | None = None) -> None:
    """`amount` of `supply` is gone. `day` is the day of use (today, in China, as the days of a shop are)."""
    when = (day or today()).isoformat()
    with record.writing() as connection:
        connection.execute(
            "INSERT INTO used VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount", (when, role, supply, amount)
        )
        connection.execute(
            "INSERT INTO since VALUES (?,?,?,1) ON CONFLICT DO UPDATE SET amount = amount + excluded.amount, prints = prints + 1",
            (role, supply, amount),
        )


def replace(record: Record, technician: str, role: str, supply: str, holds: float) -> None:
    """A person put in a new one that holds so much: counting begins anew."""
    with record.writing() as connection:
        connection.execute(
            "INSERT INTO replaced (time, technician, role, supply, holds) VALUES (?,?,?,?,?)", (now(), technician, role, supply, holds)
        )
        connection.execute("INSERT INTO since VALUES (?,?,0,0) ON CONFLICT DO UPDATE SET amount = 0, prints = 0", (role, supply))
    record.did(technician, "replaced", f"{role} {supply}")


def forecasts(record: Record, role: str, kind: str, day: date | None = None) -> tuple[Forecast, ...]:
    """What a device of `kind` uses up, one each; () for a kind that uses up nothing."""
    return tuple(_forecast(record, role, supply, unit, holds, day or today()) for supply, unit, holds in SUPPLIES.get(kind, ()))


def _forecast(record: Record, role: str, supply: str, unit: str, holds: float, day: date) -> Forecast:
    new = record.rows("SELECT time, holds FROM replaced WHERE role = ? AND supply = ? ORDER BY id DESC LIMIT 1", (role, supply))
    since = record.rows("SELECT amount, prints FROM since WHERE role = ? AND supply = ?", (role, supply))
    gone, prints = (float(str(since[0][0])), int(str(since[0][1]))) if since else (0.0, 0)
    holds = float(str(new[0][1])) if new else holds
    first = (day - timedelta(days=LOOKING_BACK - 1)).isoformat()
    query = "SELECT sum(amount), min(day) FROM used WHERE role = ? AND supply = ? AND day >= ? AND day <= ?"
    ((amount, begun),) = record.rows(query, (role, supply, first, day.isoformat()))
    left = max(0.0, holds - gone)
    days = None
    if amount:
        looked_back = (day - date.fromisoformat(str(begun))).days + 1  # fewer for a terminal that is new
        days = int(left * looked_back / float(str(amount)))
    return Forecast(
        role=role,
        supply=supply,
        unit=unit,
        holds=holds,
        left=left,
        prints=prints,
        days=days,
        replaced=datetime.fromisoformat(str(new[0][0])) if new else None,
    )


def today() -> date:
    return datetime.now(CHINA).date()
