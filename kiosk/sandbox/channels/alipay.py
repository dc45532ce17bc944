"""Alipay, precreate (the kiosk shows the QR): the platform, which verifies what the real one verifies. Its merchant: alipay_merchant.py.

RSA2 = SHA256withRSA over the sorted parameters: https://juejin.cn/post/6844903816484110349 (the open platform's page, reposted);
answers and notifications: https://blog.csdn.net/qq_39505065/article/details/84429592; cancel of what is unknown, unpaid or paid:
https://yq.aliyun.com/articles/710931. A trade begins when the citizen scans: before, it does not exist.
"""

from __future__ import annotations

import json
import re
import secrets
import time
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from kiosk.model.zone import CHINA
from kiosk.sandbox.channels import Trouble
from kiosk.sandbox.channels.line import Pair, ask
from kiosk.sandbox.channels.trades import Trades

APP_ID, SELLER_ID = "2021000000000000", "2088000000000000"
SKEW = 900
PATH = "/alipay/gateway.do"
TIME = "%Y-%m-%d %H:%M:%S"
_YUAN = re.compile(r"(\d{1,7})\.(\d{2})")


class Keys:
    def __init__(self) -> None:
        self.merchant, self.platform = Pair(), Pair()


def signed_text(parameters: Mapping[str, str], *, without: frozenset[str] = frozenset({"sign"})) -> str:
    """The parameters that have a value, in the order of their names. Notifications leave out `sign_type` as well."""
    return "&".join(f"{name}={parameters[name]}" for name in sorted(parameters) if name not in without and parameters[name])


NOTIFIED = frozenset({"sign", "sign_type"})


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def fen(written: str) -> int:
    """Raises ValueError for anything but yuan with two digits."""
    match = _YUAN.fullmatch(written)
    if match is None:
        raise ValueError("not an amount")
    return int(match[1]) * 100 + int(match[2])


class Refusal(Exception):
    def __init__(self, sub_code: str, code: str = "40004") -> None:
        super().__init__(sub_code)
        self.code, self.sub_code = code, sub_code


class Platform:
    def __init__(self, trades: Trades, keys: Keys) -> None:
        self._trades, self._keys = trades, keys
        self._notify: dict[str, str] = {}
        self.methods = {
            "alipay.trade.precreate": self.precreate,
            "alipay.trade.query": self.query,
            "alipay.trade.cancel": self.cancel,
            "alipay.trade.refund": self.refund,
        }

    def authorized(self, asked: Mapping[str, str], now: float) -> None:
        """Raises Refusal for whatever the merchant has not signed just now."""
        if asked.get("app_id") != APP_ID:
            raise Refusal("isv.invalid-app-id", "40002")
        if asked.get("sign_type") != "RSA2" or asked.get("version") != "1.0" or asked.get("charset") != "utf-8":
            raise Refusal("isv.invalid-signature-type", "40002")
        if not self._keys.merchant.signed(signed_text(asked), asked.get("sign", "")):
            raise Refusal("isv.invalid-signature", "40002")
        try:
            sent = datetime.strptime(asked.get("timestamp", ""), TIME).replace(tzinfo=CHINA).timestamp()
        except ValueError:
            raise Refusal("isv.invalid-timestamp", "40002") from None
        if abs(now - sent) > SKEW:
            raise Refusal("isv.invalid-timestamp", "40002")

    def precreate(self, asked: dict[str, Any], notify_url: str) -> dict[str, Any]:
        number, total = asked["out_trade_no"], fen(asked["total_amount"])
        until = datetime.strptime(asked["time_expire"], TIME).replace(tzinfo=CHINA).timestamp()
        if total <= 0 or not asked["subject"]:
            raise Refusal("ACQ.INVALID_PARAMETER")
        if not self._trades.create(number, total, "alipay", asked["subject"], until):
            trade = self._trades.of(number)
            if trade is None or (trade["amount_fen"], trade["method"]) != (total, "alipay"):
                raise Refusal("ACQ.CONTEXT_INCONSISTENT")
            if trade["state"] != "NOTPAY":
                raise Refusal("ACQ.TRADE_HAS_CLOSE" if trade["state"] == "CLOSED" else "ACQ.TRADE_HAS_SUCCESS")
        self._notify[number] = notify_url
        return {"out_trade_no": number, "qr_code": f"https://qr.alipay.com/{number}"}

    def query(self, asked: dict[str, Any], _notify_url: str) -> dict[str, Any]:
        trade = self._trade(asked["out_trade_no"])
        states = {"NOTPAY": "WAIT_BUYER_PAY", "SUCCESS": "TRADE_SUCCESS", "CLOSED": "TRADE_CLOSED", "REFUND": "TRADE_CLOSED"}
        said = {"out_trade_no": trade["order_no"], "trade_status": states[trade["state"]], "total_amount": yuan(trade["amount_fen"])}
        # A trade that was given back whole is closed like one that was never paid; its payment date tells them apart.
        return said | ({"send_pay_date": datetime.now(CHINA).strftime(TIME)} if trade["payments"] else {})

    def cancel(self, asked: dict[str, Any], _notify_url: str) -> dict[str, Any]:
        """Success for what does not exist, what is unpaid (closed) and what is paid (given back)."""
        number = asked["out_trade_no"]
        said = {"out_trade_no": number, "retry_flag": "N"}
        trade = self._trades.of(number)
        if trade is None or trade["method"] != "alipay":
            return said
        known = self._trades.looked_at(number)
        if trade["state"] == "SUCCESS":
            self._trades.refund(number, None)
            return said | {"action": "refund"}
        self._trades.close(number)  # a QR that nobody scanned is worth nothing from now on
        return said | ({"action": "close"} if known else {})

    def refund(self, asked: dict[str, Any], _notify_url: str) -> dict[str, Any]:
        trade, amount, refund_no = self._trade(asked["out_trade_no"]), fen(asked["refund_amount"]), asked["out_request_no"]
        if trade["state"] == "REFUND" and trade["refund_no"] == refund_no and amount != trade["amount_fen"]:
            raise Refusal("ACQ.DISCORDANT_REPEAT_REQUEST")
        if amount > trade["amount_fen"] or (trade["state"] == "REFUND" and trade["refund_no"] != refund_no):
            raise Refusal("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL")
        if trade["state"] not in ("SUCCESS", "REFUND") or amount != trade["amount_fen"]:
            raise Refusal("ACQ.TRADE_STATUS_ERROR")
        changed = "Y" if trade["state"] == "SUCCESS" else "N"
        self._trades.refund(trade["order_no"], refund_no)
        return {"out_trade_no": trade["order_no"], "refund_fee": yuan(amount), "fund_change": changed}

    async def tell(self, number: str) -> None:
        """The notification about a payment; nobody there: it is lost."""
        url, trade = self._notify.get(number), self._trade(number)
        if url:
            body = await run_in_threadpool(self.notification, trade["order_no"], trade["amount_fen"])
            try:
                await ask("POST", url, body, {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"})
            except Trouble:
                return

    def notification(self, number: str, amount_fen: int) -> bytes:
        facts = {
            "notify_time": datetime.now(CHINA).strftime(TIME),
            "notify_type": "trade_status_sync",
            "notify_id": secrets.token_hex(16),
            "app_id": APP_ID,
            "seller_id": SELLER_ID,
            "charset": "utf-8",
            "version": "1.0",
            "sign_type": "RSA2",
            "out_trade_no": number,
            "trade_status": "TRADE_SUCCESS",
            "total_amount": yuan(amount_fen),
        }
        return urlencode(facts | {"sign": self._keys.platform.sign(signed_text(facts, without=NOTIFIED))}).encode()

    def answer(self, method: str, said: Mapping[str, Any], *, signed: bool) -> bytes:
        node = json.dumps(said, ensure_ascii=False)
        name = method.replace(".", "_") + "_response"
        sign = f',"sign":"{self._keys.platform.sign(node)}"' if signed else ""
        return f'{{"{name}":{node}{sign}}}'.encode()

    def _trade(self, number: str) -> Any:
        trade = self._trades.of(number)
        if trade is None or trade["method"] != "alipay" or not self._trades.looked_at(number):
            raise Refusal("ACQ.TRADE_NOT_EXIST")
        return trade


def routes(platform: Platform) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post(PATH)
    async def gateway(request: Request) -> Response:
        signed, method = True, "error"
        try:
            asked = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True, strict_parsing=True))
            platform.authorized(asked, time.time())
            method = asked.get("method", "")
            if method not in platform.methods:
                raise Refusal("isv.invalid-method", "40002")
            said = {"code": "10000", "msg": "Success"}
            said |= platform.methods[method](json.loads(asked["biz_content"]), asked.get("notify_url", ""))
        except Refusal as refusal:
            signed = refusal.code != "40002"
            said = {"code": refusal.code, "msg": "Business Failed" if signed else "Invalid Arguments", "sub_code": refusal.sub_code}
        except (KeyError, TypeError, ValueError, AttributeError):
            signed, said = False, {"code": "40002", "msg": "Invalid Arguments", "sub_code": "isv.invalid-parameter"}
        content = await run_in_threadpool(lambda: platform.answer(method if signed else "error", said, signed=signed))
        return Response(content, media_type="application/json")

    return router
