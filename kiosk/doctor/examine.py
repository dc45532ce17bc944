"""Looks at everything once, or at one device."""

from __future__ import annotations

import asyncio

from kiosk import app
from kiosk.config import Config
from kiosk.doctor.hands import Hands
from kiosk.model.faults import Fault
from kiosk.model.words import Word
from kiosk.screens.keyboard.handwriting import Handwriting
from kiosk.screens.keyboard.pinyin import Pinyin
from kiosk.technician.checks import in_thread
from kiosk.technician.checks.everything import Round, everything
from kiosk.technician.gathered import gathered
from kiosk.technician.readiness import Check, Level, Readiness
from kiosk.technician.record import Record


async def examined(settings: Config, record: Record, *, only: str = "") -> Readiness:
    """`only`: the role of the one device that is asked; then its verdict is not the terminal's. Raises OutOfReach, strict.Refused."""
    async with Hands(settings, record) as hands:
        looked, found = await asyncio.gather(hands.look(only), _round(settings, record, only))
    departments = app.shelves(settings).departments
    return await in_thread(lambda: gathered(settings, record, looked, found, departments, serving=hands.serving))


async def _round(settings: Config, record: Record, only: str) -> Round:
    if only:
        return Round(checks=(), dead=frozenset())
    found = await everything(settings, record)
    return Round(checks=(*found.checks, calibrated(settings), *await in_thread(keyboard)), dead=found.dead)


def calibrated(settings: Config) -> Check:
    """Whether citizens may be judged by their faces here; where not, the other ways are open all the same."""
    faces = app.identity(settings)
    faces.lane.close()
    if faces.verifier.calibrated:
        return Check(id="faces", level=Level.OK, told=Word("check.faces.calibrated", name=faces.verifier.name))
    told = Word("check.faces.demo" if settings.station.demo else "check.faces.closed")
    return Check(id="faces", level=Level.WARN, told=told, remedy=Word("check.faces.remedy"))


def keyboard() -> tuple[Check, ...]:
    """Whether citizens can write Chinese here, with pinyin and with the finger: what each needs is installed apart."""
    return pinyin(), handwriting()


def pinyin() -> Check:
    try:
        Pinyin().close()
    except Fault as fault:
        told = Word("check.pinyin.missing", why=fault.detail)
        return Check(id="pinyin", level=Level.WARN, told=told, remedy=Word("check.pinyin.remedy"))
    return Check(id="pinyin", level=Level.OK, told=Word("check.pinyin.there"))


def handwriting() -> Check:
    try:
        Handwriting()
    except Fault as fault:
        told = Word("check.handwriting.missing", why=fault.detail)
        return Check(id="handwriting", level=Level.WARN, told=told, remedy=Word("check.handwriting.remedy"))
    return Check(id="handwriting", level=Level.OK, told=Word("check.handwriting.there"))
