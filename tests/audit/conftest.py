"""A glass to be audited, offscreen; every warning of Qt or QML fails the test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from kiosk.screens.window import application

application()  # before pytest-qt listens to Qt's messages, so that its ear stays


@pytest.fixture(autouse=True)
def silence(qtlog: Any) -> Iterator[None]:
    yield
    loud = [record.message for record in qtlog.records if record.log_type_name not in ("QtDebugMsg", "QtInfoMsg")]
    assert loud == []
