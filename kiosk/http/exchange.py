"""One HTTP exchange that always ends: total deadline, size cap, no redirect, no retry; the other side may do what it likes."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from kiosk.late import put_off

if TYPE_CHECKING:
    from urllib3._base_connection import BaseHTTPConnection

CHUNK = 65_536
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_TRUTH_WITHIN = 1.0  # seconds that a thread gets to notice that its socket was shut


class NotSent(Exception):
    """Surely never reached: not one byte of the request went out. The argument says why, for technicians."""


class Lost(Exception):
    """It went out and no whole answer came back: what became of it is not known."""


class Garbage(Exception):
    """An answer came that nobody can trust. The argument says which rule it broke, never what it held."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """As it came off the wire, at most `size_cap` bytes. Header names in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


def dressed(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers of an exchange in the order of the wire; only Host, User-Agent and Content-Length come besides."""
    return {"Accept": "application/json", "Accept-Encoding": "identity", "Connection": "close", **headers}


class Http:
    """One server. Every exchange has a connection of its own: no stale one to trip over, no cookie from one citizen to the next."""

    def __init__(self, url: str, *, size_cap: int = 1_000_000) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.query or parts.fragment:
            raise ValueError("url: not the address of a server")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError("url: https, or http on this machine alone: people are spoken of on this line")
        self._url = url.rstrip("/")
        self._size_cap = size_cap
        self._pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix=f"http-{parts.hostname}")
        self._session = _Session()
        self._running: dict[asyncio.Future[Answer], _Line] = {}
        self.received = 0  # body bytes of the last exchange

    async def send(self, method: str, path: str, body: bytes, headers: Mapping[str, str], *, within: float) -> Answer:
        """Send and wait at most `within` seconds in all. Raises NotSent, Lost, Garbage. Cancelling cuts the line;

        an answer that was in by then is returned, and the caller cancelled at its next pause.
        """
        line = _Line(time.monotonic() + within)
        work = asyncio.get_running_loop().run_in_executor(self._pool, self._exchange, line, method, self._url + path, body, headers)
        self._running[work] = line
        work.add_done_callback(self._forget)
        try:
            await asyncio.wait({work}, timeout=within)
            if not work.done():
                await self._cut(work)
        except asyncio.CancelledError:
            await self._cut(work)
            if work.done() and not work.cancelled() and work.exception() is None:
                put_off()  # finished work wins over a late wish, which is heard right after
                return work.result()
            raise
        if work.done() and not work.cancelled():
            return work.result()
        raise (Lost if line.reached else NotSent)("deadline")

    async def close(self) -> None:
        """Cut what is running and let the threads go; never raises."""
        for work in list(self._running):
            await self._cut(work)
        # A thread that is stuck in the resolver cannot be woken; it ends with the process.
        self._pool.shutdown(wait=not self._running, cancel_futures=True)
        self._session.close()

    def _forget(self, work: asyncio.Future[Answer]) -> None:
        self._running.pop(work, None)
        if not work.cancelled():
            work.exception()  # taken note of, also when nobody waits for it any more

    async def _cut(self, work: asyncio.Future[Answer]) -> None:
        line = self._running.get(work)
        if line is not None:
            line.cut()
            await asyncio.wait({work}, timeout=_TRUTH_WITHIN)

    def _exchange(self, line: _Line, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        self.received = 0
        try:
            _here.line = line
            with self._session.request(
                method, url, data=body, headers=dressed(headers), stream=True, allow_redirects=False, timeout=line.left()
            ) as response:
                return self._read(line, response)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            # The words of these errors hold addresses and headers: the kind alone goes on.
            raise (Lost if line.reached else NotSent)(type(error).__name__) from None

    def _read(self, line: _Line, response: requests.Response) -> Answer:
        headers = {name.lower(): value for name, value in response.headers.items()}
        if response.is_redirect or 300 <= response.status_code < 400:
            raise Garbage("redirect")
        if headers.get("content-encoding", "identity") != "identity":
            raise Garbage("compressed")  # not asked for; a small bomb is a large body
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit() and len(length) < 20):
            raise Garbage("length")
        if int(length) > self._size_cap:
            raise Garbage("too large")
        body = bytearray()
        for chunk in response.raw.stream(CHUNK, decode_content=False):
            body += chunk
            self.received = len(body)
            if len(body) > self._size_cap:
                raise Garbage("too large")
            line.left()
        line.left()  # a line that was cut ends like an answer that ended; it is none
        return Answer(status=response.status_code, headers=headers, body=bytes(body))


class _Line:
    """The connection of one exchange, so that another thread can cut it."""

    def __init__(self, until: float) -> None:
        self._until = until
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._over = False
        self.reached = False

    def left(self) -> float:
        """Seconds to the deadline. Raises TimeoutError (an OSError) when there are none, or when the line was cut."""
        seconds = self._until - time.monotonic()
        if seconds <= 0 or self._over:
            raise TimeoutError
        return seconds

    def connected(self, connection: socket.socket) -> None:
        """From here on something may go out, unless the line was cut before."""
        with self._lock:
            if self._over:
                raise TimeoutError
            self._socket, self.reached = connection, True

    def cut(self) -> None:
        with self._lock:
            self._over = True
            if self._socket is not None:
                with suppress(OSError):  # it ended by itself
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)  # wakes a blocked read; TLS says no goodbye


_here = threading.local()  # .line: of the exchange that this thread carries out, from its first byte to its last


class _Session(requests.Session):
    """Keeps no connection, no cookie and no header: what it may be kept for is what it costs to build one (docs/decisions/0007)."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # neither a proxy nor a netrc of this machine's user
        self.headers.clear()  # `dressed` says all that goes out
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        single = _Single(max_retries=0)
        self.mount("http://", single)
        self.mount("https://", single)

    def get_redirect_target(self, _response: requests.Response) -> None:
        """Never: even with allow_redirects=False requests would read the body of a redirect to its end, however long."""
        return


class _Single(HTTPAdapter):
    """A connection for every exchange, of which its line knows from the moment it stands."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Plain, "https": _Secure}


class _PlainConnection(HTTPConnection):
    def connect(self) -> None:
        super().connect()
        _here.line.connected(self.sock)


class _SecureConnection(HTTPSConnection):
    def connect(self) -> None:
        super().connect()
        _here.line.connected(self.sock)


class _Plain(HTTPConnectionPool):
    ConnectionCls = _PlainConnection

    def _put_conn(self, conn: BaseHTTPConnection | None) -> None:
        _not_kept(conn)


class _Secure(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection

    def _put_conn(self, conn: BaseHTTPConnection | None) -> None:
        _not_kept(conn)


def _not_kept(conn: BaseHTTPConnection | None) -> None:
    if conn is not None:
        conn.close()
