"""Pictures that come with a request: base64 of a JPEG or PNG that really is one."""

from __future__ import annotations

import base64
import io
from typing import Annotated

from PIL import Image, UnidentifiedImageError
from pydantic import AfterValidator, Field

LARGEST = 2_000_000  # bytes a page
SMALLEST = 100  # pixels a side: less shows nobody and nothing


def picture(written: str) -> str:
    """`written` itself. Raises ValueError for what is no picture."""
    data = base64.b64decode(written, validate=True)
    if len(data) > LARGEST:
        raise ValueError("picture too large")
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
            if min(opened.size) < SMALLEST:
                raise ValueError("picture too small")
            opened.verify()
    except (OSError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValueError("not a picture") from None
    return written


Picture = Annotated[str, Field(max_length=LARGEST * 4 // 3 + 4, description="base64 of a JPEG or PNG"), AfterValidator(picture)]
