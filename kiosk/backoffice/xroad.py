"""X-Road, Message Protocol for REST: a security server before the department; what it says must be of just this request."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from typing import Literal
from urllib.parse import quote, urlsplit

from kiosk import strict
from kiosk.backoffice import Request
from kiosk.backoffice.gateway import GatewayAdapter
from kiosk.backoffice.rest import Letter
from kiosk.http import Answer, Garbage, dressed

_NOT_HASHED = ("connection",)  # of what `dressed` says; Host, User-Agent and Content-Length are not hashed either
# Of these it is certain that the service was never called. Any other error of a security server leaves that open.
_NOT_CALLED = (
    "Client.", "Server.ClientProxy.UnknownMember", "Server.ClientProxy.SslAuthenticationFailed", "Server.ServerProxy.AccessDenied",
    "Server.ServerProxy.UnknownService", "Server.ServerProxy.ServiceDisabled",
)  # fmt: skip


class XRoadAdapter(GatewayAdapter):
    """`url` is the security server; `client` our INSTANCE/CLASS/MEMBER/SUBSYSTEM, `service` the department's with its service's code.

    `request_hash`: "exact" calculates the reply's hash; "present" takes any, for a security server that changes the order of headers.
    """

    def __init__(
        self,
        *,
        system: str,
        url: str,
        client: str,
        service: str,
        request_hash: Literal["exact", "present"] = "exact",
        map: str = "",
        deadline: float = 10.0,
    ) -> None:
        self._client = _identifier(client, (3, 4), f"departments.{system}.client")
        self._service = _identifier(service, (5,), f"departments.{system}.service")
        self._exact = request_hash == "exact"
        whole = f"{url.rstrip('/')}/r1/{self._service}"
        self._before = urlsplit(whole).path
        super().__init__(system=system, url=whole, map=map, deadline=deadline)

    def _sealed(self, request: Request, letter: Letter) -> Letter:
        # The user is the terminal: security servers keep headers in their logs, which are no place for a citizen's number.
        ours = {"X-Road-Client": self._client, "X-Road-Id": self._nonce(), "X-Road-UserId": f"CN{request.station}"}
        return replace(letter, headers={**letter.headers, **ours})

    def _opened(self, letter: Letter, answer: Answer) -> Answer:
        """An error of a security server carries no hash: `_refusal` and the status say what it means."""
        if "x-road-error" in answer.headers:
            if answer.status < 400:
                raise Garbage("an error that is none")
            return answer
        expected = {"x-road-id": letter.headers["X-Road-Id"], "x-road-client": self._client, "x-road-service": self._service}
        if any(answer.headers.get(name, "") != value for name, value in expected.items()):
            raise Garbage("of another message")
        try:
            given = base64.b64decode(answer.headers.get("x-road-request-hash", ""), validate=True)
        except ValueError:
            given = b""
        if len(given) != hashlib.sha512().digest_size:
            raise Garbage("no request hash")
        if self._exact and not hmac.compare_digest(given, self._hash(letter, answer.headers.get("x-road-request-id", ""))):
            raise Garbage("hash of another request")
        return answer

    def _hash(self, letter: Letter, request_id: str) -> bytes:
        """SHA-512 over the SHA-512 of the head, to which the security server has added its own id, and that of the body."""
        lines = [letter.method, self._before + letter.path]
        lines += [f"{name}:{value}" for name, value in dressed(letter.headers).items() if name.lower() not in _NOT_HASHED]
        lines += [f"x-road-request-id:{request_id}", ""]
        head = hashlib.sha512("\r\n".join(lines).encode()).digest()
        return hashlib.sha512(head + hashlib.sha512(letter.body).digest()).digest()

    def _refusal(self, answer: Answer) -> str:
        return "key" if answer.headers.get("x-road-error", "").startswith(_NOT_CALLED) else ""


def _identifier(text: str, counts: tuple[int, ...], place: str) -> str:
    """Each part percent-encoded by itself. Raises strict.Refused."""
    parts = text.split("/")
    if len(parts) not in counts or not all(parts):
        raise strict.Refused("config", [(place, f"is not of {' or '.join(map(str, counts))} parts")])
    return "/".join(quote(part, safe="") for part in parts)
