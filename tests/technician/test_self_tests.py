"""Each self-test with a simulated device and a person's hand: passed, failed and skipped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from people import Hand, bench, words_of
from PIL import Image

from kiosk import plugins
from kiosk.devices.camera.simulated import SimulatedCamera
from kiosk.devices.code_scanner.simulated import SimulatedCodeScanner
from kiosk.devices.contactless_reader.simulated import SimulatedContactlessReader
from kiosk.devices.device import Device
from kiosk.devices.document_camera.simulated import SimulatedDocumentCamera
from kiosk.devices.document_printer.simulated import SimulatedDocumentPrinter
from kiosk.devices.id_card_reader.simulated import SimulatedIdCardReader
from kiosk.devices.microphone.simulated import SimulatedMicrophone
from kiosk.devices.power.simulated import SimulatedPower
from kiosk.devices.receipt_printer.simulated import SimulatedReceiptPrinter
from kiosk.devices.roles import ROLES
from kiosk.devices.speaker.simulated import SimulatedSpeaker
from kiosk.i18n import LANGUAGES, table
from kiosk.people import citizens
from kiosk.technician.record import Outcome, Record, Result
from kiosk.technician.self_test import SCREEN, Examiner, self_tests
from kiosk.technician.self_tests.camera import measured
from kiosk.technician.self_tests.screen import COLUMNS, ROWS, dead_zones
from kiosk.testing.counter import faces
from kiosk.testing.printer import visit

Open = Callable[[Device], Awaitable[Any]]


@pytest.fixture
async def opened() -> AsyncIterator[Open]:
    devices: list[Device] = []

    async def open_(device: Device) -> Device:
        devices.append(device)
        await device.open()
        return device

    yield open_
    for device in devices:
        await device.close()
        device.lane.close()


async def outcome_of(
    record: Record, hand: Hand, role: str, name: str, *, patience: float = 5.0, room: Any = None, **devices: Device
) -> Result:
    kind = devices[role].kind if role in devices else SCREEN
    test = next(one for one in self_tests(kind) if one.name == name)
    return await Examiner(technician="t1", record=record).run(test, role, bench(hand, devices, faces=room, patience=patience))


def qr_in(slip: Any) -> str:
    """What a scanner makes of the picture of a slip."""
    (found,) = zxingcpp.read_barcodes(slip)
    return found.text


def film(camera: SimulatedCamera, picture: Any) -> None:
    """The camera sees `picture` from now on, with the noise that every sensor has."""
    assert camera.simulator is not None
    noise = np.random.default_rng(1)
    frames = [np.clip(picture + noise.integers(-3, 4, picture.shape), 0, 255).astype(np.uint8) for _ in range(15)]
    camera.simulator.film("scene", frames, 15)


def test_every_kind_has_a_self_test_with_words():
    for kind in [role.kind.kind for role in ROLES.values()] + [SCREEN]:
        tests = self_tests(kind)
        assert tests, kind
        for test in tests:
            assert test.kind == kind
            assert all(f"test.{kind}.{test.name}" in table(language) for language in LANGUAGES)
    for name in plugins.offered(plugins.SELF_TESTS):
        test = plugins.load(plugins.SELF_TESTS, name)
        assert name == f"{test.kind}.{test.name}"


async def test_a_card_is_read_masked_and_not_kept(record, opened, tmp_path: Path):
    reader = await opened(SimulatedIdCardReader(name="id_card"))
    hand = Hand(does={"test.id_card_reader.read.put": lambda: reader.simulator.put_card("c01")})
    result = await outcome_of(record, hand, "id_card", "read", id_card=reader)
    assert result.outcome is Outcome.PASS
    assert result.facts["kind"] == "mainland" and result.facts["sam_number"].startswith("05.01-")
    card = citizens()["c01"].card
    seen = next(words for words in hand.told if words.key.endswith(".seen"))
    assert seen.args == {"name": card.name[0] + "*", "number": card.id_number[-4:]}
    assert record.results("id_card") == (result,)
    for secret in (card.name.encode().decode("latin-1"), card.id_number, card.id_number[-6:]):
        assert secret not in words_of(tmp_path / "state")


async def test_without_a_card_it_is_skipped_and_a_dead_reader_fails(record, opened):
    reader = await opened(SimulatedIdCardReader(name="id_card"))
    assert (await outcome_of(record, Hand(), "id_card", "read", id_card=reader, patience=0.05)).outcome is Outcome.SKIPPED
    reader.simulator.unplug()
    result = await outcome_of(record, Hand(), "id_card", "read", id_card=reader)
    assert (result.outcome, result.code) == (Outcome.FAIL, "id_card_reader.absent")


async def test_a_printed_slip_is_read_back_by_the_scanner(record, opened, tmp_path: Path):
    printer = await opened(SimulatedReceiptPrinter(name="receipts", out=str(tmp_path / "out")))
    scanner = await opened(SimulatedCodeScanner(name="codes"))

    def hold_it_there() -> None:
        with Image.open(tmp_path / "out" / "receipt-0001.png") as slip:
            scanner.simulator.show_code(qr_in(np.asarray(slip.convert("L"))))

    hand = Hand(True, does={"test.receipt_printer.print.scan": hold_it_there})
    result = await outcome_of(record, hand, "receipts", "print", receipts=printer, codes=scanner)
    assert (result.outcome, result.facts["qr_read_by"]) == (Outcome.PASS, "codes")


async def test_without_a_scanner_the_camera_reads_it_back(record, opened, tmp_path: Path):
    printer = await opened(SimulatedReceiptPrinter(name="receipts", out=str(tmp_path / "out")))
    camera = await opened(SimulatedCamera(name="face_camera"))

    def hold_it_there() -> None:
        with Image.open(tmp_path / "out" / "receipt-0001.png") as slip:
            code = slip.convert("RGB").crop((0, slip.height - 480, 576, slip.height))
        scene = Image.new("RGB", (640, 480), "grey")
        scene.paste(code, (32, 0))
        film(camera, np.asarray(scene, dtype=np.int16)[:, :, ::-1])

    hand = Hand(True, does={"test.receipt_printer.print.hold": hold_it_there})
    result = await outcome_of(record, hand, "receipts", "print", receipts=printer, face_camera=camera)
    assert (result.outcome, result.facts["qr_read_by"]) == (Outcome.PASS, "face_camera")


async def test_another_code_an_uneven_print_and_no_paper_fail(record, opened, tmp_path: Path):
    printer = await opened(SimulatedReceiptPrinter(name="receipts", out=str(tmp_path / "out")))
    scanner = await opened(SimulatedCodeScanner(name="codes"))
    hand = Hand(True, does={"test.receipt_printer.print.scan": lambda: scanner.simulator.show_code("ANOTHER")})
    assert (await outcome_of(record, hand, "receipts", "print", receipts=printer, codes=scanner)).code == "other_code"
    assert (await outcome_of(record, Hand(False), "receipts", "print", receipts=printer)).code == "uneven"
    assert (await outcome_of(record, Hand(None), "receipts", "print", receipts=printer)).outcome is Outcome.SKIPPED
    printer.simulator.take_paper_out()
    assert (await outcome_of(record, Hand(), "receipts", "print", receipts=printer)).code == "receipt_printer.paper_out"


async def test_a_page_comes_out_and_the_visit_keeps_its_printer(record, opened, tmp_path: Path):
    printer = await opened(SimulatedDocumentPrinter(name="documents", out=str(tmp_path / "out"), seconds=0.01))
    binding = visit(printer)
    result = await outcome_of(record, Hand(True), "documents", "page", documents=printer)
    assert result.outcome is Outcome.PASS and printer.door.admits(binding)
    assert len(list((tmp_path / "out" / "out").glob("technician-*.pdf"))) == 1
    printer.simulator.jam()
    assert (await outcome_of(record, Hand(), "documents", "page", documents=printer)).code == "document_printer.jammed"


async def test_a_visit_that_begins_while_a_page_is_printed_owns_the_printer(record, opened, tmp_path: Path):
    printer = await opened(SimulatedDocumentPrinter(name="documents", out=str(tmp_path / "out"), seconds=0.2))
    testing = asyncio.create_task(outcome_of(record, Hand(True), "documents", "page", documents=printer))
    while not printer.simulator.waiting():
        await asyncio.sleep(0.005)
    binding = visit(printer)
    result = await testing
    assert (result.outcome, result.code) == (Outcome.FAIL, "document_printer.wrong_owner")
    assert printer.door.admits(binding)
    assert not list((tmp_path / "out").glob("out/*.pdf"))


async def test_a_code_is_echoed(record, opened, tmp_path: Path):
    scanner = await opened(SimulatedCodeScanner(name="codes"))
    hand = Hand(does={"test.code_scanner.echo.show": lambda: scanner.simulator.show_code("SECRET-OF-A-PHONE")})
    result = await outcome_of(record, hand, "codes", "echo", codes=scanner)
    assert result.outcome is Outcome.PASS and result.facts["characters"] == "17"
    assert "SECRET-OF-A-PHONE" not in words_of(tmp_path / "state")
    scanner.simulator.take_code_away()
    assert (await outcome_of(record, Hand(), "codes", "echo", codes=scanner, patience=0.05)).outcome is Outcome.SKIPPED


async def test_a_card_on_the_plate_is_found(record, opened):
    reader = await opened(SimulatedContactlessReader(name="contactless"))
    hand = Hand(does={"test.contactless_reader.card.put": lambda: reader.simulator.put_card("e01")})
    result = await outcome_of(record, hand, "contactless", "card", contactless=reader)
    assert result.outcome is Outcome.PASS and result.facts["relay"] == "true"


async def test_a_page_on_the_desk_is_taken(record, opened):
    camera = await opened(SimulatedDocumentCamera(name="pages"))
    hand = Hand(does={"test.document_camera.page.lay": lambda: camera.simulator.lay_page("lease")})
    result = await outcome_of(record, hand, "pages", "page", pages=camera)
    assert result.outcome is Outcome.PASS and hand.seen
    camera.simulator.blur()
    assert (await outcome_of(record, Hand(), "pages", "page", pages=camera)).code == "page_blurred"


async def test_a_sweep_is_heard_or_not_and_is_clean_or_not(record, opened):
    speaker = await opened(SimulatedSpeaker(name="sound"))
    result = await outcome_of(record, Hand(True, True), "sound", "sweep", sound=speaker)
    assert (result.outcome, result.facts["volume"]) == (Outcome.PASS, "70")
    assert speaker.simulator.heard().seconds > 3.5
    assert (await outcome_of(record, Hand(True, False), "sound", "sweep", sound=speaker)).code == "rattles"
    speaker.simulator.turn_down()
    assert (await outcome_of(record, Hand(False), "sound", "sweep", sound=speaker)).code == "not_heard"
    assert (await outcome_of(record, Hand(None), "sound", "sweep", sound=speaker)).outcome is Outcome.SKIPPED
    speaker.simulator.unplug()
    assert (await outcome_of(record, Hand(), "sound", "sweep", sound=speaker)).code == "speaker.absent"


async def test_two_seconds_are_heard_again_and_silence_is_told(record, opened):
    microphone, speaker = await opened(SimulatedMicrophone(name="microphone")), await opened(SimulatedSpeaker(name="sound"))
    microphone.simulator.talk()
    result = await outcome_of(record, Hand(True), "microphone", "listen", microphone=microphone, sound=speaker)
    assert result.outcome is Outcome.PASS and int(result.facts["level"].split()[0]) > 1
    assert speaker.simulator.heard().seconds > 1.9
    assert (await outcome_of(record, Hand(False), "microphone", "listen", microphone=microphone, sound=speaker)).code == "not_clear"
    assert (await outcome_of(record, Hand(), "microphone", "listen", microphone=microphone)).outcome is Outcome.PASS
    microphone.simulator.cover()
    assert (await outcome_of(record, Hand(), "microphone", "listen", microphone=microphone)).code == "microphone.silent"


async def test_a_picture_in_numbers_and_a_covered_lens(record, opened):
    camera = await opened(SimulatedCamera(name="face_camera", citizen="c01"))
    hand, room = Hand(), faces()
    result = await outcome_of(record, hand, "face_camera", "picture", face_camera=camera, room=room)
    assert (result.outcome, result.facts["face"], result.facts["size"]) == (Outcome.PASS, "good", "640x480")
    assert hand.seen
    assert (await outcome_of(record, Hand(True), "face_camera", "picture", face_camera=camera)).outcome is Outcome.PASS
    assert (await outcome_of(record, Hand(False), "face_camera", "picture", face_camera=camera)).code == "picture_not_right"
    assert (await outcome_of(record, Hand(None), "face_camera", "picture", face_camera=camera)).outcome is Outcome.SKIPPED
    camera.simulator.cover_lens()
    assert (await outcome_of(record, Hand(), "face_camera", "picture", face_camera=camera)).code in ("dark", "camera.black")
    room.lane.close()


def test_a_fingerprint_on_the_lens_is_told_from_a_clean_one():
    noise = np.random.default_rng(1).integers(0, 255, (240, 320, 3), dtype=np.uint8)
    smooth = np.full((240, 320, 3), 128, np.uint8)
    assert float(measured(noise)["sharpness"]) > 1_000 > 1 > float(measured(smooth)["sharpness"])


async def test_dead_cells_are_drawn_where_they_are(record):
    everywhere = {(column, row) for column in range(COLUMNS) for row in range(ROWS)}
    assert (await outcome_of(record, Hand(touches=everywhere), SCREEN, "touch")).outcome is Outcome.PASS
    result = await outcome_of(record, Hand(touches=everywhere - {(0, 0), (1, 0)}), SCREEN, "touch")
    assert (result.code, result.facts["dead"]) == ("dead_zone", "2")
    assert result.facts["map"].splitlines()[0] == "██" + "·" * (COLUMNS - 2)
    assert dead_zones({(1, 0)}, 2, 2) == "█·\n██"
    assert (await outcome_of(record, Hand(), SCREEN, "touch")).outcome is Outcome.SKIPPED


async def test_a_battery_is_tested_on_the_mains_alone(record, opened):
    power = await opened(SimulatedPower())
    passed = await outcome_of(record, Hand(), "power", "battery", power=power)
    assert passed.outcome is Outcome.PASS and passed.facts["charge"] == "100"
    power.simulator.wear_battery()
    assert (await outcome_of(record, Hand(), "power", "battery", power=power)).code == "battery_failed"
    power.simulator.cut_mains()
    assert (await outcome_of(record, Hand(), "power", "battery", power=power)).code == "on_battery"
