"""The camera: always the newest frame, in memory only."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from kiosk.devices.camera.preview import Frame, FrameBuffer, Place
from kiosk.devices.device import Device

__all__ = ["Camera", "Frame", "FrameBuffer", "Place"]


class Camera(Device):
    """Faults: `camera.absent` `camera.busy` `camera.frozen` `camera.slow` `camera.wrong_colours` OTHER_WAY; `camera.black`

    `camera.overexposed` RETRY. Each is noticed two seconds after it began, at the latest.
    """

    kind: ClassVar[str] = "camera"

    def __init__(self, *, name: str = "") -> None:
        super().__init__(name=name)
        self.preview = FrameBuffer()

    @abstractmethod
    async def frame(self) -> Frame:
        """The next frame (a fresh array, owned by the caller); also put into `preview`.

        Never the same bytes as the frame before: a frozen picture is no evidence of anybody.
        """
