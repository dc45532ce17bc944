"""PAY: the city's payment gateway, and the wallet that stands for the citizen's phone."""

from __future__ import annotations

import asyncio
import html
import sqlite3
import time
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, Field

from kiosk.sandbox.envelope import Body
from kiosk.sandbox.records import Records

MERCHANT = "XM-EGOV"
OrderNo = Annotated[str, Field(pattern=r"^[0-9A-Za-z_|*-]{4,64}$")]
RequestId = Annotated[str, Header(min_length=8, max_length=64, description="new for every attempt; echoed")]
Amount = Annotated[int, Field(gt=0, le=100_000_000, strict=True)]


class Create(Body):
    order_no: OrderNo
    amount_fen: Amount
    method: Literal["wechat", "alipay"]
    subject: str = Field(min_length=1, max_length=128)
    expires: int = Field(ge=1, le=7_200, strict=True, description="seconds until the QR dies by itself")


class About(Body):
    order_no: OrderNo
    amount_fen: Amount


class Refund(About):
    refund_no: OrderNo


class OrderData(BaseModel):
    merchant: str
    order_no: str
    amount_fen: int
    state: Literal["NOTPAY", "SUCCESS", "CLOSED", "REFUND", "NONE"]
    qr: str | None = None
    refund_no: str | None = None
    refund_fen: int | None = None


class PayReply(BaseModel):
    """`code`: SUCCESS (HTTP 200), or why not, with the order as it stands."""

    request_id: str
    code: Literal["SUCCESS", "ORDERPAID", "ORDERNOTPAID", "ORDERNOTEXIST", "ORDERMISMATCH", "REFUNDMISMATCH"]
    message: str
    data: OrderData


class Gateway:
    """The orders. An order nobody paid in time closes by itself, which is noticed when somebody asks."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self.auto_pay: float | None = None
        self._phones: set[asyncio.TimerHandle] = set()

    def order(self, order_no: str) -> sqlite3.Row | None:
        self._records.db.execute("UPDATE pay_order SET state = 'CLOSED' WHERE state = 'NOTPAY' AND expires_at <= ?", (time.time(),))
        return self._records.row("SELECT * FROM pay_order WHERE order_no = ?", order_no)

    def create(self, body: Create) -> sqlite3.Row | None:
        values = (body.order_no, body.amount_fen, body.method, body.subject, time.time() + body.expires)
        fresh = self._records.row(
            "INSERT INTO pay_order (order_no, amount_fen, method, subject, expires_at, state) VALUES (?, ?, ?, ?, ?, 'NOTPAY')"
            " ON CONFLICT DO NOTHING RETURNING order_no",
            *values,
        )
        if fresh and self.auto_pay is not None:
            self._phones.add(asyncio.get_running_loop().call_later(self.auto_pay, self.pay, body.order_no))
        return self.order(body.order_no)

    def pay(self, order_no: str) -> bool:
        """The citizen's phone pays. False if the order is not waiting for it."""
        if self.order(order_no) is None:
            return False
        query = "UPDATE pay_order SET state = 'SUCCESS', payments = payments + 1 WHERE order_no = ? AND state = 'NOTPAY'"
        return self._records.db.execute(query, (order_no,)).rowcount == 1

    def close(self, order_no: str) -> None:
        self._records.db.execute("UPDATE pay_order SET state = 'CLOSED' WHERE order_no = ? AND state = 'NOTPAY'", (order_no,))

    def refund(self, order_no: str, refund_no: str) -> None:
        query = "UPDATE pay_order SET state = 'REFUND', refund_no = ?, refunds = refunds + 1 WHERE order_no = ? AND state = 'SUCCESS'"
        self._records.db.execute(query, (refund_no, order_no))

    def still(self) -> None:
        """No phone pays any more."""
        for phone in self._phones:
            phone.cancel()
        self._phones.clear()
        self.auto_pay = None


MESSAGES = {
    "SUCCESS": "成功",
    "ORDERPAID": "订单已支付",
    "ORDERNOTPAID": "订单未支付",
    "ORDERNOTEXIST": "订单不存在",
    "ORDERMISMATCH": "同一订单号的金额不同",
    "REFUNDMISMATCH": "同一订单的退款单号或金额不同",
}


def _reply(request: Request, request_id: str, code: str, body: About | Create, order: sqlite3.Row | None) -> JSONResponse:
    data: dict[str, Any] = {"merchant": MERCHANT, "order_no": body.order_no, "amount_fen": body.amount_fen, "state": "NONE"}
    if order is not None:
        data |= {"amount_fen": order["amount_fen"], "state": order["state"], "qr": f"{request.base_url}wallet/{body.order_no}"}
        if order["refund_no"]:
            data |= {"refund_no": order["refund_no"], "refund_fen": order["amount_fen"]}
    status = 200 if code == "SUCCESS" else 404 if code == "ORDERNOTEXIST" else 409
    return JSONResponse({"request_id": request_id, "code": code, "message": MESSAGES[code], "data": data}, status)


def routes(gateway: Gateway) -> APIRouter:
    answers: dict[int | str, dict[str, Any]] = {404: {"model": PayReply}, 409: {"model": PayReply}}
    router = APIRouter(prefix="/pay", tags=["PAY 统一支付"], responses=answers)

    def standing(body: About, paid_code: str = "SUCCESS") -> tuple[str, sqlite3.Row | None]:
        order = gateway.order(body.order_no)
        if order is None:
            return "ORDERNOTEXIST", None
        if order["amount_fen"] != body.amount_fen:
            return "ORDERMISMATCH", order
        return (paid_code if order["state"] == "SUCCESS" else "SUCCESS"), order

    @router.post("/create", operation_id="PAY.create", response_model=PayReply)
    async def create(body: Create, request: Request, x_request_id: RequestId) -> Any:
        """A new order, or the one that stands under this number; another amount under it is ORDERMISMATCH."""
        order = gateway.create(body)
        same = order is not None and (order["amount_fen"], order["method"]) == (body.amount_fen, body.method)
        return _reply(request, x_request_id, "SUCCESS" if same else "ORDERMISMATCH", body, order)

    @router.post("/query", operation_id="PAY.query", response_model=PayReply)
    async def query(body: About, request: Request, x_request_id: RequestId) -> Any:
        code, order = standing(body)
        return _reply(request, x_request_id, code, body, order)

    @router.post("/close", operation_id="PAY.close", response_model=PayReply)
    async def close(body: About, request: Request, x_request_id: RequestId) -> Any:
        """CLOSED; where the citizen was quicker, ORDERPAID."""
        code, order = standing(body, "ORDERPAID")
        if code == "SUCCESS":
            gateway.close(body.order_no)
            order = gateway.order(body.order_no)
        return _reply(request, x_request_id, code, body, order)

    @router.post("/refund", operation_id="PAY.refund", response_model=PayReply)
    async def refund(body: Refund, request: Request, x_request_id: RequestId) -> Any:
        """The whole amount back. The same refund number twice is one refund."""
        code, order = standing(body)
        if order is not None and code == "SUCCESS":
            if order["state"] == "SUCCESS":
                gateway.refund(body.order_no, body.refund_no)
                order = gateway.order(body.order_no)
            elif order["state"] != "REFUND":
                code = "ORDERNOTPAID"
            elif order["refund_no"] != body.refund_no:
                code = "REFUNDMISMATCH"
        return _reply(request, x_request_id, code, body, order)

    return router


def wallet(gateway: Gateway) -> APIRouter:
    router = APIRouter(prefix="/wallet", tags=["wallet: the citizen's phone"])

    @router.get("/{order_no}", response_class=HTMLResponse)
    async def page(order_no: str) -> HTMLResponse:
        order = gateway.order(order_no)
        if order is None:
            return HTMLResponse("<!doctype html><meta charset=utf-8><title>演示钱包</title><p>没有这张订单。</p>", 404)
        states = {"NOTPAY": "待支付", "SUCCESS": "支付成功", "CLOSED": "订单已关闭", "REFUND": "已退款"}
        button = f'<form method=post action="/wallet/{html.escape(order_no)}/pay"><button>支付</button></form>'
        return HTMLResponse(
            "<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport content='width=device-width'><title>演示钱包</title>"
            "<style>body{font:20px sans-serif;text-align:center;margin:12vh 1em}button{font-size:1.2em;padding:.6em 3em}</style>"
            f"<h1>¥{order['amount_fen'] / 100:.2f}</h1><p>{html.escape(order['subject'])}</p><p>{states[order['state']]}</p>"
            f"{button if order['state'] == 'NOTPAY' else ''}<p>演示钱包，不会真的扣款</p>"
        )

    @router.post("/{order_no}/pay", response_class=HTMLResponse)
    async def pay(order_no: str) -> HTMLResponse:
        paid = gateway.pay(order_no)
        words = "支付成功" if paid else "这张订单不能支付（已支付或已关闭）"
        return HTMLResponse(
            f"<!doctype html><html lang=zh-CN><meta charset=utf-8><title>演示钱包</title><p>{words}</p>", 200 if paid else 409
        )

    return router
