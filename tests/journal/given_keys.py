"""A station's keys that a test gives, where no file is wanted."""

from __future__ import annotations

from pathlib import Path

from kiosk.journal.keys import KeyFile


def given_keys(folder: Path, number: int = 1) -> KeyFile:
    """Always the same for the same number."""
    path = folder / f"key-{number}"
    path.touch(0o600)
    path.write_bytes(bytes([number]) * 32)
    return KeyFile(path)
