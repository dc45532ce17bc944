"""The city's payment gateway: one JSON interface before WeChat Pay and Alipay. It holds the merchant keys, the kiosk none."""

from __future__ import annotations

import json
import uuid
from typing import Any

from kiosk.http import Garbage, Http, Lost, NotSent, Shape, document
from kiosk.model.faults import Fault, Remedy
from kiosk.payments import Created, Order, OrderState, PaymentGateway

_AMOUNT = {"type": "integer", "minimum": 0, "maximum": 100_000_000}
_REPLY = Shape(
    {
        "type": "object",
        "required": ["request_id", "code", "message", "data"],
        "additionalProperties": False,
        "properties": {
            "request_id": {"type": "string", "maxLength": 64},
            "code": {"enum": ["SUCCESS", "ORDERPAID", "ORDERNOTPAID", "ORDERNOTEXIST", "ORDERMISMATCH", "REFUNDMISMATCH"]},
            "message": {"type": "string", "maxLength": 500},
            "data": {
                "type": "object",
                "required": ["merchant", "order_no", "amount_fen", "state"],
                "additionalProperties": False,
                "properties": {
                    "merchant": {"type": "string", "maxLength": 64},
                    "order_no": {"type": "string", "maxLength": 64},
                    "amount_fen": _AMOUNT,
                    "state": {"enum": ["NOTPAY", "SUCCESS", "CLOSED", "REFUND", "NONE"]},
                    "qr": {"type": "string", "pattern": "^[a-z]{2,12}://[!-~]+$", "maxLength": 512},
                    "refund_no": {"type": "string", "maxLength": 64},
                    "refund_fen": _AMOUNT,
                },
            },
        },
    }
)
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
        request_id = uuid.uuid4().hex
        body = {"order_no": order.order_no, "amount_fen": order.amount.fen, **more}
        headers = {"Content-Type": "application/json; charset=utf-8", "X-Request-Id": request_id}
        try:
            answer = await self._http.send("POST", path, json.dumps(body).encode(), headers, within=self._deadline)
            if answer.status in (429, 503):
                raise _NotCreated(f"http {answer.status}")
            if answer.status >= 500:
                raise Garbage(f"http {answer.status}")
            reply = _REPLY.check(document(answer))
            if reply["request_id"] != request_id:
                raise Garbage("bound to another request")
            if (answer.status == 200) != (reply["code"] == "SUCCESS"):
                raise Garbage(f"code against http {answer.status}")
        except NotSent as error:
            raise _NotCreated(str(error)) from None
        except (Lost, Garbage) as error:
            raise Fault("payment.unknown", Remedy.LATER, str(error)) from None
        data: dict[str, Any] = reply["data"]
        if reply["code"] in ("ORDERMISMATCH", "REFUNDMISMATCH"):
            raise Fault("payment.mismatch", Remedy.CLOSE, reply["code"])
        if data["order_no"] != order.order_no or data["amount_fen"] != order.amount.fen:
            raise Fault("payment.mismatch", Remedy.CLOSE, "another order or amount")
        if self._merchant and data["merchant"] != self._merchant:
            raise Fault("payment.mismatch", Remedy.CLOSE, "another merchant")
        return data
