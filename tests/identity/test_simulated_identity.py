"""The simulated cards' photo decoder."""

from __future__ import annotations

from kiosk.identity import PhotoDecoder
from kiosk.identity.simulated import SimulatedPhotoDecoder
from kiosk.people import citizens
from kiosk.testing.identity import PhotoDecoderContract


class TestSimulatedPhotoDecoder(PhotoDecoderContract):
    def make(self) -> PhotoDecoder:
        return SimulatedPhotoDecoder()

    def block(self) -> bytes:
        return citizens()["c01"].card.photo
