"""A log line names an event of the catalogue and never a person: the fields are an allow-list."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

# event → the fields it may carry. Whatever is not here does not reach a log.
CATALOGUE: dict[str, frozenset[str]] = {
    "boot": frozenset({"version", "pid"}),
    "device.opened": frozenset({"role", "driver", "state"}),
    "device.fault": frozenset({"role", "code", "detail"}),
    "id_card_reader.another": frozenset({"role", "before", "now"}),
    "id_card_reader.doubtful": frozenset({"role"}),
    "device.levers": frozenset({"role", "lever"}),
    "visit.started": frozenset({"visit", "item"}),
    "visit.step": frozenset({"visit", "step"}),
    "visit.fault": frozenset({"visit", "step", "code", "detail"}),
    "visit.bug": frozenset({"visit", "step", "type", "where"}),
    "visit.ended": frozenset({"visit", "ending"}),
    "visit.promise_failed": frozenset({"visit", "code"}),
    "department.called": frozenset({"operation", "outcome", "ms", "bytes"}),
    "power.changed": frozenset({"state"}),
    "payment.state": frozenset({"visit", "state"}),
    "payment.difference": frozenset({"day", "orders"}),
    "journal.rebuilt": frozenset({"orders"}),
    "journal.opened": frozenset({"rows", "unsettled"}),
    "journal.quarantined": frozenset({"reason"}),
    "supervisor.started": frozenset({"pid"}),
    "supervisor.ended": frozenset({"pid", "status"}),
    "supervisor.power_off": frozenset({"status"}),
    "supervisor.resting": frozenset({"seconds"}),
    "speech.failed": frozenset({"reason"}),
    "jack.silent": frozenset({"reason"}),
    "technician.entered": frozenset({"technician", "outcome"}),
    "technician.tested": frozenset({"technician", "role", "test", "outcome"}),
    "technician.record_lost": frozenset({"reason"}),
    "face.day_lost": frozenset({"reason"}),
    "screens.painted": frozenset({"ms"}),
    "screen.stuck": frozenset(),
    "screen.free": frozenset(),
    "volunteer.unreached": frozenset({"call", "reason"}),
    "volunteer.broken": frozenset({"reason"}),
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


class Log:
    """structlog behind a level: lines below it cost nothing, and the library is loaded for the first line that is written."""

    def __init__(self) -> None:
        self._level = logging.WARNING
        self._to: TextIO | None = None
        self._logger: Any = None

    def debug(self, event: str, **fields: Any) -> None:
        self._line("debug", logging.DEBUG, event, fields)

    def info(self, event: str, **fields: Any) -> None:
        self._line("info", logging.INFO, event, fields)

    def warning(self, event: str, **fields: Any) -> None:
        self._line("warning", logging.WARNING, event, fields)

    def error(self, event: str, **fields: Any) -> None:
        self._line("error", logging.ERROR, event, fields)

    def critical(self, event: str, **fields: Any) -> None:
        self._line("critical", logging.CRITICAL, event, fields)

    def _line(self, method: str, level: int, event: str, fields: dict[str, Any]) -> None:
        if level < self._level:
            return
        if self._logger is None:
            self._logger = self._make()
        getattr(self._logger, method)(event, **fields)

    def _make(self) -> Any:
        import structlog  # 80 ms that the first frame does not wait for

        return structlog.wrap_logger(
            structlog.WriteLogger(self._to or sys.stderr),
            processors=[
                structlog.processors.add_log_level,
                allow,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                structlog.processors.JSONRenderer(ensure_ascii=True),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(self._level),
        )

    def configure(self, to: TextIO | None = None, level: int = logging.WARNING) -> None:
        self._to, self._level, self._logger = to, level, None


log = Log()


def configure(to: TextIO | None = None, level: int = logging.WARNING) -> None:
    """One JSON object a line on `to` (standard error): newlines and control characters of values cannot forge a line."""
    log.configure(to, level)
