"""PSB-TMS: what was applied for and is made at the office, and the page behind the QR of a receipt."""

from __future__ import annotations

import hashlib
import html
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.sandbox.documents import case_no
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS traffic_case (
    case_no TEXT PRIMARY KEY, id_number TEXT NOT NULL, business TEXT NOT NULL, subject TEXT NOT NULL, state TEXT NOT NULL,
    ready TEXT NOT NULL, code TEXT NOT NULL);
"""
FEE_FEN = 1_000  # a new driving licence or vehicle licence: 10 yuan
WORKING_DAYS = 3
HALL = "厦门市车辆管理所办证大厅"


class Paid(Body):
    """What comes with everything that was paid for."""

    order_no: str = Field(min_length=4, max_length=64)
    amount_fen: int = Field(gt=0, strict=True)


class Fact(BaseModel):
    label: str
    value: str


class Facts(BaseModel):
    facts: list[Fact]


class Accepted(BaseModel):
    case_no: str
    ready: str
    where: str
    qr: str


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-tms", tags=["PSB-TMS 交管"], responses=REFUSALS)

    @router.get("/progress/{number}", response_class=HTMLResponse)
    async def progress(number: str, c: str = "") -> HTMLResponse:
        """How far a case is, without a name."""
        case = records.row("SELECT * FROM traffic_case WHERE case_no = ? AND code = ?", number, c)
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>办理进度（演示）</title><h1>办理进度（演示）</h1>"
        if case is None:
            return HTMLResponse(page + "<p>没有查到这件申请。</p>", 404)
        told = f"<p>受理编号 {case['case_no']}</p><p>办理进度 {case['state']}</p><p>预计办结 {case['ready']}</p>"
        return HTMLResponse(f"{page}<p>{html.escape(case['business'])}</p>{told}")

    return router


def facts(rows: dict[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in rows.items()]


def registered(records: Records, person: Person) -> None:
    """Raises Refusal unless name and number belong together."""
    if records.row("SELECT 1 FROM person WHERE id_number = ? AND name = ?", person.id_number, person.name) is None:
        raise Refusal("TMS-4040", "姓名与公民身份号码不一致", 404)


def code_of(number: str) -> str:
    """What the QR of a receipt knows and somebody who guesses numbers does not. The sandbox keeps no secret: it is none."""
    return hashlib.sha256(f"tms {number}".encode()).hexdigest()[:8]


def not_open(records: Records, person: Person, business: str, subject: str) -> None:
    """Raises Refusal if the same is being made already."""
    query = "SELECT 1 FROM traffic_case WHERE id_number = ? AND business = ? AND subject = ?"
    if records.row(query, person.id_number, business, subject):
        raise Refusal("TMS-4094", "同样的申请正在办理")


def paid(body: Paid) -> None:
    if body.amount_fen != FEE_FEN:
        raise Refusal("TMS-4092", "缴款金额与工本费不符")


def accept(records: Records, call: Call, person: Person, business: str, subject: str, delivery: str) -> dict[str, Any]:
    """Enter a case. Call it inside `records.once`."""
    number, ready = case_no(records, "TMS"), _working_days_after(records.now().date(), WORKING_DAYS)
    case = (number, person.id_number, business, subject, "已受理", f"{ready}", code_of(number))
    records.db.execute("INSERT INTO traffic_case VALUES (?, ?, ?, ?, ?, ?, ?)", case)
    url = f"{call.base}/psb-tms/progress/{number}?c={code_of(number)}"
    return {"case_no": number, "ready": f"{ready:%Y年%m月%d日}前", "where": collected(delivery), "qr": url}


def collected(delivery: str) -> str:
    return HALL if delivery == "pickup" else "邮政寄到您填写的地址"


def _working_days_after(day: date, count: int) -> date:
    while count:
        day += timedelta(1)
        count -= day.weekday() < 5
    return day
