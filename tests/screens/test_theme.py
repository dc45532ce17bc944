"""Colours a tired eye can read, and words for every key that a screen names."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fonticon_mdi7 import MDI7
from PySide6.QtGui import QColor, QFontDatabase

from kiosk import i18n
from kiosk.flow.views import HomeView
from kiosk.screens import window
from kiosk.screens.window import Glass, Ways

FOLDER = Path(window.__file__).parent
MINE = [*FOLDER.glob("*.qml"), *FOLDER.glob("theme/*.qml"), *FOLDER.glob("parts/*.qml"), *FOLDER.glob("views/*.qml")]


def luminance(color: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (color.redF(), color.greenF(), color.blueF())]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("high", "words", "edges"), [(False, 7, 3), (True, 10, 4.5)])
def test_every_pair_of_colours_can_be_read(make_glass: Callable[..., Glass], high: bool, words: float, edges: float) -> None:
    glass = make_glass(ways=Ways(contrast=high))
    weak = []
    for name, least in (("pairs", words), ("edges", edges)):
        pairs = glass.theme.property(name).toVariant()
        assert len(pairs) > 3
        for text, ground in pairs:
            if contrast(QColor(text), QColor(ground)) < least:
                weak.append(f"{QColor(text).name()} on {QColor(ground).name()}: {contrast(QColor(text), QColor(ground)):.2f} < {least}")
    assert weak == []


def test_our_typefaces_are_there(glass: Glass) -> None:
    families = QFontDatabase.families()
    read = {}
    for language in i18n.LANGUAGES:
        glass.speak(language)
        read[language] = glass.theme.property("family")
    assert set(read.values()) <= set(families)
    assert read["zh_Hans"] != read["zh_Hant"]  # 骨, 直, 今: the same characters, other strokes
    assert glass.theme.property("iconFamily") in families


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_word_of_a_screen_exists(language: str) -> None:
    words = i18n.table(language)
    named = {key for path in MINE for key in re.findall(r'W\.t\("([a-z_.]+[a-z_])"', path.read_text("utf-8"))}
    named |= {key for path in MINE for key in re.findall(r'key: "([a-z_.]+)"', path.read_text("utf-8"))}
    named |= {f"help.{path.stem}" for path in FOLDER.glob("views/*.qml")}
    named |= {f"lang.{one}" for one in i18n.LANGUAGES}
    assert len(named) > 80
    assert sorted(named - set(words)) == []


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_no_key_of_ours_is_said_twice(language: str) -> None:
    seen: dict[str, str] = {}
    twice = []
    for path in sorted((i18n.LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and str(message.id) in seen:
                    twice.append(f"{message.id}: {seen[str(message.id)]} and {path.name}")
                seen[str(message.id)] = path.name
    assert [one for one in twice if "screens.po" in one] == []


def test_every_icon_a_screen_names_is_drawn() -> None:
    chosen_by = re.compile(r'=== "[^"]*"')  # a state that chooses between icons is none itself
    told = [line for path in MINE for line in path.read_text("utf-8").splitlines() if re.search(r"\b(icon|name):", line)]
    lines = [chosen_by.sub("", line) for line in told]
    named = {name for line in lines if "W." not in line for name in re.findall(r'"([a-z][a-z-]+)"', line)}
    missing = {name for name in named if not hasattr(MDI7, name.replace("-", "_"))}
    assert len(named) > 20
    assert missing == set()


def test_words_from_outside_are_never_interpreted() -> None:
    for path in FOLDER.rglob("*.qml"):
        source = path.read_text("utf-8")
        assert len(re.findall(r"\bText \{", source)) == source.count("textFormat: Text.PlainText"), path


def test_a_language_turns_every_text_at_once(glass: Glass) -> None:
    from kiosk.screens.stage import picture

    glass.paint(picture(HomeView(items=(), departments=(), life_events=())))
    back = glass.root.findChild(type(glass.root), "nav:help")
    assert back is not None
    assert back.property("text") == "帮助"
    for language, help in (("en", "Help"), ("zh_Hant", "協助"), ("zh_Hans", "帮助")):
        glass.speak(language)
        assert back.property("text") == help
