"""PAY: the city's payment gateway before the wallets."""

from __future__ import annotations

import asyncio
import math
import sqlite3
import time
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from kiosk.model.zone import CHINA
from kiosk.sandbox.channels import Deal, Merchant, Mismatch, State, Trouble, alipay, wechat
from kiosk.sandbox.channels.alipay_merchant import Alipay
from kiosk.sandbox.channels.trades import Trades
from kiosk.sandbox.channels.wechat_merchant import WeChat
from kiosk.sandbox.envelope import Body, Unaddressed
from kiosk.sandbox.records import Records

MERCHANT = "XM-EGOV"
PAGE = 200  # lines of a bill in one answer
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


class Bill(Body):
    station: str = Field(pattern=r"^[0-9A-Za-z-]{1,16}$")
    day: date
    after: str = Field(default="", max_length=64, description="the last order of the page before")


class BillLine(BaseModel):
    order_no: str
    amount_fen: int
    method: Literal["wechat", "alipay"]
    state: Literal["NOTPAY", "SUCCESS", "CLOSED", "REFUND"]
    refund_no: str | None = None
    refund_fen: int | None = None


class BillData(BaseModel):
    merchant: str
    station: str
    day: date
    orders: list[BillLine]
    more: bool


class BillReply(BaseModel):
    request_id: str
    code: Literal["SUCCESS"]
    message: str
    data: BillData


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
    """The city's orders, each made at the wallet the citizen chose. Asked about one it asks the wallet, unless that told it already."""

    SCHEMA = """CREATE TABLE IF NOT EXISTS city_order (
        order_no TEXT PRIMARY KEY, amount_fen INTEGER NOT NULL, method TEXT NOT NULL, subject TEXT NOT NULL, expires_at INTEGER NOT NULL,
        opened_at INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'NOTPAY', refund_no TEXT);"""

    def __init__(self, records: Records) -> None:
        self._records = records
        records.db.executescript(self.SCHEMA)
        self.trades = Trades(records)
        wechat_keys, alipay_keys = wechat.Keys(), alipay.Keys()
        self.wechat, self.alipay = wechat.Platform(self.trades, wechat_keys), alipay.Platform(self.trades, alipay_keys)
        self.merchants: dict[str, Merchant] = {"wechat": WeChat(wechat_keys), "alipay": Alipay(alipay_keys)}
        self.auto_pay: float | None = None
        self._phones: set[asyncio.Task[None]] = set()

    def order(self, order_no: str) -> sqlite3.Row | None:
        """As the city has it."""
        self.trades.of(order_no)  # closes what nobody paid in time
        return self._records.row("SELECT * FROM city_order WHERE order_no = ?", order_no)

    async def create(self, body: Create, base: str) -> sqlite3.Row:
        """Raises Mismatch, Trouble."""
        fresh = self._records.row(
            "INSERT INTO city_order (order_no, amount_fen, method, subject, expires_at, opened_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING RETURNING order_no",
            *(body.order_no, body.amount_fen, body.method, body.subject, math.ceil(time.time() + body.expires), int(time.time())),
        )
        order = self._order(body.order_no)
        if (order["amount_fen"], order["method"]) != (body.amount_fen, body.method):
            raise Mismatch
        await self.merchants[body.method].create(base, _deal(order))
        if fresh is None:
            return await self.query(body.order_no, base)
        if self.auto_pay is not None:
            phone = asyncio.create_task(self._phone(body.order_no, self.auto_pay))
            self._phones.add(phone)
            phone.add_done_callback(self._phones.discard)
        return order

    async def query(self, order_no: str, base: str) -> sqlite3.Row:
        order = self._order(order_no)
        if order["state"] == "NOTPAY":
            self._set(order_no, await self.merchants[order["method"]].query(base, _deal(order)))
        return self._order(order_no)

    async def close(self, order_no: str, base: str) -> sqlite3.Row:
        order = self._order(order_no)
        if order["state"] == "NOTPAY":
            self._set(order_no, await self.merchants[order["method"]].close(base, _deal(order)))
        return self._order(order_no)

    async def refund(self, order_no: str, refund_no: str, base: str) -> sqlite3.Row:
        order = await self.query(order_no, base)
        merchant = self.merchants[order["method"]]
        if order["state"] == "SUCCESS" and await merchant.refund(base, _deal(order), refund_no) == "REFUND":
            query = "UPDATE city_order SET state = 'REFUND', refund_no = ? WHERE order_no = ?"
            self._records.db.execute(query, (refund_no, order_no))
        return self._order(order_no)

    async def bill(self, station: str, day: date, after: str, base: str) -> list[sqlite3.Row]:
        """The orders that a station opened on a day, by number, behind `after`; one more than a page holds tells that there are more."""
        begin = datetime(day.year, day.month, day.day, tzinfo=CHINA)
        of_the_day = self._records.rows(
            "SELECT order_no FROM city_order WHERE opened_at >= ? AND opened_at < ? AND order_no > ? ORDER BY order_no",
            *(int(begin.timestamp()), int((begin + timedelta(days=1)).timestamp()), after),
        )
        # An order's number is <station>-<epoch>-<visit>-P<try>; a station's own name may hold hyphens.
        numbers = [str(row["order_no"]) for row in of_the_day if str(row["order_no"]).rsplit("-", 3)[0] == station]
        return [await self.query(number, base) for number in numbers[: PAGE + 1]]

    def told(self, method: str, headers: dict[str, str], body: bytes) -> None:
        """A wallet says that something was paid. Twice is once; of what is given back already it changes nothing. Raises Trouble."""
        number, amount_fen = self.merchants[method].told(headers, body)
        order = self.order(number)
        if order is None or (order["method"], order["amount_fen"]) != (method, amount_fen):
            raise Trouble("no such order")
        query = "UPDATE city_order SET state = 'SUCCESS' WHERE order_no = ? AND state IN ('NOTPAY', 'CLOSED')"
        self._records.db.execute(query, (number,))

    async def pay(self, order_no: str) -> bool:
        """The citizen's phone pays, and the wallet tells the city. False if the order is not waiting for it."""
        trade = self.trades.of(order_no)
        if trade is None or not self.trades.pay(order_no):
            return False
        await (self.wechat if trade["method"] == "wechat" else self.alipay).tell(order_no)
        return True

    def still(self) -> None:
        """No phone pays any more."""
        for phone in self._phones:
            phone.cancel()
        self.auto_pay = None

    async def _phone(self, order_no: str, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.pay(order_no)

    def _order(self, order_no: str) -> sqlite3.Row:
        order = self.order(order_no)
        if order is None:
            raise Trouble("the order is gone")  # reset while somebody was asking
        return order

    def _set(self, order_no: str, state: State) -> None:
        self._records.db.execute("UPDATE city_order SET state = ? WHERE order_no = ? AND state = 'NOTPAY'", (state, order_no))


def _deal(order: sqlite3.Row) -> Deal:
    return Deal(order_no=order["order_no"], amount_fen=order["amount_fen"], subject=order["subject"], expires_at=order["expires_at"])


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


def _line(order: sqlite3.Row) -> dict[str, Any]:
    line: dict[str, Any] = {name: order[name] for name in ("order_no", "amount_fen", "method", "state")}
    return line | ({"refund_no": order["refund_no"], "refund_fen": order["amount_fen"]} if order["refund_no"] else {})


def routes(gateway: Gateway) -> APIRouter:
    answers: dict[int | str, dict[str, Any]] = {404: {"model": PayReply}, 409: {"model": PayReply}}
    answers[400] = {"model": Unaddressed, "description": "SYS-4000 the request has not the shape of the operation"}
    answers[502] = {"description": "the wallet gave no answer that may be trusted"}
    router = APIRouter(prefix="/pay", tags=["PAY 统一支付"], responses=answers)

    async def about(body: About, request: Request, request_id: str, do: Callable[[str], Awaitable[tuple[str, sqlite3.Row]]]) -> Any:
        order = gateway.order(body.order_no)
        if order is None:
            return _reply(request, request_id, "ORDERNOTEXIST", body, None)
        if order["amount_fen"] != body.amount_fen:
            return _reply(request, request_id, "ORDERMISMATCH", body, order)
        try:
            code, order = await do(str(request.base_url).rstrip("/"))
        except Mismatch:
            code = "REFUNDMISMATCH" if isinstance(body, Refund) else "ORDERMISMATCH"
        except Trouble:
            return JSONResponse({"message": "支付渠道没有回应"}, 502)
        return _reply(request, request_id, code, body, order)

    @router.post("/create", operation_id="PAY.create", response_model=PayReply)
    async def create(body: Create, request: Request, x_request_id: RequestId) -> Any:
        """A new order, or the one that stands under this number; another amount under it is ORDERMISMATCH."""
        try:
            order = await gateway.create(body, str(request.base_url).rstrip("/"))
        except Mismatch:
            return _reply(request, x_request_id, "ORDERMISMATCH", body, gateway.order(body.order_no))
        except Trouble:
            return JSONResponse({"message": "支付渠道没有回应"}, 502)
        return _reply(request, x_request_id, "SUCCESS", body, order)

    @router.post("/query", operation_id="PAY.query", response_model=PayReply)
    async def query(body: About, request: Request, x_request_id: RequestId) -> Any:
        async def asked(base: str) -> tuple[str, sqlite3.Row]:
            return "SUCCESS", await gateway.query(body.order_no, base)

        return await about(body, request, x_request_id, asked)

    @router.post("/close", operation_id="PAY.close", response_model=PayReply)
    async def close(body: About, request: Request, x_request_id: RequestId) -> Any:
        """CLOSED; where the citizen was quicker, ORDERPAID; REFUND where the wallet gave it back by itself."""

        async def closed(base: str) -> tuple[str, sqlite3.Row]:
            order = await gateway.close(body.order_no, base)
            return ("ORDERPAID" if order["state"] == "SUCCESS" else "SUCCESS"), order

        return await about(body, request, x_request_id, closed)

    @router.post("/refund", operation_id="PAY.refund", response_model=PayReply)
    async def refund(body: Refund, request: Request, x_request_id: RequestId) -> Any:
        """The whole amount back. The same refund number twice is one refund."""

        async def refunded(base: str) -> tuple[str, sqlite3.Row]:
            order = await gateway.refund(body.order_no, body.refund_no, base)
            if order["state"] != "REFUND":
                return "ORDERNOTPAID", order
            return ("SUCCESS" if order["refund_no"] == body.refund_no else "REFUNDMISMATCH"), order

        return await about(body, request, x_request_id, refunded)

    @router.post("/bill", operation_id="PAY.bill", response_model=BillReply)
    async def bill(body: Bill, request: Request, x_request_id: RequestId) -> Any:
        """What became of every order that a station opened on a day (China's), by number, a page at a time."""
        try:
            orders = await gateway.bill(body.station, body.day, body.after, str(request.base_url).rstrip("/"))
        except Trouble:
            return JSONResponse({"message": "支付渠道没有回应"}, 502)
        facts = {"station": body.station, "day": body.day.isoformat(), "orders": [_line(one) for one in orders[:PAGE]]}
        data = {"merchant": MERCHANT, **facts, "more": len(orders) > PAGE}
        return JSONResponse({"request_id": x_request_id, "code": "SUCCESS", "message": MESSAGES["SUCCESS"], "data": data})

    return router
