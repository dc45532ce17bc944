"""The fonts of paper: Noto CJK as Debian's fonts-noto-cjk installs it. Drawn with any other font, names would come out as boxes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

from kiosk.model.faults import Fault, Remedy

# Debian's place first, then where other distributions and a hand-made installation put the same files.
PLACES = (
    Path("/usr/share/fonts/opentype/noto"),
    Path("/usr/share/fonts/noto-cjk"),
    Path("/usr/share/fonts/google-noto-cjk"),
    Path("/usr/local/share/fonts"),
)
SANS = "NotoSansCJK-Regular.ttc"
SANS_BOLD = "NotoSansCJK-Bold.ttc"
SERIF = "NotoSerifCJK-Regular.ttc"
SERIF_BOLD = "NotoSerifCJK-Bold.ttc"
_INSIDE = ("JP", "KR", "SC", "TC", "HK")  # the order in each collection


def find(file: str) -> Path:
    """Where `file` is. Raises Fault("paper.font_missing", STAFF)."""
    for place in PLACES:
        if (place / file).is_file():
            return place / file
    raise Fault("paper.font_missing", Remedy.STAFF, file)


@cache
def face(file: str, size: int, forms: str = "SC") -> ImageFont.FreeTypeFont:
    """`file` at `size` pixels, the characters in the shapes of `forms` (`kiosk.i18n.forms`)."""
    # The basic engine keeps the order of the characters: bidirectional tricks in data cannot turn a number round (F-50).
    return ImageFont.truetype(find(file), size, index=_INSIDE.index(forms), layout_engine=ImageFont.Layout.BASIC)
