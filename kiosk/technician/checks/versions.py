"""Which code, configuration and catalogue this terminal runs: hashes that can be compared over the telephone."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from pathlib import Path

from kiosk import __version__, i18n

_CODE = (".py", ".qml", ".js", ".css", ".toml", ".po")
_SHOWN = 12  # hexadecimal digits


def versions(config: Path, catalogue: Iterable[Path]) -> dict[str, str]:
    """`catalogue`: folders of items. Blocks; for a thread."""
    house = Path(__file__).resolve().parent.parent.parent
    return {
        "kiosk": __version__,
        "code": _hash(house, i18n.LOCALES, suffixes=_CODE),
        "config": _hash(config.resolve()),
        "catalogue": _hash(*catalogue, suffixes=(".toml",)),
        "python": platform.python_version(),
        "system": platform.release(),
    }


def _hash(*roots: Path, suffixes: tuple[str, ...] = ()) -> str:
    """Over the names below each root, in their order, and the contents: the same files, the same hash, wherever they lie."""
    whole = hashlib.sha256()
    for root in roots:
        files = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.suffix in suffixes and path.is_file())
        for path in files:
            whole.update(str(path.relative_to(root)).encode() + b"\0")
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:_SHOWN]
