"""UTIL: water, power and gas bills. Whoever knows an account may pay it, and learns no more than a masked name and the amount."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import REFUSALS, Body, Call, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS util_account (
    utility TEXT NOT NULL, account_no TEXT NOT NULL, holder TEXT NOT NULL, due_fen INTEGER NOT NULL, PRIMARY KEY (utility, account_no));
CREATE TABLE IF NOT EXISTS util_payment (
    receipt_no TEXT PRIMARY KEY, utility TEXT NOT NULL, account_no TEXT NOT NULL, order_no TEXT NOT NULL, fen INTEGER NOT NULL,
    paid_at TEXT NOT NULL, code TEXT NOT NULL);
"""
NAMES = {"water": "水费", "power": "电费", "gas": "燃气费"}

# (utility, account, holder, fen due). Nobody here exists; 0 = paid up.
ACCOUNTS = (
    ("water", "3502001234567", "林建明", 6_840),
    ("water", "3502007100382", "陈志远", 5_210),
    ("water", "3502004491870", "欧阳清", 0),
    ("water", "210688", "厦门曾厝垵文创工作室", 128_400),
    ("power", "3590012345678", "林建明", 21_635),
    ("power", "3590088120047", "黄丽华", 18_902),
    ("power", "3590031776205", "郑国栋", 0),
    ("gas", "61002345", "林建明", 9_360),
    ("gas", "61077120", "蔡美玲", 13_125),
    ("gas", "61040093", "叶水生", 0),
)


class AboutAccount(Body):
    utility: Literal["water", "power", "gas"]
    account_no: str = Field(pattern=r"^[0-9]{6,13}$")


class NotifyPaid(AboutAccount):
    order_no: str = Field(min_length=4, max_length=64)
    amount_fen: int = Field(gt=0, strict=True)


class Row(BaseModel):
    label: str
    value: str


class Bill(BaseModel):
    facts: list[Row]


class Quote(BaseModel):
    amount_fen: int


class PaidReceipt(BaseModel):
    case_no: str
    receipt_no: str
    paid_at: str
    qr: str


def fill(db: sqlite3.Connection, _now: datetime) -> None:
    db.executemany("INSERT INTO util_account VALUES (?, ?, ?, ?)", ACCOUNTS)


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/util", tags=["UTIL 水电燃气"], responses=REFUSALS)

    def due(body: AboutAccount) -> sqlite3.Row:
        account = records.row("SELECT * FROM util_account WHERE utility = ? AND account_no = ?", body.utility, body.account_no)
        if account is None:
            raise Refusal("UTIL-4040", "没有这个户号", 404)
        if not account["due_fen"]:
            raise Refusal("UTIL-4091", "该户号没有待缴的账单")
        return account

    @router.post("/queryBill", operation_id="UTIL.queryBill", response_model=Reply[Bill])
    async def query_bill(body: AboutAccount, call: Annotated[Call, Depends()]) -> Any:
        """What is due at an account, and whose it is, masked: enough to see that it is the right one."""
        account = due(body)
        facts = {"户名": masked(account["holder"]), f"应缴{NAMES[body.utility]}": f"¥{account['due_fen'] / 100:.2f}"}
        return call.reply({"facts": [{"label": label, "value": value} for label, value in facts.items()]}, message="查询成功")

    @router.post("/quoteBill", operation_id="UTIL.quoteBill", response_model=Reply[Quote])
    async def quote_bill(body: AboutAccount, call: Annotated[Call, Depends()]) -> Any:
        """The amount alone."""
        return call.reply({"amount_fen": due(body)["due_fen"]}, message="查询成功")

    @router.post("/notifyPaid", operation_id="UTIL.notifyPaid", response_model=Reply[PaidReceipt])
    async def notify_paid(body: NotifyPaid, call: Annotated[Call, Depends()]) -> Any:
        """The bill was paid under this order. The same key twice is one payment; another key finds it paid (UTIL-4091)."""

        def do() -> dict[str, Any]:
            if body.amount_fen != due(body)["due_fen"]:
                raise Refusal("UTIL-4092", "缴费金额与应缴金额不符")
            now = records.now()
            receipt_no = f"3502{now:%y%m%d}{records.next('receipt'):08d}"
            paid_at = f"{now:%Y-%m-%d %H:%M}"
            code = hashlib.sha256(f"{receipt_no}\n{call.key}".encode()).hexdigest()[:8]
            records.db.execute("UPDATE util_account SET due_fen = 0 WHERE utility = ? AND account_no = ?", (body.utility, body.account_no))
            paid = (receipt_no, body.utility, body.account_no, body.order_no, body.amount_fen, paid_at, code)
            records.db.execute("INSERT INTO util_payment VALUES (?, ?, ?, ?, ?, ?, ?)", paid)
            number = f"UTIL{now:%Y%m%d}{records.next('case'):05d}"
            return {"case_no": number, "receipt_no": receipt_no, "paid_at": paid_at, "qr": f"{call.base}/util/ebill/{receipt_no}?c={code}"}

        return call.reply(records.once("UTIL", call.key, call.operation, body.model_dump(), do), message="已登记缴费")

    @router.get("/ebill/{receipt_no}", response_class=HTMLResponse)
    async def ebill(receipt_no: str, c: str = "") -> HTMLResponse:
        """The page behind the QR of a receipt: the electronic bill, without a name."""
        paid = records.row("SELECT * FROM util_payment WHERE receipt_no = ? AND code = ?", receipt_no, c)
        page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>电子票据（演示）</title><h1>电子票据（演示）</h1>"
        if paid is None:
            return HTMLResponse(page + "<p>没有这张票据。</p>", 404)
        return HTMLResponse(
            f"{page}<p>票据号码 {paid['receipt_no']}</p><p>{NAMES[paid['utility']]} 户号 ****{paid['account_no'][-4:]}</p>"
            f"<p>金额 ¥{paid['fen'] / 100:.2f}</p><p>缴费时间 {paid['paid_at']}</p>"
        )

    return router


def masked(holder: str) -> str:
    """A person's surname is covered, a firm's name but for its two ends."""
    return "*" + holder[1:] if len(holder) <= 4 else holder[:2] + "*" * (len(holder) - 4) + holder[-2:]
