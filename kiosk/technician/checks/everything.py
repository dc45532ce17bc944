"""One round of all checks of a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.config import Config
from kiosk.technician.checks import all_of, in_thread, machine, network
from kiosk.technician.checks.books import answers, books
from kiosk.technician.checks.counter import counter, door
from kiosk.technician.checks.daily import daily_check
from kiosk.technician.checks.panel import touch_panel
from kiosk.technician.readiness import Check
from kiosk.technician.record import Record


@dataclass(frozen=True, kw_only=True)
class Round:
    """`dead`: systems of departments, and `payments`, that did not answer."""

    checks: tuple[Check, ...]
    dead: frozenset[str]


async def everything(config: Config, record: Record) -> Round:
    """Some ten seconds at the very most, whatever hangs."""
    there = network.endpoints(config)
    servers = (*there, *door(config))
    dead: set[str] = set()

    async def back_office() -> Iterable[Check]:
        pings = await network.pings(there)
        dead.update(name for name, ping in pings.items() if ping.milliseconds is None)
        return [network.clock(pings), *network.answering(pings)]

    async def machine_itself() -> Iterable[Check]:
        return await in_thread(lambda: [machine.memory(), machine.ntp(), *machine.temperature()])

    async def calls() -> Iterable[Check]:
        return await in_thread(lambda: [*answers(record), touch_panel(record), daily_check(record)])

    async def disk() -> Iterable[Check]:
        return [await in_thread(lambda: machine.disk(config.state))]

    async def call_for_help() -> Iterable[Check]:
        return [await counter(config)]

    checks = await all_of(
        {
            "disk": disk,
            "journal": lambda: in_thread(lambda: books(config)),
            "calls": calls,
            "machine": machine_itself,
            "dns": lambda: network.names(servers),
            "tls": lambda: network.certificates(servers),
            "departments": back_office,
            "counter": call_for_help,
        }
    )
    return Round(checks=checks, dead=frozenset(dead))
