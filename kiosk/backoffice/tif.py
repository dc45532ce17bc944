"""Tencent's TIF/Rio gateway (Guangdong, medical insurance): `x-tif-*` headers, SHA-256 around a token."""

from __future__ import annotations

import hashlib

from kiosk.backoffice.gateway import GatewayAdapter


class TifAdapter(GatewayAdapter):
    """`app` is the paasid, the secret its token."""

    def _signed(self, method: str, path: str) -> dict[str, str]:
        timestamp, nonce = str(int(self._now())), self._nonce()
        signature = hashlib.sha256(timestamp.encode() + self._secret + (nonce + timestamp).encode()).hexdigest()
        return {"x-tif-paasid": self._app, "x-tif-timestamp": timestamp, "x-tif-nonce": nonce, "x-tif-signature": signature}

    def _refusal(self, status: int, message: str) -> str:
        known = {"timestamp expired": "clock", "nonce repeated": "replayed"}
        return known.get(message, "key") if status in (401, 403) and message else ""
