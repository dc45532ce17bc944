"""A file that is replaced whole or not at all, whatever happens to the power meanwhile."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write(path: Path, data: bytes, *, mode: int = 0o644, keep: Path | None = None) -> None:
    """`data` takes the place of what is at `path`; that stays readable at `keep`. An existing file's mode stays. Raises OSError."""
    path = path.resolve()  # a link stays a link
    if path.exists():
        mode = path.stat().st_mode & 0o777
        if keep is not None:
            write(keep, path.read_bytes(), mode=mode)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
