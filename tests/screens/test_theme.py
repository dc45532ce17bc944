"""Colours a tired eye can read, and words for every key that a screen names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from fonticon_mdi7 import MDI7
from PySide6.QtGui import QColor, QFontDatabase

from kiosk import i18n
from kiosk.flow.views import HomeView
from kiosk.screens import window
from kiosk.screens.window import Glass

FOLDER = Path(window.__file__).parent
MINE = [*FOLDER.glob("*.qml"), *FOLDER.glob("theme/*.qml"), *FOLDER.glob("parts/*.qml"), *FOLDER.glob("views/*.qml")]


def luminance(color: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in (color.redF(), color.greenF(), color.blueF())]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_pair_of_colours_can_be_read(glass: Glass) -> None:
    pairs = glass.theme.property("pairs").toVariant()
    assert len(pairs) > 20
    weak = [
        f"{QColor(text).name()} on {QColor(ground).name()}: {contrast(QColor(text), QColor(ground)):.2f}"
        for text, ground, least in pairs
        if contrast(QColor(text), QColor(ground)) < least
    ]
    assert weak == []
    assert all(least >= 4.5 for text, ground, least in pairs if QColor(text) != glass.theme.property("edge"))


def test_our_typefaces_are_there(glass: Glass) -> None:
    families = QFontDatabase.families()
    assert glass.theme.property("family") in families
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


def test_both_languages_of_ours_have_the_same_keys_and_places() -> None:
    def read(language: str) -> dict[str, set[str]]:
        with (i18n.LOCALES / language / "screens.po").open("rb") as file:
            return {str(m.id): set(re.findall(r"{(\w+)}", str(m.string))) for m in read_po(file) if m.id}

    assert {key: places for key, places in read("en").items() if key != "rate.lead"} == {
        key: places for key, places in read("zh_Hans").items() if key != "rate.lead"
    }


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
    glass.speak("en")
    assert back.property("text") == "Help"
