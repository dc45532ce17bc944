"""PSB-TMS: penalty decisions, what one costs today, and the word that one was paid."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

LATE_PER_DAY = 3  # percent of the fine for each day late (道交法 art. 109), at most the fine itself (行政强制法 art. 45)
MOST_FEN = 20_000  # decisions above 200 yuan are not of the simple procedure and are not paid here


class QueryDecision(Body):
    person: Person


class Fields(BaseModel):
    act: str
    place: str
    time: str
    plate: str
    due: str


class Decision(BaseModel):
    value: str = Field(pattern=r"^\d{16}$", description="decision number")
    amount_fen: int = Field(gt=0, description="what it costs today")
    fields: Fields


class Decisions(BaseModel):
    records: list[Decision]


class QuoteFine(Body):
    decision_no: str = Field(pattern=r"^\d{15,16}$")


class QuoteRows(BaseModel):
    base_fen: int
    late_fen: int
    days_late: int


class Quote(BaseModel):
    amount_fen: int
    rows: QuoteRows


class NotifyPaid(Body):
    decision_no: str = Field(pattern=r"^\d{15,16}$")
    order_no: str = Field(min_length=4, max_length=64)
    amount_fen: int = Field(gt=0, strict=True)


class PaidReceipt(BaseModel):
    case_no: str
    receipt_no: str
    paid_at: str
    ebill_url: str


def quote(fine: sqlite3.Row, today: date) -> QuoteRows:
    days = max(0, (today - date.fromisoformat(fine["due"])).days)
    late = min(fine["base_fen"], fine["base_fen"] * LATE_PER_DAY * days // 100)
    return QuoteRows(base_fen=fine["base_fen"], late_fen=late, days_late=days)


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/psb-tms", tags=["PSB-TMS 交管"], responses=REFUSALS)

    def unpaid(decision_no: str) -> sqlite3.Row:
        fine = records.row("SELECT * FROM fine WHERE decision_no = ?", decision_no)
        if fine is None:
            raise Refusal("TMS-4040", "没有这份处罚决定书", 404)
        if fine["paid_key"] is not None:
            raise Refusal("TMS-4091", "该处罚决定书已缴款")
        return fine

    @router.post("/queryDecision", operation_id="PSB-TMS.queryDecision", response_model=Reply[Decisions])
    async def query_decision(body: QueryDecision, call: Annotated[Call, Depends()]) -> Any:
        """The unpaid decisions of this person that can be paid at a terminal, oldest due first."""
        call.about(body.person)
        today = records.now().date()
        fines = records.rows(
            "SELECT * FROM fine WHERE id_number = ? AND paid_key IS NULL AND base_fen <= ? ORDER BY due", body.person.id_number, MOST_FEN
        )
        found = []
        for fine in fines:
            cost = quote(fine, today)
            shown = {name: fine[name] for name in Fields.model_fields}
            found.append({"value": fine["decision_no"], "amount_fen": cost.base_fen + cost.late_fen, "fields": shown})
        return call.reply({"records": found}, message="查询成功")

    @router.post("/quoteFine", operation_id="PSB-TMS.quoteFine", response_model=Reply[Quote])
    async def quote_fine(body: QuoteFine, call: Annotated[Call, Depends()]) -> Any:
        """What the fine costs today: the fine itself and, after its due day, 3 % a day, at most as much again."""
        cost = quote(unpaid(body.decision_no), records.now().date())
        return call.reply({"amount_fen": cost.base_fen + cost.late_fen, "rows": cost.model_dump()}, message="查询成功")

    @router.post("/notifyPaid", operation_id="PSB-TMS.notifyPaid", response_model=Reply[PaidReceipt])
    async def notify_paid(body: NotifyPaid, call: Annotated[Call, Depends()]) -> Any:
        """The fine was paid under this order. The same key twice is one payment; another key finds it paid (TMS-4091)."""

        def do() -> dict[str, Any]:
            fine, now = unpaid(body.decision_no), records.now()
            # A citizen who pays at 23:59 pays that day's amount, though the word arrives after midnight.
            amounts = [quote(fine, day) for day in (now.date(), now.date() - timedelta(days=1))]
            if body.amount_fen not in [one.base_fen + one.late_fen for one in amounts]:
                raise Refusal("TMS-4092", "缴款金额与应缴金额不符")
            receipt_no = f"3502{now:%y%m%d}{records.next('receipt'):08d}"
            paid_at = f"{now:%Y-%m-%d %H:%M}"
            records.db.execute(
                "UPDATE fine SET paid_key = ?, order_no = ?, paid_fen = ?, receipt_no = ?, paid_at = ? WHERE decision_no = ?",
                (call.key, body.order_no, body.amount_fen, receipt_no, paid_at, body.decision_no),
            )
            check = hashlib.sha256(receipt_no.encode()).hexdigest()[:6].upper()
            return {
                "case_no": f"TMS{now:%Y%m%d}{records.next('case'):05d}",
                "receipt_no": receipt_no,
                "paid_at": paid_at,
                "ebill_url": f"{call.base}/psb-tms/ebill/{receipt_no}?c={check}",
            }

        return call.reply(records.once("PSB-TMS", call.key, call.operation, body.model_dump(), do), message="已登记缴款")

    @router.get("/ebill/{receipt_no}", response_class=HTMLResponse)
    async def ebill(receipt_no: str) -> HTMLResponse:
        """The page behind the QR of a receipt: the electronic bill, without a name."""
        fine = records.row("SELECT * FROM fine WHERE receipt_no = ?", receipt_no)
        if fine is None:
            return HTMLResponse("<!doctype html><meta charset=utf-8><title>电子票据</title><p>没有这张票据。</p>", 404)
        return HTMLResponse(
            f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>电子票据（演示）</title><h1>电子票据（演示）</h1>"
            f"<p>票据号码 {fine['receipt_no']}</p><p>处罚决定书 {fine['decision_no']}</p>"
            f"<p>金额 ¥{fine['paid_fen'] / 100:.2f}</p><p>缴款时间 {fine['paid_at']}</p>"
        )

    return router
