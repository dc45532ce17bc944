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

from kiosk import config
from kiosk.devices.camera.simulated import NOBODY
from kiosk.devices.document_printer.spool import SpoolSimulator
from kiosk.devices.id_card_reader.simulated import SimulatedIdCardReader
from kiosk.devices.receipt_printer.simulated import SimulatedReceiptPrinter
from kiosk.dock import citizens, world
from kiosk.dock.hardware import Hardware
from kiosk.dock.papers import Papers
from kiosk.dock.world import World
from kiosk.model.health import State
from kiosk.people import citizens as people
from kiosk.sandbox.process import Sandbox
from kiosk.screens.dock.window import DockWindow

CONFIG = Path(__file__).resolve().parent.parent.parent / "config.toml"


class Place:
    """One dock with everything behind it."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        self.hardware = Hardware(config.load(CONFIG), folder / "wires", folder / "papers")
        self.window = DockWindow(QRect(0, 0, 440, 1200), "zh_Hans", citizens())
        papers = Papers(self.hardware.receipts, self.hardware.documents, folder / "pages")
        self.world = World(self.hardware, sandbox, papers, self.window)
        self.window.show()
        rest(50)

    def tap(self, name: str) -> None:
        tap(self.window, name)
        rest(20)

    def stop(self) -> None:
        self.world.stop()
        self.window.shut()
        self.hardware.stop()
        self.world.deleteLater()
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
    assert set(place.hardware.wires) == {
        "devices.id_card.wire",
        "devices.face_camera.wire",
        "devices.receipts.wire",
        "devices.documents.out",
        "devices.codes.wire",
        "devices.contactless.wire",
        "devices.pages.wire",
    }
    settings = config.load(CONFIG, place.hardware.wires)
    assert settings.devices["documents"]["out"] == str(place.hardware.documents)


def test_real_hardware_is_left_alone(tmp_path: Path) -> None:
    settings = config.load(CONFIG)
    real = {**settings.devices, "id_card": {"driver": "sam_serial", "port": "/dev/ttyUSB0"}, "documents": {"driver": "cups"}}
    hardware = Hardware(replace(settings, devices=real), tmp_path / "wires", tmp_path / "papers")
    try:
        assert not {role for role in ("id_card", "documents") if any(f".{role}." in wire for wire in hardware.wires)}
        assert set(hardware.stands) == {"face_camera", "receipts", "codes", "contactless", "pages"}
    finally:
        hardware.stop()


def test_what_is_in_hand_is_held_to_its_device_and_taken_away(place: Place) -> None:
    held = {"netcert": ("codes", "code", "CTID1:c01"), "badge": ("codes", "code", "VOL-0001"), "ecard": ("contactless", "card", "e01")}
    for name, (role, fact, what) in {**held, "lease": ("pages", "page", "lease")}.items():
        place.tap(f"hold:{name}")
        assert place.hardware.stands[role][fact] == what
        place.tap(f"hold:{name}")
        assert place.hardware.stands[role][fact] == ""


def test_the_card_on_the_reader_and_the_face_before_the_camera_are_chosen_apart(place: Place) -> None:
    wire, camera = place.hardware.wires["devices.id_card.wire"], Path(place.hardware.wires["devices.face_camera.wire"])
    assert camera.resolve() == NOBODY
    place.tap("card:c03")
    place.tap("face:c05")
    assert name_on_the_reader(wire) == people()["c03"].card.name
    assert camera.resolve() == people()["c05"].clip
    place.tap("card:none")
    assert name_on_the_reader(wire) == ""
    assert camera.resolve() == people()["c05"].clip


def test_a_plug_that_was_pulled_can_be_put_back(place: Place) -> None:
    wires = [Path(place.hardware.wires[f"devices.{role}.wire"]) for role in ("id_card", "face_camera")]
    for role in ("id_card", "face_camera"):
        place.tap(f"toggle:{role}:unplug")
    assert [wire.exists() for wire in wires] == [False, False]
    for role in ("id_card", "face_camera"):
        place.tap(f"toggle:{role}:unplug")
    assert [wire.exists() for wire in wires] == [True, True]


def test_paper_and_covers(place: Place) -> None:
    wire, documents = place.hardware.wires["devices.receipts.wire"], SpoolSimulator(place.hardware.documents)
    place.tap("toggle:receipts:take_paper_out")
    assert receipt_printer_is(wire) == (State.USER_ERROR, "receipt_printer.paper_out")
    place.tap("toggle:receipts:take_paper_out")
    place.tap("toggle:receipts:open_cover")
    assert receipt_printer_is(wire) == (State.USER_ERROR, "receipt_printer.cover_open")
    place.tap("toggle:receipts:open_cover")
    assert receipt_printer_is(wire)[0] is State.READY
    place.tap("toggle:documents:take_paper_out")
    place.tap("toggle:documents:jam")
    assert (documents.condition().paper, documents.condition().jammed) == (False, True)
    place.tap("toggle:documents:take_paper_out")
    place.tap("toggle:documents:jam")
    assert (documents.condition().paper, documents.condition().jammed) == (True, False)


def test_a_cut_network_comes_back_with_those_asleep_still_asleep(place: Place, sandbox: Sandbox) -> None:
    place.tap("asleep:hrss")
    until(lambda: switches(sandbox) == {"hrss": "asleep"})
    place.tap("cut")
    until(lambda: switches(sandbox) == {"*": "refuse_connection"})
    place.tap("cut")
    until(lambda: switches(sandbox) == {"hrss": "asleep"})
    place.tap("asleep:hrss")
    until(lambda: switches(sandbox) == {})


def test_an_order_that_waits_is_paid_by_the_phone(place: Place, sandbox: Sandbox) -> None:
    order(sandbox, "XM0001-1-P1")
    until(lambda: "pay:XM0001-1-P1" in controls(place.window))
    rest(300)  # it glides into sight
    place.tap("pay:XM0001-1-P1")
    until(lambda: sandbox.orders()[-1]["state"] == "paid")
    until(lambda: "pay:XM0001-1-P1" not in controls(place.window))


def test_the_phone_pays_by_itself_while_it_shall(place: Place, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "PHONE", 0.0)
    place.tap("auto_pay")
    until(lambda: bool(controls(place.window)["auto_pay"].property("on")))
    place.world._errands.submit(lambda: None).result()
    order(sandbox, "XM0001-2-P1")
    until(lambda: sandbox.orders()[-1]["state"] == "paid")
    place.tap("auto_pay")
    place.world._errands.submit(lambda: None).result()
    order(sandbox, "XM0001-3-P1")
    until(lambda: "pay:XM0001-3-P1" in controls(place.window))


def test_papers_that_came_out_are_shown_the_newest_first(place: Place) -> None:
    place.hardware.receipts.mkdir(parents=True, exist_ok=True)
    (place.hardware.documents / "out").mkdir(parents=True)
    page = pypdfium2.PdfDocument.new()
    page.new_page(595, 842)
    page.save(place.hardware.documents / "out" / "XM0001-1-C1.pdf")
    page.close()
    for number in (1, 2):
        Image.new("1", (576, 900), 1).save(place.hardware.receipts / f"receipt-000{number}.png")
    shown = {"paper:receipts:0", "paper:receipts:1", "paper:documents:0"}
    until(lambda: shown <= set(controls(place.window)))
    assert str(controls(place.window)["paper:receipts:0"].property("source")).endswith("receipt-0002.png")
    assert str(controls(place.window)["paper:documents:0"].property("source")).endswith("pages/XM0001-1-C1.png")


def test_a_sandbox_that_is_gone_is_said(make_place: Callable[[Sandbox], Place]) -> None:
    place = make_place(Sandbox.at("http://127.0.0.1:9"))
    until(lambda: '"there": false' in str(place.window.root.property("stands")))
    place.tap("cut")  # and nothing breaks
