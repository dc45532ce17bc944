"""A headphone socket that tells of its plug: a switch among Linux's input devices, which the sound card's own driver reports."""

from __future__ import annotations

import asyncio
import errno
import os
import struct
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path

from kiosk.devices.speaker import Jack, Plugged
from kiosk.log import log

EVENT = struct.Struct("@llHHi")  # struct input_event of linux/input.h
SWITCH, INSERTED = 0x05, 0x02  # EV_SW, SW_HEADPHONE_INSERT
SWITCHES = 0x8008451B  # EVIOCGSW: how they stand, eight bytes
AGAIN = 2.0  # seconds until a socket that is not there is looked for once more


class SwitchJack(Jack):
    """`wanted`: words from the name of the input device (/proc/bus/input/devices). `sys` and `dev`: where the kernel shows them."""

    def __init__(self, wanted: str, *, sys: Path = Path("/sys/class/input"), dev: Path = Path("/dev/input")) -> None:
        self.wanted = wanted
        self._sys, self._dev = sys, dev

    async def watch(self, told: Callable[[Plugged, Plugged], None]) -> None:
        lost = ""
        while True:
            try:
                await self._follow(told)
            except OSError as error:
                if str(error) != lost:
                    lost = str(error)
                    log.warning("jack.silent", reason=lost)
            self._stands(None, told)
            await asyncio.sleep(AGAIN)

    async def _follow(self, told: Callable[[Plugged, Plugged], None]) -> None:
        device = os.open(self._path(), os.O_RDONLY | os.O_NONBLOCK)
        loop, news = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(device, news.set)
        try:
            self._stands(self._now(device), told)
            kept = b""
            while True:
                await news.wait()
                news.clear()
                kept += self._read(device)
                whole = len(kept) // EVENT.size * EVENT.size
                for *_, kind, code, value in EVENT.iter_unpack(kept[:whole]):
                    if (kind, code) == (SWITCH, INSERTED):
                        self._stands(bool(value), told)
                kept = kept[whole:]
        finally:
            loop.remove_reader(device)
            os.close(device)

    def _stands(self, now: Plugged, told: Callable[[Plugged, Plugged], None]) -> None:
        before, self.plugged = self.plugged, now
        if before is not now:
            told(before, now)

    def _now(self, device: int) -> Plugged:
        """What no event tells: how it stood before anybody looked."""
        return bool(ioctl(device, SWITCHES, bytes(8))[0] >> INSERTED & 1)

    def _path(self) -> Path:
        names = []
        for folder in sorted(self._sys.glob("event*")):
            switches = (folder / "device/capabilities/sw").read_text().split()
            if int(switches[-1], 16) >> INSERTED & 1:
                names.append((folder / "device/name").read_text().strip())
                if self.wanted.casefold() in names[-1].casefold():
                    return self._dev / folder.name
        raise OSError(f'no headphone socket is called "{self.wanted}"; there are: {", ".join(names) or "none"}')

    @staticmethod
    def _read(device: int) -> bytes:
        try:
            data = os.read(device, 64 * EVENT.size)
        except BlockingIOError:
            return b""
        if not data:
            raise OSError(errno.ENODEV, "the socket is gone")
        return data
