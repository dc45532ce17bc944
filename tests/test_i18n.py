"""Words by key and language, and how a language that does not keep up with the reference is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk import check, i18n
from kiosk.model.words import Word
from kiosk.testing.counter import ROOT

OTHERS = tuple(language for language in i18n.LANGUAGES if language != i18n.REFERENCE)
Spoil = Callable[[str, str, str], None]


def test_places_are_filled_and_may_hold_words():
    said = i18n.say(Word("item.why.device", device=Word("role.id_card")), "zh_Hans")
    assert said == "身份证阅读器暂时不能用。"
    assert i18n.say(Word("item.why.device", device=Word("role.id_card")), "zh_Hant") == "身分證閱讀器暫時不能用。"


def test_a_missing_key_shows_itself_and_plain_text_stays():
    assert i18n.say(Word("no.such.key"), "en") == "⟦no.such.key⟧"
    assert i18n.say("{untouched}", "en") == "{untouched}"


def test_no_language_lacks_anything():
    assert list(i18n.gaps()) == []


def test_english_has_straight_quotes():
    """Curly ones are as wide as a Chinese character in our font: “ word ” would stand apart."""
    bent = [key for key, words in i18n.table("en").items() if set(words) & set("“”‘’")]
    assert bent == []


@pytest.fixture
def spoil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spoil]:
    """Changes a text of a copy of the words, which are then the house's: language, what is there, what comes instead; in screens.po."""
    shutil.copytree(i18n.LOCALES, tmp_path / "locales")
    monkeypatch.setattr(i18n, "LOCALES", tmp_path / "locales")

    def change(language: str, there: str, instead: str) -> None:
        path = tmp_path / "locales" / language / "screens.po"
        text = path.read_text("utf-8")
        assert there in text
        path.write_text(text.replace(there, instead), "utf-8")
        forget()

    yield change
    forget()


def forget() -> None:
    i18n.rooms.cache_clear()
    i18n._read.cache_clear()


@pytest.mark.parametrize("language", OTHERS)
def test_a_key_that_a_language_lacks_is_told_with_its_file_and_the_words_to_say(spoil: Spoil, language: str, capsys):
    spoil(language, 'msgid "nav.back"', 'msgid "nav.bakc"')
    assert check.main(ROOT / "config.toml") == 1
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == [
        f"locales/{language}/screens.po: no words for nav.back (zh_Hans: 返回)",
        f"locales/{language}/screens.po: nav.bakc is not in locales/zh_Hans/screens.po",
    ]
    assert "2 problems" in told[2]  # once each


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_left_empty_is_a_text_that_is_missing(spoil: Spoil, language: str):
    spoil(language, f'msgid "nav.back"\nmsgstr "{i18n.table(language)["nav.back"]}"', 'msgid "nav.back"\nmsgstr ""')
    assert list(i18n.gaps()) == [f"locales/{language}/screens.po: no words for nav.back (zh_Hans: 返回)"]


@pytest.mark.parametrize("language", OTHERS)
def test_places_that_do_not_match_are_told(spoil: Spoil, language: str):
    step = i18n.table(language)["nav.step"]
    spoil(language, step, step.replace("{step}", "{stpe}"))
    assert list(i18n.gaps()) == [f"locales/{language}/screens.po: nav.step fills {{of}} {{stpe}}, zh_Hans fills {{of}} {{step}}"]


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_words_that_nobody_has_written_are_told_for_every_language(language: str):
    assert f"{language}: no words for no.such.key" in list(i18n.lacking("no.such.key", "nav.back"))
    assert len(list(i18n.lacking("no.such.key", "nav.back"))) == len(i18n.LANGUAGES)
