"""简体 → 繁體 of Taiwan through OpenCC's C interface. Debian's librime1 brings the library; where it is missing nothing is converted."""

from __future__ import annotations

import ctypes as c
from functools import cache
from typing import Any

LIBRARY = "libopencc.so.1.1"
_INVALID = c.c_void_p(-1).value


@cache
def _opened() -> tuple[Any, int] | None:
    try:
        library = c.CDLL(LIBRARY)
        library.opencc_open.restype, library.opencc_open.argtypes = c.c_void_p, (c.c_char_p,)
        library.opencc_convert_utf8.restype, library.opencc_convert_utf8.argtypes = c.c_void_p, (c.c_void_p, c.c_char_p, c.c_size_t)
        library.opencc_convert_utf8_free.restype, library.opencc_convert_utf8_free.argtypes = None, (c.c_void_p,)
    except (OSError, AttributeError):
        return None
    handle = library.opencc_open(b"s2tw.json")
    return None if not handle or handle == _INVALID else (library, handle)


def traditional(text: str) -> str:
    """`text` with the shapes that are read in Taiwan; as it is, where there is no converter."""
    opened = _opened()
    if opened is None:
        return text
    library, handle = opened
    raw = text.encode()
    converted = library.opencc_convert_utf8(handle, raw, len(raw))
    if not converted:
        return text
    found = c.string_at(converted).decode()
    library.opencc_convert_utf8_free(converted)
    return found
