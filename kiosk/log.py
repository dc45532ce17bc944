"""A log line names an event of the catalogue and never a person: the fields are an allow-list."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

# event → the fields it may carry. Whatever is not here does not reach a log.
CATALOGUE: dict[str, frozenset[str]] = {
    "boot": frozenset({"version", "pid"}),
    "device.opened": frozenset({"role", "driver", "state"}),
    "device.fault": frozenset({"role", "code", "detail"}),
    "device.levers": frozenset({"role", "lever"}),
    "visit.started": frozenset({"visit", "item"}),
    "visit.step": frozenset({"visit", "step"}),
    "visit.fault": frozenset({"visit", "step", "code", "detail"}),
    "visit.bug": frozenset({"visit", "step", "type", "where"}),
    "visit.ended": frozenset({"visit", "ending"}),
    "visit.promise_failed": frozenset({"visit", "code"}),
    "department.called": frozenset({"operation", "outcome", "ms", "bytes"}),
    "payment.state": frozenset({"visit", "state"}),
    "journal.opened": frozenset({"rows", "unsettled"}),
    "journal.quarantined": frozenset({"reason"}),
    "supervisor.started": frozenset({"pid"}),
    "supervisor.ended": frozenset({"pid", "status"}),
    "supervisor.resting": frozenset({"seconds"}),
    "screens.painted": frozenset({"ms"}),
    "screens.warning": frozenset({"where"}),
    "sandbox.ready": frozenset({"port"}),
}


class UnknownEvent(Exception):
    """A log call with an event or a field that the catalogue does not list: a bug of the caller."""


def allow(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """structlog processor: refuses what the catalogue does not know."""
    event = line["event"]
    extra = set(line) - {"event", "level", "timestamp"} - CATALOGUE.get(event, frozenset())
    if event not in CATALOGUE or extra:
        raise UnknownEvent(f"{event}: {sorted(extra)}")
    return line


def configure(to: TextIO | None = None, level: int = logging.WARNING) -> None:
    """One JSON object a line on `to` (standard error): newlines and control characters of values cannot forge a line."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            allow,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=to or sys.stderr),
        cache_logger_on_first_use=False,
    )


log: structlog.typing.FilteringBoundLogger = structlog.get_logger()
