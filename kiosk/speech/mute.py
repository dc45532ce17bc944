"""No synthesiser: only what was recorded is heard."""

from __future__ import annotations

from kiosk.model.sound import Sound
from kiosk.speech import SpeechSynthesizer, Unsaid


class Mute(SpeechSynthesizer):
    @property
    def languages(self) -> frozenset[str]:
        return frozenset()

    def say(self, text: str, language: str) -> Sound:
        raise Unsaid("there is no synthesiser")
