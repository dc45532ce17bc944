"""All that is said of a screen stands on it, word for word: captions are not a second text that could differ."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hands import rest
from PySide6.QtQuick import QQuickItem

from kiosk import i18n
from kiosk.flow.spoken import spoken
from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.window import Glass


def texts(item: QQuickItem) -> list[str]:
    own = item.property("text")
    found = [own] if isinstance(own, str) and item.isVisible() else []
    return found + [text for child in item.childItems() for text in texts(child)]


def plain(text: str) -> str:
    """Without what only lays it out: tags, breaks, blanks."""
    return re.sub(r"<[^>]*>|[\s\u200b]+", "", text)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_is_said_stands_on_the_glass(make_glass: Callable[..., Glass], language: str) -> None:
    glass = make_glass(language=language)
    missing = []
    for name, view in samples(language).items():
        said = spoken(view)
        if not type(view).for_citizens:
            assert said == ()
            continue
        assert said, f"{name} says nothing"
        glass.paint("")
        glass.paint(picture(view))
        rest(20)
        painted = plain("|".join(texts(glass.contentItem())))
        missing += [f"{name}: {i18n.say(text, language)}" for text in said if plain(i18n.say(text, language)) not in painted]
    assert missing == []
