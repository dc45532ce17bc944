"""Persons for self-tests: they answer as they are told, and do with their hands what a sentence asks for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path

from kiosk.devices.device import Device
from kiosk.flow.desk import Terminal
from kiosk.model.words import Text, Word
from kiosk.technician.self_test import NOTHING, Bench, Box, Cell, Faces, Person, Picture, Skipped

TERMINAL = Terminal(id="XM0001", name="e政务便民服务站", place="演示店", hotline="0592-12345", demo=True)


class Hand:
    """`does`: key of a sentence → what the hand does when it is told. `answers`: of confirm, one after the other; None skips."""

    def __init__(
        self, *answers: bool | None, does: Mapping[str, Callable[[], None]] | None = None, touches: Collection[Cell] | None = None
    ) -> None:
        self.told: list[Word] = []
        self.asked: list[Word] = []
        self.seen: list[Picture] = []
        self._answers = list(answers)
        self._does = does or {}
        self._touches = touches

    def tell(self, words: Text) -> None:
        assert isinstance(words, Word)
        self.told.append(words)
        self._does.get(words.key, lambda: None)()

    async def confirm(self, question: Text) -> bool:
        assert isinstance(question, Word)
        self.asked.append(question)
        self._does.get(question.key, lambda: None)()
        answer = self._answers.pop(0)
        if answer is None:
            raise Skipped
        return answer

    async def judge(self, question: Text, look: Callable[[], Awaitable[None]]) -> bool | None:
        """One with eyes and no answer left is a terminal."""
        if not self._answers:
            return None
        await look()
        return await self.confirm(question)

    def see(self, picture: Picture, facts: Mapping[str, str] = NOTHING, face: Box | None = None) -> None:
        self.seen.append(picture)

    async def touch(self, columns: int, rows: int) -> Collection[Cell]:
        if self._touches is None:
            raise Skipped
        return self._touches


def bench(person: Person, devices: Mapping[str, Device], *, faces: Faces | None = None, patience: float = 5.0) -> Bench:
    return Bench(person=person, devices=devices, terminal=TERMINAL, language="zh_Hans", faces=faces, patience=patience, poll=0.01)


def words_of(folder: Path) -> str:
    """Every byte below `folder`, to look for what must not be there."""
    return "".join(path.read_bytes().decode("latin-1") for path in sorted(folder.rglob("*")) if path.is_file())
