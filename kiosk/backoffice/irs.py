"""Zhejiang's IRS gateway: `X-BG-*` headers, HMAC-SHA256 over method, path, query, access key and date."""

from __future__ import annotations

import base64
import hashlib
import hmac
from email.utils import formatdate
from urllib.parse import urlsplit

from kiosk.backoffice.gateway import HeaderGateway, message
from kiosk.http import Answer


class IrsAdapter(HeaderGateway):
    """`app` is the access key. The scheme has no nonce: that a write is done once is the department's key alone."""

    def __init__(
        self, *, system: str, url: str, app: str, secret_file: str = "", secret_env: str = "", map: str = "", deadline: float = 10.0
    ) -> None:
        super().__init__(system=system, url=url, app=app, secret_file=secret_file, secret_env=secret_env, map=map, deadline=deadline)
        self._before = urlsplit(url).path.rstrip("/")

    def _signed(self, method: str, path: str) -> dict[str, str]:
        date = formatdate(self._now(), usegmt=True)
        signed = f"{method}\n{self._before}{path}\n\n{self._app}\n{date}\n"  # the query is empty: a map has none
        signature = base64.b64encode(hmac.digest(self._secret, signed.encode(), hashlib.sha256)).decode()
        return {
            "X-BG-HMAC-ACCESS-KEY": self._app,
            "X-BG-HMAC-ALGORITHM": "hmac-sha256",
            "X-BG-DATE-TIME": date,
            "X-BG-HMAC-SIGNATURE": signature,
        }

    def _refusal(self, answer: Answer) -> str:
        said = message(answer)
        if answer.status not in (401, 403) or not said:
            return ""
        return "clock" if said == "Clock skew exceeded" else "key"
