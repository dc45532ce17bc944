"""The simulated cards' photo decoder, and the liveness check that checks nothing and says so."""

from __future__ import annotations

import numpy as np

from kiosk.identity import PhotoDecoder
from kiosk.identity.simulated import SimulatedPhotoDecoder
from kiosk.identity.unchecked import NotChecked
from kiosk.model.verdict import Liveness
from kiosk.people import citizens
from kiosk.testing.identity import PhotoDecoderContract


class TestSimulatedPhotoDecoder(PhotoDecoderContract):
    def make(self) -> PhotoDecoder:
        return SimulatedPhotoDecoder()

    def block(self) -> bytes:
        return citizens()["c01"].card.photo


def test_not_checked_never_passes_anybody() -> None:
    frame = np.zeros((480, 640, 3), np.uint8)
    assert NotChecked().name == "none"
    assert NotChecked().check([]) is NotChecked().check([frame] * 3) is Liveness.NOT_CHECKED
