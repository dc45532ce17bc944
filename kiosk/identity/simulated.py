"""The photo block of the simulated cards: WebP where a real card holds the closed WLT codec."""

from __future__ import annotations

import cv2
import numpy as np

from kiosk.identity import PhotoDecoder, Picture
from kiosk.model.faults import Fault, Remedy

BLOCK = 1024  # bytes; zeros fill it up behind the picture's own length
SHAPE = (126, 102, 3)


class SimulatedPhotoDecoder(PhotoDecoder):
    """See `kiosk/people/README.md` for how the blocks are made."""

    def decode(self, block: bytes) -> Picture:
        # The card is not ours: only bytes that say they are WebP reach a decoder, and only the right size leaves it.
        if len(block) != BLOCK or block[:4] != b"RIFF" or block[8:12] != b"WEBP":
            raise Fault("identity.photo_unreadable", Remedy.OTHER_WAY, f"{len(block)} bytes, no WebP")
        picture = cv2.imdecode(np.frombuffer(block, np.uint8), cv2.IMREAD_COLOR)
        if picture is None or picture.shape != SHAPE:
            raise Fault("identity.photo_unreadable", Remedy.OTHER_WAY, "not a picture of 102 x 126")
        return np.asarray(picture, np.uint8)
