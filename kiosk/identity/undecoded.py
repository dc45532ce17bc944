"""No photo decoder: the card's photo stays closed, and its face is not compared with anything."""

from __future__ import annotations

from typing import ClassVar

from kiosk.identity import PhotoDecoder, Picture
from kiosk.model.faults import Fault, Remedy


class NotDecoded(PhotoDecoder):
    """What a terminal has until its vendor's library is named in config.toml (`photo_decoder = "vendor"`)."""

    able: ClassVar[bool] = False

    def decode(self, block: bytes) -> Picture:
        raise Fault("identity.photo_unreadable", Remedy.OTHER_WAY, "no photo decoder is configured")
