"""The gateway's end of Alipay: signs each request, trusts no answer and no notification without the platform's signature.

Rules: the pages that alipay.py names; whose a notification is: https://blog.csdn.net/thc1987/article/details/80269181.
"""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool

from kiosk.model.zone import CHINA
from kiosk.sandbox.channels import Deal, Merchant, Mismatch, State, Trouble
from kiosk.sandbox.channels.alipay import APP_ID, NOTIFIED, PATH, SELLER_ID, TIME, Keys, fen, signed_text, yuan
from kiosk.sandbox.channels.line import ask

OURS = {"app_id": APP_ID, "seller_id": SELLER_ID, "trade_status": "TRADE_SUCCESS"}


class Alipay(Merchant):
    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    async def create(self, base: str, deal: Deal) -> None:
        asked = {
            "out_trade_no": deal.order_no,
            "total_amount": yuan(deal.amount_fen),
            "subject": deal.subject,
            "time_expire": datetime.fromtimestamp(deal.expires_at, CHINA).strftime(TIME),
        }
        said = await self._ask(base, "alipay.trade.precreate", asked)
        if said.get("sub_code") == "ACQ.CONTEXT_INCONSISTENT":
            raise Mismatch
        if said["code"] != "10000" and said.get("sub_code") not in ("ACQ.TRADE_HAS_SUCCESS", "ACQ.TRADE_HAS_CLOSE"):
            raise Trouble(str(said.get("sub_code")))

    async def query(self, base: str, deal: Deal) -> State:
        said = await self._ask(base, "alipay.trade.query", {"out_trade_no": deal.order_no})
        if said.get("sub_code") == "ACQ.TRADE_NOT_EXIST":  # nobody scanned it; once its time is over nobody can
            return "NOTPAY" if time.time() < deal.expires_at else "CLOSED"
        if said["code"] != "10000":
            raise Trouble(str(said.get("sub_code")))
        if (said["out_trade_no"], fen(said["total_amount"])) != (deal.order_no, deal.amount_fen):
            raise Mismatch
        closed: State = "REFUND" if "send_pay_date" in said else "CLOSED"
        states: dict[str, State] = {"WAIT_BUYER_PAY": "NOTPAY", "TRADE_SUCCESS": "SUCCESS", "TRADE_CLOSED": closed}
        return states[said["trade_status"]]

    async def close(self, base: str, deal: Deal) -> State:
        """Asks, and right after the answer cancels: who pays in between gets the money back from Alipay itself."""
        state = await self.query(base, deal)
        if state in ("SUCCESS", "REFUND"):
            return state
        said = await self._ask(base, "alipay.trade.cancel", {"out_trade_no": deal.order_no})
        if said["code"] != "10000" or said.get("retry_flag") != "N":
            raise Trouble(str(said.get("sub_code")))
        return "REFUND" if said.get("action") == "refund" else "CLOSED"

    async def refund(self, base: str, deal: Deal, refund_no: str) -> State:
        asked = {"out_trade_no": deal.order_no, "out_request_no": refund_no, "refund_amount": yuan(deal.amount_fen)}
        said = await self._ask(base, "alipay.trade.refund", asked)
        if said["code"] == "10000" and (said["out_trade_no"], fen(said["refund_fee"])) == (deal.order_no, deal.amount_fen):
            return "REFUND"
        if said.get("sub_code") in ("ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "ACQ.DISCORDANT_REPEAT_REQUEST"):
            raise Mismatch
        if said.get("sub_code") in ("ACQ.TRADE_STATUS_ERROR", "ACQ.TRADE_NOT_EXIST"):
            return await self.query(base, deal)
        raise Trouble(str(said.get("sub_code")))

    def told(self, headers: dict[str, str], body: bytes) -> tuple[str, int]:
        try:
            facts = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
            if not self._keys.platform.signed(signed_text(facts, without=NOTIFIED), facts["sign"]):
                raise Trouble("signature")
            if facts["sign_type"] != "RSA2" or any(facts[name] != value for name, value in OURS.items()):
                raise Trouble("somebody else's, or no payment")
            return facts["out_trade_no"], fen(facts["total_amount"])
        except (KeyError, ValueError):
            raise Trouble("unreadable") from None

    def form(self, base: str, method: str, asked: dict[str, Any]) -> bytes:
        facts = {
            "app_id": APP_ID,
            "method": method,
            "format": "JSON",
            "charset": "utf-8",
            "sign_type": "RSA2",
            "timestamp": datetime.now(CHINA).strftime(TIME),
            "version": "1.0",
            "notify_url": f"{base}/notify/alipay",
            "biz_content": json.dumps(asked, ensure_ascii=False),
        }
        return urlencode(facts | {"sign": self._keys.merchant.sign(signed_text(facts))}).encode()

    async def _ask(self, base: str, method: str, asked: dict[str, Any]) -> dict[str, Any]:
        form = await run_in_threadpool(self.form, base, method, asked)
        answer = await ask("POST", base + PATH, form, {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"})
        return self.trusted(method, answer.text)

    def trusted(self, method: str, text: str) -> dict[str, Any]:
        """The node of the answer, verified as it was written: sorted or spaced anew it would be another text. Raises Trouble."""
        begin, middle = f'{{"{method.replace(".", "_")}_response":', ',"sign":"'
        node, found, sign = text.removeprefix(begin).rpartition(middle)
        if not text.startswith(begin) or not found or not self._keys.platform.signed(node, sign.removesuffix('"}')):
            raise Trouble("signature")
        said: dict[str, Any] = json.loads(node)
        return said
