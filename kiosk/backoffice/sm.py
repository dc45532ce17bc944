"""A gateway under the national algorithms: SM2 over the whole request, its body under SM4-GCM, and the reply likewise."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from urllib.parse import urlsplit

from kiosk import strict
from kiosk.backoffice import Request
from kiosk.backoffice.gateway import GatewayAdapter, message, secret
from kiosk.backoffice.guomi import Encoding, Envelope, PeerKey, SigningKey, read, sm3, written
from kiosk.backoffice.rest import Letter
from kiosk.http import Answer, Garbage, Shape, document

SKEW = 90.0  # seconds, of a reply
_SEALED = Shape(
    {"type": "object", "required": ["encData"], "additionalProperties": False, "properties": {"encData": {"type": "string"}}}
)


class SmAdapter(GatewayAdapter):
    """`app` is our name at the gateway; the SM4 key, 32 hex digits, is of `secret_file` or `secret_env`; `key_file` holds our SM2 key,

    `peer_key_file` the gateway's public one, both PEM; `signature` is how SM2 signatures are written in both directions.
    """

    def __init__(
        self,
        *,
        system: str,
        url: str,
        app: str,
        key_file: str,
        peer_key_file: str,
        secret_file: str = "",
        secret_env: str = "",
        signature: Encoding = "der",
        map: str = "",
        deadline: float = 10.0,
    ) -> None:
        place = f"departments.{system}"
        self._app = app
        self._envelope = _envelope(secret(place, secret_file, secret_env), place)
        self._key = SigningKey(key_file, f"{place}.key_file")
        self._peer = PeerKey(peer_key_file, f"{place}.peer_key_file")
        self._encoding: Encoding = signature
        self._before = urlsplit(url).path.rstrip("/")
        super().__init__(system=system, url=url, map=map, deadline=deadline)

    def _sealed(self, request: Request, letter: Letter) -> Letter:
        moment, nonce = str(round(self._now() * 1000)), self._nonce()
        cipher = self._envelope.seal(letter.body, b"request " + nonce.encode())
        body = json.dumps({"encData": base64.b64encode(cipher).decode()}).encode()
        digest = sm3(body)
        # The query is empty: a map has none.
        lines = (letter.method, self._before + letter.path, "", self._app, request.station, moment, nonce, digest)
        sign = self._key.sign("\n".join(lines).encode(), self._encoding)
        signed = {
            "X-EGov-App": self._app,
            "X-EGov-Terminal": request.station,
            "X-EGov-Timestamp": moment,
            "X-EGov-Nonce": nonce,
            "X-EGov-Body-SM3": digest,
            "X-EGov-Sign": written(sign, self._encoding),
        }
        return replace(letter, headers={**letter.headers, **signed}, body=body)

    def _opened(self, letter: Letter, answer: Answer) -> Answer:
        """The gateway signs with status and our nonce: what it said to another request, or long ago, it has not said to this one."""
        nonce, moment = letter.headers["X-EGov-Nonce"], answer.headers.get("x-egov-timestamp", "")
        said = "\n".join((str(answer.status), nonce, moment, sm3(answer.body)))
        if not self._peer.signed(said.encode(), read(answer.headers.get("x-egov-sign", ""), self._encoding), self._encoding):
            raise Garbage("not signed by the gateway")
        if answer.status != 200 and message(answer):
            return answer  # the gateway's own word, in the clear: it may not know whose key to use, and our clock may be wrong
        if not (moment.isascii() and moment.isdigit() and len(moment) < 16) or abs(int(moment) / 1000 - self._now()) > SKEW:
            raise Garbage("signed at another time")
        try:
            sealed = base64.b64decode(_SEALED.check(document(answer))["encData"], validate=True)
        except ValueError:
            raise Garbage("not base64") from None
        plain = self._envelope.open(sealed, b"reply " + nonce.encode())
        if plain is None:
            raise Garbage("not sealed for us")
        return replace(answer, body=plain)

    def _refusal(self, answer: Answer) -> str:
        known = {"timestamp expired": "clock", "nonce repeated": "replayed"}
        said = message(answer)
        return known.get(said, "key") if answer.status == 401 and said else ""


def _envelope(text: bytes, place: str) -> Envelope:
    try:
        return Envelope(bytes.fromhex(text.decode()))
    except ValueError:
        raise strict.Refused("config", [(place, "the SM4 key is not 32 hex digits")]) from None
