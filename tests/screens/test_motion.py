"""What moves explains, on the side where this terminal has it; it stands still where nobody sees it and where it is not wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hands import settled, until
from PySide6.QtCore import QObject
from PySide6.QtQuick import QQuickItem

from kiosk.config import Display
from kiosk.flow.views import ReadCardView
from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass, Ways

VIEWS = samples("zh_Hans")


def part(item: QQuickItem, known_by: str) -> QQuickItem:
    """The drawing that has the property `known_by`."""
    found = [one for one in all_of(item) if one.property(known_by) is not None and one.property("where") is not None]
    return found[0]


def all_of(item: QQuickItem) -> list[QQuickItem]:
    return [item, *(deep for child in item.childItems() for deep in all_of(child))]


def moving(drawing: QObject) -> bool:
    return any(bool(child.property("running")) for child in drawing.children() if child.property("loops") is not None)


@pytest.mark.parametrize("where", ["left", "right", "above", "below"])
def test_the_card_moves_to_the_side_of_the_reader(glass: Glass, where: str) -> None:
    view = VIEWS["ReadCardView"]
    assert isinstance(view, ReadCardView)
    glass.paint(picture(replace(view, where=where)))  # type: ignore[arg-type]
    settled(glass)
    drawing = part(glass.root, "nearness")
    reader, card = drawing.childItems()[0], drawing.childItems()[1]
    across, down = (
        reader.x() + reader.width() / 2 - card.x() - card.width() / 2,
        reader.y() + reader.height() / 2 - card.y() - card.height() / 2,
    )
    side = ("right" if across > 0 else "left") if abs(across) > abs(down) else ("below" if down > 0 else "above")
    assert side == where
    assert moving(drawing)


def test_what_is_covered_or_dark_stands_still(glass: Glass) -> None:
    glass.paint(picture(VIEWS["DeliverView"]))
    settled(glass)
    drawing = part(glass.root, "out")
    assert moving(drawing)
    glass.root.setProperty("asked", "help")
    until(lambda: not moving(drawing))
    assert drawing.property("out") == 1, "with the sheet where it can be taken"
    glass.root.setProperty("asked", "")
    until(lambda: moving(drawing))
    glass.use(Ways(blank=True))
    until(lambda: not moving(drawing))


def test_where_motion_disturbs_nothing_moves(make_glass: Callable[..., Glass]) -> None:
    glass = make_glass(display=Display(motion=False))
    glass.paint(picture(VIEWS["GoodbyeView"]))
    settled(glass)
    assert not moving(part(glass.root, "out"))
