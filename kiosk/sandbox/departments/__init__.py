"""One file a system of the back office. Each has `routes(records)`; `SCHEMA` and `fill(db, now)` where it keeps books of its own."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType


def departments() -> tuple[ModuleType, ...]:
    """All of them, by name: a new file is a new system."""
    names = sorted(one.name for one in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)
