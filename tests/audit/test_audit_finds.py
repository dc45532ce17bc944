"""The audit is seen to fail: a screen that is bad in one way each, and what is found there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from kiosk.audit import PART, main, shared_out, work
from kiosk.audit.glass import judge, unspoken
from kiosk.flow.stage import View
from kiosk.flow.views import WorkingView
from kiosk.model.words import Word
from kiosk.screens.scenes import rest
from kiosk.screens.window import Glass, Ways

Judge = Callable[..., list[tuple[str, str]]]

HEAD = """
import QtQuick
import kiosk.screens.theme
import kiosk.screens.parts
import kiosk.screens.painted

Scene {
"""
BUTTON = "PrimaryButton { objectName: \"%s\"; text: \"好\"; x: %d; y: %d; width: 300; height: 100 }\n"


@pytest.fixture
def judged(tmp_path: Path) -> Iterator[Judge]:
    made: list[Glass] = []
    QAccessible.setActive(True)

    def of(body: str, ways: Ways = Ways()) -> list[tuple[str, str]]:  # noqa: B008 — frozen
        source = tmp_path / f"BadView{len(made)}.qml"
        source.write_text(HEAD + body + "}\n", "utf-8")
        glass = Glass(ways=ways, settle=0)
        made.append(glass)
        glass.start()
        glass.paint(json.dumps({"name": "AskView", "source": QUrl.fromLocalFile(str(source)).toString(), "view": {}}))
        rest(80)
        stand = glass.root.findChild(QQuickItem, "stand")
        while stand is not None and not stand.isEnabled():  # what is not yet to be touched is not judged
            rest(10)
        return list(judge(glass))

    yield of
    for glass in made:
        glass.shut()


def test_a_good_screen_is_left_alone(judged: Judge) -> None:
    for ways in (Ways(), Ways(care=True), Ways(contrast=True, low=True)):
        assert judged(BUTTON % ("one", 200, 900) + "Words { x: 200; y: 100; text: \"您好\" }\n", ways) == []


@pytest.mark.parametrize(
    ("kind", "body", "ways"),
    [
        ("overlap", BUTTON % ("one", 200, 600) + BUTTON % ("two", 400, 650), Ways()),
        ("overlap", BUTTON % ("one", 200, 600) + BUTTON % ("two", 503, 600), Ways()),  # 3 px: cramped
        ("overlap", BUTTON % ("one", 200, 600) + "Words { x: 80; y: 630; text: \"在按钮上面\" }", Ways()),
        ("overlap", "Words { x: 200; y: 600; text: \"两行字\" } Words { x: 200; y: 620; text: \"叠在一起\" }", Ways()),
        ("outside", BUTTON % ("one", -40, 600), Ways()),
        ("outside", BUTTON % ("one", 900, 600), Ways()),
        ("outside", "Card { x: 100; y: 600; width: 200; height: 40; Words { x: 20; y: 20; text: \"出了边\" } }", Ways()),
        ("outside", "Item { x: 100; y: 600; width: 60; height: 60; clip: true; Words { text: \"被剪掉的字\" } }", Ways()),
        ("outside", BUTTON % ("one", 200, 100), Ways(low=True)),
        ("truncated", "Words { x: 100; y: 600; width: 90; text: \"这句话太长了\"; wrapMode: Text.NoWrap; elide: Text.ElideRight }", Ways()),
        ("truncated", "Words { x: 100; y: 600; width: 90; text: \"这句话太长了\"; wrapMode: Text.NoWrap }", Ways()),
        ("truncated", "Words { x: 100; y: 600; width: 90; height: 40; text: \"这句话太长了\" }", Ways()),
        ("truncated", "Words { x: 100; y: 600; width: 90; text: \"Standardisation\" }", Ways()),
        ("truncated", "Words { x: 100; y: 600; text: W.t(\"no.such.key\") }", Ways()),
        ("outside", "Item { x: 100; y: 600; width: 9; height: 9; clip: true; QrCode { width: 300; height: 200; text: \"1\" } }", Ways()),
        ("target", "QrCode { x: 100; y: 600; width: 60; height: 60; text: \"1\" }", Ways()),
        ("glyph", "Words { x: 100; y: 600; text: \"干焦𪜶听会着\" }", Ways()),
        ("contrast", "Words { x: 100; y: 600; text: \"看不见我\"; color: \"#a0a0a0\" }", Ways()),
        ("contrast", "Words { x: 100; y: 600; text: \"看不见我\"; opacity: 0.4 }", Ways()),
        ("contrast", "Words { x: 100; y: 600; text: \"不够清楚\"; color: \"#6a6a6a\" }", Ways(care=True)),
        ("contrast", "Words { x: 100; y: 600; text: \"不够清楚\"; color: \"#b0b0b0\" }", Ways(contrast=True)),
        ("contrast", "Icon { x: 100; y: 600; name: \"check\"; color: \"#e0ddd8\" }", Ways()),
        ("target", "Tap { objectName: \"one\"; name: \"好\"; x: 200; y: 900; width: 40; height: 100 }", Ways()),
        ("target", "Tap { objectName: \"one\"; name: \"好\"; x: 200; y: 900; width: 60; height: 60 }", Ways(care=True)),
        ("target", "Words { x: 100; y: 600; text: \"小字\"; font.pixelSize: 20 }", Ways(care=True)),
        ("focus", 'Tap { objectName: "one"; name: "好"; x: 200; y: 900; width: 100; height: 100; role: Accessible.Link }', Ways()),
        ("focus", "Tap { objectName: \"one\"; name: \"好\"; x: 200; y: 900; width: 100; height: 100; activeFocusOnTab: false }", Ways()),
        ("focus", "TextInput { x: 200; y: 900; width: 100; height: 100; activeFocusOnTab: true; Accessible.name: \"号\" }", Ways()),
        ("name", "Tap { objectName: \"one\"; x: 200; y: 900; width: 100; height: 100 }", Ways()),
        ("name", "MouseArea { x: 200; y: 900; width: 100; height: 100 }", Ways()),
    ],
)
def test_what_is_bad_is_found(judged: Judge, kind: str, body: str, ways: Ways) -> None:
    found = judged(body, ways)
    assert {one for one, _ in found} == {kind}, found


def test_a_view_that_nobody_could_hear_is_found() -> None:
    @dataclass(frozen=True, kw_only=True)
    class MuteView(View):
        pass

    assert list(unspoken(MuteView(), "en")) == [("voice", "MuteView says nothing aloud")]
    assert [kind for kind, _ in unspoken(WorkingView(title=Word("no.such.key")), "en")] == ["voice"]
    assert list(unspoken(WorkingView(title="…"), "en")) == []


def test_what_is_behind_a_question_is_not_looked_at(judged: Judge, tmp_path: Path) -> None:
    source = tmp_path / "Behind.qml"
    source.write_text(HEAD + BUTTON % ("one", -40, 600) + "}", "utf-8")
    glass = Glass(settle=0)
    try:
        glass.start()
        glass.paint(json.dumps({"name": "AskView", "source": QUrl.fromLocalFile(str(source)).toString(), "view": {}}))
        rest(60)
        assert [kind for kind, _ in judge(glass)] == ["outside"]
        glass.root.setProperty("asked", "end")
        rest(60)
        assert list(judge(glass)) == []
    finally:
        glass.shut()


def test_the_command_says_how_it_went(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from argparse import Namespace

    options = Namespace(config="config.toml", all=False, only="RateView", practice=False, jobs=2)
    assert main(options) == 0
    assert "kiosk audit: 5 screens, 25 looks, 0 findings" in capsys.readouterr().out
    options.config = str(tmp_path / "small.toml")
    usual = Path("config.toml").read_text("utf-8")
    Path(options.config).write_text(usual.replace("diagonal = 27.0", "diagonal = 10.0"), "utf-8")
    assert main(options) == 1
    said = capsys.readouterr()
    assert "RateView-reasons · zh_Hans portrait" in said.out
    assert "target: " in said.out
    assert "25 looks" in said.err
    options.only = "RatteView"
    assert main(options) == 2
    assert "no screen's name begins with RatteView" in capsys.readouterr().err


def test_the_parts_are_all_of_it_and_each_is_for_one_glass() -> None:
    todo = work(every=True, only="RateView")
    parts = shared_out(todo)
    assert [one for part in parts for one in part] == todo
    assert all(len({(look.shape, look.language) for _, look in part}) == 1 for part in parts)
    assert max(map(len, shared_out(work(every=True)))) <= PART
