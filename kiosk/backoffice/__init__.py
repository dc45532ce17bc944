"""DEPARTMENTS: each reached through an adapter; which one, config.toml says."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kiosk.model.person import Person


@dataclass(frozen=True, kw_only=True)
class Request:
    """One call. `write` = it changes something at the department: never repeated under another key."""

    operation: str  # "HRSS.issueCert"
    key: str  # idempotency key: the same key twice is one deed
    station: str
    person: Person | None = field(default=None, repr=False)
    answers: Mapping[str, str] = field(default_factory=dict, repr=False)
    files: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict, repr=False)  # pictures by input name
    held: Mapping[str, str] = field(default_factory=dict, repr=False)  # what the department keeps for this visit
    reply: Mapping[str, Any] = field(default_factory=dict, repr=False)  # what was answered to the submission of this visit
    write: bool = False


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What the department said, already checked against the operation's schema and bound to the request."""

    operation: str
    data: Mapping[str, Any] = field(default_factory=dict, repr=False)


class Adapter(ABC):
    """Faults, and what they say of the deed:

    `backoffice.asleep` LATER: surely not done (no connection, 503, breaker open).
    `backoffice.refused.<reason>` OTHER_WAY: the department said no; surely not done. `<reason>` is of its error table.
    `backoffice.garbage` LATER: an answer nobody can trust (a read; for a write it is `.unknown`).
    `backoffice.unknown` LATER: a write went out and its outcome is not known: ask again with the same key.
    """

    operations: frozenset[str]

    @abstractmethod
    async def call(self, request: Request) -> Reply:
        """Total deadline, size cap, schema check, no redirects. Safe to repeat with the same key."""

    def problems(self) -> Iterable[str]:
        """What is wrong with it that can be found without a call: for `kiosk check`."""
        return ()

    @abstractmethod
    async def close(self) -> None:
        """Let connections go; never raises."""
