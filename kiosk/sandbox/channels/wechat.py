"""WeChat Pay, API v3, Native: the platform, which verifies what the real one verifies. The merchant's end: wechat_merchant.py.

Signatures of requests, answers and callbacks: https://pay.weixin.qq.com/wiki/doc/apiv3/wechatpay/wechatpay4_0.shtml (…4_1.shtml);
callbacks' cipher: https://pay.weixin.qq.com/docs/merchant/development/interface-rules/certificate-callback-decryption.html;
order https://pay.weixin.qq.com/doc/v3/merchant/4012525095, refund https://pay.weixin.qq.com/doc/v3/merchant/4012556457.
"""

from __future__ import annotations

import base64
import json
import re
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from kiosk.model.zone import CHINA
from kiosk.sandbox.channels import Trouble
from kiosk.sandbox.channels.line import Pair, ask
from kiosk.sandbox.channels.trades import Trades

SCHEMA = "WECHATPAY2-SHA256-RSA2048"
MCHID, APPID = "1900000109", "wx0000000000egov"
SKEW = 300  # seconds a request or a callback may be old
PATH = "/wechat/v3"
_NUMBER = re.compile(r"[0-9A-Za-z_|*-]{1,32}")


class Keys:
    """What the two ends hold: each its own key pair, both the APIv3 key."""

    def __init__(self) -> None:
        self.merchant, self.platform = Pair(), Pair()
        self.api_v3 = secrets.token_bytes(32)


def request_text(method: str, path: str, timestamp: str, nonce: str, body: bytes) -> str:
    return f"{method}\n{path}\n{timestamp}\n{nonce}\n{body.decode(errors='replace')}\n"


def answer_text(timestamp: str, nonce: str, body: bytes) -> str:
    return f"{timestamp}\n{nonce}\n{body.decode(errors='replace')}\n"


class Refusal(Exception):
    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status, self.code, self.message = status, code, message


class Platform:
    def __init__(self, trades: Trades, keys: Keys) -> None:
        self._trades, self._keys = trades, keys
        self._notify: dict[str, str] = {}  # out_trade_no → notify_url

    def authorized(self, method: str, path: str, authorization: str, body: bytes, now: float) -> None:
        """Raises Refusal 401 for whatever the merchant has not signed just now."""
        schema, _, written = authorization.partition(" ")
        facts = dict(re.findall(r'(\w+)="([^"]*)"', written))
        wanted = {"mchid", "nonce_str", "timestamp", "serial_no", "signature"}
        if schema != SCHEMA or set(facts) != wanted or not facts["timestamp"].isdecimal():
            raise Refusal(401, "SIGN_ERROR", "Authorization 的格式不正确")
        if facts["mchid"] != MCHID or facts["serial_no"] != self._keys.merchant.serial:
            raise Refusal(401, "SIGN_ERROR", "商户号与证书序列号不符")
        if abs(now - int(facts["timestamp"])) > SKEW:
            raise Refusal(401, "SIGN_ERROR", "时间戳过期")
        if not self._keys.merchant.signed(request_text(method, path, facts["timestamp"], facts["nonce_str"], body), facts["signature"]):
            raise Refusal(401, "SIGN_ERROR", "签名错误")

    def native(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        number, total = asked["out_trade_no"], asked["amount"]["total"]
        ours = (asked["appid"], asked["mchid"], asked["amount"]["currency"]) == (APPID, MCHID, "CNY")
        if not ours or not _NUMBER.fullmatch(number) or not _fen(total):
            raise Refusal(400, "PARAM_ERROR", "参数错误")
        until = datetime.fromisoformat(asked["time_expire"]).timestamp()
        if not self._trades.create(number, total, "wechat", asked["description"], until):
            trade = self._trade(number)
            if (trade["amount_fen"], trade["method"]) != (total, "wechat"):
                raise Refusal(400, "INVALID_REQUEST", "商户订单号重复，参数不一致")
            if trade["state"] != "NOTPAY":
                raise Refusal(400, "ORDER_CLOSED" if trade["state"] == "CLOSED" else "ORDERPAID", "订单已关闭或已支付")
        self._notify[number] = asked["notify_url"]
        return 200, {"code_url": f"weixin://wxpay/bizpayurl?pr={number}"}

    def look_up(self, number: str) -> tuple[int, dict[str, Any]]:
        trade = self._trade(number)
        state = "USERPAYING" if trade["state"] == "NOTPAY" and self._trades.looked_at(number) else trade["state"]
        return 200, self._transaction(trade, state)

    def close(self, number: str, asked: dict[str, Any]) -> tuple[int, None]:
        trade = self._trade(number)
        if asked["mchid"] != MCHID:
            raise Refusal(400, "PARAM_ERROR", "参数错误")
        if trade["state"] in ("SUCCESS", "REFUND"):
            raise Refusal(400, "ORDERPAID", "订单已支付")
        if trade["state"] == "CLOSED":
            raise Refusal(400, "ORDER_CLOSED", "订单已关闭")
        self._trades.close(number)
        return 204, None

    def refund(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        number, refund_no, amount = asked["out_trade_no"], asked["out_refund_no"], asked["amount"]
        trade = self._trade(number)
        if (amount["total"], amount["refund"], amount["currency"]) != (trade["amount_fen"], trade["amount_fen"], "CNY"):
            raise Refusal(400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致")
        if trade["state"] == "SUCCESS":
            self._trades.refund(number, refund_no)
        elif trade["state"] != "REFUND":
            raise Refusal(400, "INVALID_REQUEST", "订单未支付")
        elif trade["refund_no"] != refund_no:
            raise Refusal(403, "NOT_ENOUGH", "可退金额不足")
        return 200, {"out_trade_no": number, "out_refund_no": refund_no, "status": "SUCCESS", "amount": amount}

    async def tell(self, number: str) -> None:
        """The callback about a payment. Nobody there: it is lost, as callbacks are ("not guaranteed")."""
        url, trade = self._notify.get(number), self._trade(number)
        if url is not None:
            body, headers = await run_in_threadpool(self.callback, self._transaction(trade, trade["state"]))
            try:
                await ask("POST", url, body, headers)
            except Trouble:
                return

    def callback(self, transaction: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
        nonce = secrets.token_hex(6)
        sealed = AESGCM(self._keys.api_v3).encrypt(nonce.encode(), json.dumps(transaction).encode(), b"transaction")
        resource = {
            "original_type": "transaction",
            "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": base64.b64encode(sealed).decode(),
            "nonce": nonce,
            "associated_data": "transaction",
        }
        facts = {"id": secrets.token_hex(16), "create_time": datetime.now(CHINA).isoformat(timespec="seconds"), "summary": "支付成功"}
        facts |= {"resource_type": "encrypt-resource", "event_type": "TRANSACTION.SUCCESS"}
        body = json.dumps({**facts, "resource": resource}, ensure_ascii=False).encode()
        return body, {"Content-Type": "application/json", **self.signature(body)}

    def signature(self, body: bytes) -> dict[str, str]:
        timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
        return {
            "Wechatpay-Timestamp": timestamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Serial": self._keys.platform.serial,
            "Wechatpay-Signature": self._keys.platform.sign(answer_text(timestamp, nonce, body)),
        }

    def _trade(self, number: str) -> Any:
        trade = self._trades.of(number)
        if trade is None or trade["method"] != "wechat":
            raise Refusal(404, "ORDER_NOT_EXIST", "订单不存在")
        return trade

    @staticmethod
    def _transaction(trade: Any, state: str) -> dict[str, Any]:
        return {
            "appid": APPID,
            "mchid": MCHID,
            "out_trade_no": trade["order_no"],
            "trade_type": "NATIVE",
            "trade_state": state,
            "amount": {"total": trade["amount_fen"], "currency": "CNY"},
        }


def routes(platform: Platform) -> APIRouter:
    # Not in the sandbox's own description: it is described by its maker.
    router = APIRouter(prefix=PATH, include_in_schema=False)

    async def answer(request: Request, do: Callable[[dict[str, Any]], tuple[int, Any]]) -> Response:
        body = await request.body()
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        headers: dict[str, str] = {}
        try:
            platform.authorized(request.method, path, request.headers.get("authorization", ""), body, time.time())
            try:
                status, said = do(json.loads(body or b"{}"))
            except (KeyError, TypeError, ValueError):
                raise Refusal(400, "PARAM_ERROR", "参数错误") from None
        except Refusal as refusal:
            status, said = refusal.status, {"code": refusal.code, "message": refusal.message}
        content = b"" if said is None else json.dumps(said, ensure_ascii=False).encode()
        if status != 401:  # who did not sign gets no signature
            headers = await run_in_threadpool(platform.signature, content)
        return Response(content, status, headers, media_type="application/json")

    @router.post("/pay/transactions/native")
    async def native(request: Request) -> Response:
        return await answer(request, platform.native)

    @router.get("/pay/transactions/out-trade-no/{number}")
    async def query(request: Request, number: str) -> Response:
        return await answer(request, lambda _: platform.look_up(number))

    @router.post("/pay/transactions/out-trade-no/{number}/close")
    async def close(request: Request, number: str) -> Response:
        return await answer(request, lambda asked: platform.close(number, asked))

    @router.post("/refund/domestic/refunds")
    async def refund(request: Request) -> Response:
        return await answer(request, platform.refund)

    return router


def _fen(total: Any) -> bool:
    return type(total) is int and 0 < total <= 100_000_000
