"""What every make of microphone shares: a line that gives samples."""

from __future__ import annotations

import threading
from abc import abstractmethod
from collections.abc import Callable

from kiosk.devices.line import Line, LineDevice
from kiosk.devices.microphone import Microphone, Take
from kiosk.model.faults import Fault, Remedy

SILENT = 3.0  # seconds in which a line that is there gave no sample


class Source(Line):
    @abstractmethod
    def record(self, put: Callable[[bytes], bool], stop: threading.Event) -> None:
        """What is said from now on, given to `put` until that returns False, or within a breath of `stop`."""


class LineMicrophone(LineDevice[Source], Microphone):
    async def record(self, take: Take) -> None:
        def listen(line: Source, stop: threading.Event) -> None:
            try:
                if not take.stopped:
                    line.record(take.put, stop)
            except OSError:
                take.wipe()
                raise
            if stop.is_set():
                take.wipe()
            elif not take.heard:
                raise Fault("microphone.silent", Remedy.RETRY, f"{take.loudest:.5f} at the loudest")

        await self.along(listen)
