"""A camera through OpenCV: any UVC webcam behind V4L2, and whatever else VideoCapture opens by name."""

from __future__ import annotations

import asyncio

from kiosk.devices.camera import Camera, Frame
from kiosk.devices.video.capture import Capture
from kiosk.devices.video.filmed import Filmed
from kiosk.devices.video.watch import Watch


class OpenCvCamera(Filmed, Camera):
    """`device`, `width`, `height`, `fps` and `exposure` as in Capture."""

    def __init__(
        self, *, name: str = "", device: str = "/dev/video0", width: int = 1280, height: int = 720, fps: int = 30, exposure: int = 0
    ) -> None:
        super().__init__(name=name)
        self.capture = Capture(device, Watch(), width=width, height=height, fps=fps, exposure=exposure)

    async def frame(self) -> Frame:
        taken: list[Frame] = []
        try:
            return await self.lane.run(lambda: self._next(taken))
        except asyncio.CancelledError:
            for frame in taken:  # nobody will get it: no face stays in memory (RELIABILITY F-10)
                frame.fill(0)
            raise

    def forget(self) -> None:
        self.preview.wipe()

    def _next(self, taken: list[Frame]) -> Frame:
        picture = self.picture()
        taken.append(picture)
        self.preview.put(picture)
        return picture
