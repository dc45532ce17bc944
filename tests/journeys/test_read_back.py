"""Every kind of slip, off the wire and through npos, an interpreter nobody here wrote: no unknown command, the words, the code."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import zxingcpp
from citizen import willing, world
from PIL import Image

from kiosk.devices.receipt_printer.simulated import SimulatedReceiptPrinter
from kiosk.flow.visit import Ending
from kiosk.model.paper import Line, Slip
from kiosk.paper import sample
from kiosk.paper.slip import raster
from kiosk.paper.text_slip import parts
from kiosk.testing.printer import visit
from kiosk.tour.people import script

TOOL = Path(__file__).resolve().parent.parent / "tools" / "npos"
pytestmark = pytest.mark.skipif(
    not (TOOL / "node_modules" / "npos").is_dir() or shutil.which("node") is None, reason="npos is not there: .ci/npos says why"
)
MODES = pytest.mark.parametrize("mode", ["raster", "text"])


@dataclass(frozen=True)
class Read:
    """One job as npos sees it."""

    commands: list[str]
    text: str
    pictures: list[Any]

    @property
    def codes(self) -> list[str]:
        """Of the pictures as they come out, one below the other: a slip that is one picture comes in strips."""
        if not self.pictures:
            return []
        wide = max(one.shape[1] for one in self.pictures)
        page = np.concatenate([np.pad(one, ((0, 0), (0, wide - one.shape[1]))) for one in self.pictures])
        return [code.text for code in zxingcpp.read_barcodes(Image.fromarray(~np.pad(page, 16)).convert("L"))]


def read(jobs: list[bytes], folder: Path) -> list[Read]:
    """Raises AssertionError where npos stops at a command that it does not know."""
    paths = [folder / f"job-{number}.bin" for number in range(len(jobs))]
    for path, job in zip(paths, jobs, strict=True):
        path.write_bytes(job)
    done = subprocess.run(["node", TOOL / "read.js", *paths], capture_output=True, text=True, check=True, timeout=60)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["error"] for one in found] == [None] * len(jobs)
    return [Read(one["commands"], one["text"], [dots(picture) for picture in one["pictures"]]) for one in found]


def dots(picture: dict[str, Any]) -> Any:
    packed = np.frombuffer(base64.b64decode(picture["dots"]), dtype=np.uint8).reshape(picture["height"], -1)
    return np.unpackbits(packed, axis=1).astype(np.bool_)


def jobs(simulator: Any) -> list[bytes]:
    """The connections in which something was cut off."""
    return [heard for heard in simulator.heard if b"\x1dVB" in heard]


def holds(character: str) -> bool:
    return SimulatedReceiptPrinter(mode="text", wire="127.0.0.1:1").holds(character)


def as_read(slip: Slip, language: str = "zh_Hans", across: int = 48) -> str:
    lines = [one.text for one in parts(slip, language, across, holds) if isinstance(one, Line)]
    return "".join(line.replace("¥", "￥") + "\n" for line in lines)


def compare(found: list[Read], written: list[Slip], mode: str) -> None:
    assert len(found) == len(written) > 0
    for one, slip in zip(found, written, strict=True):
        assert one.codes == [slip.qr]
        assert "GSV" in one.commands
        if mode == "text":
            assert one.text == as_read(slip)
        else:
            assert one.text == ""


@MODES
@pytest.mark.parametrize(
    "item",
    [
        "household-same-name",
        "household-register-cert",
        "residence-register",
        "traffic-fine-pay",
        "exit-booking",
        "bus-ecard-topup",
        "my-cases",
    ],
)
async def test_the_receipt_of_each_kind_of_item(place, tmp_path, written, item, mode):
    who = script(item, "")
    async with place(citizen=who.citizen, changed={"devices.receipts.mode": mode}) as here:
        answer = willing(here, who)
        served, _ = await here.visit(item, FormView=answer, PayView=answer, on_view=world(here, who))
        assert served.ending is Ending.SERVED
        compare(read(jobs(here.simulator("receipts")), tmp_path), written, mode)
    assert written[0].qr


@MODES
async def test_the_slip_of_a_refund(place, tmp_path, written, mode):
    async with place(changed={"devices.receipts.mode": mode}) as here:

        def pay(view):
            if view.state == "qr":
                here.sandbox.pay(view.order_no)
                here.sandbox.switch("psb-tms", "asleep")
            return {"method": "wechat"} if view.state == "choose" else None

        served, _ = await here.visit("traffic-fine-pay", PayView=pay)
        assert served.ending is Ending.FAULT
        compare(read(jobs(here.simulator("receipts")), tmp_path), written, mode)


@MODES
async def test_the_slip_that_goes_to_a_counter(place, tmp_path, written, mode):
    async with place(changed={"devices.receipts.mode": mode}) as here:
        wishes = [{"remedy": "handover"}, {"remedy": "end"}]
        here.sandbox.switch("psb-pop", "asleep")
        await here.visit("household-same-name", ApologyView=wishes)
        compare(read(jobs(here.simulator("receipts")), tmp_path), written, mode)


SLIP = Slip(
    title="办理结果凭条",
    rows=(("办理人", "王*㐱"), ("姓名", "𠮷䶮"), ("金额", "¥40.00"), ("备注", "\x1b@\x1dV\x00\x10\x04\x01\u202e结束")),
    warning="正在确认付款结果，请勿重复付款",
    qr="https://verify.example/r/XM0001-7K2Q-000123-S",
    qr_caption="扫码查询办理进度",
    station="XM0001",
    hotline="0592-12345",
    printed_at=datetime(2026, 11, 22, 11, 40, tzinfo=UTC),
    reprint=1,
)


@MODES
@pytest.mark.parametrize("width", [576, 384])
async def test_a_reprint_with_rare_and_hostile_characters(tmp_path, mode, width):
    printer = SimulatedReceiptPrinter(out=str(tmp_path), width=width, mode=mode)
    await printer.open()
    await printer.print(
        parts(SLIP, "zh_Hans", printer.columns, printer.holds) if mode == "text" else raster(SLIP, "zh_Hans", width),
        job="V-1-S",
        binding=visit(printer),
    )
    (found,) = read(jobs(printer.simulator), tmp_path)
    await printer.close()
    assert found.codes == [SLIP.qr]
    if mode == "text":
        assert found.text == as_read(SLIP, across=width // 12)
        assert "重打 1，前一张作废" in found.text.replace("\n", "")
        assert "@V结束" in found.text
        assert len(found.pictures) == 3  # two lines with characters that its font has not, and the code


async def test_the_test_page(tmp_path):
    printer = SimulatedReceiptPrinter(out=str(tmp_path))
    await printer.open()
    page = sample.test_page("XM0001", SLIP.printed_at)
    await printer.print(page, job="test", binding=visit(printer))
    (found,) = read(jobs(printer.simulator), tmp_path)
    await printer.close()
    assert found.codes == [sample.code("XM0001", SLIP.printed_at)]
    assert sum(len(one) for one in found.pictures) == len(page)


def test_it_stops_at_what_it_does_not_know(tmp_path):
    """Or it would prove nothing."""
    with pytest.raises(AssertionError):
        read([b"\x1b@\x1b\x07abc\n\x1dVB\x18"], tmp_path)
    assert read([b"\x1b@\x1c&" + "区政务".encode("gb18030") + b"\n\x1dVB\x18"], tmp_path)[0].text == "区政务\n"
    assert replace(SLIP, reprint=0) != SLIP
