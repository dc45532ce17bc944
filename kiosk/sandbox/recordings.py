"""Recordings that come with a request: base64 of a WAV that really is one, and short enough to be listened to."""

from __future__ import annotations

import base64
import io
import wave
from typing import Annotated

from pydantic import AfterValidator, Field

LONGEST = 60  # seconds
LARGEST = 2_000_000  # bytes
SHAPE = (1, 2, 16_000)  # channels, bytes a sample, samples a second


def seconds(data: bytes) -> int:
    """Raises ValueError for anything else than such a recording."""
    try:
        with wave.open(io.BytesIO(data)) as file:
            shape, frames = (file.getnchannels(), file.getsampwidth(), file.getframerate()), file.getnframes()
            whole = len(file.readframes(frames)) == frames * SHAPE[0] * SHAPE[1]
    except (wave.Error, EOFError):
        raise ValueError("not a recording") from None
    if shape != SHAPE or not whole or not 0 < frames <= LONGEST * SHAPE[2]:
        raise ValueError("not 16 kHz, 16 bits, one channel, a minute at most")
    return max(1, int(frames / SHAPE[2] + 0.5))


def _recording(written: str) -> str:
    seconds(base64.b64decode(written, validate=True))
    return written


Recording = Annotated[str, Field(max_length=LARGEST * 4 // 3 + 4, description="base64 of a WAV: 16 kHz, mono"), AfterValidator(_recording)]
