"""A frame as a JPEG in memory, for the few services that are sent one; nothing of it touches a disk."""

from __future__ import annotations

import cv2

from kiosk.identity import Picture

QUALITY = 88


def to_jpeg(frame: Picture, quality: int = QUALITY) -> bytes:
    """`frame` (height × width × 3, BGR) as JPEG. Raises ValueError for a frame that is none."""
    done, encoded = cv2.imencode(".jpg", frame, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("not a picture")
    return encoded.tobytes()
