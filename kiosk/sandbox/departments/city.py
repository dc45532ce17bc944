"""CITY (i厦门): one place that knows a person's cases at all departments, as the city's portal does."""

from __future__ import annotations

import json
import sqlite3
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Reply
from kiosk.sandbox.records import Records

OFFICES = {
    "PSB-POP": "公安户政", "PSB-RES": "公安人口", "PSB-EXIT": "公安出入境", "PSB-TMS": "公安交警", "HRSS": "人社", "TRANS": "交通运输",
    "RAIL": "铁路", "ECARD": "e通卡", "HPF": "住房公积金", "HSA": "医保", "TAX": "税务", "RERC": "不动产", "MCA": "民政", "EDU": "教育",
    "UTIL": "公用事业",
}  # fmt: skip
MOST = 20


class ListCases(Body):
    person: Person


class Row(BaseModel):
    label: str
    value: str


class Case(BaseModel):
    title: str
    rows: list[Row]


class Cases(BaseModel):
    count: str
    records: list[Case]


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/city", tags=["CITY i厦门"], responses=REFUSALS)

    @router.post("/listCases", operation_id="CITY.listCases", response_model=Reply[Cases])
    async def list_cases(body: ListCases, call: Annotated[Call, Depends()]) -> Any:
        """What this person has asked departments for, the newest first, and how far it is."""
        call.about(body.person)
        deeds = records.rows(
            "SELECT deed.* FROM deed JOIN person USING (id_number) WHERE id_number = ? AND name = ? ORDER BY at DESC",
            body.person.id_number,
            body.person.name,
        )
        found = [case for case in (_case(deed) for deed in deeds) if case is not None][:MOST]
        return call.reply({"count": f"{len(found)} 件", "records": found})

    return router


def _case(deed: sqlite3.Row) -> dict[str, Any] | None:
    """None for a deed that is no case of its own: a code, a seal, a rating."""
    reply = json.loads(deed["reply"])
    if deed["system"] not in OFFICES or "case_no" not in reply:
        return None
    state = str(reply.get("state", "已办结" if "document" in reply or "receipt_no" in reply else "已受理，办理中"))
    rows = [("办件编号", reply["case_no"]), ("受理时间", deed["at"][:16].replace("T", " ")), ("进度", state)]
    return {"title": OFFICES[deed["system"]], "rows": [{"label": label, "value": str(value)} for label, value in rows]}
