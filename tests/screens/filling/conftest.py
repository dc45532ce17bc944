"""A form on the real glass, touched by a touch device as a finger would."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from touching import Paper, Show

from kiosk.flow.views import Field, FormView
from kiosk.model.words import Text
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """`show([Field(…), …], {name: value}, {name: error}, width=…, height=…, care=…, language=…)` → Paper."""
    device = QTest.createTouchDevice()
    kept: list[Glass] = []

    def paint(fields: list[Field], values: dict[str, str] | None = None, errors: dict[str, Text] | None = None, **look: Any) -> Paper:
        glass = Glass(settle=0, **look)
        glass.asking = 1
        glass.paint(picture(FormView(title="办理", fields=tuple(fields), values=values or {}, errors=errors or {})))
        glass.start()
        glass.requestActivate()
        assert QTest.qWaitForWindowExposed(glass)
        QTest.qWait(30)
        kept.append(glass)
        return Paper(glass, device)

    yield paint
    for glass in kept:
        glass.close()
        glass.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
