"""The city's payment gateway: one JSON interface before WeChat Pay and Alipay. It holds the merchant keys, the kiosk none."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from kiosk.http import Garbage, Http, Lost, NotSent, Shape, document
from kiosk.model.faults import Fault, Remedy
from kiosk.model.money import Money
from kiosk.payments import Created, Entry, Method, Order, OrderState, PaymentGateway

_AMOUNT = {"type": "integer", "minimum": 0, "maximum": 100_000_000}
_NUMBER = {"type": "string", "maxLength": 64}
_ORDER = {
    "order_no": _NUMBER,
    "amount_fen": _AMOUNT,
    "state": {"enum": ["NOTPAY", "SUCCESS", "CLOSED", "REFUND", "NONE"]},
    "refund_no": _NUMBER,
    "refund_fen": _AMOUNT,
}


def _object(required: list[str], properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


def _reply(codes: list[str], data: dict[str, Any]) -> Shape:
    told = {"request_id": _NUMBER, "code": {"enum": codes}, "message": {"type": "string", "maxLength": 500}, "data": data}
    return Shape(_object(list(told), told))


_ABOUT_ORDER = _reply(
    ["SUCCESS", "ORDERPAID", "ORDERNOTPAID", "ORDERNOTEXIST", "ORDERMISMATCH", "REFUNDMISMATCH"],
    _object(
        ["merchant", "order_no", "amount_fen", "state"],
        {"merchant": _NUMBER, **_ORDER, "qr": {"type": "string", "pattern": "^[a-z]{2,12}://[!-~]+$", "maxLength": 512}},
    ),
)
_LINE = _object(["order_no", "amount_fen", "method", "state"], {**_ORDER, "method": {"enum": [method.value for method in Method]}})
_PAGE = _reply(
    ["SUCCESS"],
    _object(
        ["merchant", "station", "day", "orders", "more"],
        {
            "merchant": _NUMBER,
            "station": _NUMBER,
            "day": {"type": "string", "maxLength": 10},
            "orders": {"type": "array", "maxItems": 200, "items": _LINE},
            "more": {"type": "boolean"},
        },
    ),
)
_PAGES = 50  # of a bill; a terminal that takes ten thousand orders a day is a gateway that repeats itself
_STATES = {
    "NOTPAY": OrderState.WAITING,
    "SUCCESS": OrderState.PAID,
    "CLOSED": OrderState.CLOSED,
    "REFUND": OrderState.REFUNDED,
    "NONE": OrderState.ABSENT,
}


class _NotCreated(Exception):
    """Surely nothing was done at the gateway."""


class CityGateway(PaymentGateway):
    """`url` of the gateway; `deadline` seconds a call may take in all; `merchant`, if given, must stand in every reply."""

    def __init__(self, *, url: str, deadline: float = 8.0, merchant: str = "") -> None:
        self._http = Http(url, size_cap=100_000)
        self._deadline = deadline
        self._merchant = merchant
        self._uncertain: set[str] = set()  # orders whose creation may have come about

    async def create(self, order: Order) -> Created:
        facts = {"method": order.method.value, "subject": order.subject, "expires": order.expires}
        known = order.order_no in self._uncertain
        self._uncertain.add(order.order_no)  # above the sending: a cancelled call leaves it there
        try:
            data = await self._ask("/create", order, **facts)
        except _NotCreated as error:
            if known:
                raise Fault("payment.unknown", Remedy.LATER, str(error)) from None
            self._uncertain.discard(order.order_no)
            raise Fault("payment.asleep", Remedy.LATER, str(error)) from None
        if "qr" not in data:
            raise Fault("payment.unknown", Remedy.LATER, "no qr")
        return Created(qr=data["qr"])

    async def query(self, order: Order) -> OrderState:
        return await self._state("/query", order)

    async def close_order(self, order: Order) -> OrderState:
        return await self._state("/close", order)

    async def refund(self, order: Order, refund_no: str) -> OrderState:
        return await self._state("/refund", order, refund_no=refund_no)

    async def bill(self, station: str, day: date) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for _ in range(_PAGES):
            asked = {"station": station, "day": day.isoformat(), "after": found[-1].order_no if found else ""}
            try:
                data = (await self._told("/bill", asked, _PAGE))["data"]
            except _NotCreated as error:
                raise Fault("payment.unknown", Remedy.LATER, str(error)) from None
            self._ours(data)
            if (data["station"], data["day"]) != (station, asked["day"]):
                raise Fault("payment.mismatch", Remedy.CLOSE, "another bill")
            lines = [_entry(line) for line in data["orders"]]
            if any(not line.order_no.startswith(f"{station}-") for line in lines):
                raise Fault("payment.mismatch", Remedy.CLOSE, "an order of another station")
            found += lines
            if not data["more"]:
                return tuple(found)
        raise Fault("payment.unknown", Remedy.LATER, "a bill without end")

    async def close(self) -> None:
        await self._http.close()

    async def _state(self, path: str, order: Order, **more: Any) -> OrderState:
        try:
            data = await self._ask(path, order, **more)
        except _NotCreated as error:
            raise Fault("payment.unknown", Remedy.LATER, str(error)) from None
        state = _STATES[data["state"]]
        refunded = state is OrderState.REFUNDED and "refund_no" in more
        if refunded and (data.get("refund_no"), data.get("refund_fen")) != (more["refund_no"], order.amount.fen):
            raise Fault("payment.mismatch", Remedy.CLOSE, "another refund")
        return state

    async def _ask(self, path: str, order: Order, **more: Any) -> dict[str, Any]:
        """The order as the gateway has it. Raises Fault, and _NotCreated where surely nothing was done."""
        reply = await self._told(path, {"order_no": order.order_no, "amount_fen": order.amount.fen, **more}, _ABOUT_ORDER)
        data: dict[str, Any] = reply["data"]
        if reply["code"] in ("ORDERMISMATCH", "REFUNDMISMATCH"):
            raise Fault("payment.mismatch", Remedy.CLOSE, reply["code"])
        if data["order_no"] != order.order_no or data["amount_fen"] != order.amount.fen:
            raise Fault("payment.mismatch", Remedy.CLOSE, "another order or amount")
        self._ours(data)
        return data

    def _ours(self, data: Mapping[str, Any]) -> None:
        if self._merchant and data["merchant"] != self._merchant:
            raise Fault("payment.mismatch", Remedy.CLOSE, "another merchant")

    async def _told(self, path: str, body: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
        """A reply of this shape to this request. Raises Fault, and _NotCreated where surely nothing was done."""
        request_id = uuid.uuid4().hex
        headers = {"Content-Type": "application/json; charset=utf-8", "X-Request-Id": request_id}
        try:
            answer = await self._http.send("POST", path, json.dumps(body).encode(), headers, within=self._deadline)
            if answer.status in (429, 503):
                raise _NotCreated(f"http {answer.status}")
            if answer.status >= 500:
                raise Garbage(f"http {answer.status}")
            reply: dict[str, Any] = shape.check(document(answer))
            if reply["request_id"] != request_id:
                raise Garbage("bound to another request")
            if (answer.status == 200) != (reply["code"] == "SUCCESS"):
                raise Garbage(f"code against http {answer.status}")
        except NotSent as error:
            raise _NotCreated(str(error)) from None
        except (Lost, Garbage) as error:
            raise Fault("payment.unknown", Remedy.LATER, str(error)) from None
        return reply


def _entry(line: Mapping[str, Any]) -> Entry:
    return Entry(
        order_no=line["order_no"],
        amount=Money(line["amount_fen"]),
        method=Method(line["method"]),
        state=_STATES[line["state"]],
        refund_no=line.get("refund_no", ""),
    )
