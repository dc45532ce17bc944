"""A document camera through OpenCV: a UVC camera that looks down at the desk, behind V4L2."""

from __future__ import annotations

from typing import ClassVar

import cv2
import numpy as np

from kiosk.devices.document_camera import DocumentCamera, Page, Picture, Sight, finding
from kiosk.devices.video.capture import Capture
from kiosk.devices.video.filmed import Filmed
from kiosk.devices.video.watch import Watch
from kiosk.model.faults import Remedy

STILLS = 3  # of which the best is taken


def watch() -> Watch:
    """Bad light is a hint beside the picture; cameras of many pixels may be slow."""
    return Watch(light=False, floor=0)


class OpenCvDocumentCamera(Filmed, DocumentCamera):
    """`device`, `width`, `height`, `fps` and `exposure` as in Capture."""

    otherwise: ClassVar[Remedy] = Remedy.STAFF

    def __init__(
        self, *, name: str = "", device: str = "/dev/video1", width: int = 2592, height: int = 1944, fps: int = 10, exposure: int = 0
    ) -> None:
        super().__init__(name=name)
        self.capture = Capture(device, watch(), width=width, height=height, fps=fps, exposure=exposure)

    async def look(self) -> Sight:
        return await self.lane.run(self._look)

    async def page(self) -> Page:
        return await self.lane.run(self._page)

    # Everything below runs in the lane.

    def _look(self) -> Sight:
        frame = self.picture()
        corners = finding.find(frame)
        hint = finding.hint(frame, corners)
        return Sight(hint=hint, picture=finding.outlined(frame, corners, not hint))

    def _page(self) -> Page:
        best: tuple[bool, float, str, Picture] | None = None
        for _ in range(STILLS):
            frame = self.picture()
            corners = finding.find(frame)
            hint = finding.hint(frame, corners)
            if corners is None or hint == "edge":
                continue
            page = finding.straighten(frame, corners)
            sharp = finding.sharpness(np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8))
            if best is None or (not hint, sharp) > best[:2]:
                best = (not hint, sharp, hint, page)
        if best is None:
            return Page(hint=hint, jpeg=b"", picture=finding.shown(frame))
        return Page(hint=best[2], jpeg=finding.as_jpeg(best[3]), picture=finding.shown(best[3]))
