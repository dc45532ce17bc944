"""A device that looks through a capture: opening, closing, testing, and trouble by its name, the same for every such kind."""

from __future__ import annotations

from typing import ClassVar

import cv2
import numpy as np

from kiosk.devices.device import Device
from kiosk.devices.video import Picture, Trouble
from kiosk.devices.video.capture import Capture
from kiosk.devices.video.watch import MENDABLE
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State

TESTED = 15  # frames of a test, which give the frame rate
STATES = {"absent": State.ABSENT, "busy": State.ABSENT} | dict.fromkeys(MENDABLE, State.USER_ERROR)


class Filmed(Device):
    """The constructor gives `capture`. A camera that failed is opened again by the next check, and is READY only when its frames

    have been watched: opening alone would not tell a frozen camera from a good one.
    """

    capture: Capture
    otherwise: ClassVar[Remedy] = Remedy.OTHER_WAY  # what can be done about trouble that the person here cannot mend
    _wanted = False  # whether somebody opened it and has not closed it

    async def plugged(self) -> bool:
        return self.capture.there()

    async def open(self) -> None:
        await self.lane.run(self._open)

    async def close(self) -> None:
        await self.lane.run(self._close)
        self.health = Health(state=State.DOWN)

    async def check(self) -> Report:
        """Opens the camera where it is closed, watches half a second of it, forgets it, and leaves it as open() and close() left it."""
        return await self.lane.run(self._check)

    def named(self, trouble: Trouble) -> str:
        """The fault's code."""
        return f"{self.kind}.{trouble.word}"

    def forget(self) -> None:
        """Wipe what was seen of a person."""

    # Everything below runs in the lane.

    def picture(self) -> Picture:
        """The next frame. Raises Fault."""
        if not self._wanted:
            raise Fault(self.health.code or f"{self.kind}.absent", self.otherwise, "not open")
        try:
            if not self.capture.opened:
                self.capture.open()  # who tries again is not to wait for the keeper's next look
            picture = self.capture.next()
        except Trouble as trouble:
            raise self._fault(trouble) from None
        if not self.health.state.usable and not self.capture.watch.doubt:
            self.health = Health(state=State.READY)
        return picture

    def _open(self) -> None:
        self._close()
        self._wanted = True
        try:
            self.capture.open()
        except Trouble as trouble:
            raise self._fault(trouble) from None
        self.health = Health(state=State.READY)

    def _close(self) -> None:
        self._wanted = False
        self.capture.close()
        self.forget()

    def _fault(self, trouble: Trouble) -> Fault:
        self.forget()
        code = self.named(trouble)
        self.health = Health(state=STATES.get(trouble.word, State.HARDWARE_ERROR), code=code)
        return Fault(code, Remedy.RETRY if trouble.word in MENDABLE else self.otherwise, trouble.detail)

    def _check(self) -> Report:
        facts = {"device": self.capture.device}
        # Bad light on an open camera: one glance, or whoever looks through it would never be told that it goes on.
        glance = self.capture.opened and not self.health.state.usable
        try:
            if not self.capture.opened:
                self.capture.open()
                self.capture.next()  # the first one waits for the sensor to wake up
            facts |= self._watched(1 if glance else TESTED)
            if not self.capture.watch.doubt:
                self.health = Health(state=State.READY)
        except Trouble as trouble:
            facts["detail"] = self._fault(trouble).detail
        if not self._wanted:
            self.capture.close()
        return Report(health=self.health, facts=facts)

    def _watched(self, least: int) -> dict[str, str]:
        began, frames = self.capture.clock(), 0
        while frames < least or (least > 1 and self.capture.watch.doubt):
            picture = self.capture.next()
            frames += 1
        grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
        facts = self.capture.facts() | {
            "size": f"{picture.shape[1]}x{picture.shape[0]}",
            "fps": f"{frames / max(self.capture.clock() - began, 1e-3):.1f}",
            "mean_grey": f"{grey.mean():.0f}",
            "focus": f"{cv2.Laplacian(grey, cv2.CV_64F).var():.0f}",  # more is sharper; compare with the same scene only
        }
        picture.fill(0)
        return facts
