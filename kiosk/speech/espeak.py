"""Debian's espeak-ng as a process of its own: a robot's voice, but one that says every name, number and message at once, offline.

Mandarin goes in as pinyin: its own reading of characters is wrong (`qing three`), its `cmn-latn-pinyin` voice is right.
"""

from __future__ import annotations

import re
import shutil
import subprocess

from kiosk.model.sound import Sound
from kiosk.speech import SpeechSynthesizer, Unsaid
from kiosk.speech.decoded import decoded

VOICES = {"en": "en-us", "zh_Hans": "cmn-latn-pinyin", "zh_Hant": "cmn-latn-pinyin"}  # there is none for 闽南语, here or anywhere in Debian
WITHIN = 10.0  # seconds for one sentence; it takes a tenth of one
LETTERS = {
    "A": "ei1", "B": "bi4", "C": "sei1", "D": "di4", "E": "yi4", "F": "ai1 fu5", "G": "ji4", "H": "ai1 chi5", "I": "ai4", "J": "jie4",
    "K": "kei4", "L": "ai1 le5", "M": "ai1 mu5", "N": "en1", "O": "ou4", "P": "pi4", "Q": "kiu4", "R": "a1 er5", "S": "ai1 si5", "T": "ti4",
    "U": "you4", "V": "wei1", "W": "da2 bu5 liu5", "X": "ai4 ke5 si5", "Y": "wai4", "Z": "zei4",
}  # fmt: skip
_RUNS = re.compile(r"[㐀-鿿〇]+|[A-Za-z]|[，、；：]|[。！？,.!?;:]")


class Espeak(SpeechSynthesizer):
    """`speed` in words a minute; its own usual is 175, and older ears like it slower."""

    def __init__(self, *, speed: int = 150, program: str = "espeak-ng") -> None:
        self._speed = speed
        self._program = program

    @property
    def languages(self) -> frozenset[str]:
        return frozenset(VOICES) if shutil.which(self._program) else frozenset()

    def prepare(self) -> None:
        if self.languages:
            pinyin("好")
            self.say("one", "en")

    def say(self, text: str, language: str) -> Sound:
        if language not in VOICES:
            raise Unsaid(f"no voice for {language}")
        words = text if language == "en" else pinyin(text)
        call = [self._program, "-v", VOICES[language], "-s", str(self._speed), "--stdin", "--stdout"]
        try:
            done = subprocess.run(call, input=words.encode(), capture_output=True, timeout=WITHIN, check=False)  # noqa: S603
        except (OSError, subprocess.TimeoutExpired) as error:
            raise Unsaid(f"{self._program}: {type(error).__name__}") from None
        if done.returncode != 0 or not done.stdout:
            raise Unsaid(f"{self._program} ended with {done.returncode}")
        return decoded(done.stdout)


def pinyin(text: str) -> str:
    """Syllables with their tones; letters by their names, and signs as the pauses they are."""
    from pypinyin import Style, lazy_pinyin  # half a second of dictionaries, for the lane of speech

    said: list[str] = []
    for run in _RUNS.findall(text):
        if len(run) == 1 and run.upper() in LETTERS:
            said.append(LETTERS[run.upper()])
        elif run in "，、；：,;:":
            said.append(",")
        elif run in "。！？.!?":
            said.append(".")
        else:
            said += lazy_pinyin(run.replace("〇", "零").replace("幺", "腰"), style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join(said)
