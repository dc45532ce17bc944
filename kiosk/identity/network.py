"""The face network at run time: a chip of 150 × 150 pixels becomes 128 numbers, in OpenCV, in buffers that are wiped."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from kiosk.identity import Picture
from kiosk.model.faults import Fault, Remedy

SIDE = 150  # pixels of a chip
NUMBERS = 128
# dlib_face_recognition_resnet_model_v1.dat, as every release of the package carries it (CC0).
WEIGHTS = "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30"

Embedding = NDArray[np.float64]
"""128 numbers. Personal: kept for one visit at most, never written anywhere."""


def made_at_setup() -> Path:
    """Where `kiosk identity convert` puts the network: beside the packages it was made from."""
    return Path(sys.prefix) / "share" / "kiosk" / "face_network.onnx"


class FaceNetwork:
    """For one thread at a time. `path` "" = the file that set-up made."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or made_at_setup()
        self._net: cv2.dnn.Net | None = None
        self._chip = np.zeros((1, 3, SIDE, SIDE), np.float32)

    def load(self) -> None:
        """Raises Fault("identity.network_missing", OTHER_WAY) or Fault("identity.network_changed", OTHER_WAY): no face is judged then."""
        if self._net is not None:
            return
        try:
            model = self._path.read_bytes()
            made_from, made, _ = self._path.with_suffix(".sha256").read_text("ascii").split()
        except (OSError, ValueError):
            raise Fault("identity.network_missing", Remedy.OTHER_WAY, "kiosk identity convert") from None
        if made_from != WEIGHTS or made != hashlib.sha256(model).hexdigest():
            raise Fault("identity.network_changed", Remedy.OTHER_WAY, self._path.name)
        self._net = cv2.dnn.readNetFromONNX(np.frombuffer(model, np.uint8))

    def describe(self, chip: Picture, *, mirrored: bool = False) -> Embedding:
        """What dlib computes, to 1e-6; of its mirror image if asked for. `chip`: 150 × 150 × 3, RGB."""
        self.load()
        assert self._net is not None
        self._chip[0] = (chip[:, ::-1] if mirrored else chip).transpose(2, 0, 1)
        self._net.setInput(self._chip)
        return np.asarray(self._net.forward()[0], np.float64)

    def wipe(self) -> None:
        """Nothing of a face stays in the buffers; a blank run overwrites what OpenCV keeps between its layers."""
        self._chip.fill(0)
        if self._net is not None:
            self._net.setInput(self._chip)
            self._net.forward()
