"""COURIER: a waybill for a document that is ready later."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import REFUSALS, Body, Call, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = "CREATE TABLE IF NOT EXISTS waybill (waybill_no TEXT PRIMARY KEY, case_no TEXT NOT NULL UNIQUE, address TEXT NOT NULL);"
WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)  # the check digit of UPU S10 waybill numbers


class Create(Body):
    case_no: str = Field(min_length=1, max_length=40)
    recipient: str = Field(min_length=2, max_length=50)
    mobile: str = Field(pattern=r"^1[3-9]\d{9}$")
    address: str = Field(min_length=4, max_length=120)


class Created(BaseModel):
    waybill_no: str


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/courier", tags=["COURIER 邮政寄递"], responses=REFUSALS)

    @router.post("/create", operation_id="COURIER.create", response_model=Reply[Created])
    async def create(body: Create, call: Annotated[Call, Depends()]) -> Any:
        """Book the courier for a case; one waybill a case."""
        return call.reply(records.once("COURIER", call.key, call.operation, body.model_dump(), lambda: _created(records, body)))

    return router


def _created(records: Records, body: Create) -> dict[str, Any]:
    if "国外" in body.address or "境外" in body.address:
        raise Refusal("COU-4001", "该地址不在寄递范围内")
    serial = f"{records.next('waybill'):08d}"
    check = 11 - sum(int(digit) * weight for digit, weight in zip(serial, WEIGHTS, strict=True)) % 11
    number = f"EM{serial}{ {10: 0, 11: 5}.get(check, check) }CN"
    records.db.execute("INSERT OR IGNORE INTO waybill VALUES (?, ?, ?)", (number, body.case_no, body.address))
    found = records.row("SELECT waybill_no FROM waybill WHERE case_no = ?", body.case_no)
    return {"waybill_no": found["waybill_no"] if found else number}
