"""Questions in the Internet Printing Protocol (RFC 8011), asked by CUPS' own `ipptool`: it speaks, we read its property list."""

from __future__ import annotations

import os
import plistlib
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.parsers.expat import ExpatError

Attributes = Mapping[str, Any]
"""By their names in the standard: text, int, bool, or a list of them where there are several."""


_END = b"</plist>"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One operation about `Ipp.uri`. `given` and `of_the_job`: lines such as `integer job-id 12`."""

    operation: str
    given: tuple[str, ...] = ()
    of_the_job: tuple[str, ...] = ()
    document: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """`status`: `successful-ok`, `client-error-not-found` …; `groups`: what followed, without the group that every answer has."""

    status: str
    groups: tuple[Attributes, ...] = ()

    @property
    def well(self) -> bool:
        return self.status.startswith("successful")

    @property
    def first(self) -> Attributes:
        return self.groups[0] if self.groups else {}


class NoAnswer(OSError):
    """Nobody is there, or what they say makes no sense."""


class Ipp:
    """`uri`: `ipp://host:port/printers/<queue>`. `user`: whose jobs they are. Every question blocks, for at most `within` seconds."""

    def __init__(self, uri: str, user: str, within: float = 5.0) -> None:
        self.uri = uri
        self._user = user
        self._within = within

    def ask(self, *questions: Question) -> tuple[Answer, ...]:
        """The answers in order; a question that is refused is answered too. Raises NoAnswer."""
        open_files: list[int] = []
        try:
            text = "".join(self._written(question, open_files) for question in questions)
            done = subprocess.run(  # noqa: S603 - no shell, and nothing from outside but names that were checked
                ("/usr/bin/ipptool", "-X", "-I", "-T", f"{self._within:.0f}", self.uri, "/dev/stdin"),
                input=text.encode(),
                capture_output=True,
                pass_fds=open_files,
                timeout=self._within * (1 + len(questions)),
                check=False,
            )
            return _read(done.stdout, len(questions))
        except subprocess.TimeoutExpired:
            raise NoAnswer("no answer in time") from None
        finally:
            for file in open_files:
                os.close(file)

    def _written(self, question: Question, open_files: list[int]) -> str:
        operation = (
            "charset attributes-charset utf-8",
            "language attributes-natural-language en",
            f"uri printer-uri {self.uri}",
            f'name requesting-user-name "{self._user}"',
            *question.given,
        )
        lines = ["{", f"OPERATION {question.operation}", *_group("operation", operation), *_group("job", question.of_the_job)]
        if question.document:
            # In memory only: what we send is never a file of ours.
            open_files.append(os.memfd_create("document"))
            with os.fdopen(os.dup(open_files[-1]), "wb") as file:
                file.write(question.document)
            lines.append(f"FILE /dev/fd/{open_files[-1]}")
        return "\n".join((*lines, "}", ""))


def values(attributes: Attributes, name: str) -> tuple[Any, ...]:
    """All values of an attribute, none if it is not there."""
    found = attributes.get(name, ())
    return tuple(found) if isinstance(found, list) else (found,) if found != () else ()


def _group(name: str, lines: Sequence[str]) -> Iterable[str]:
    return (f"GROUP {name}-attributes-tag", *(f"ATTR {line}" for line in lines)) if lines else ()


def _read(told: bytes, count: int) -> tuple[Answer, ...]:
    try:
        told = told[: told.index(_END) + len(_END)]  # after several questions a summary for people follows
        tests = plistlib.loads(told)["Tests"]
        answers = tuple(
            Answer(status=str(test["StatusCode"]), groups=tuple(group for group in test.get("ResponseAttributes", ())[1:] if group))
            for test in tests
        )
    except (plistlib.InvalidFileException, ExpatError, ValueError, KeyError, TypeError, IndexError) as error:
        raise NoAnswer(type(error).__name__) from None
    if len(answers) != count:
        raise NoAnswer(f"{len(answers)} answers to {count} questions")
    return answers
