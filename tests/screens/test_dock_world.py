"""The dock's hands reach the world: simulators by their wires, the sandbox by HTTP; and what came of it is shown."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import requests
from hands import controls, rest, tap, until
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QRect
from PySide6.QtQuick import QQuickItem

from kiosk import config
from kiosk.devices.camera.simulated import NOBODY
from kiosk.devices.code_scanner.simulated import SimulatedCodeScanner
from kiosk.devices.contactless_reader.simulated import SimulatedContactlessReader
from kiosk.devices.contactless_reader.simulated_card import cards
from kiosk.devices.document_printer.spool import SpoolSimulator
from kiosk.devices.id_card_reader.simulated import SimulatedIdCardReader
from kiosk.devices.receipt_printer.simulated import SimulatedReceiptPrinter
from kiosk.devices.roles import ROLES
from kiosk.dock import citizens
from kiosk.dock.hands import Hands
from kiosk.dock.papers import Papers
from kiosk.model.faults import Fault
from kiosk.model.health import State
from kiosk.people import citizens as people
from kiosk.sandbox.process import Sandbox
from kiosk.screens.dock.window import DockWindow
from kiosk.world import World
from kiosk.world.sandbox import parts

CONFIG = Path(__file__).resolve().parent.parent.parent / "config.toml"


class Place:
    """One dock with everything behind it."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.world = World(config.load(CONFIG), folder / "wires", folder / "papers", parts(sandbox))
        self.window = DockWindow(QRect(0, 0, 440, 2400), "zh_Hans", citizens(), self.world.described())
        self.hands = Hands(self.world, Papers(self.world, folder / "pages"), self.window)
        self.receipts, self.documents = folder / "papers" / "receipts", folder / "papers" / "documents"
        self.window.show()
        rest(50)
        for role in ("id_card", "face_camera"):  # open at first, and long: the others come into sight
            self.tap(f"panel:{role}")

    def tap(self, name: str) -> None:
        until(lambda: name in controls(self.window))
        self.window.grabWindow()  # what moves because of the last press stands where it will stand
        tap(self.window, name)
        rest(20)

    def pull(self, name: str) -> None:
        """Press it, having looked for its part first; returns when it is done."""
        line = self.window.root.findChild(QQuickItem, "line:filter")
        assert line is not None
        line.setProperty("text", name.partition(".")[0])
        rest(30)
        self.tap(name)
        self.hands._errands.submit(lambda: None).result()
        line.setProperty("text", "")
        rest(30)

    def on(self, name: str) -> bool:
        shown = controls(self.window)
        return name in shown and bool(shown[name].property("on") or shown[name].property("chosen"))

    def stop(self) -> None:
        self.hands.stop()
        self.window.shut()
        self.world.stop()
        self.hands.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def make_place(tmp_path: Path) -> Iterator[Callable[[Sandbox], Place]]:
    made: list[Place] = []

    def make(sandbox: Sandbox) -> Place:
        made.append(Place(tmp_path, sandbox))
        return made[-1]

    yield make
    for place in made:
        place.stop()


@pytest.fixture
def place(make_place: Callable[[Sandbox], Place], sandbox: Sandbox) -> Place:
    return make_place(Sandbox.at(sandbox.url))


def name_on_the_reader(wire: str) -> str:
    async def read() -> str:
        reader = SimulatedIdCardReader(wire=wire)
        await reader.open()
        try:
            return (await reader.read()).name if await reader.find() else ""
        finally:
            await reader.close()
            reader.lane.close()

    return asyncio.run(read())


def receipt_printer_is(wire: str) -> tuple[State, str]:
    async def look() -> tuple[State, str]:
        printer = SimulatedReceiptPrinter(wire=wire)
        await printer.open()
        try:
            return printer.health.state, printer.health.code
        finally:
            await printer.close()
            printer.lane.close()

    return asyncio.run(look())


def on_the_plate(wire: str) -> str:
    async def find() -> str:
        reader = SimulatedContactlessReader(wire=wire)
        await reader.open()
        try:
            return await reader.find() or ""
        except Fault as fault:
            assert fault.code == "contactless_reader.unknown_card"
            return "no purse"
        finally:
            await reader.close()
            reader.lane.close()

    return asyncio.run(find())


def first_code(wire: str) -> str:
    async def read() -> str:
        scanner = SimulatedCodeScanner(wire=wire)
        await scanner.open()
        try:
            return await scanner.scan()
        finally:
            await scanner.close()
            scanner.lane.close()

    return asyncio.run(read())


def switches(sandbox: Sandbox) -> dict[str, str]:
    with requests.Session() as session:
        session.trust_env = False
        found = session.get(sandbox.url + "/_sandbox/switches", timeout=5).json()["set"]
    return {one["system"]: one["fault"] for one in found}


def order(sandbox: Sandbox, number: str) -> None:
    body = {"order_no": number, "amount_fen": 10_000, "method": "wechat", "subject": "罚款", "expires": 60}
    with requests.Session() as session:
        session.trust_env = False
        session.post(sandbox.url + "/pay/create", json=body, headers={"X-Request-Id": "0123456789"}, timeout=5).raise_for_status()


def test_a_serving_process_is_told_every_wire(place: Place) -> None:
    wired = set(ROLES) - {"documents", "headphones"}
    assert set(place.world.wires) == {f"devices.{role}.wire" for role in wired} | {"devices.documents.out", "devices.sound.jack"}
    settings = config.load(CONFIG, place.world.wires)
    assert settings.devices["documents"]["out"] == str(place.documents)


def test_real_hardware_is_left_alone(tmp_path: Path) -> None:
    settings = config.load(CONFIG)
    real = {**settings.devices, "id_card": {"driver": "sam_serial", "port": "/dev/ttyUSB0"}, "documents": {"driver": "cups"}}
    world = World(replace(settings, devices=real), tmp_path / "wires", tmp_path / "papers")
    try:
        assert not {role for role in ("id_card", "documents") if any(f".{role}." in wire for wire in world.wires)}
        assert set(world.stands()) == set(ROLES) - {"id_card", "documents", "headphones"}
    finally:
        world.stop()


def test_every_card_there_is_can_be_laid_on_the_plate(place: Place) -> None:
    wire = place.world.wires["devices.contactless.wire"]
    for name, card in cards().items():
        place.pull(f"contactless.put_card={name}")
        assert on_the_plate(wire) == (card.number if name != "bank_card" else "no purse")
    place.pull("contactless.lift_card")
    assert on_the_plate(wire) == ""


def test_a_code_is_read_while_it_is_held_and_no_longer_shown_when_it_is_not(place: Place) -> None:
    wire = place.world.wires["devices.codes.wire"]
    place.pull("codes.show_net_certificate=c05")
    assert first_code(wire) == "CTID1:c05"
    place.pull("codes.show_code=VOL-0001")
    assert first_code(wire) == "VOL-0001"
    place.tap("panel:codes")
    until(lambda: place.on("codes.show_code=VOL-0001"))
    until(lambda: place.on("codes.take_code_away"))  # nobody holds a code for ever
    assert not place.on("codes.show_code=VOL-0001")


def test_the_card_on_the_reader_and_the_face_before_the_camera_are_chosen_apart(place: Place) -> None:
    wire, camera = place.world.wires["devices.id_card.wire"], Path(place.world.wires["devices.face_camera.wire"])
    assert camera.resolve() == NOBODY
    place.pull("id_card.put_card=c03")
    place.pull("face_camera.show=c05")
    assert name_on_the_reader(wire) == people()["c03"].card.name
    assert camera.resolve() == people()["c05"].clip
    place.pull("id_card.put_card=c03")  # a second press takes it back
    assert name_on_the_reader(wire) == ""
    assert camera.resolve() == people()["c05"].clip


def test_a_plug_that_was_pulled_can_be_put_back(place: Place) -> None:
    wires = [Path(place.world.wires[f"devices.{role}.wire"]) for role in ("id_card", "face_camera")]
    for there in (False, True):
        for role in ("id_card", "face_camera"):
            place.pull(f"{role}.unplug")
        assert [wire.exists() for wire in wires] == [there, there]


def test_paper_and_covers(place: Place) -> None:
    wire, documents = place.world.wires["devices.receipts.wire"], SpoolSimulator(place.documents)
    place.pull("receipts.take_paper_out")
    assert receipt_printer_is(wire) == (State.USER_ERROR, "receipt_printer.paper_out")
    place.pull("receipts.take_paper_out")
    place.pull("receipts.open_cover")
    assert receipt_printer_is(wire) == (State.USER_ERROR, "receipt_printer.cover_open")
    place.pull("receipts.open_cover")
    assert receipt_printer_is(wire)[0] is State.READY
    for there in (False, True):
        place.pull("documents.take_paper_out")
        place.pull("documents.jam")
        assert (documents.condition().paper, documents.condition().jammed) == (there, not there)


def test_what_another_hand_did_is_shown(place: Place) -> None:
    SpoolSimulator(place.documents).jam()
    place.tap("panel:documents")
    until(lambda: place.on("documents.jam"))


def test_a_department_is_made_to_misbehave_and_mended(place: Place, sandbox: Sandbox) -> None:
    def pull(*names: str) -> None:
        for name in names:
            place.tap(name)
        place.hands._errands.submit(lambda: None).result()
        rest(50)

    place.tap("panel:sandbox")
    pull("sandbox.department:system", "sandbox.department:system=hrss", "sandbox.department:fault", "sandbox.department:fault=html")
    pull("sandbox.department")
    assert switches(sandbox) == {"hrss": "html"}
    pull("sandbox.cut_network")
    assert sandbox.stands()["cut"]
    pull("sandbox.cut_network")
    assert not sandbox.stands()["cut"]
    pull("sandbox.department:hrss")
    assert switches(sandbox) == {}


def test_an_order_that_waits_is_paid_by_the_phone(place: Place, sandbox: Sandbox) -> None:
    order(sandbox, "XM0001-1-P1")
    until(lambda: place.on("phone.pay"))  # its panel opens by itself
    place.pull("phone.pay")
    assert sandbox.orders()[-1]["state"] == "paid"


def test_the_phone_pays_by_itself_while_it_shall(place: Place, sandbox: Sandbox) -> None:
    sandbox.auto_pay(0.0)
    place.tap("panel:phone")
    until(lambda: "phone.pay_by_hand" in controls(place.window) and not place.on("phone.pay_by_hand"))
    order(sandbox, "XM0001-2-P1")
    until(lambda: sandbox.orders()[-1]["state"] == "paid")
    place.pull("phone.pay_by_hand")
    order(sandbox, "XM0001-3-P1")
    until(lambda: place.on("phone.pay"))


def test_papers_that_came_out_are_shown_the_newest_first(place: Place) -> None:
    place.receipts.mkdir(parents=True, exist_ok=True)
    (place.documents / "out").mkdir(parents=True)
    page = pypdfium2.PdfDocument.new()
    page.new_page(595, 842)
    page.save(place.documents / "out" / "XM0001-1-C1.pdf")
    page.close()
    for number in (1, 2):
        Image.new("1", (576, 900), 1).save(place.receipts / f"receipt-000{number}.png")
    shown = {"paper:receipts:0", "paper:receipts:1", "paper:documents:0"}
    until(lambda: shown <= set(controls(place.window)))
    assert str(controls(place.window)["paper:receipts:0"].property("source")).endswith("receipt-0002.png")
    assert str(controls(place.window)["paper:documents:0"].property("source")).endswith("pages/XM0001-1-C1.png")


def test_a_sandbox_that_is_gone_is_said(make_place: Callable[[Sandbox], Place]) -> None:
    place = make_place(Sandbox.at("http://127.0.0.1:9"))
    until(lambda: bool(place.window.root.property("gone")))
    place.pull("sandbox.cut_network")  # and nothing breaks
