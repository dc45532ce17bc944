"""MCA: appointments at the marriage registration offices."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.departments.population import registered
from kiosk.sandbox.documents import case_no
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records
from kiosk.sandbox.slots import Cancel, Cancelled, Slots, cancelled, free, slots, taken

SCHEMA = """
CREATE TABLE IF NOT EXISTS mca_booking (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, office TEXT NOT NULL, business TEXT NOT NULL, slot TEXT NOT NULL,
    partner_name TEXT NOT NULL);
"""
OFFICES = {
    "siming": "思明区民政局婚姻登记处",
    "huli": "湖里区民政局婚姻登记处",
    "jimei": "集美区民政局婚姻登记处",
    "haicang": "海沧区民政局婚姻登记处",
    "tongan": "同安区民政局婚姻登记处",
    "xiangan": "翔安区民政局婚姻登记处",
}
HOURS = ("08:30–09:30", "09:30–10:30", "10:30–11:30", "15:00–16:00", "16:00–17:00")
SEATS = {"marry": 6, "divorce": 2, "reissue": 3}  # an office, an hour
DAYS_AHEAD = 30
Office = Literal["siming", "huli", "jimei", "haicang", "tongan", "xiangan"]


class ListSlots(Body):
    office: Office
    business: Literal["marry", "divorce", "reissue"]


class Book(ListSlots):
    person: Person
    slot: str = Field(pattern=r"^\d{8}-\d{4}$")
    partner_name: str = Field(min_length=2, max_length=50)
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")


class Booked(BaseModel):
    case_no: str
    state: str
    when: str
    where: str
    qr: str


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/mca", tags=["MCA 民政"], responses=REFUSALS)

    @router.post("/listSlots", operation_id="MCA.listSlots", response_model=Reply[Slots])
    async def list_slots(body: ListSlots, call: Annotated[Call, Depends()]) -> Any:
        """The hours of the next 30 days that are still free."""
        return call.reply(free(_slots(records, body)), message="查询成功")

    @router.post("/book", operation_id="MCA.book", response_model=Reply[Booked])
    async def book(body: Book, call: Annotated[Call, Depends()]) -> Any:
        """Keep a place for two at an office; one at a time for each business."""
        call.about(body.person)
        return call.reply(records.once("MCA", call.key, call.operation, body.model_dump(), lambda: _booked(records, body)))

    @router.post("/cancel", operation_id="MCA.cancel", response_model=Reply[Cancelled])
    async def cancel(body: Cancel, call: Annotated[Call, Depends()]) -> Any:
        """Give the place back."""
        call.about(body.person)
        do = partial(cancelled, records, "mca_booking", body, "MCA-4042")
        return call.reply(records.once("MCA", call.key, call.operation, body.model_dump(), do))

    return router


def _slots(records: Records, wanted: ListSlots) -> Iterator[dict[str, Any]]:
    """From tomorrow on."""
    return slots(
        records,
        "mca_booking",
        {"office": wanted.office, "business": wanted.business},
        first=records.now().date() + timedelta(1),
        days=DAYS_AHEAD,
        hours=HOURS,
        seats=SEATS[wanted.business],
        value="{day:%Y%m%d}-{digits}",
    )


def _booked(records: Records, body: Book) -> dict[str, Any]:
    row = registered(records, body.person, "MCA-4040")
    if body.partner_name == row["name"]:
        # Two people may share a name; who does has to say so to a clerk.
        raise Refusal("MCA-4031", "对方姓名与本人相同")
    # A slot begins with its day: what is over counts no more.
    query = "SELECT 1 FROM mca_booking WHERE id_number = ? AND business = ? AND slot >= ?"
    if records.row(query, row["id_number"], body.business, f"{records.now():%Y%m%d}"):
        raise Refusal("MCA-4094", "同类业务已有预约")
    slot = taken(_slots(records, body), body.slot, Refusal("MCA-4093", "该时段已约满"))
    number = case_no(records, "MCA")
    booking = (number, row["id_number"], body.office, body.business, body.slot, body.partner_name)
    records.db.execute("INSERT INTO mca_booking VALUES (?, ?, ?, ?, ?, ?)", booking)
    when = f"{date.fromisoformat(slot['day']):%Y年%m月%d日} {slot['time']}"
    check = hashlib.sha256(f"mca {number}".encode()).hexdigest()[:8]
    return {"case_no": number, "state": f"已预约 {when}", "when": when, "where": OFFICES[body.office], "qr": f"XMHYDJ:{number}:{check}"}
