"""What is known, as the technician's screens show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kiosk import i18n
from kiosk.devices.camera import Camera
from kiosk.devices.code_scanner import CodeScanner
from kiosk.devices.contactless_reader import ContactlessReader
from kiosk.devices.document_camera import DocumentCamera
from kiosk.devices.document_printer import DocumentPrinter
from kiosk.devices.id_card_reader import IdCardReader
from kiosk.devices.microphone import Microphone
from kiosk.devices.power import Power
from kiosk.devices.receipt_printer import ReceiptPrinter
from kiosk.devices.speaker import Speaker
from kiosk.model.health import Health, State
from kiosk.model.words import Text, Word
from kiosk.technician.glass.views import Act, CheckLine, DeviceLine, Lamp, Pairs, ServiceDeviceView, ServiceTaskView, ServiceView
from kiosk.technician.readiness import Check, Level, Readiness, Verdict, folded
from kiosk.technician.record import Outcome, Result
from kiosk.technician.self_test import SCREEN, self_tests
from kiosk.technician.sentences import health_sentence, level, result_sentence, supply_in_short, supply_sentence, trouble_sentence
from kiosk.technician.view import DeviceView

ICONS = {
    IdCardReader.kind: "card-account-details-outline",
    Camera.kind: "camera",
    ReceiptPrinter.kind: "receipt-text-outline",
    DocumentPrinter.kind: "printer",
    CodeScanner.kind: "qrcode-scan",
    ContactlessReader.kind: "contactless-payment",
    DocumentCamera.kind: "file-document-outline",
    Speaker.kind: "volume-high",
    Microphone.kind: "microphone",
    Power.kind: "power-plug-battery",
    SCREEN: "gesture-tap",
}
FOREMOST = {"bad": 0, "warn": 1, "good": 2}
LEVELS = {Level.OK: "good", Level.WARN: "warn", Level.FAIL: "bad", Level.UNKNOWN: "warn"}
VERDICTS = {Verdict.READY: "good", Verdict.VISIT: "warn", Verdict.UNFIT: "bad"}
OUTCOMES = {Outcome.PASS: "good", Outcome.FAIL: "bad", Outcome.SKIPPED: "dim"}
GLASS = DeviceView(role=SCREEN, kind=SCREEN, make="", health=Health(state=State.READY))  # it shows this, so it works


def overview(technician: str, devices: Iterable[DeviceView], readiness: Readiness | None, *, looking: bool) -> ServiceView:
    lines = sorted((_line(device) for device in devices), key=lambda line: FOREMOST[line.lamp.level])
    if readiness is None:
        return ServiceView(
            technician=technician, verdict=Lamp(level="dim", word=Word("service.looking")), looking=looking, devices=tuple(lines)
        )
    checks, offer, verdict = readiness.checks, readiness.offer, readiness.verdict
    return ServiceView(
        technician=technician,
        verdict=Lamp(level=VERDICTS[verdict], word=Word(f"doctor.verdict.{verdict.value}")),
        offer=Word("doctor.offer", can=offer.items - len(offer.missing), all=offer.items),
        looking=looking,
        devices=tuple(lines),
        checks=check_lines(check for check in checks if check.level is not Level.OK),
        checked=Word("check.folded", well=sum(check.level is Level.OK for check in checks), all=len(checks)),
    )


def _line(device: DeviceView) -> DeviceLine:
    newest = max(device.results.values(), key=lambda result: result.time, default=None)
    return DeviceLine(
        role=device.role,
        name=Word(f"role.{device.role}"),
        icon=ICONS.get(device.kind, "devices"),
        lamp=_lamp(device.health),
        detail=health_sentence(device.health) if device.health.code else "",
        supplies=tuple(supply_in_short(one) for one in device.supplies_left),
        tested=result_sentence(newest, device.kind) if newest is not None else Word("service.never_tested"),
    )


def one_device(device: DeviceView) -> ServiceDeviceView:
    health = device.health
    results = sorted(device.results.values(), key=lambda result: result.time, reverse=True)
    own = ((Word("service.kind"), device.kind), (Word("service.make"), device.make)) if device.make else ()
    return ServiceDeviceView(
        role=device.role,
        name=Word(f"role.{device.role}"),
        icon=ICONS.get(device.kind, "devices"),
        lamp=_lamp(health),
        detail=health_sentence(health) if health.code else "",
        remedy=Word(f"fault.{health.code}.next") if health.code else "",
        facts=(*pairs(device.facts), *own),
        troubles=tuple((trouble_sentence(one), Word(f"fault.{one.code}.next")) for one in device.troubles),
        results=tuple((outcome_lamp(result), result_sentence(result, device.kind)) for result in results),
        supplies=tuple(Act(id=one.supply, title=supply_sentence(one)) for one in device.supplies_left),
        tests=tuple(Act(id=test.name, title=Word(f"test.{device.kind}.{test.name}")) for test in self_tests(device.kind)),
    )


def result_view(result: Result, kind: str) -> ServiceTaskView:
    facts = {name: value for name, value in result.facts.items() if name != "map"}
    return ServiceTaskView(
        title=Word(f"test.{kind}.{result.test}"),
        state="done",
        text=result_sentence(result, kind),
        lamp=outcome_lamp(result),
        facts=pairs(facts),
        dead_zones=result.facts.get("map", ""),
        again=True,
    )


def check_lines(checks: Iterable[Check]) -> tuple[CheckLine, ...]:
    """The worst first; many alike that are well are one line."""
    lines = [
        CheckLine(
            id=check.id,
            lamp=Lamp(level=LEVELS[check.level], word=Word(f"level.{check.level.value}")),
            told=check.told,
            remedy=check.remedy if check.level is not Level.OK else "",
        )
        for check in folded(checks)
    ]
    return tuple(sorted(lines, key=lambda line: FOREMOST[line.lamp.level]))


def outcome_lamp(result: Result) -> Lamp:
    return Lamp(level=OUTCOMES[result.outcome], word=Word(f"service.outcome.{result.outcome.value}"))


def pairs(facts: Mapping[str, str]) -> Pairs:
    """With the house's words for names and for the values that are words; a driver may tell facts that it has none for."""
    return tuple((_worded(f"fact.{name}", name), _value(name, value)) for name, value in facts.items() if value)


def _value(name: str, value: str) -> Text:
    word = _worded(f"service.value.{value}", value)
    return _worded(f"face.hint.{value}", word) if name == "face" else word


def _worded(key: str, otherwise: Text) -> Text:
    return Word(key) if key in i18n.table(i18n.REFERENCE) else otherwise


def _lamp(health: Health) -> Lamp:
    return Lamp(level=level(health), word=Word(f"state.{health.state.value}"))
