"""A camera as a code scanner: QR codes and bar codes read by zxing-cpp. It needs a camera of its own, not the one for faces."""

from __future__ import annotations

import threading
from functools import partial
from typing import ClassVar

import cv2
import numpy as np
import zxingcpp

from kiosk.devices.code_scanner import CodeScanner, code_of
from kiosk.devices.video import Picture, Trouble
from kiosk.devices.video.capture import Capture
from kiosk.devices.video.filmed import Filmed
from kiosk.devices.video.watch import Watch
from kiosk.model.faults import Remedy

# What telephones, badges, bills and door plates carry; fewer kinds are fewer mistakes in a picture of anything else.
FORMATS = zxingcpp.barcode_formats_from_str("QRCode,DataMatrix,PDF417,Code128,Code39,ITF")


class _Aborted(Exception):
    """The caller no longer waits; the lane turns this into its cancellation."""


def watch() -> Watch:
    """A bright telephone in the dark, or nothing at all, is what such a camera sees all day."""
    return Watch(light=False, floor=0)


class CameraCodeScanner(Filmed, CodeScanner):
    """`device`, `width`, `height`, `fps` and `exposure` as in Capture."""

    otherwise: ClassVar[Remedy] = Remedy.OTHER_WAY

    def __init__(
        self, *, name: str = "", device: str = "/dev/video2", width: int = 1280, height: int = 720, fps: int = 30, exposure: int = 0
    ) -> None:
        super().__init__(name=name)
        self.capture = Capture(device, watch(), width=width, height=height, fps=fps, exposure=exposure)

    def named(self, trouble: Trouble) -> str:
        """One word for all: whoever holds a code there cannot mend any of it. The detail tells the technician."""
        return f"{self.kind}.absent"

    async def scan(self) -> str:
        # Each call has its own stop: a late wish to abort cannot hit the call that comes next.
        stop = threading.Event()
        return await self.lane.run(partial(self._scan, stop), abort=stop.set)

    # Everything below runs in the lane.

    def _scan(self, stop: threading.Event) -> str:
        self.picture()  # may be older than the question
        before = ""
        while not stop.is_set():
            code = read(self.picture())
            if code and code == before:  # seen twice alike: a film of codes gives none (RELIABILITY F-13)
                return code
            before = code
        raise _Aborted


def read(picture: Picture) -> str:
    """What the one code in `picture` says, "" where there is none, several, or one that says what no code may say."""
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    found = {bytes(one.bytes) for one in zxingcpp.read_barcodes(grey, formats=FORMATS)}
    return code_of(found.pop() + b"\r") if len(found) == 1 else ""
