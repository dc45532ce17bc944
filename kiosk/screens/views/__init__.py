"""One .qml for every View class of the built-in story, same name. Third parties offer further folders the same way."""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """Where `<name of the View class>.qml` is looked for."""
    return Path(__file__).resolve().parent
