"""The simulated speaker: a sound server on loopback that keeps what would be heard, and the real driver in front of it."""

from __future__ import annotations

import contextlib
import socket
import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from kiosk.devices.simulated_line import BringsItsOwn, LineSimulator
from kiosk.devices.simulator import Spot
from kiosk.devices.speaker import Speaker
from kiosk.devices.speaker.pcm_tcp import PcmTcp
from kiosk.devices.speaker.simulated_jack import JackSimulator, SimulatedJack
from kiosk.levers import lever
from kiosk.model.sound import RATE, WIDTH, Sound

PAUSE = 0.3  # seconds without a sample: what was said is over
KEPT = 60  # seconds: what was heard before is forgotten


class SpeakerSimulator(LineSimulator):
    """With `out`, each thing that was heard is `heard-0001.wav` there. Whoever turned the knob down hears silence, and no wire knows."""

    kind = Speaker.kind
    icon = "volume-high"

    def __init__(self, *, wire: str = "127.0.0.1:0", out: str = "", jack: Path | None = None) -> None:
        super().__init__(wire=wire)
        self._jack = JackSimulator(jack) if jack is not None else None
        self._out = Path(out) if out else None
        self._heard = bytearray()
        self._saying = bytearray()
        self._said = 0
        self._down = False

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        simulator = cls(out=str(spot.out), jack=spot.wire.with_name(f"{spot.wire.name}-jack"))
        simulator.start()
        return simulator

    def start(self) -> str:
        if self._jack is not None:
            self._jack.start()
        return super().start()

    def stop(self) -> None:
        super().stop()
        if self._jack is not None:
            self._jack.stop()

    def told(self) -> Mapping[str, str]:
        return {**super().told(), **({"jack": str(self._jack.path)} if self._jack is not None else {})}

    def stands(self) -> Mapping[str, str]:
        plugged = self._jack is not None and self._jack.plugged
        return {"knob": "down" if self._down else "", "headphones": "in" if plugged else "", **super().stands()}

    def heard(self) -> Sound:
        """All that was heard in the last minute, without the pauses between."""
        with self._lock:
            return Sound(bytes(self._heard))

    @lever(fact="knob", to="down")
    def turn_down(self) -> None:
        """The knob of the amplifier, down to nothing."""
        self._down = True

    @lever(fact="knob", to="")
    def turn_up(self) -> None:
        self._down = False

    @lever(fact="headphones", to="in")
    def put_headphones_in(self) -> None:
        """Into the socket of this output, where it has one that tells."""
        if self._jack is not None:
            self._jack.put(True)

    @lever(fact="headphones", to="")
    def pull_headphones_out(self) -> None:
        if self._jack is not None:
            self._jack.put(False)

    def _met(self, line: socket.socket) -> None:
        """One line at a time."""
        with contextlib.suppress(OSError):
            self._hear(line)
        self._hang_up(line)
        self._over()

    def _hear(self, line: socket.socket) -> None:
        line.settimeout(PAUSE)
        odd = b""
        while True:
            try:
                data = line.recv(RATE)
            except TimeoutError:
                self._over()
                continue
            if not data:
                return
            data = odd + data
            whole = len(data) // WIDTH * WIDTH
            data, odd = data[:whole], data[whole:]
            with self._lock:
                audible = bytes(len(data)) if self._down else data
                self._heard += audible
                del self._heard[: -KEPT * RATE * WIDTH]
                if self._out is not None:
                    self._saying += audible

    def _over(self) -> None:
        said, self._saying = self._saying, bytearray()
        if self._out is None or not said:
            return
        self._said += 1
        self._out.mkdir(parents=True, exist_ok=True)
        with wave.open(str(self._out / f"heard-{self._said:04}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(WIDTH)
            file.setframerate(RATE)
            file.writeframes(bytes(said))


class SimulatedSpeaker(BringsItsOwn[SpeakerSimulator], PcmTcp):
    """The driver for sound servers on a simulated one, in another process (`wire`) or its own."""

    def __init__(self, *, name: str = "", volume: int = 70, wire: str = "", out: str = "", jack: str = "") -> None:
        super().__init__(wire, name=name, volume=volume)
        self._out = out
        self.jack = SimulatedJack(jack) if jack else None

    def _simulated(self) -> SpeakerSimulator:
        return SpeakerSimulator(out=self._out)
