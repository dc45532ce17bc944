"""The C interface of zinnia, as far as handwriting needs it.

Functions: `zinnia.h` of Debian's libzinnia-dev 0.06 (BSD); unchanged since 2009. The model is mapped, not read: it opens in some 10 ms.
"""

from __future__ import annotations

import ctypes as c
import os
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.model.faults import Fault, Remedy

LIBRARY = "libzinnia.so.0"

_POINTER, _SIZE = c.c_void_p, c.c_size_t
_SIGNATURES: dict[str, tuple[Any, ...]] = {  # name → result, arguments
    "recognizer_new": (_POINTER,),
    "recognizer_open": (c.c_int, _POINTER, c.c_char_p),
    "recognizer_destroy": (None, _POINTER),
    "recognizer_classify": (_POINTER, _POINTER, _POINTER, _SIZE),
    "character_new": (_POINTER,),
    "character_destroy": (None, _POINTER),
    "character_set_width": (None, _POINTER, _SIZE),
    "character_set_height": (None, _POINTER, _SIZE),
    "character_add": (c.c_int, _POINTER, _SIZE, c.c_int, c.c_int),
    "result_size": (_SIZE, _POINTER),
    "result_score": (c.c_float, _POINTER, _SIZE),
    "result_value": (c.c_char_p, _POINTER, _SIZE),
    "result_destroy": (None, _POINTER),
}


class Zinnia:
    """One model, open for reading. One thread at a time."""

    def __init__(self, library: c.CDLL, model: Path) -> None:
        self._call: dict[str, Any] = {}
        for name, (result, *arguments) in _SIGNATURES.items():
            try:
                function = getattr(library, f"zinnia_{name}")
            except AttributeError:
                raise Fault("keyboard.no_handwriting", Remedy.OTHER_WAY, f"{LIBRARY} has no {name}") from None
            function.restype, function.argtypes = result, arguments
            self._call[name] = function
        self._recognizer = self._call["recognizer_new"]()
        if not self._call["recognizer_open"](self._recognizer, os.fsencode(model)):
            self._call["recognizer_destroy"](self._recognizer)
            raise Fault("keyboard.no_handwriting", Remedy.OTHER_WAY, f"{model.name} is not a model of zinnia")

    def classify(self, strokes: list[list[tuple[int, int]]], side: int, count: int) -> tuple[tuple[str, float], ...]:
        """The likeliest characters for strokes inside a square of `side`, with how like they are, best first. Nothing is kept."""
        call = self._call
        character = call["character_new"]()
        call["character_set_width"](character, side)
        call["character_set_height"](character, side)
        for number, stroke in enumerate(strokes):
            for x, y in stroke:
                call["character_add"](character, number, x, y)
        result = call["recognizer_classify"](self._recognizer, character, count)
        call["character_destroy"](character)
        if not result:
            return ()
        numbers = range(call["result_size"](result))
        found = tuple((call["result_value"](result, n).decode(), call["result_score"](result, n)) for n in numbers)
        call["result_destroy"](result)
        return found


@cache
def zinnia(model: Path) -> Zinnia:
    """The library with `model` open, once a process. Raises Fault("keyboard.no_handwriting")."""
    if not model.is_file():
        raise Fault("keyboard.no_handwriting", Remedy.OTHER_WAY, f"tegaki-zinnia-simplified-chinese is not installed: {model.name}")
    try:
        library = c.CDLL(LIBRARY)
    except OSError:
        raise Fault("keyboard.no_handwriting", Remedy.OTHER_WAY, "libzinnia0 is not installed") from None
    return Zinnia(library, model)
