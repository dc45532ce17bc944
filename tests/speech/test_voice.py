"""A recording first, then the synthesiser, then the nearest language: what is heard of a text."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import i18n, log, plugins
from kiosk.model.sound import RATE, Sound, tone
from kiosk.model.words import Word
from kiosk.speech import SpeechSynthesizer, Unsaid
from kiosk.speech.decoded import decoded
from kiosk.speech.espeak import LETTERS, Espeak, pinyin
from kiosk.speech.mute import Mute
from kiosk.speech.recordings import SYLLABLES, Piece, Unrecordable, fragments, pieces
from kiosk.speech.voice import Voice
from kiosk.testing.line import HIGH, LOW
from kiosk.testing.speaker import loudness, pitches

needs_espeak = pytest.mark.skipif(not Espeak().languages, reason="needs Debian's espeak-ng")


class Said(SpeechSynthesizer):
    """Remembers what it was to say."""

    def __init__(self, *languages: str) -> None:
        self.texts: list[tuple[str, str]] = []
        self._languages = frozenset(languages)

    @property
    def languages(self) -> frozenset[str]:
        return self._languages

    def say(self, text: str, language: str) -> Sound:
        self.texts.append((text, language))
        if "raise" in text:
            raise Unsaid("it was told to")
        return tone(HIGH, 0.2)


def record(locales: Path, language: str, name: str, sound: Sound, rate: int = RATE) -> None:
    path = locales / language / "voice" / f"{name}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(sound.pcm)


@pytest.fixture
def synthesizer() -> Said:
    return Said("zh_Hans", "en")


@pytest.fixture
def voice(synthesizer: Said, tmp_path: Path) -> Iterator[Voice]:
    voice = Voice(synthesizer, tmp_path)
    yield voice
    voice.close()


async def test_what_is_recorded_is_not_synthesised(voice: Voice, synthesizer: Said, tmp_path: Path) -> None:
    record(tmp_path, "zh_Hans", "read_card.title", tone(LOW, 0.3))
    sound = await voice.render(Word("read_card.title"), "zh_Hans")
    assert sound is not None and pitches(sound) == [LOW]
    assert synthesizer.texts == []
    assert await voice.render(Word("read_card.title"), "en") is not None
    assert synthesizer.texts == [(i18n.table("en")["read_card.title"], "en")]


async def test_a_text_with_places_is_recorded_in_pieces(voice: Voice, synthesizer: Said, tmp_path: Path) -> None:
    countdown = Word("count.seconds", seconds=30)
    assert [piece.name for piece in pieces(countdown, "zh_Hans")] == ["count.seconds.1", "number/三", "number/十", "count.seconds.2"]
    for name in ("count.seconds.1", "count.seconds.2", "number/三"):
        record(tmp_path, "zh_Hans", name, tone(LOW, 0.1))
    await voice.render(countdown, "zh_Hans")
    assert synthesizer.texts == [("还剩三十秒", "zh_Hans")]  # one piece is missing: all of it is said by one voice
    record(tmp_path, "zh_Hans", "number/十", tone(LOW, 0.1))
    sound = await voice.render(countdown, "zh_Hans")
    assert len(synthesizer.texts) == 1 and sound is not None and sound.seconds == pytest.approx(0.4, abs=0.01)


async def test_the_nearest_language_is_heard_where_there_is_no_voice(voice: Voice, synthesizer: Said, tmp_path: Path) -> None:
    assert (voice.heard_as("nan"), voice.heard_as("en"), voice.heard_as("fr")) == ("zh_Hans", "en", "")
    await voice.render(Word("read_card.title"), "nan")
    assert synthesizer.texts == [(i18n.table("zh_Hans")["read_card.title"], "zh_Hans")]
    record(tmp_path, "nan", "read_card.title", tone(LOW, 0.3))
    assert voice.heard_as("nan") == "nan"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    lines = io.StringIO()
    log.configure(lines)
    yield lines
    log.configure()


async def test_what_cannot_be_said_is_silence_and_a_line_without_its_words(voice: Voice, tmp_path: Path, lines: io.StringIO) -> None:
    assert await voice.render("please raise 350203199003070011", "en") is None
    assert await voice.render("bonjour", "fr") is None
    broken = tmp_path / "en" / "voice" / "nav.back.ogg"
    broken.parent.mkdir(parents=True)
    broken.write_bytes(b"not a sound")
    assert await voice.render(Word("nav.back"), "en") is None
    told = lines.getvalue()
    assert "speech.failed" in told and "3502031990" not in told


async def test_without_any_voice_nothing_is_heard_and_nothing_raised(tmp_path: Path) -> None:
    voice = Voice(Mute(), tmp_path)
    assert await voice.render(Word("read_card.title"), "zh_Hans") is None
    assert voice.heard_as("zh_Hans") == ""
    with pytest.raises(Unsaid):
        Mute().say("", "en")
    voice.close()


def test_words_from_outside_cannot_have_been_recorded() -> None:
    assert [piece.said for piece in pieces("30.50 元", "nan")] == list("三十元五角")
    with pytest.raises(Unrecordable):
        list(pieces("王某", "nan"))
    assert fragments("nav.back", "返回") == {0: Piece("nav.back", "返回")}
    assert set("一三零") < set(SYLLABLES)


def test_the_synthesisers_that_are_offered() -> None:
    assert {"espeak", "none"} <= set(plugins.offered(plugins.SPEECH))
    assert Espeak(program="no-such-program").languages == frozenset()
    with pytest.raises(Unsaid):
        Espeak(program="no-such-program").say("hello", "en")
    with pytest.raises(Unsaid):
        Espeak().say("食饱未", "nan")


def test_mandarin_goes_in_as_pinyin() -> None:
    assert pinyin("请把身份证放在感应区。") == "qing3 ba3 shen1 fen4 zheng4 fang4 zai4 gan3 ying4 qu1 ."
    assert pinyin("重新办理，银行") == "chong2 xin1 ban4 li3 , yin2 hang2"
    assert pinyin("幺二X") == f"yao1 er4 {LETTERS['X']}"
    assert pinyin("一九九〇年") == "yi1 jiu3 jiu3 ling2 nian2"
    assert pinyin("绿色").startswith("lv4")


@needs_espeak
@pytest.mark.parametrize(("text", "language"), [("请把身份证放在感应区", "zh_Hans"), ("Please put your card down", "en")])
def test_espeak_says_it(text: str, language: str) -> None:
    sound = Espeak().say(text, language)
    assert 1.0 < sound.seconds < 6.0 and loudness(sound) > 0.05
    assert Espeak(speed=100).say(text, language).seconds > sound.seconds


def test_files_of_any_rate_are_read_and_others_refused() -> None:
    with pytest.raises(Unsaid, match="not a sound"):
        decoded(b"RIFF no")


async def test_in_whose_place_another_language_is_heard_is_known_once_prepared(voice: Voice, tmp_path: Path) -> None:
    assert voice.borrowed == frozenset()
    await voice.prepare()
    assert voice.borrowed == {"nan", "zh_Hant"}
    record(tmp_path, "nan", "nav.end", tone(LOW, 0.2))
    await voice.prepare()
    assert "nan" not in voice.borrowed
