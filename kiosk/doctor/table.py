"""What was found, for eyes: a table in a terminal, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text as Line

from kiosk import i18n
from kiosk.model.words import Text, Word
from kiosk.technician.readiness import Level, Readiness, Verdict, folded
from kiosk.technician.record import Outcome, Result
from kiosk.technician.sentences import fact, health_sentence, level, result_sentence, supply_sentence, trouble_sentence
from kiosk.technician.view import DeviceView

_LAMP = {"good": "green", "warn": "yellow", "bad": "red", "dim": "bright_black"}
_LEVELS = {Level.OK: "good", Level.WARN: "warn", Level.FAIL: "bad", Level.UNKNOWN: "warn"}
_VERDICTS = {Verdict.READY: "good", Verdict.VISIT: "warn", Verdict.UNFIT: "bad"}
_OUTCOMES = {Outcome.PASS: "good", Outcome.FAIL: "bad", Outcome.SKIPPED: "dim"}


def show(readiness: Readiness, language: str, out: Console, *, alone: bool = False) -> None:
    """The whole readiness; with `alone` one device with all that is known of it."""

    def said(text: Text) -> str:
        return i18n.say(text, language)

    if alone:
        _device(readiness.devices[0], language, out)
        return
    here = readiness.station
    out.print(Line(f"{here.name} {here.id}  {here.place}  {readiness.at:%Y-%m-%d %H:%M}"))
    out.print(Line(said(Word("doctor.serving" if readiness.serving else "doctor.not_serving")), style=_LAMP["dim"]))
    devices = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("device", "state", "supplies", "last_fault", "last_test"):
        devices.add_column(said(Word(f"doctor.column.{heading}")), overflow="fold")
    for device in readiness.devices:
        devices.add_row(
            f"{said(Word(f'role.{device.role}'))}\n{device.role}",
            Line(said(health_sentence(device.health)), style=_LAMP[level(device.health)]),
            "\n".join(said(supply_sentence(one)) for one in device.supplies_left),
            "\n".join(said(trouble_sentence(one)) for one in device.troubles[:1]),
            "\n".join(said(result_sentence(one, device.kind)) for one in device.results.values()),
        )
    out.print(devices)
    _checks(readiness, language, out)
    offer = readiness.offer
    out.print(Line(said(Word("doctor.offer", can=offer.items - len(offer.missing), all=offer.items))))
    if here.maintainer or here.phone:
        out.print(Line(said(Word("doctor.maintainer", name=here.maintainer, phone=here.phone))))
    out.print(Line(said(Word(f"doctor.verdict.{readiness.verdict.value}")), style=f"bold {_LAMP[_VERDICTS[readiness.verdict]]}"))


def _checks(readiness: Readiness, language: str, out: Console) -> None:
    if not readiness.checks:
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    said = ""
    for check in folded(readiness.checks):
        remedy = f"\n{i18n.say(check.remedy, language)}" if check.remedy and check.level is not Level.OK else ""
        if remedy == said:
            remedy = ""  # once is enough for a row of the same
        said = remedy or said
        lamp = Line(i18n.say(Word(f"level.{check.level.value}"), language), style=_LAMP[_LEVELS[check.level]])
        table.add_row(lamp, check.id, i18n.say(check.told, language) + remedy)
    out.print(table)


def _device(device: DeviceView, language: str, out: Console) -> None:
    def said(text: Text) -> str:
        return i18n.say(text, language)

    out.print(Line(f"{said(Word(f'role.{device.role}'))}  {device.role}  {device.kind}  {device.make}", style="bold"))
    out.print(Line(said(health_sentence(device.health)), style=_LAMP[level(device.health)]))
    if device.health.code:
        out.print(Line(said(Word(f"fault.{device.health.code}.next"))))
    _lines("doctor.facts", (f"{fact(name, language)}  {value}" for name, value in sorted(device.facts.items()) if value), language, out)
    _lines("doctor.column.supplies", (said(supply_sentence(one)) for one in device.supplies_left), language, out)
    _lines("doctor.column.last_fault", (said(trouble_sentence(one)) for one in device.troubles), language, out)
    _lines("doctor.column.last_test", (said(result_sentence(one, device.kind)) for one in device.results.values()), language, out)


def _lines(heading: str, lines: Iterable[str], language: str, out: Console) -> None:
    there = list(lines)
    if there:
        out.print(Line(i18n.say(Word(heading), language), style=_LAMP["dim"]))
        for line in there:
            out.print(Line(f"  {line}"))


def show_result(result: Result, kind: str, language: str, out: Console) -> None:
    out.print(Line(i18n.say(result_sentence(result, kind), language), style=f"bold {_LAMP[_OUTCOMES[result.outcome]]}"))
    for name, value in result.facts.items():
        out.print(Line(f"  {fact(name, language)}  {value}"))
