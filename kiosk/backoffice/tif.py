"""Tencent's TIF/Rio gateway (Guangdong, medical insurance): `x-tif-*` headers, SHA-256 around a token."""

from __future__ import annotations

import hashlib

from kiosk.backoffice.gateway import HeaderGateway, message
from kiosk.http import Answer


class TifAdapter(HeaderGateway):
    """`app` is the paasid, the secret its token."""

    def _signed(self, method: str, path: str) -> dict[str, str]:
        timestamp, nonce = str(int(self._now())), self._nonce()
        signature = hashlib.sha256(timestamp.encode() + self._secret + (nonce + timestamp).encode()).hexdigest()
        return {"x-tif-paasid": self._app, "x-tif-timestamp": timestamp, "x-tif-nonce": nonce, "x-tif-signature": signature}

    def _refusal(self, answer: Answer) -> str:
        known = {"timestamp expired": "clock", "nonce repeated": "replayed"}
        said = message(answer)
        return known.get(said, "key") if answer.status in (401, 403) and said else ""
