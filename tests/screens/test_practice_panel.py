"""The panel of practice in every language: every case with all its hints, and its result; nothing is cut off, nothing leaves the window."""

from __future__ import annotations

from typing import Any

import pytest
from hands import rest
from PySide6.QtCore import QRect
from PySide6.QtQuick import QQuickItem

from kiosk import i18n
from kiosk.model.words import Word
from kiosk.practice.cases import Case, cases
from kiosk.practice.evidence import Evidence
from kiosk.practice.mark import mark
from kiosk.practice.room import result
from kiosk.screens.dock.window import PracticeWindow
from kiosk.screens.stage import plain


def work(case: Case) -> dict[str, Any]:
    chip = {"lever": "press", "value": "", "raw": "", "fact": "", "so": "", "back": "", "back_value": "", "relief": False}
    return {
        "number": case.number,
        **{what: case.word(what) for what in ("title", "story", "task")},
        "turn": case.word("turn") if case.turn else "",
        "step": Word("nav.step", step=3, of=7),
        "portrait": "",
        "person": Word("practice.person", name="王伟", number="11010519491231002X", mobile="13800000001"),
        "hold": [{"role": hold.part, "chip": {**chip, "name": hold.name, "words": f"practice.hold.{hold.name}"}} for hold in case.hold],
        "hints": [case.word(f"hint.{number}") for number in range(1, case.hints + 1)],
        "more": True,
        "cost": 5,
    }


def badly_shown(window: PracticeWindow) -> list[str]:
    """Words that are cut off, miss their translation, or stand outside the panel; everything scrolls down, nothing sideways."""
    found, todo = [], [window.root]
    while todo:
        item: QQuickItem = todo.pop()
        if not item.isVisible():
            continue
        text = item.property("text") if item.property("truncated") is not None else ""
        left, right = item.mapToScene(item.boundingRect().topLeft()).x(), item.mapToScene(item.boundingRect().bottomRight()).x()
        if text and (item.property("truncated") or "⟦" in text or left < 0 or right > window.width()):
            found.append(f"{text} {left:.0f}-{right:.0f}")
        todo += item.childItems()
    return found


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_page_of_every_case_can_be_read(language: str) -> None:
    window = PracticeWindow(QRect(0, 0, 440, 700), language)
    try:
        window.show()
        window.tell("stands", {"phone": {"code": "123456"}})
        for case in cases():
            over = result(case, mark(case, Evidence()), 3)
            for page in ({"page": "case", "case": work(case)}, {"page": "result", "case": work(case), "result": over}):
                window.tell("told", plain({"trouble": Word("practice.not_saved", why="No space left on device"), **page}))
                rest(5)
                assert badly_shown(window) == [], (case.id, page["page"])
    finally:
        window.shut()
