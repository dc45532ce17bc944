"""Pinyin through librime: whole sentences, simplified or traditional, with no memory of anybody."""

from __future__ import annotations

import ctypes as c
from pathlib import Path

from kiosk.model.faults import Fault, Remedy
from kiosk.screens.keyboard.input_method import Composition, InputMethod
from kiosk.screens.keyboard.rime import BACKSPACE, SCHEMA, Candidates, Commit, Context, rime, sized

DATA = Path("/usr/share/rime-data")
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz'")
LIMIT = 60  # characters being composed; a sentence is shorter, and the engine's work grows with the length
_SIMPLIFIED = b"zh_simp"


class Pinyin(InputMethod):
    """`traditional=True` gives 繁體. Opens in some 30 ms. Raises Fault("keyboard.no_chinese") where librime1 or its data is missing."""

    def __init__(self, *, traditional: bool = False, data: Path = DATA) -> None:
        self._rime = rime(data)
        self._simplified = not traditional
        self._session: int = self._rime.create_session()
        if not self._session or not self._rime.select_schema(self._session, SCHEMA):
            raise Fault("keyboard.no_chinese", Remedy.OTHER_WAY, "librime does not take the schema")
        self._rime.set_option(self._session, _SIMPLIFIED, self._simplified)
        self._length = 0
        self._found: list[str] = []
        self._full_forms: dict[str, int] = {}  # character → its number in the unsimplified list
        self._complete = False

    def feed(self, letter: str) -> Composition:
        if letter not in LETTERS:
            raise ValueError("not a letter of pinyin")
        if self._length < LIMIT:
            self._rime.process_key(self._session, ord(letter), 0)
        return self._after()

    def candidates(self, start: int, count: int) -> tuple[str, ...]:
        self._reach(start + count)
        return tuple(self._found[start : start + count])

    def choose(self, index: int) -> Composition:
        self._reach(index + 1)
        if not 0 <= index < len(self._found):
            raise IndexError(index)
        text = self._found[index]
        if text in self._full_forms:
            self._rime.set_option(self._session, _SIMPLIFIED, False)
            self._rime.select_candidate(self._session, self._full_forms[text])
            self._rime.set_option(self._session, _SIMPLIFIED, True)
        else:
            self._rime.select_candidate(self._session, index)
        return self._after()

    def backspace(self) -> Composition:
        self._rime.process_key(self._session, BACKSPACE, 0)
        return self._after()

    def clear(self) -> Composition:
        self._rime.clear_composition(self._session)
        return self._after()

    def close(self) -> None:
        if self._session:
            self._rime.destroy_session(self._session)
            self._session = 0

    def _after(self) -> Composition:
        self._found, self._full_forms, self._complete = [], {}, False
        commit = sized(Commit())
        committed = ""
        if self._rime.get_commit(self._session, c.byref(commit)):
            committed = (commit.text or b"").decode()
            self._rime.free_commit(c.byref(commit))
        context = sized(Context())
        text = ""
        if self._rime.get_context(self._session, c.byref(context)):
            text = (context.composition.preedit or b"").decode()
            self._rime.free_context(c.byref(context))
        self._length = len(text)
        return Composition(text=text, committed=committed)

    def _reach(self, count: int) -> None:
        if self._complete or len(self._found) >= count:
            return
        self._found += self._read(len(self._found), count - len(self._found))
        if len(self._found) >= count:
            return
        self._complete = True
        if self._simplified:
            # A name may be written with a full form that simplification folds away (昇 → 升): those come last, none is lost.
            self._rime.set_option(self._session, _SIMPLIFIED, False)
            for number, text in enumerate(self._read(0, None)):
                if len(text) == 1 and text not in self._full_forms and text not in self._found:
                    self._full_forms[text] = number
            self._rime.set_option(self._session, _SIMPLIFIED, True)
            self._found += self._full_forms

    def _read(self, start: int, count: int | None) -> list[str]:
        found: list[str] = []
        walk = Candidates()
        if self._rime.candidate_list_from_index(self._session, c.byref(walk), start):
            while (count is None or len(found) < count) and self._rime.candidate_list_next(c.byref(walk)):
                found.append((walk.candidate.text or b"").decode())
            self._rime.candidate_list_end(c.byref(walk))
        return found
