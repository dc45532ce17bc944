"""The voice of this terminal: a recording where there is one, else the synthesiser, else the nearest language that is understood."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from kiosk import i18n
from kiosk.devices.lane import Lane
from kiosk.log import log
from kiosk.model.sound import Sound
from kiosk.model.words import Text
from kiosk.speech import SpeechSynthesizer, Unsaid
from kiosk.speech.mute import Mute
from kiosk.speech.reading import read_aloud
from kiosk.speech.recordings import Recordings

INSTEAD = {"nan": "zh_Hans", "zh_Hant": "zh_Hans"}  # whose words are said where a language has neither voice nor recording


class Voice:
    """For the engine's loop; the work is done in a lane."""

    def __init__(self, synthesizer: SpeechSynthesizer | None = None, locales: Path = i18n.LOCALES) -> None:
        self._synthesizer = synthesizer or Mute()
        self._recordings = Recordings(locales)
        self._lane = Lane("speech")
        self.borrowed: frozenset[str] = frozenset()  # languages in whose place another one is heard; known once it is prepared

    async def prepare(self) -> None:
        """Never raises."""
        await self._lane.run(self._prepare)

    async def render(self, text: Text, language: str) -> Sound | None:
        """`text` to be heard; None where nobody can say it. Never raises."""
        return await self._lane.run(partial(self._render, text, language))

    def heard_as(self, language: str) -> str:
        """The language that is heard: this one, the one said instead, or "" where nothing is. Blocks for a moment."""
        for one in self._tried(language):
            if one in self._synthesizer.languages or self._recordings.any(one):
                return one
        return ""

    def close(self) -> None:
        self._lane.close()

    @staticmethod
    def _tried(language: str) -> Sequence[str]:
        return (language, INSTEAD[language]) if language in INSTEAD else (language,)

    def _prepare(self) -> None:
        self.borrowed = frozenset(one for one in INSTEAD if self.heard_as(one) not in ("", one))
        try:
            self._synthesizer.prepare()
        except Unsaid as unsaid:
            log.warning("speech.failed", reason=str(unsaid))

    def _render(self, text: Text, language: str) -> Sound | None:
        try:
            for one in self._tried(language):
                recorded = self._recordings.sound(text, one)
                if recorded is not None:
                    return recorded
                if one in self._synthesizer.languages:
                    return self._synthesizer.say(read_aloud(i18n.say(text, one), one), one)
        except (Unsaid, OSError) as error:
            log.warning("speech.failed", reason=str(error) if isinstance(error, Unsaid) else type(error).__name__)
        return None
