"""The simulated ID-card reader: a SAM behind a pty, at the pace of a real line, and the real driver in front of it."""

from __future__ import annotations

import contextlib
import os
import select
import termios
import threading
import time
import tty
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Self

from kiosk.devices.id_card_reader import IdCardReader, codec
from kiosk.devices.id_card_reader.codec import FrameParser
from kiosk.devices.id_card_reader.sam_serial import SamSerial
from kiosk.devices.id_card_reader.simulated_sam import SPEEDS, SimulatedSam
from kiosk.devices.own_folder import own_folder
from kiosk.devices.simulator import Simulator, Spot
from kiosk.levers import OneOf, lever

BITS_A_BYTE = 10  # start, eight, stop: 86.8 µs a byte at 115200
FIFO = 16  # bytes handed over at once, as a UART does

_SPEED = {baud: getattr(termios, f"B{baud}") for baud in SPEEDS.values()}
_GARBAGE = bytes.fromhex("00FFAA55AAAA96690003")

# how a reply can go wrong on the line
SPOILS: dict[str, Callable[[bytes], bytes]] = {
    "garbage": lambda reply: _GARBAGE + reply,
    "four_aa": lambda reply: b"\xaa" + reply,
    "checksum": lambda reply: reply[:-1] + bytes([reply[-1] ^ 0x01]),
    "length": lambda reply: reply[:5] + b"\xff\xff" + reply[7:],
    "truncated": lambda reply: reply[: len(reply) // 2],
    "extra": lambda reply: reply + b"\x55",
    "timed_out": lambda reply: bytes.fromhex("AAAAAA96690005050505"),
    "silence": lambda reply: b"",
}


LATE = "late"


class SamSimulator(SimulatedSam, Simulator):
    """The wire side. `start()` gives the path to open; it stays the same through unplug and plug_in (a link, like by-id).

    `wire` is where the link stands; without it, in a folder of its own. One thread while plugged in.
    """

    kind = IdCardReader.kind
    icon = "smart-card-reader-outline"

    def __init__(self, *, wire: str = "", baud: int = 115200) -> None:
        super().__init__(baud=baud)
        self.path = wire
        self._thread: threading.Thread | None = None
        self._plugged = False
        self._unplug_r = self._unplug_w = -1
        self._spoils: list[str] = []
        self._piecewise = False
        self._late = b""
        self._break_after: int | None = None

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        simulator = cls(wire=str(spot.wire))
        simulator.start()
        return simulator

    def told(self) -> Mapping[str, str]:
        return {"wire": self.path}

    def stands(self) -> Mapping[str, str]:
        return {**super().stands(), "plug": "" if self._plugged else "out", "piecewise": "on" if self._piecewise else ""}

    def start(self) -> str:
        self.path = self.path or str(own_folder(self, "reader") / "reader")
        self.plug_in()
        return self.path

    def stop(self) -> None:
        """Unplug for good; may be called twice."""
        self.unplug()

    @lever(fact="plug", to="")
    def plug_in(self) -> None:
        """Put the plug in; nothing happens where it is in already."""
        if self._plugged:
            return
        self.unplug()  # if it broke off by itself, something is left to clear away
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)  # what nobody takes is lost, as on a line
        self._unplug_r, self._unplug_w = os.pipe()
        self._link_to(os.ttyname(slave))
        self._plugged = True
        self._thread = threading.Thread(target=self._serve, args=(master, slave, self._unplug_r), name="sam-simulator", daemon=True)
        self._thread.start()

    @lever(fact="plug", to="out")
    def unplug(self) -> None:
        """Pull the plug, at once, in the middle of a reply as well."""
        if self._thread is None:
            return
        os.write(self._unplug_w, b"x")
        self._thread.join()
        self._thread = None
        os.close(self._unplug_r)
        os.close(self._unplug_w)

    @lever
    def unplug_after(self, count: int) -> None:
        """The plug comes out when `count` more bytes of replies are through."""
        self._break_after = count

    @lever
    def spoil(self, how: Annotated[str, OneOf(*SPOILS, LATE)], times: int = 1) -> None:
        """The next `times` replies go wrong, after those that already shall: garbage, four_aa, checksum, length, truncated (and then
        nothing), extra, timed_out (one firmware's own frame, whose LEN promises more than comes), silence, late (after the host's
        time-out: right before the reply to its next command)."""
        if how not in (*SPOILS, LATE):
            raise ValueError(f"{how}: not one of {', '.join((*SPOILS, LATE))}")
        self._spoils += [how] * times

    @lever
    def piecewise(self, on: bool = True) -> None:
        """Every reply in pieces of one byte."""
        self._piecewise = on

    def _link_to(self, device: str) -> None:
        link = Path(self.path)
        if link.is_symlink():  # left by a process that was killed
            link.unlink()
        link.symlink_to(device)

    def _serve(self, master: int, slave: int, unplugged: int) -> None:
        parser = FrameParser(codec.SHORTEST_REQUEST)
        try:
            while True:
                ready, _, _ = select.select([master, unplugged], [], [])
                if unplugged in ready:
                    return
                data = os.read(master, 4096)
                heard = time.monotonic() + self._wire_time(len(data))
                # A host that talks at another speed is noise.
                if termios.tcgetattr(slave)[5] != _SPEED[self.baud]:
                    continue
                for reply in self._replies(parser, data):
                    heard = self._send(master, unplugged, reply, heard)
                    if not heard:
                        return
                self.baud = self.next_baud
        finally:
            self._plugged = False
            Path(self.path).unlink(missing_ok=True)
            os.close(master)
            os.close(slave)

    def _replies(self, parser: FrameParser, data: bytes) -> list[bytes]:
        before = parser.bad_checksums, parser.bad_lengths
        bodies = parser.feed(data)
        replies = [self._on_the_line(bytes(body)) for body in bodies]
        if parser.bad_checksums > before[0]:
            replies.append(codec.Reply(sw1=0, sw2=0, sw3=0x10).encode())
        elif parser.bad_lengths > before[1]:
            replies.append(codec.Reply(sw1=0, sw2=0, sw3=0x11).encode())
        return replies

    def _on_the_line(self, request: bytes) -> bytes:
        reply = self.answer(request)
        how = self._spoils.pop(0) if self._spoils else ""
        if how == LATE:
            self._late = reply
            return b""
        if how:
            reply = SPOILS[how](reply)
        reply, self._late = self._late + reply, b""
        return reply

    def _send(self, master: int, unplugged: int, reply: bytes, start: float) -> float:
        """When the last byte is through; 0.0 when the plug came out. Deadlines are absolute, so that jitter does not add up."""
        last, limit = len(reply), self._break_after
        breaks = limit is not None and limit <= last
        if limit is not None:
            last = min(limit, last)
            self._break_after = None if breaks else limit - last
        step = 1 if self._piecewise else FIFO
        for begin in range(0, last, step):
            end = min(begin + step, last)
            wait = start + self._wire_time(end) - time.monotonic()
            if select.select([unplugged], [], [], max(0.0, wait))[0]:
                return 0.0
            with contextlib.suppress(BlockingIOError):
                os.write(master, reply[begin:end])
        return 0.0 if breaks else start + self._wire_time(last)

    def _wire_time(self, count: int) -> float:
        return count * BITS_A_BYTE / self.baud


class SimulatedIdCardReader(SamSerial):
    """The real driver on a simulated line. With `wire`, a SamSimulator of another process already stands there; without, this
    reader starts and owns one (`simulator`). The card of `citizen` is laid on its plate when the first card is asked for."""

    def __init__(self, *, name: str = "", wire: str = "", citizen: str = "") -> None:
        super().__init__(wire, name=name)
        self.simulator: SamSimulator | None = None
        self._wire = wire
        self._citizen = citizen

    async def open(self) -> None:
        if not self._wire and self.simulator is None:
            self.simulator = SamSimulator()
            self.port = await self.lane.run(self.simulator.start)
        await super().open()

    async def find(self) -> bool:
        if self._citizen and self.simulator is not None and not self.simulator.touched:
            self.simulator.put_card(self._citizen)
        return await super().find()

    async def close(self) -> None:
        if self.simulator is not None:
            await self.lane.run(self.simulator.stop)
            self.simulator = None
        await super().close()
