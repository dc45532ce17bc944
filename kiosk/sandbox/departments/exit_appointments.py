"""PSB-EXIT: appointments at its offices."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.departments.exit_entry import code_of, registered
from kiosk.sandbox.documents import case_no
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records
from kiosk.sandbox.slots import Cancelled, Slots

SCHEMA = """
CREATE TABLE IF NOT EXISTS exit_booking (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, office TEXT NOT NULL, business TEXT NOT NULL, slot TEXT NOT NULL);
"""
OFFICES = {
    "siming": "思明分局出入境窗口",
    "huli": "湖里分局出入境窗口",
    "jimei": "集美分局出入境窗口",
    "haicang": "海沧分局出入境窗口",
    "tongan": "同安分局出入境窗口",
    "xiangan": "翔安分局出入境窗口",
    "city": "厦门市公安局出入境办证大厅",
}
HOURS = ("09:00–10:00", "10:00–11:00", "14:30–15:30", "15:30–16:30")
SEATS = 4  # a business, an office, an hour
DAYS_AHEAD = 30
Office = Literal["siming", "huli", "jimei", "haicang", "tongan", "xiangan", "city"]
Business = Literal["passport", "hkmo", "tw", "endorse"]


class ListSlots(Body):
    office: Office
    business: Business


class Book(ListSlots):
    person: Person
    slot: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}_\d{2}:\d{2}$")
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")


class Cancel(Body):
    person: Person
    case_no: str = Field(min_length=1, max_length=40)


class Booked(BaseModel):
    case_no: str
    when: str
    where: str
    qr: str


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-exit", tags=["PSB-EXIT 出入境"], responses=REFUSALS)

    @router.post("/listSlots", operation_id="PSB-EXIT.listSlots", response_model=Reply[Slots])
    async def list_slots(body: ListSlots, call: Annotated[Call, Depends()]) -> Any:
        """The hours of the next 30 days that are still free."""
        return call.reply({"slots": [one for one in _slots(records, body) if one["left"]]}, message="查询成功")

    @router.post("/book", operation_id="PSB-EXIT.book", response_model=Reply[Booked])
    async def book(body: Book, call: Annotated[Call, Depends()]) -> Any:
        """Keep a place at an office; one at a time for each business."""
        call.about(body.person)
        return call.reply(records.once("PSB-EXIT", call.key, call.operation, body.model_dump(), lambda: _booked(records, body)))

    @router.post("/cancel", operation_id="PSB-EXIT.cancel", response_model=Reply[Cancelled])
    async def cancel(body: Cancel, call: Annotated[Call, Depends()]) -> Any:
        """Give the place back."""
        call.about(body.person)

        def do() -> dict[str, Any]:
            own = (body.case_no, body.person.id_number)
            if not records.db.execute("DELETE FROM exit_booking WHERE case_no = ? AND id_number = ?", own).rowcount:
                raise Refusal("EXIT-4042", "没有查到您名下的这个预约", 404)
            return {"cancelled": True}

        return call.reply(records.once("PSB-EXIT", call.key, call.operation, body.model_dump(), do))

    return router


def _slots(records: Records, wanted: ListSlots) -> Iterator[dict[str, Any]]:
    """Working days from tomorrow on. Some places are taken, by people who are not in these records."""
    query = "SELECT slot, COUNT(*) AS n FROM exit_booking WHERE office = ? AND business = ? GROUP BY slot"
    booked = {row["slot"]: row["n"] for row in records.rows(query, wanted.office, wanted.business)}
    tomorrow = records.now().date() + timedelta(1)
    for day in (tomorrow + timedelta(n) for n in range(DAYS_AHEAD)):
        for hour in HOURS if day.weekday() < 5 else ():
            value = f"{day}_{hour[:5]}"
            others = hashlib.sha256(f"{wanted.office} {wanted.business} {value}".encode()).digest()[0] % (SEATS + 1)
            yield {"value": value, "day": f"{day}", "time": hour, "left": max(0, SEATS - others - booked.get(value, 0))}


def _booked(records: Records, body: Book) -> dict[str, Any]:
    registered(records, body.person)
    # A slot begins with its day: what is over counts no more.
    query = "SELECT 1 FROM exit_booking WHERE id_number = ? AND business = ? AND slot >= ?"
    if records.row(query, body.person.id_number, body.business, f"{records.now():%Y-%m-%d}"):
        raise Refusal("EXIT-4094", "同类业务已有预约")
    slot = next((one for one in _slots(records, body) if one["value"] == body.slot), None)
    if slot is None or not slot["left"]:
        raise Refusal("EXIT-4093", "该时段已约满")
    number = case_no(records, "EXIT")
    booking = (number, body.person.id_number, body.office, body.business, body.slot)
    records.db.execute("INSERT INTO exit_booking VALUES (?, ?, ?, ?, ?)", booking)
    when = f"{date.fromisoformat(slot['day']):%Y年%m月%d日} {slot['time']}"
    return {"case_no": number, "when": when, "where": OFFICES[body.office], "qr": f"XMCRJ:{number}:{code_of(number)}"}
