"""A slip that could not be printed is a code on the glass: whole in sight without a touch, whichever way the glass hangs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hands import settled
from PySide6.QtQuick import QQuickItem

from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass
from kiosk.tour.hands import Hands


@pytest.mark.parametrize("language", ["zh_Hans", "en"])
@pytest.mark.parametrize("care", [False, True])
@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1920, 1080)])
def test_the_code_is_in_sight_at_once(make_glass: Callable[..., Glass], width: int, height: int, care: bool, language: str) -> None:
    glass = make_glass(width=width, height=height, care=care, language=language)
    glass.paint(picture(samples(language)["DeliverView-lost"]))
    settled(glass)
    code = Hands(glass).find("qr")
    assert code is not None and code.width() > 200
    above: QQuickItem | None = code.parentItem()
    while above is not None:
        if above.clip():
            box = code.mapRectToItem(above, code.boundingRect())
            assert above.boundingRect().contains(box), "part of it is below the fold"
        above = above.parentItem()
