from __future__ import annotations

from kiosk import i18n
from kiosk.model.words import Word


def test_places_are_filled_and_may_hold_words():
    said = i18n.say(Word("item.why.device", device=Word("role.id_card")), "zh_Hans")
    assert said == "身份证阅读器暂时不能用，请到附近的站点办理。"


def test_a_missing_key_shows_itself_and_plain_text_stays():
    assert i18n.say(Word("no.such.key"), "en") == "⟦no.such.key⟧"
    assert i18n.say("{untouched}", "en") == "{untouched}"
