"""The national platform's gateway (数据直达接口规范): `gjzwfwpt_*` headers, HMAC-SHA256."""

from __future__ import annotations

import base64
import hashlib
import hmac

from kiosk.backoffice.gateway import HeaderGateway, message
from kiosk.http import Answer


class NationalAdapter(HeaderGateway):
    """`app` is the sid. It turns requests away with HTTP 200 and code 300; the words are those of our sandbox."""

    def _signed(self, method: str, path: str) -> dict[str, str]:
        rid, rtime = self._nonce(), str(round(self._now() * 1000))
        signature = hmac.digest(self._secret, (self._app + rid + rtime).encode(), hashlib.sha256)
        sign = base64.b64encode(signature).decode()
        return {"gjzwfwpt_sid": self._app, "gjzwfwpt_rid": rid, "gjzwfwpt_rtime": rtime, "gjzwfwpt_sign": sign}

    def _refusal(self, answer: Answer) -> str:
        known = {"时间戳失效": "clock", "请求重复": "replayed", "签名错误": "key"}
        return known.get(message(answer), "") if answer.status == 200 else ""
