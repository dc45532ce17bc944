"""The person at the other side of a terminal: reads sentences, answers y or n."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Collection, Mapping

from kiosk.i18n import say
from kiosk.model.words import Text, Word
from kiosk.technician.self_test import NOTHING, Box, Cell, Picture, Skipped

_YES, _NO = ("y", "yes", "是", "好"), ("n", "no", "否", "不")


class Shell:
    """Where nobody can answer (no terminal), every question is skipped, except with `yes`. `quiet`: sentences go to standard error."""

    def __init__(self, language: str, *, yes: bool = False, quiet: bool = False) -> None:
        self._language = language
        self._yes = yes
        self._to = sys.stderr if quiet else sys.stdout

    def tell(self, words: Text) -> None:
        print(f"· {say(words, self._language)}", file=self._to, flush=True)

    async def confirm(self, question: Text) -> bool:
        print(f"? {say(question, self._language)} {say(Word('doctor.yes_or_no'), self._language)} ", end="", file=self._to, flush=True)
        if self._yes:
            print("y", file=self._to)
            return True
        if not sys.stdin.isatty():
            print(say(Word("doctor.nobody"), self._language), file=self._to)
            raise Skipped
        while True:
            answer = (await asyncio.to_thread(sys.stdin.readline)).strip().lower()
            if answer in _YES or answer in _NO:
                return answer in _YES
            if not answer:
                raise Skipped

    async def judge(self, question: Text, look: Callable[[], Awaitable[None]]) -> bool | None:
        return None

    def see(self, picture: Picture, facts: Mapping[str, str] = NOTHING, face: Box | None = None) -> None:
        return  # numbers tell enough, and nobody's face is drawn into a terminal

    async def touch(self, columns: int, rows: int) -> Collection[Cell]:
        raise Skipped
