"""SPEECH: words made audible. Recordings of a person come first; what is not recorded is said by a synthesiser, which is a plug-in."""

from __future__ import annotations

from abc import ABC, abstractmethod

from kiosk.model.sound import Sound


class Unsaid(Exception):
    """It could not be made audible; the words say why, and never what was to be said."""


class SpeechSynthesizer(ABC):
    """Offered by the entry point `kiosk.speech`. Works without a network; all methods may block, and run in a lane of their own."""

    @property
    @abstractmethod
    def languages(self) -> frozenset[str]:
        """What it can say on this machine, of `kiosk.i18n.LANGUAGES`; nothing where what it needs is missing."""

    def prepare(self) -> None:  # noqa: B027 - what needs no preparing says so by saying nothing
        """Called once, before the first citizen: whoever presses the switch hears the first word within half a second. May raise Unsaid."""

    @abstractmethod
    def say(self, text: str, language: str) -> Sound:
        """`text` as `kiosk.speech.reading` leaves it: no digits, no signs in Chinese. Raises Unsaid.

        What is said may be personal: it goes into no file, no argument of a process and no exception.
        """
