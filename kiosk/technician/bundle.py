"""What goes to the maker's support: how things are and what happened, and nothing of a person. Only what is listed here goes in."""

from __future__ import annotations

import gzip
import io
import json
import re
import tarfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import apsw

from kiosk import whole_file
from kiosk.config import Config
from kiosk.journal import NoKey, looking, station_keys
from kiosk.journal.ledger import DAMAGE
from kiosk.journal.personal import looks_personal
from kiosk.journal.unsettled import unsettled
from kiosk.log import CATALOGUE
from kiosk.technician.readiness import Readiness, as_json, plain
from kiosk.technician.record import Record

REMOVED = "‹removed›"
_SECRET = re.compile(r"secret|password|passwd|token|credential|private|(^|_)(key|pin)($|_)|maintainer|phone|mobile")
_WIRE = ("event", "level", "timestamp")  # of every log line, beside what the catalogue allows
_LINES = 20_000  # of the log, the newest
_LONGEST = 300  # characters of one value
_PRINTABLE = re.compile(r"[\n -~·█‹›]*")


def write_bundle(path: Path, readiness: Readiness, config: Config, record: Record, logs: Iterable[Path]) -> None:
    """A .tar.gz at `path`, for its owner alone. Blocks; raises OSError."""
    roles = [device.role for device in readiness.devices]
    members = {
        "readiness.json": _readiness(readiness),
        "results.json": {role: plain([vars(one) for one in record.results(role)]) for role in roles},
        "faults.json": {role: plain([vars(one) for one in record.troubles(role, 500)]) for role in roles},
        "deeds.json": plain([vars(one) for one in record.deeds(500)]),
        "config.json": tomllib.loads(Path(config.source).read_text("utf-8")),
        "journal.json": _journal(config),
        "log.json": _log(logs),
    }
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, data in members.items():
            content = json.dumps(clean(data), ensure_ascii=True, indent=1).encode()
            entry = tarfile.TarInfo(f"support/{name}")
            entry.size, entry.mtime, entry.mode = len(content), int(readiness.at.timestamp()), 0o600
            archive.addfile(entry, io.BytesIO(content))
    whole_file.write(path, gzip.compress(packed.getvalue(), mtime=0), mode=0o600)


def clean(data: Any, name: str = "") -> Any:
    """The second net, over everything: secrets by the name of their place, persons by their looks, and any text that is not plain."""
    if isinstance(data, Mapping):
        return {_text(str(key)): clean(value, str(key)) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [clean(one, name) for one in data]
    if isinstance(data, str):
        return REMOVED if data and _SECRET.search(name.lower()) else _text(data)
    if isinstance(data, bool | float) or data is None:
        return data
    return data if isinstance(data, int) and not looks_personal(str(data)) else REMOVED


def _text(text: str) -> str:
    """An address keeps its host and path alone; what is not printable ASCII, or looks like a number of a person, goes."""
    if "://" in text:
        parts = urlsplit(text)
        text = f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
    if not _PRINTABLE.fullmatch(text) or looks_personal(text):
        return REMOVED
    return text[:_LONGEST]


def _readiness(readiness: Readiness) -> dict[str, Any]:
    """Without the station's own names, which are in Chinese and would be removed anyway; its id stays."""
    told = as_json(readiness)
    told["station"] = {"id": readiness.station.id}
    return told


def _journal(config: Config) -> dict[str, Any]:
    """How much there is of what, and whether it is whole: no row, no number of an order."""
    place = config.state / "journal.db"
    if not place.exists():
        return {"rows": 0}
    try:
        with looking(place, config.station.id, station_keys(config.state, make=False)) as book:
            rows = tuple(book.rows(every_signature=True))
            head = book.head()
    except (*DAMAGE, NoKey, OSError, apsw.Error) as error:
        return {"damage": type(error).__name__}
    return {
        "rows": len(rows),
        "head": f"{head[0]}:{head[1]}",
        "kinds": dict(Counter(type(row.event).__name__ for row in rows)),
        "unsettled": dict(Counter(one.what.value for one in unsettled(row.event for row in rows))),
    }


def _log(paths: Iterable[Path]) -> dict[str, Any]:
    """Lines that the catalogue knows, each with its allowed fields; how many were left out is told."""
    kept: list[dict[str, Any]] = []
    left_out = 0
    for path in paths:
        with path.open("r", encoding="utf-8", errors="replace") as file:
            for line in file:
                allowed = _allowed(line)
                if allowed is None:
                    left_out += 1
                else:
                    kept.append(allowed)
    return {"left_out": left_out, "lines": kept[-_LINES:]}


def _allowed(line: str) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    if not isinstance(found, dict) or found.get("event") not in CATALOGUE:
        return None
    fields = CATALOGUE[found["event"]]
    return {name: value for name, value in found.items() if name in fields or name in _WIRE}
