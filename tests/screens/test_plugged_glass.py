"""Headphones at the real socket's wire, the real house, the real glass: plugged in on the first screen, the reader begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from clocks import HandClock
from hands import until
from PySide6.QtCore import QCoreApplication, QEvent

from kiosk import app
from kiosk.devices.speaker.simulated_jack import JackSimulator
from kiosk.engine import Engine
from kiosk.flow.day import Served, day
from kiosk.flow.desk import Desk
from kiosk.sandbox.process import Sandbox
from kiosk.screens.stage import QtStage
from kiosk.screens.window import Glass, Ways
from kiosk.testing.counter import QUICK, faces, settings

PATIENT = 60_000


@pytest.mark.timeout(300)
def test_plugging_in_begins_the_reader_and_pulling_out_takes_the_leave_back(
    glass: Glass, sandbox: Sandbox, state: Path, tmp_path: Path
) -> None:
    HandClock.made = []
    jack = JackSimulator(tmp_path / "jack")
    jack.start()
    taken = settings(sandbox.url, state, devices__headphones__driver="simulated", devices__headphones__jack=str(jack.path))
    stage = QtStage(glass, clock=HandClock)
    met: list[Desk] = []

    async def serve() -> Served:
        async with app.house(taken, stage, QUICK, faces()) as desk:
            met.append(desk)
            return await day(app.shelves(taken), desk)

    engine = Engine(serve, lambda: None)
    engine.start()
    try:
        until(lambda: bool(glass.asking and met and met[0].sounds.plugged is False and met[0].sounds.socket), PATIENT)
        assert glass.ways == Ways()
        jack.put(True)
        until(lambda: glass.ways.reader, PATIENT)
        until(lambda: met[0].sounds.private, PATIENT)
        glass.use(Ways(reader=True, voice=True, personal=True))
        jack.put(False)
        until(lambda: not glass.ways.personal, PATIENT)
        assert not met[0].sounds.private and glass.ways.reader
    finally:
        engine.stop()
        stage.shut()
        stage.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        jack.stop()
