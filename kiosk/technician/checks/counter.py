"""Whether a call for help reaches anybody: the counter's webhook, asked without ringing it, or who else would hear."""

from __future__ import annotations

from kiosk import strict
from kiosk.backoffice.counter import CounterHook, TurnedAway, Unreached
from kiosk.config import Config
from kiosk.devices.roles import SOUND
from kiosk.model.words import Word
from kiosk.technician.checks.network import Endpoint
from kiosk.technician.readiness import Check, Level


def door(config: Config) -> tuple[Endpoint, ...]:
    """The counter's server, where there is one. A key in its address is nobody's to read, and stays out."""
    url = config.volunteer.webhook.partition("?")[0]
    return (Endpoint(name="counter", url=url),) if url else ()


async def counter(config: Config) -> Check:
    told = config.volunteer
    if not told.webhook:
        return _without(config)
    try:
        hook = CounterHook(url=told.webhook, secret_file=told.secret_file, secret_env=told.secret_env)
    except (strict.Refused, ValueError):
        return _bad(Word("check.counter.unreadable"))
    try:
        answers = await hook.knock(config.station.id)
    except TurnedAway as why:
        return _bad(Word("check.counter.refused", why=str(why)))
    except Unreached as why:
        return _bad(Word("check.counter.silent", why=str(why)))
    finally:
        await hook.close()
    return Check(id="counter", level=Level.OK, told=Word("check.counter.answers" if answers else "check.counter.robot"))


def _without(config: Config) -> Check:
    aloud = config.volunteer.sound and SOUND.name in config.devices
    officer = config.volunteer.officer and "OFFICER" in config.departments
    if not aloud and not officer:
        return Check(id="counter", level=Level.WARN, told=Word("check.counter.nobody"), remedy=Word("check.counter.remedy"))
    return Check(id="counter", level=Level.OK, told=Word("check.counter.none"))


def _bad(told: Word) -> Check:
    return Check(id="counter", level=Level.FAIL, told=told, remedy=Word("check.counter.remedy"))
