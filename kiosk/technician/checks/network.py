"""The way to the departments: names, certificates, the clock, and whether anybody answers at the other end."""

from __future__ import annotations

import asyncio
import email.utils
import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import certifi

from kiosk.config import Config
from kiosk.http import Garbage, Http, Lost, NotSent
from kiosk.model.words import Word
from kiosk.technician.checks import in_thread
from kiosk.technician.readiness import Check, Level

CERTIFICATE_SOON = 14  # days (RELIABILITY W16)
SKEW, SKEW_TOO_MUCH = 5.0, 60.0  # seconds; gateways turn away what is 90 s off (W17)
SLOW = 2_000  # milliseconds
PAYMENTS = "payments"  # what the payment gateway is called beside the systems of departments
_PING = 6.0


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """`name`: a system of departments, or `payments`."""

    name: str
    url: str

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        parts = urlsplit(self.url)
        return parts.port or (443 if parts.scheme == "https" else 80)


@dataclass(frozen=True, kw_only=True)
class Ping:
    """`milliseconds` None: no answer; `why` then. `skew`: seconds by which our clock is ahead of theirs; None where they did not tell."""

    milliseconds: int | None
    why: str = ""
    skew: float | None = None


def endpoints(config: Config) -> tuple[Endpoint, ...]:
    """Whoever is called by name in `[departments]` and `[payments]`."""
    found = [Endpoint(name=system, url=str(table["url"])) for system, table in config.departments.items() if _is_url(table.get("url"))]
    gateway = config.payments.options.get("url")
    return (*found, Endpoint(name=PAYMENTS, url=str(gateway))) if _is_url(gateway) else tuple(found)


def _is_url(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


async def names(there: Iterable[Endpoint]) -> list[Check]:
    """Does the resolver know every host."""
    hosts = sorted({one.host for one in there if not _is_address(one.host)})
    lost = [host for host, known in zip(hosts, await asyncio.gather(*map(_resolves, hosts)), strict=True) if not known]
    if lost:
        return [Check(id="dns", level=Level.FAIL, told=Word("check.dns.lost", hosts=", ".join(lost)), remedy=Word("check.dns.remedy"))]
    return [Check(id="dns", level=Level.OK, told=Word("check.dns.well", count=len(hosts)) if hosts else Word("check.dns.none"))]


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


async def _resolves(host: str) -> bool:
    try:
        async with asyncio.timeout(4.0):
            await in_thread(lambda: socket.getaddrinfo(host, None))
    except (OSError, TimeoutError):
        return False
    return True


async def certificates(there: Iterable[Endpoint], authority: str = "", now: float | None = None) -> list[Check]:
    """One check a server with TLS: days left, or why it is not trusted. `authority`: a file of CAs, else those of certifi."""
    servers = sorted({(one.host, one.port) for one in there if one.url.startswith("https:")})
    return list(await asyncio.gather(*(_certificate(host, port, authority or certifi.where(), now) for host, port in servers)))


async def _certificate(host: str, port: int, authority: str, now: float | None) -> Check:
    id, remedy = f"tls:{host}", Word("check.tls.remedy")
    try:
        async with asyncio.timeout(_PING):
            ends = await in_thread(lambda: _ends(host, port, authority))
    except ssl.SSLCertVerificationError as error:
        return Check(id=id, level=Level.FAIL, told=Word("check.tls.refused", host=host, why=error.verify_message), remedy=remedy)
    except (OSError, TimeoutError) as error:
        return Check(id=id, level=Level.UNKNOWN, told=Word("check.tls.silent", host=host, why=type(error).__name__))
    days = int((ends - (now or time.time())) / 86_400)
    level = Level.OK if days >= CERTIFICATE_SOON else Level.WARN
    return Check(id=id, level=level, told=Word("check.tls.days", host=host, days=days), remedy=remedy)


def _ends(host: str, port: int, authority: str) -> float:
    """When the certificate there ends, in seconds since 1970."""
    context = ssl.create_default_context(cafile=authority)
    with socket.create_connection((host, port), 4.0) as line, context.wrap_socket(line, server_hostname=host) as secured:
        certificate = secured.getpeercert() or {}
        return ssl.cert_time_to_seconds(str(certificate["notAfter"]))


async def pings(there: Iterable[Endpoint]) -> dict[str, Ping]:
    """name → what came back. Any answer is an answer: a department that refuses us is awake."""
    asked = list(there)
    return dict(zip((one.name for one in asked), await asyncio.gather(*map(_ping, asked)), strict=True))


async def _ping(there: Endpoint) -> Ping:
    if not _is_address(there.host) and not await _resolves(there.host):
        return Ping(milliseconds=None, why="dns")
    try:
        line = Http(there.url)
    except ValueError as error:
        return Ping(milliseconds=None, why=str(error))
    began = time.monotonic()
    try:
        answer = await line.send("GET", "/", b"", {}, within=_PING)
    except (NotSent, Lost, Garbage) as error:
        return Ping(milliseconds=None, why=str(error))
    finally:
        await line.close()
    if answer.status in (502, 503, 504):
        return Ping(milliseconds=None, why=f"http {answer.status}")
    return Ping(milliseconds=round((time.monotonic() - began) * 1000), skew=_skew(answer.headers.get("date", "")))


def _skew(date: str) -> float | None:
    try:
        theirs = email.utils.parsedate_to_datetime(date)
    except (TypeError, ValueError):
        return None
    return (datetime.now(UTC) - theirs.astimezone(UTC)).total_seconds() - 0.5  # their second has half passed, on average


def answering(found: Mapping[str, Ping]) -> Iterator[Check]:
    """One check a department."""
    for name, ping in found.items():
        id, remedy = f"ping:{name}", Word("check.ping.remedy")
        if ping.milliseconds is None:
            yield Check(id=id, level=Level.FAIL, told=Word("check.ping.silent", name=name, why=ping.why), remedy=remedy)
        else:
            level = Level.WARN if ping.milliseconds > SLOW else Level.OK
            yield Check(id=id, level=level, told=Word("check.ping.answered", name=name, ms=ping.milliseconds), remedy=remedy)


def clock(found: Mapping[str, Ping]) -> Check:
    """Our clock against what the departments say it is: the middle of them, so that one wrong one does not matter."""
    skews = [ping.skew for ping in found.values() if ping.skew is not None]
    if not skews:
        return Check(id="clock", level=Level.UNKNOWN, told=Word("check.clock.unknown"))
    skew = median(skews)
    level = Level.OK if abs(skew) <= SKEW else Level.WARN if abs(skew) <= SKEW_TOO_MUCH else Level.FAIL
    key = "check.clock.well" if level is Level.OK else "check.clock.ahead" if skew > 0 else "check.clock.behind"
    return Check(id="clock", level=level, told=Word(key, seconds=f"{abs(skew):.0f}"), remedy=Word("check.clock.remedy"))
