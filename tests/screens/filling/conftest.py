"""A form on the real glass, touched by a touch device as a finger would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hands import settled
from PySide6.QtTest import QTest
from touching import Paper, Show

from kiosk.flow.views import Field, FormView
from kiosk.model.words import Text
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass


@pytest.fixture
def show(make_glass: Callable[..., Glass]) -> Show:
    """`show([Field(…), …], {name: value}, {name: error}, width=…, height=…, care=…, language=…)` → Paper."""
    device = QTest.createTouchDevice()

    def paint(fields: list[Field], values: dict[str, str] | None = None, errors: dict[str, Text] | None = None, **look: Any) -> Paper:
        glass = make_glass(**look)
        glass.asking = 1
        glass.paint(picture(FormView(title="办理", fields=tuple(fields), values=values or {}, errors=errors or {})))
        glass.requestActivate()
        settled(glass)
        return Paper(glass, device)

    return paint
