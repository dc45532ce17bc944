"""The readiness report: one A4 page to sign and to keep in the folder of the terminal (金安区 asks for a daily one)."""

from __future__ import annotations

from kiosk.i18n import say
from kiosk.model.words import Text, Word
from kiosk.technician.page import Sheet
from kiosk.technician.readiness import Level, Readiness, folded
from kiosk.technician.sentences import fact, health_sentence, moment, result_sentence, supply_in_short, trouble_sentence
from kiosk.technician.view import DeviceView

_IDENTITY = ("sam_number", "serial", "firmware", "address", "port", "device")  # of a device's facts, on paper


def report(readiness: Readiness, language: str) -> bytes:
    """As PDF. Raises Fault("paper.font_missing", STAFF)."""
    here = readiness.station
    sheet = Sheet(Word("report.title"), language, readiness.at, footer=f"{here.name} {here.id} {here.place}")
    sheet.line(f"{here.name}　{here.id}　{here.place}　{moment(readiness.at)}")
    if here.maintainer or here.phone:
        sheet.line(Word("doctor.maintainer", name=here.maintainer, phone=here.phone))
    sheet.line(Word(f"doctor.verdict.{readiness.verdict.value}"), "verdict")
    offer = readiness.offer
    sheet.line(Word("doctor.offer", can=offer.items - len(offer.missing), all=offer.items))
    sheet.heading(Word("report.devices"))
    headings = ("device", "state", "supplies", "last_fault", "last_test")
    sheet.table([Word(f"doctor.column.{one}") for one in headings], [_device(one, language) for one in readiness.devices], "devices")
    sheet.heading(Word("report.checks"))
    checks = folded(readiness.checks)
    bad = [one for one in checks if one.level is not Level.OK]
    sheet.table((), [(Word(f"level.{one.level.value}"), one.id, (one.told, one.remedy)) for one in bad], "checks")
    for one in checks:
        if one.level is Level.OK:
            sheet.line(f"✓ {one.id}: {say(one.told, language)}", "well")
    sheet.heading(Word("report.versions"))
    sheet.line("　".join(f"{say(Word(f'version.{name}'), language)} {value}" for name, value in readiness.versions.items()))
    sheet.sign(Word("report.signature"), Word("report.date"))
    return sheet.to_pdf()


def _device(device: DeviceView, language: str) -> tuple[Text | tuple[Text, ...], ...]:
    identity = " · ".join(f"{fact(name, language)} {device.facts[name]}" for name in _IDENTITY if device.facts.get(name))
    name: tuple[Text, ...] = (f"{say(Word(f'role.{device.role}'), language)} · {device.role}", device.make, identity)
    return (
        name,
        health_sentence(device.health),
        tuple(supply_in_short(one) for one in device.supplies_left),
        tuple(trouble_sentence(one) for one in device.troubles[:1]),
        tuple(result_sentence(one, device.kind) for one in device.results.values()),
    )
