"""One value of one table in `config.toml` is changed, and nothing else: comments and order stay, the old file is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from kiosk import config, strict, whole_file

KEPT = ".before"  # ending of the copy of what was there before the last change


def set_value(path: Path, table: str, key: str, written: str, *, accept: Callable[[config.Config], object]) -> None:
    """`devices.receipts`, `width`, `384`: `written` is a TOML value; what is none is taken as text.

    The whole file as it would be is read and built first (`accept` builds what the table describes): what a start would refuse is refused
    here, with its place, and nothing is written. Raises strict.Refused, OSError.
    """
    place = f"{table}.{key}"
    text = path.read_text("utf-8")
    try:
        document = tomlkit.parse(text)
        here: Any = document
        for part in table.split("."):
            here = here[part]
    except (TOMLKitError, KeyError, TypeError):
        raise strict.Refused(str(path), [(table, "no such table")]) from None
    if not isinstance(here, Table):
        raise strict.Refused(str(path), [(table, "no such table")])
    if isinstance(here.get(key), Table):
        raise strict.Refused(str(path), [(place, "is a table, not a value")])
    here[key] = _value(written)
    after = tomlkit.dumps(document)
    draft = path.with_name(f".{path.name}.check")
    try:
        draft.write_text(after, "utf-8")  # beside it: what is relative in it must stay so
        accept(config.load(draft))
    except strict.Refused as refused:
        raise strict.Refused(str(path), refused.places) from None
    finally:
        draft.unlink(missing_ok=True)
    whole_file.write(path, after.encode(), keep=path.with_name(path.name + KEPT))


def _value(written: str) -> Any:
    try:
        return tomllib.loads(f"value = {written}")["value"] if "\n" not in written else written
    except tomllib.TOMLDecodeError:
        return written
