"""PSB-EXIT: appointments at its offices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.departments.exit_entry import code_of, registered
from kiosk.sandbox.documents import case_no
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records
from kiosk.sandbox.slots import Cancel, Cancelled, Slots, cancelled, free, slots, taken

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
        return call.reply(free(_slots(records, body)), message="查询成功")

    @router.post("/book", operation_id="PSB-EXIT.book", response_model=Reply[Booked])
    async def book(body: Book, call: Annotated[Call, Depends()]) -> Any:
        """Keep a place at an office; one at a time for each business."""
        call.about(body.person)
        return call.reply(records.once("PSB-EXIT", call.key, call.operation, body.model_dump(), lambda: _booked(records, body)))

    @router.post("/cancel", operation_id="PSB-EXIT.cancel", response_model=Reply[Cancelled])
    async def cancel(body: Cancel, call: Annotated[Call, Depends()]) -> Any:
        """Give the place back."""
        call.about(body.person)
        do = partial(cancelled, records, "exit_booking", body, "EXIT-4042")
        return call.reply(records.once("PSB-EXIT", call.key, call.operation, body.model_dump(), do))

    return router


def _slots(records: Records, wanted: ListSlots) -> Iterator[dict[str, Any]]:
    """From tomorrow on."""
    return slots(
        records,
        "exit_booking",
        {"office": wanted.office, "business": wanted.business},
        first=records.now().date() + timedelta(1),
        days=DAYS_AHEAD,
        hours=HOURS,
        seats=SEATS,
        value="{day}_{begins}",
    )


def _booked(records: Records, body: Book) -> dict[str, Any]:
    registered(records, body.person)
    # A slot begins with its day: what is over counts no more.
    query = "SELECT 1 FROM exit_booking WHERE id_number = ? AND business = ? AND slot >= ?"
    if records.row(query, body.person.id_number, body.business, f"{records.now():%Y-%m-%d}"):
        raise Refusal("EXIT-4094", "同类业务已有预约")
    slot = taken(_slots(records, body), body.slot, Refusal("EXIT-4093", "该时段已约满"))
    number = case_no(records, "EXIT")
    booking = (number, body.person.id_number, body.office, body.business, body.slot)
    records.db.execute("INSERT INTO exit_booking VALUES (?, ?, ?, ?, ?)", booking)
    when = f"{date.fromisoformat(slot['day']):%Y年%m月%d日} {slot['time']}"
    return {"case_no": number, "when": when, "where": OFFICES[body.office], "qr": f"XMCRJ:{number}:{code_of(number)}"}
