"""One question to whoever passes by, as `poll.toml` declares it: answered with one touch, counted, and nothing kept of who answered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

ID = re.compile(r"[a-z][a-z0-9-]{1,30}")
FEWEST, MOST = 2, 5  # answers: more are not read in passing
QUESTION, ANSWER = 60, 16  # widths of a letter that have room on the first screen; a character has two


@dataclass(frozen=True, kw_only=True)
class Poll:
    """`question`, `answers`: language → words, and id → those. `first`, `last`: the days it is asked on, both included."""

    id: str
    first: date
    last: date
    question: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last

    def words(self, language: str) -> Mapping[str, str]:
        """key → text: `poll.question`, `poll.answer.<id>`."""
        said = {"poll.question": self.question.get(language, "")}
        said |= {f"poll.answer.{id}": answer.get(language, "") for id, answer in self.answers.items()}
        return {key: text for key, text in said.items() if text}

    def wrong(self) -> Iterator[tuple[str, str]]:
        """Place and what is wrong with it, beyond what types say."""
        for place, id in (("id", self.id), *((f"answers.{one}", one) for one in self.answers)):
            if not ID.fullmatch(id):
                yield place, "two to 31 small letters, digits and hyphens, a letter first"
        if not FEWEST <= len(self.answers) <= MOST:
            yield "answers", f"{FEWEST} to {MOST}"
        if self.last < self.first:
            yield "last", "before the first day"
        said = {"question": (self.question, QUESTION)} | {f"answers.{id}": (one, ANSWER) for id, one in self.answers.items()}
        for place, (words, most) in said.items():
            for language, text in words.items():
                if not 0 < _width(text) <= most:
                    yield f"{place}.{language}", f"1 to {most} letters, or half as many characters"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
