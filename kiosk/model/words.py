"""A text for a person, by key: the words themselves live in `locales/*/*.po`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, init=False)
class Word:
    """`Word("check.between", min=1, max=3)`: a key, and what fills the `{places}` of its text; a place may hold another Word."""

    key: str
    args: Mapping[str, Word | str | int]

    def __init__(self, key: str, /, **args: Word | str | int) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "args", args)


# What a screen or a slip shows: a key to translate, or words that came from outside and are shown as they are.
Text = Word | str
