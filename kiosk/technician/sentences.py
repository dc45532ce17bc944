"""What is known of a device, as sentences: the same ones in a terminal, on paper and on the glass."""

from __future__ import annotations

from datetime import datetime

from kiosk import i18n
from kiosk.model.health import Health, State
from kiosk.model.words import Text, Word
from kiosk.model.zone import CHINA
from kiosk.technician.record import Outcome, Result, Trouble
from kiosk.technician.supplies import Forecast


def health_sentence(health: Health) -> Text:
    """The fault where there is one, else the state."""
    return Word(f"fault.{health.code}") if health.code else Word(f"state.{health.state.value}")


def level(health: Health) -> str:
    """good, warn (works, and somebody should come) or bad: what a lamp shows."""
    if health.state is State.READY or (health.state.usable and not health.code):
        return "good"
    return "warn" if health.state.usable else "bad"


def trouble_sentence(trouble: Trouble) -> Word:
    if trouble.until is None:
        return Word("trouble.still", since=moment(trouble.time), what=Word(f"fault.{trouble.code}"))
    return Word("trouble.over", since=moment(trouble.time), until=moment(trouble.until), what=Word(f"fault.{trouble.code}"))


def result_sentence(result: Result, kind: str) -> Word:
    name = Word(f"test.{kind}.{result.test}")
    args: dict[str, Word | str | int] = {"test": name, "when": moment(result.time), "who": result.technician}
    if result.outcome is Outcome.FAIL:
        return Word("outcome.fail", **args, why=why_sentence(result.code))
    return Word(f"outcome.{result.outcome.value}", **args)


def why_sentence(code: str) -> Word:
    """Why a test failed: a fault of the device (with a dot), or what the test itself found."""
    return Word(f"fault.{code}") if "." in code else Word(f"test.why.{code}")


def supply_sentence(one: Forecast) -> Word:
    args: dict[str, Word | str | int] = {
        "supply": Word(f"supply.{one.supply}"),
        "left": f"{one.left:.0f}",
        "holds": f"{one.holds:.0f}",
        "unit": Word(f"supply.unit.{one.unit}"),
        "prints": one.prints,
    }
    if one.replaced is None:
        return Word("supply.never_replaced", **args)
    return Word("supply.left", **args) if one.days is None else Word("supply.left_for", **args, days=one.days)


def supply_in_short(one: Forecast) -> Word:
    """For a narrow column."""
    args: dict[str, Word | str | int] = {
        "supply": Word(f"supply.{one.supply}"),
        "left": f"{one.left:.0f}",
        "holds": f"{one.holds:.0f}",
        "unit": Word(f"supply.unit.{one.unit}"),
    }
    return Word("supply.short", **args) if one.days is None else Word("supply.short_for", **args, days=one.days)


def fact(name: str, language: str) -> str:
    """What a fact is called; a driver may tell facts that the house has no word for."""
    return i18n.table(language).get(f"fact.{name}", name)


def moment(time: datetime) -> str:
    return f"{time.astimezone(CHINA):%Y-%m-%d %H:%M}"
