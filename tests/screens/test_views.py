"""Every View has its screen: silent, every control within reach of a finger, in two languages, two shapes, with and without care."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations

import pytest
from hands import controls, settled
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtQuick import QQuickItem

from kiosk.flow import views
from kiosk.flow.stage import View
from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.views import folder
from kiosk.screens.window import Glass

CLASSES = [name for name, one in vars(views).items() if isinstance(one, type) and issubclass(one, View) and one is not View]
SHAPES = [(1080, 1920), (1920, 1080)]
LOOKS = [(language, shape, care) for language in ("zh_Hans", "en") for shape in SHAPES for care in (False, True)]


def test_every_view_has_its_file_and_its_sample() -> None:
    assert {path.stem for path in folder().glob("*.qml")} == set(CLASSES)
    assert {name.partition("-")[0] for name in samples("en")} == set(CLASSES)


def seen(item: QQuickItem) -> QRectF:
    """What of `item` is on the glass: a list that scrolls cuts off the rest."""
    area = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))
    above = item.parentItem()
    while above is not None:
        if above.clip():
            area &= above.mapRectToScene(QRectF(0, 0, above.width(), above.height()))
        above = above.parentItem()
    return area


def texts(glass: Glass) -> Iterator[QQuickItem]:
    todo = [glass.root]
    while todo:
        item = todo.pop()
        if item.isVisible():
            if item.property("bold") is not None and item.property("truncated") is not None:
                yield item
            todo += item.childItems()


@pytest.mark.parametrize(("language", "shape", "care"), LOOKS)
def test_every_screen_is_silent_and_within_reach(
    make_glass: Callable[..., Glass], language: str, shape: tuple[int, int], care: bool
) -> None:
    glass = make_glass(width=shape[0], height=shape[1], language=language, care=care)
    least = glass.theme.property("pixelsPerMm") * (20 if care else 12.7)
    whole = QRectF(0, 0, *shape)
    wrong: list[str] = []
    for name, view in samples(language).items():
        glass.paint("")
        glass.paint(picture(view))
        settled(glass)
        found = controls(glass)
        assert name.startswith("WorkingView") or len(found) >= 4, name
        places = {one: seen(item) for one, item in found.items()}
        for one, item in found.items():
            if item.width() < least or item.height() < least:
                wrong.append(f"{name} {one}: {item.width():.0f} × {item.height():.0f} is less than {least:.0f}")
            if not places[one].isEmpty() and not whole.adjusted(-1, -1, 1, 1).contains(places[one]):
                wrong.append(f"{name} {one}: beyond the glass")
        for (one, first), (two, second) in combinations(places.items(), 2):
            common = first & second
            if common.width() > 0.5 and common.height() > 0.5:
                wrong.append(f"{name}: {one} and {two} overlap")
        for text in texts(glass):
            words = str(text.property("text"))
            if "⟦" in words:
                wrong.append(f"{name}: {words} has no words in {language}")
            inside = text.mapToScene(QPointF(0, 0)).x()
            if words and (inside < -1 or inside + text.width() > shape[0] + 1):
                wrong.append(f"{name}: “{words}” runs off the glass")
    assert wrong == []


@pytest.mark.parametrize(("language", "shape", "care"), LOOKS)
def test_the_header_never_runs_under_what_stands_below_it(
    make_glass: Callable[..., Glass], language: str, shape: tuple[int, int], care: bool
) -> None:
    glass = make_glass(width=shape[0], height=shape[1], language=language, care=care)
    wrong: list[str] = []
    for name, view in samples(language).items():
        glass.paint("")
        glass.paint(picture(view))
        stand = settled(glass)
        foot = stand.mapToScene(QPointF(0, stand.height())).y()
        body = stand.findChild(QQuickItem, "body")
        if body is not None and body.height() < 200:
            wrong.append(f"{name}: {body.height():.0f} px are left for the content")
        for text in texts(glass):
            if not stand.isAncestorOf(text) or not text.property("text"):
                continue
            if body is not None and body.isAncestorOf(text):
                continue  # it scrolls
            end = text.mapToScene(QPointF(0, text.height())).y()
            if end > foot + 1:
                wrong.append(f"{name}: “{text.property('text')}” ends at {end:.0f}, the screen at {foot:.0f}")
    assert wrong == []
