"""No text of ours has a character that would stand as an empty box: rare Hokkien ones are in no font that Debian has."""

from __future__ import annotations

import pytest

from kiosk import i18n
from kiosk.audit.rules import drawn
from kiosk.screens.window import FAMILY, application


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_word_of_a_language_is_drawn(language: str) -> None:
    application()
    family = FAMILY.format(i18n.forms(language))
    boxes = {key: words for key, words in i18n.table(language).items() if not all(drawn(one, family) for one in words)}
    assert boxes == {}
