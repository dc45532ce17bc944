"""The dock's window alone: it paints parts that nobody drew a panel for, and says what was pulled."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, ClassVar, Literal

import pytest
from hands import controls, rest, tap, until
from PIL import Image
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from kiosk import i18n
from kiosk.dock import citizens
from kiosk.levers import CitizenId, OneOf, Such, lever
from kiosk.screens.dock.window import DockWindow
from kiosk.world.panel import panel

PLACE = QRect(0, 0, 440, 1200)


class Bell:
    """No device of this house: what the dock shows of it comes from its levers alone."""

    kind: ClassVar[str] = "bell"

    @lever(fact="who")
    def let(self, citizen: CitizenId) -> None: ...

    @lever(fact="who", to="")
    def let_nobody(self) -> None: ...

    @lever(fact="who", to="cat")
    def let_cat(self) -> None: ...

    @lever(fact="rope", to="torn")
    def tear_rope(self) -> None: ...

    @lever(fact="rope", to="frayed")
    def fray_rope(self) -> None: ...

    @lever(fact="rope", to="")
    def mend_rope(self) -> None: ...

    @lever
    def muffle(self, on: bool = True) -> None: ...

    @lever
    def ring(self) -> None: ...

    @lever(fact="song")
    def play(self, song: Annotated[str, OneOf("hymn", "march")]) -> None: ...

    @lever(fact="price", to="")
    def tip(self) -> None: ...

    @lever
    def say(self, words: Annotated[str, Such("hello")]) -> None: ...

    @lever(fact="tower")
    def strike(self, tower: Literal["north", "south"], how: Literal["soft", "hard"]) -> None: ...

    @lever(fact="tower", to="")
    def still(self, tower: Literal["north", "south"]) -> None: ...


PARTS = [panel("tower", Bell, paper=True), panel("second", Bell, paper=False)]


@pytest.fixture
def make_dock() -> Iterator[Callable[..., DockWindow]]:
    made: list[DockWindow] = []

    def make(language: str = "zh_Hans") -> DockWindow:
        window = DockWindow(PLACE, language, citizens(), PARTS)
        window.show()
        made.append(window)
        rest(10)
        return window

    yield make
    for window in made:
        window.shut()


def press(dock: DockWindow, name: str) -> None:
    until(lambda: name in controls(dock))
    dock.grabWindow()  # what moves because of the last press stands where it will stand
    tap(dock, name)


def write(dock: DockWindow, name: str, text: str) -> None:
    line = dock.root.findChild(QQuickItem, f"line:{name}") or lines(dock)[f"line:{name}"]
    line.setProperty("text", text)
    rest(20)


def lines(dock: DockWindow) -> dict[str, QQuickItem]:
    todo, found = [dock.root], {}
    while todo:
        item = todo.pop()
        found[item.objectName()] = item
        todo += item.childItems()
    return found


def texts(window: DockWindow) -> list[str]:
    todo, found = [window.root], []
    while todo:
        item = todo.pop()
        if isinstance(item, QQuickItem) and item.isVisible():
            found.append(str(item.property("text") or ""))
            todo += item.childItems()
    return found


def on(dock: DockWindow) -> set[str]:
    return {name for name, item in controls(dock).items() if item.property("on") or item.property("chosen")}


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_word_is_there_in_every_language(make_dock: Callable[..., DockWindow], language: str) -> None:
    dock = make_dock(language)
    dock.tell("stands", {"tower": {"gone": "yes"}})
    rest(20)
    said = texts(dock)
    assert [text for text in said if "⟦" in text] == []
    assert i18n.table(language)["dock.gone"] in said
    assert "fray rope" in said  # a part that brings no words is called what it calls itself


def test_what_stands_is_what_the_part_said_last(make_dock: Callable[..., DockWindow]) -> None:
    dock = make_dock()
    assert on(dock) == {"tower.let_nobody", "second.let_nobody"}
    dock.tell("stands", {"tower": {"who": "c02", "rope": "torn", "muffle": "on", "song": "march", "tower:north": "hard", "bats": "7"}})
    rest(20)
    now = {"tower.let=c02", "tower.tear_rope", "tower.muffle", "tower.play=march", "tower.tower:north"}
    assert on(dock) == now | {"second.let_nobody"}
    assert "bats: 7" in texts(dock)  # a fact without a lever is told
    assert lines(dock)["stands:tower"].property("text").startswith(citizens()[1]["name"])
    dock.tell("stands", {"tower": {"who": "cat"}})
    rest(20)
    assert on(dock) == {"tower.let_cat", "second.let_nobody"}


def test_what_is_pulled_is_said_and_a_second_press_takes_it_back(make_dock: Callable[..., DockWindow]) -> None:
    dock = make_dock()
    write(dock, "filter", "tower")
    said: list[tuple[str, str, str]] = []
    dock.pulled.connect(lambda *what: said.append(what))
    for name in ("tower.let=c07", "tower.let_cat", "tower.tear_rope", "tower.muffle", "tower.ring", "tower.play=hymn", "tower.say=hello"):
        press(dock, name)
    for name in ("tower.strike:tower", "tower.strike:tower=south", "tower.strike:how", "tower.strike:how=hard", "tower.strike"):
        press(dock, name)
        rest(10)
    write(dock, "tower.say", "CTID1:c05")
    press(dock, "tower.say")
    dock.tell("stands", {"tower": {"who": "c07", "rope": "torn", "muffle": "on", "tower:south": "hard"}})
    rest(20)
    for name in ("tower.let=c07", "tower.tear_rope", "tower.fray_rope", "tower.muffle", "tower.tower:south"):
        press(dock, name)
    assert said == [
        ("tower", "let", "c07"),
        ("tower", "let_cat", ""),
        ("tower", "tear_rope", ""),
        ("tower", "muffle", "on"),
        ("tower", "ring", ""),
        ("tower", "play", "hymn"),
        ("tower", "say", "hello"),
        ("tower", "strike", "south:hard"),
        ("tower", "say", "CTID1:c05"),
        ("tower", "let_nobody", ""),
        ("tower", "mend_rope", ""),
        ("tower", "fray_rope", ""),
        ("tower", "muffle", "off"),
        ("tower", "still", "south"),
    ]


def test_what_somebody_waits_for_opens_its_panel_and_lights_up(make_dock: Callable[..., DockWindow]) -> None:
    dock = make_dock()
    press(dock, "panel:tower")
    press(dock, "panel:second")
    until(lambda: not {"tower.tip", "second.tip"} & set(controls(dock)))
    dock.tell("stands", {"second": {"price": "¥2.00"}})
    until(lambda: "second.tip" in on(dock))
    assert "tower.tip" not in controls(dock)


def test_the_filter_leaves_what_fits(make_dock: Callable[..., DockWindow]) -> None:
    dock = make_dock()
    write(dock, "filter", "rope")
    assert set(controls(dock)) == {f"{role}.{name}" for role in ("tower", "second") for name in ("tear_rope", "fray_rope")} | {
        "panel:tower",
        "panel:second",
    }
    write(dock, "filter", "whale")
    assert i18n.table("zh_Hans")["dock.no_hit"] in texts(dock)


def test_a_paper_is_enlarged_by_a_click(make_dock: Callable[..., DockWindow], tmp_path: Path) -> None:
    picture = tmp_path / "receipt-0001.png"
    Image.new("1", (576, 900), 1).save(picture)
    dock = make_dock()
    dock.tell("papers", {"tower": [picture.as_uri()]})
    rest(300)  # it glides into sight
    press(dock, "paper:tower:0")
    title = i18n.table("zh_Hans")["dock.paper"]
    (large,) = (window for window in QGuiApplication.topLevelWindows() if window.title() == title)
    until(large.isVisible)
    assert large.width() >= 576 * 0.55
    large.hide()
