"""The gateway's end of WeChat Pay: signs each request, trusts no answer and no callback without the platform's signature.

Rules: the pages that wechat.py names.
"""

from __future__ import annotations

import base64
import json
import secrets
import time
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from starlette.concurrency import run_in_threadpool

from kiosk.model.zone import CHINA
from kiosk.sandbox.channels import Deal, Merchant, Mismatch, State, Trouble
from kiosk.sandbox.channels.line import ask
from kiosk.sandbox.channels.wechat import APPID, MCHID, PATH, SCHEMA, SKEW, Keys, answer_text, request_text

ORDERS = f"{PATH}/pay/transactions/out-trade-no"
STATES: dict[str, State] = {"NOTPAY": "NOTPAY", "USERPAYING": "NOTPAY", "SUCCESS": "SUCCESS", "CLOSED": "CLOSED", "REFUND": "REFUND"}


class WeChat(Merchant):
    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def create(self, base: str, deal: Deal) -> None:
        asked = {
            "appid": APPID,
            "mchid": MCHID,
            "description": deal.subject,
            "out_trade_no": deal.order_no,
            "time_expire": datetime.fromtimestamp(deal.expires_at, CHINA).isoformat(timespec="seconds"),
            "notify_url": f"{base}/notify/wechat",
            "amount": {"total": deal.amount_fen, "currency": "CNY"},
        }
        status, said = await self._ask("POST", base, f"{PATH}/pay/transactions/native", asked)
        if status != 200 and said.get("code") == "INVALID_REQUEST":
            raise Mismatch
        if status != 200 and said.get("code") not in ("ORDERPAID", "ORDER_CLOSED"):
            raise Trouble(str(said.get("code")))

    async def query(self, base: str, deal: Deal) -> State:
        status, said = await self._ask("GET", base, f"{ORDERS}/{deal.order_no}?mchid={MCHID}")
        if said.get("code") == "ORDER_NOT_EXIST":  # its creation was lost; once its time is over it cannot come any more
            return "NOTPAY" if time.time() < deal.expires_at else "CLOSED"
        if status != 200:
            raise Trouble(str(said.get("code")))
        if (said["out_trade_no"], said["amount"]["total"]) != (deal.order_no, deal.amount_fen):
            raise Mismatch
        return STATES[said["trade_state"]]

    async def close(self, base: str, deal: Deal) -> State:
        status, said = await self._ask("POST", base, f"{ORDERS}/{deal.order_no}/close", {"mchid": MCHID})
        if status == 204 or said.get("code") in ("ORDER_CLOSED", "ORDER_NOT_EXIST"):
            return "CLOSED"
        if said.get("code") == "ORDERPAID":
            return await self.query(base, deal)  # paid, or given back by now
        raise Trouble(str(said.get("code")))

    async def refund(self, base: str, deal: Deal, refund_no: str) -> State:
        amount = {"refund": deal.amount_fen, "total": deal.amount_fen, "currency": "CNY"}
        asked = {"out_trade_no": deal.order_no, "out_refund_no": refund_no, "amount": amount}
        status, said = await self._ask("POST", base, f"{PATH}/refund/domestic/refunds", asked)
        if status == 200 and (said["out_refund_no"], said["amount"]["refund"]) == (refund_no, deal.amount_fen):
            return "REFUND"
        if said.get("code") == "NOT_ENOUGH":
            raise Mismatch
        if said.get("code") == "INVALID_REQUEST":
            return await self.query(base, deal)
        raise Trouble(str(said.get("code")))

    def told(self, headers: dict[str, str], body: bytes) -> tuple[str, int]:
        self._trusted(headers, body)
        try:
            facts = json.loads(body)
            sealed = facts["resource"]
            if facts["event_type"] != "TRANSACTION.SUCCESS" or sealed["algorithm"] != "AEAD_AES_256_GCM":
                raise Trouble("not a payment")
            cipher, associated = base64.b64decode(sealed["ciphertext"]), sealed["associated_data"].encode()
            paid = json.loads(AESGCM(self._keys.api_v3).decrypt(sealed["nonce"].encode(), cipher, associated))
            if (paid["mchid"], paid["appid"], paid["trade_state"]) != (MCHID, APPID, "SUCCESS"):
                raise Trouble("somebody else's")
            return str(paid["out_trade_no"]), int(paid["amount"]["total"])
        except (KeyError, TypeError, ValueError, InvalidTag):
            raise Trouble("unreadable") from None

    def authorization(self, method: str, path: str, body: bytes) -> str:
        timestamp, nonce = str(int(time.time())), secrets.token_hex(16).upper()
        signature = self._keys.merchant.sign(request_text(method, path, timestamp, nonce, body))
        facts = {"mchid": MCHID, "serial_no": self._keys.merchant.serial, "nonce_str": nonce, "timestamp": timestamp}
        facts["signature"] = signature
        return f"{SCHEMA} " + ",".join(f'{name}="{value}"' for name, value in facts.items())

    async def _ask(self, method: str, base: str, path: str, asked: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        body = json.dumps(asked, ensure_ascii=False).encode() if asked is not None else b""
        signed = await run_in_threadpool(self.authorization, method, path, body)
        headers = {"Authorization": signed, "Accept": "application/json", "Content-Type": "application/json"}
        answer = await ask(method, base + path, body, headers)
        self._trusted({name.lower(): value for name, value in answer.headers.items()}, answer.content)
        said: dict[str, Any] = json.loads(answer.content) if answer.content else {}
        return answer.status_code, said

    def _trusted(self, headers: dict[str, str], body: bytes) -> None:
        """Raises Trouble: an answer without the platform's signature counts as forged."""
        timestamp = headers.get("wechatpay-timestamp", "")
        if headers.get("wechatpay-serial") != self._keys.platform.serial or not timestamp.isdecimal():
            raise Trouble("not from the platform")
        if abs(time.time() - int(timestamp)) > SKEW:
            raise Trouble("too old")
        text = answer_text(timestamp, headers.get("wechatpay-nonce", ""), body)
        if not self._keys.platform.signed(text, headers.get("wechatpay-signature", "")):
            raise Trouble("signature")
