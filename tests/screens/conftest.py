"""Real glass, offscreen, without a window system; every warning of Qt or QML fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hands import rest

from kiosk.screens.window import Glass, Ways, application

application()  # before pytest-qt listens to Qt's messages, so that its ear stays


@pytest.fixture(autouse=True)
def silence(qtlog: Any) -> Iterator[None]:
    yield
    loud = [record.message for record in qtlog.records if record.log_type_name != "QtDebugMsg" and record.log_type_name != "QtInfoMsg"]
    assert loud == []


@pytest.fixture
def make_glass() -> Iterator[Callable[..., Glass]]:
    made: list[Glass] = []

    def make(*, care: bool = False, **arguments: Any) -> Glass:
        arguments.setdefault("ways", Ways(care=care))
        glass = Glass(**{"station": "e政务便民服务站", "hotline": "0592-12345", "settle": 0, **arguments})
        glass.start()
        made.append(glass)
        rest(10)
        return glass

    yield make
    for glass in made:
        glass.shut()


@pytest.fixture
def glass(make_glass: Callable[..., Glass]) -> Glass:
    return make_glass()
