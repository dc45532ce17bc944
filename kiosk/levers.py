"""@lever: the hands of simulators. The dev dock, the tour and the tests pull them; nothing else may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def lever(function: F) -> F:
    """Marks a method that does to a simulator what a person would do to the real thing: put a card, take the paper out."""
    function.__lever__ = True  # type: ignore[attr-defined]
    return function


def levers(thing: object) -> dict[str, Callable[..., Any]]:
    """All levers of `thing`, by name."""
    found = {}
    for name in dir(type(thing)):
        if getattr(getattr(type(thing), name), "__lever__", False):
            found[name] = getattr(thing, name)
    return found
