"""What simulated devices keep for themselves goes with them: nothing is left in the temporary folder, whichever way a process ends."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.devices.document_printer.simulated import SimulatedDocumentPrinter
from kiosk.devices.receipt_printer.simulated import SerialPrinterSimulator, SimulatedReceiptPrinter

ALL_OF_THEM = """
import asyncio
import sys

import numpy as np

from kiosk import plugins
from kiosk.__main__ import told_to_end
from kiosk.model.binding import Binding, fresh


async def everything() -> None:
    names = sorted(name for name in plugins.offered(plugins.DRIVERS) if ".simulated" in name)
    devices = {name: plugins.load(plugins.DRIVERS, name)() for name in names}
    for device in devices.values():
        await device.open()
    nonce = fresh()
    binding = Binding.of(nonce, None)
    papers = {"receipt_printer.simulated": np.ones((8, 576), dtype=bool), "document_printer.simulated": b"%PDF-1.7"}
    for name, paper in papers.items():
        devices[name].door.open(nonce)
        await devices[name].print(paper, job="J1", binding=binding)
    print(len(devices), flush=True)
    if "stay" in sys.argv:
        await asyncio.Event().wait()
    for device in devices.values():
        await device.close()


with told_to_end():
    asyncio.run(everything())
"""


@pytest.mark.parametrize("how", ["by itself", "SIGTERM"])
def test_nothing_is_left_of_any_simulated_device(tmp_path: Path, how: str) -> None:
    command = [sys.executable, "-c", ALL_OF_THEM, *(["stay"] if how == "SIGTERM" else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(tmp_path)})
    assert process.stdout is not None
    with process:
        assert int(process.stdout.readline()) >= 10
        if how == "SIGTERM":
            assert len(list(tmp_path.glob("kiosk-*"))) >= 7
            assert len(list(tmp_path.glob("kiosk-receipts-*/*.png"))) == len(list(tmp_path.glob("kiosk-documents-*/out/*.pdf"))) == 1
            process.send_signal(signal.SIGTERM)
    assert process.returncode == (128 + signal.SIGTERM if how == "SIGTERM" else 0)
    assert list(tmp_path.iterdir()) == []


def test_it_is_gone_when_nobody_holds_the_device() -> None:
    documents, receipts, serial = SimulatedDocumentPrinter(), SimulatedReceiptPrinter(), SerialPrinterSimulator(Path())
    assert receipts.simulator is not None
    folders = [documents.simulator.folder, receipts.simulator.folder, Path(serial.start()).parent]
    serial.stop()
    assert all(folder.is_dir() for folder in folders)
    for printer in (documents, receipts):
        printer.lane.close()
    del documents, receipts, serial, printer
    gc.collect()
    assert not any(folder.exists() for folder in folders)
