"""The recording list: what is said is in it, once, in the pieces that the voice looks for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from kiosk import i18n
from kiosk.__main__ import main
from kiosk.model.words import Word
from kiosk.speech import script
from kiosk.speech.recordings import SYLLABLES, pieces


def listed(language: str, locales: Path = i18n.LOCALES) -> list[dict[str, str]]:
    out = io.StringIO()
    script.write(language, out, locales)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_each_recording_is_wanted_once_and_has_words(language: str) -> None:
    found = listed(language)
    files = [row["file"] for row in found]
    assert len(files) == len(set(files)) > 500
    assert all(row["text"].strip() for row in found)
    assert not [row for row in found if "{" in row["text"] or row["key"].startswith(("lever.", "test.", "lang."))]


def test_the_list_has_every_piece_that_the_voice_will_look_for() -> None:
    files = {row["file"].rpartition(".")[0] for row in listed("zh_Hans")}
    for text in (Word("count.seconds", seconds=30), Word("pay.scan", method=Word("pay.method.wechat")), Word("still.title")):
        assert {piece.name for piece in pieces(text, "zh_Hans") if piece.name} <= files
    assert {f"number/{one}" for one in SYLLABLES} <= files
    assert not [name for name in (row["file"] for row in listed("en")) if name.startswith("number/")]


def test_what_is_recorded_is_marked(tmp_path: Path) -> None:
    voice = tmp_path / "zh_Hans" / "voice"
    voice.mkdir(parents=True)
    (voice / "still.title.flac").write_bytes(b"")
    (row,) = [row for row in listed("zh_Hans", tmp_path) if row["there"]]
    assert (row["key"], row["file"], row["text"]) == ("still.title", "still.title.flac", "您还在吗？")


def test_a_list_for_minnan_has_its_reading_beside_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"read_card.title": "請共身份證囥佇感應區"}
    monkeypatch.setattr(script.i18n, "rooms", lambda language: {"screens": words})
    row = listed("nan")[0]
    assert row["text"] == "請共身份證囥佇感應區" and row["tailo"].startswith("Tshiánn kā sin-hūn-tsìng")


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["voice", "list", "zh_Hans", "--into", str(tmp_path / "list.csv")]) == 0
    assert "recordings, 0 of them there" in capsys.readouterr().out
    assert (tmp_path / "list.csv").read_bytes().startswith(b"\xef\xbb\xbfkey,file,text,tailo,there")
    assert main(["voice", "list", "xx"]) == 2
    assert "xx has no words yet" in capsys.readouterr().err
    config = tmp_path / "config.toml"
    shipped = (i18n.LOCALES.parent / "config.toml").read_text("utf-8")
    config.write_text(shipped.replace('synthesizer = "espeak"', 'synthesizer = "none"'), "utf-8")
    assert main(["voice", "--config", str(config)]) == 1
    assert "zh_Hans: nothing is heard; 0 of" in capsys.readouterr().out
    assert main(["voice", "say", "zh_Hans", "您好", "--into", str(tmp_path / "said.wav"), "--config", str(config)]) == 1
