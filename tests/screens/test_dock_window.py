"""The dock's window alone: it loads in silence, in every language, paints what it is told and says what was pulled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hands import controls, rest, tap, until
from PIL import Image
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from kiosk import i18n
from kiosk.dock import citizens
from kiosk.screens.dock.window import DockWindow

PLACE = QRect(0, 0, 440, 1200)
STANDS: dict[str, Any] = {
    "id_card": {"card": "c02", "unplugged": False},
    "face_camera": {"face": "c01", "unplugged": True},
    "receipts": {"paper_out": False, "cover_open": False},
    "documents": {"paper_out": True, "jammed": False},
    "network": {"cut": False, "asleep": ["hrss"], "auto_pay": True, "there": True},
}
ORDER = {"order_no": "XM0001-1-P1", "amount": "¥100.00", "method": "wechat"}


@pytest.fixture
def make_dock() -> Iterator[Callable[..., DockWindow]]:
    made: list[DockWindow] = []

    def make(language: str = "zh_Hans") -> DockWindow:
        window = DockWindow(PLACE, language, citizens())
        window.show()
        made.append(window)
        rest(10)
        return window

    yield make
    for window in made:
        window.shut()


def texts(window: DockWindow) -> list[str]:
    todo, found = [window.root], []
    while todo:
        item = todo.pop()
        if isinstance(item, QQuickItem) and item.isVisible():
            found.append(str(item.property("text") or ""))
            todo += item.childItems()
    return found


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_word_is_there_in_every_language(make_dock: Callable[..., DockWindow], language: str) -> None:
    dock = make_dock(language)
    dock.tell("stands", {**STANDS, "network": {**STANDS["network"], "there": False}})
    dock.tell("orders", [ORDER])
    rest(20)
    said = texts(dock)
    assert [text for text in said if "⟦" in text] == []
    assert i18n.table(language)["dock.gone"] in said
    assert [name for name in controls(dock) if name.startswith("pay:")] == ["pay:XM0001-1-P1"]


def test_there_is_a_tile_for_every_citizen_on_the_reader_and_before_the_camera(make_dock: Callable[..., DockWindow]) -> None:
    dock = make_dock()
    dock.tell("stands", STANDS)
    rest(50)
    here = controls(dock)
    for prefix, extra in (("card:", {"none", "forged"}), ("face:", {"none", "covered"})):
        tiles = {name.removeprefix(prefix): item for name, item in here.items() if name.startswith(prefix)}
        assert set(tiles) == {f"c{number:02}" for number in range(1, 13)} | extra
    chosen = sorted(name for name, item in here.items() if item.property("chosen"))
    assert chosen == ["card:c02", "face:c01"]
    on = {name for name, item in here.items() if item.property("on")}
    assert on == {"toggle:face_camera:unplug", "toggle:documents:take_paper_out", "asleep:hrss", "auto_pay"}


def test_what_is_not_simulated_has_no_hands(make_dock: Callable[..., DockWindow]) -> None:
    dock = make_dock()
    dock.tell("stands", {"receipts": STANDS["receipts"], "network": STANDS["network"]})
    names = controls(dock)
    assert not [name for name in names if name.startswith(("card:", "face:", "toggle:documents", "toggle:id_card"))]
    assert "toggle:receipts:take_paper_out" in names


def test_what_is_pulled_is_said_and_a_second_press_takes_it_back(make_dock: Callable[..., DockWindow]) -> None:
    dock = make_dock()
    dock.tell("stands", STANDS)
    rest(50)
    said: list[tuple[Any, ...]] = []
    dock.pulled.connect(lambda *what: said.append(what))
    dock.asleep.connect(lambda *what: said.append(what))
    dock.cut.connect(lambda on: said.append(("cut", on)))
    dock.auto_pay.connect(lambda on: said.append(("auto_pay", on)))
    for name in ("card:c07", "card:none", "card:forged", "face:c11", "face:none", "face:covered"):
        tap(dock, name)
    for name in ("toggle:receipts:take_paper_out", "toggle:documents:take_paper_out", "asleep:hrss", "asleep:pay", "cut", "auto_pay"):
        tap(dock, name)
    assert said == [
        ("id_card", "put_card", "c07"),
        ("id_card", "lift_card", ""),
        ("id_card", "put_forged_card", ""),
        ("face_camera", "show", "c11"),
        ("face_camera", "show", ""),
        ("face_camera", "cover_lens", ""),
        ("receipts", "take_paper_out", ""),
        ("documents", "put_paper", ""),
        ("hrss", False),
        ("pay", True),
        ("cut", True),
        ("auto_pay", False),
    ]


def test_a_paper_is_enlarged_by_a_click(make_dock: Callable[..., DockWindow], tmp_path: Path) -> None:
    picture = tmp_path / "receipt-0001.png"
    Image.new("1", (576, 900), 1).save(picture)
    dock = make_dock()
    dock.tell("stands", STANDS)
    rest(50)
    dock.tell("papers", {"receipts": [picture.as_uri()], "documents": []})
    rest(300)  # it glides into sight
    tap(dock, "paper:receipts:0")
    title = i18n.table("zh_Hans")["dock.paper"]
    (large,) = (window for window in QGuiApplication.topLevelWindows() if window.title() == title)
    until(large.isVisible)
    assert large.width() >= 576 * 0.55
    large.hide()
