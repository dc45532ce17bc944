"""The keyboard by real touch events: what a finger does is what stands in the field."""

from __future__ import annotations

import io
import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from touching import Paper, Show

from kiosk import i18n, log
from kiosk.flow.views import Field
from kiosk.model.faults import Fault, Remedy
from kiosk.screens.keyboard.chinese_input import ChineseInput
from kiosk.screens.keyboard.input_method import InputMethod

NAME = Field(name="name", type="text", label="姓名", pattern="han_name", max=20)
REASON = Field(name="reason", type="text", label="用途", required=False)
PHONE = Field(name="mobile", type="phone", label="手机号码")
ID_NUMBER = Field(name="number", type="id_number", label="身份证号码")
SHAPES = [(1080, 1920), (1920, 1080)]


def test_a_name_is_typed_in_pinyin(show: Show) -> None:
    paper = show([NAME])
    assert not paper.shows("keyboard")
    paper.touch("input:name")
    paper.press("wangwei")
    assert paper.text("keyboard:composition") == "wang wei"
    assert paper.text("input:name") == ""
    paper.touch(paper.candidate("王伟"))
    assert paper.text("input:name") == "王伟"
    assert paper.text("keyboard:composition") == ""
    paper.touch("key:done")
    assert not paper.shows("keyboard")
    assert paper.sent() == {"name": "王伟"}


def test_a_name_character_by_character_with_a_dot(show: Show) -> None:
    paper = show([NAME])
    paper.touch("input:name")
    paper.press("aili")
    paper.touch("key:space")  # takes what stands first
    first = paper.text("input:name")
    paper.press("·mai")
    paper.touch(paper.candidate("买"))
    assert paper.text("input:name") == f"{first}·买"
    assert len(first) == 2


def test_a_rare_character_is_found_in_the_spread(show: Show) -> None:
    paper = show([NAME])
    paper.touch("input:name")
    paper.press("sheng")
    paper.touch("key:spread")
    pages = 1
    while not any(item.property("label") == "昇" for item in paper.all() if item.objectName().startswith("candidate:")):
        paper.touch("key:page-next")
        pages += 1
    assert pages <= 4
    paper.touch(paper.candidate("昇"))
    assert paper.text("input:name") == "昇"
    assert paper.shows("key:q")


def test_pages_go_there_and_back(show: Show) -> None:
    paper = show([NAME])
    paper.touch("input:name")
    paper.press("shi")

    def page() -> list[str]:
        return [item.objectName() for item in paper.all() if item.objectName().startswith("candidate:")]

    first = page()
    assert not paper.find("key:page-before").isEnabled()
    paper.touch("key:page-next")
    second = page()
    assert set(first).isdisjoint(second)
    paper.touch("key:page-before")
    assert sorted(page()) == sorted(first)


def test_keys_act_on_release_once_and_only_inside(show: Show) -> None:
    paper = show([PHONE])
    paper.touch("input:mobile")
    paper.touch("key:1", hold=1200)
    assert paper.text("input:mobile") == "1"
    paper.touch("key:5", slide=(0, -900))
    assert paper.text("input:mobile") == "1"
    paper.touch("key:backspace", hold=1200)
    assert paper.text("input:mobile") == ""


def test_latin_capitals_and_the_way_between_the_languages(show: Show) -> None:
    paper = show([REASON])
    paper.touch("input:reason")
    paper.press("ab")
    paper.touch("key:lang")  # the letters stay as letters
    assert paper.text("input:reason") == "ab"
    paper.touch("key:shift")
    paper.press("cd")
    paper.touch("key:space")
    paper.press("1")
    paper.touch("key:symbols")
    paper.press("-/")
    paper.touch("key:letters")
    paper.press("e")
    assert paper.text("input:reason") == "abCd 1-/e"
    paper.touch("key:lang")
    paper.press("hao")
    paper.touch("key:done")
    assert paper.text("input:reason") == "abCd 1-/e好"


def test_backspace_and_clear(show: Show) -> None:
    paper = show([REASON], {"reason": "a𠮷"})
    paper.touch("input:reason")
    paper.touch("key:backspace")  # a character of two units goes as a whole
    assert paper.text("input:reason") == "a"
    paper.press("wo")
    paper.touch("key:backspace")
    assert paper.text("keyboard:composition") == "w"
    paper.touch("key:clear")
    assert (paper.text("keyboard:composition"), paper.text("input:reason")) == ("", "a")
    paper.touch("key:clear")
    assert paper.text("input:reason") == ""


def test_done_goes_to_the_next_entry_and_then_away(show: Show) -> None:
    paper = show([NAME, PHONE])
    paper.touch("input:name")
    assert paper.find("key:done").property("label") == "下一项"
    paper.touch("key:done")
    assert paper.find("input:mobile").hasActiveFocus()
    assert paper.shows("key:5")
    assert not paper.shows("key:q")
    assert paper.find("key:done").property("label") == "完成"
    paper.touch("key:done")
    assert not paper.shows("keyboard")


def test_half_a_word_goes_where_it_was_typed(show: Show) -> None:
    paper = show([NAME, REASON])
    paper.touch("input:name")
    paper.press("wangwei")
    assert paper.sent() == {"name": "王伟"}
    paper.touch("input:reason")
    assert paper.text("keyboard:composition") == ""


def test_a_physical_keyboard_may_type_too(show: Show) -> None:
    paper = show([REASON])
    paper.touch("input:reason")
    for key in "wangwei":
        QTest.keyClick(paper.glass, key)
    second = str(paper.find("candidate:1").property("label"))
    QTest.keyClick(paper.glass, "2")
    assert paper.text("input:reason") == second
    QTest.keyClick(paper.glass, Qt.Key.Key_Shift)  # to Latin letters
    for key in "ab1":
        QTest.keyClick(paper.glass, key)
    assert paper.text("input:reason") == second + "ab1"
    for key in (Qt.Key.Key_Shift, Qt.Key.Key_Backspace, Qt.Key.Key_W, Qt.Key.Key_Backspace, Qt.Key.Key_W, Qt.Key.Key_Escape):
        QTest.keyClick(paper.glass, key)
    assert paper.text("input:reason") == second + "ab" and paper.text("keyboard:composition") == "", "what is composed goes first"


def test_the_arrows_of_a_physical_keyboard_reach_the_keys_that_it_has_not(show: Show) -> None:
    paper = show([REASON])
    paper.touch("input:reason")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right):
        QTest.keyClick(paper.glass, key)
    assert [item.objectName() for item in keys(paper) if item.property("marked")] == ["key:2"]
    QTest.keyClick(paper.glass, Qt.Key.Key_Return)
    QTest.keyClick(paper.glass, Qt.Key.Key_Escape)
    assert paper.text("input:reason") == "2" and not any(item.property("marked") for item in keys(paper))


def test_id_numbers_have_an_x_and_telephones_none(show: Show) -> None:
    paper = show([ID_NUMBER, PHONE])
    paper.touch("input:number")
    paper.press("11010519491231002X")
    assert paper.text("input:number") == "11010519491231002X"
    paper.touch("key:done")
    assert not paper.shows("key:X")


def test_without_librime_the_keyboard_is_latin_and_says_so_in_the_log(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*, traditional: bool) -> InputMethod:
        raise Fault("keyboard.no_chinese", Remedy.OTHER_WAY, "librime1 is not installed")

    monkeypatch.setattr(ChineseInput, "make", none)
    paper = show([NAME, REASON])
    written = io.StringIO()
    log.configure(written)
    paper.touch("input:name")
    paper.touch("input:reason")
    log.configure()
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    assert [(line["event"], line["role"], line["code"]) for line in lines] == [("device.fault", "keyboard", "keyboard.no_chinese")]
    assert not paper.find("key:lang").isEnabled()
    paper.press("ab1")
    assert paper.text("input:reason") == "ab1"


def gap(one: QQuickItem, other: QQuickItem) -> float:
    """The distance of two boxes, in pixels; 0 if they touch or overlap."""
    a, b = (item.mapRectToScene(item.boundingRect()) for item in (one, other))
    across = max(a.left() - b.right(), b.left() - a.right(), 0)
    down = max(a.top() - b.bottom(), b.top() - a.bottom(), 0)
    return float(max(across, down))


def keys(paper: Paper) -> list[QQuickItem]:
    return [item for item in paper.all() if item.objectName().startswith(("key:", "candidate:"))]


@pytest.mark.parametrize(("width", "height"), SHAPES)
@pytest.mark.parametrize("care", [False, True])
def test_keys_are_large_enough_and_apart_and_hide_nothing(show: Show, width: int, height: int, care: bool) -> None:
    paper = show([NAME, REASON, PHONE, ID_NUMBER], width=width, height=height, care=care)
    millimetre = float(paper.glass.theme.property("pixelsPerMm"))  # type: ignore[arg-type]
    for entry in ("name", "mobile", "number"):
        if paper.shows("keyboard"):
            paper.touch("key:done")
        while paper.shows("keyboard") and not paper.find(f"input:{entry}").hasActiveFocus():
            paper.touch("key:done")
        if not paper.shows("keyboard"):
            paper.touch(f"input:{entry}")
        looks = [lambda: None]
        if entry == "name":
            looks += [lambda: paper.press("shi"), lambda: paper.touch("key:spread"), lambda: paper.touch("key:spread")]
            looks += [lambda: paper.touch("key:space"), lambda: paper.touch("key:symbols")]
        for look in looks:
            look()
            there = keys(paper)
            assert len(there) >= 13
            smallest = 20.0 if care else 12.7
            for n, key in enumerate(there):
                box = key.mapRectToScene(key.boundingRect())
                assert min(box.width(), box.height()) >= smallest * millimetre - 0.5, key.objectName()
                assert box.left() >= 0, key.objectName()
                assert box.right() <= width, key.objectName()
                assert box.bottom() <= height, key.objectName()
                assert all(gap(key, other) >= 2.54 * millimetre - 0.5 for other in there[n + 1 :]), key.objectName()
            assert paper.box(f"input:{entry}")[3] < paper.box("keyboard")[1], "the keyboard covers what is being filled"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_word_of_the_keyboard_is_there(show: Show, language: str) -> None:
    paper = show([NAME, ID_NUMBER], language=language)
    for _ in range(2):
        paper.touch("input:name")
        names = [str(item.property("name")) for item in keys(paper)]
        paper.press("wo") if paper.shows("key:w") else None
        names += [str(item.property("name")) for item in keys(paper)]
        assert all(name and "⟦" not in name for name in names)
        paper.touch("key:lang")
