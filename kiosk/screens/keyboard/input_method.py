"""InputMethod: letters become Chinese. Qt-free; what the keyboard needs from any engine (pinyin today, others beside it)."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Composition:
    """After each touch. `text` is what is being composed ("王 wei"), empty when nothing is; `committed` is finished text."""

    text: str = field(default="", repr=False)
    committed: str = field(default="", repr=False)


class InputMethod(ABC):
    """One citizen's composition. Not thread-safe: one thread at a time. Nothing that is fed may be kept, logged or written."""

    @abstractmethod
    def feed(self, letter: str) -> Composition:
        """One more letter, a-z or `'` between syllables. Letters beyond the engine's limit are dropped. Else ValueError."""

    @abstractmethod
    def candidates(self, start: int, count: int) -> tuple[str, ...]:
        """The candidates from number `start`, best first; fewer than `count` at the end, empty beyond it."""

    @abstractmethod
    def choose(self, index: int) -> Composition:
        """Takes candidate `index`: either all is `committed`, or the letters it did not cover stay. IndexError if there is none."""

    @abstractmethod
    def backspace(self) -> Composition:
        """Takes the last letter (or the last chosen character) back."""

    @abstractmethod
    def clear(self) -> Composition:
        """Forgets what is being composed."""

    @abstractmethod
    def close(self) -> None:
        """Lets the engine go; never raises."""
