"""A text for a person, by key: the words themselves live in `locales/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Word:
    """One key of `locales/*/*.po` and what fills its `{places}`; a place may hold another Word."""

    key: str
    args: Mapping[str, Word | str | int] = field(default_factory=dict)

    @classmethod
    def of(cls, key: str, **args: Word | str | int) -> Word:
        return cls(key, args)


# What a screen or a slip shows: a key to translate, or words that came from outside and are shown as they are.
Text = Word | str
