"""The simulated speaker: a sound server on loopback that keeps what would be heard, and the real driver in front of it."""

from __future__ import annotations

import contextlib
import socket
import threading
import wave
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from kiosk.devices.simulator import Simulator, Spot
from kiosk.devices.speaker import Speaker
from kiosk.devices.speaker.pcm_tcp import PcmTcp
from kiosk.levers import lever
from kiosk.model.sound import RATE, WIDTH, Sound

PAUSE = 0.3  # seconds without a sample: what was said is over
KEPT = 60  # seconds: what was heard before is forgotten


class SpeakerSimulator(Simulator):
    """The air's side of the wire. `start()` gives `host:port`; it stays the same through unplug and plug_in.

    With `out`, each thing that was heard is `heard-0001.wav` there. Whoever turned the knob down hears silence, and no wire knows.
    """

    kind = Speaker.kind
    icon = "volume-high"

    def __init__(self, *, wire: str = "127.0.0.1:0", out: str = "") -> None:
        self.wire = wire
        self._out = Path(out) if out else None
        self._lock = threading.Lock()
        self._heard = bytearray()
        self._saying = bytearray()
        self._said = 0
        self._down = False
        self._listener: socket.socket | None = None
        self._listening: threading.Thread | None = None
        self._line: socket.socket | None = None

    @classmethod
    def set_up(cls, spot: Spot) -> Self:
        simulator = cls(out=str(spot.out))
        simulator.start()
        return simulator

    def told(self) -> Mapping[str, str]:
        return {"wire": self.wire}

    def stands(self) -> Mapping[str, str]:
        return {"knob": "down" if self._down else "", "plug": "out" if self._listener is None else ""}

    def start(self) -> str:
        self.plug_in()
        return self.wire

    def stop(self) -> None:
        """May be called twice."""
        self.unplug()

    def heard(self) -> Sound:
        """All that was heard in the last minute, without the pauses between."""
        with self._lock:
            return Sound(bytes(self._heard))

    @lever(fact="plug", to="")
    def plug_in(self) -> None:
        if self._listener is not None:
            return
        host, _, port = self.wire.rpartition(":")
        self._listener = socket.create_server((host, int(port)))
        self.wire = f"{host}:{self._listener.getsockname()[1]}"
        self._listening = threading.Thread(target=self._listen, args=(self._listener,), name="speaker-simulator", daemon=True)
        self._listening.start()

    @lever(fact="plug", to="out")
    def unplug(self) -> None:
        if self._listener is None or self._listening is None:
            return
        listener, self._listener = self._listener, None
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # wakes accept()
        with self._lock:
            line = self._line
            if line is not None:
                with contextlib.suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)
        self._listening.join()
        self._listening = None
        listener.close()

    @lever(fact="knob", to="down")
    def turn_down(self) -> None:
        """The knob of the amplifier, down to nothing."""
        self._down = True

    @lever(fact="knob", to="")
    def turn_up(self) -> None:
        self._down = False

    def _listen(self, listener: socket.socket) -> None:
        """One line at a time."""
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line:
                with self._lock:
                    self._line = line
                    if self._listener is not listener:  # unplugged in just this moment
                        return
                with contextlib.suppress(OSError):
                    self._hear(line)
                with self._lock:
                    self._line = None
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


class SimulatedSpeaker(PcmTcp):
    """The driver for sound servers on a simulated one. With `wire`, a SpeakerSimulator of another process already stands there; without,
    this speaker starts and owns one (`simulator`)."""

    def __init__(self, *, name: str = "", volume: int = 70, wire: str = "", out: str = "") -> None:
        super().__init__(wire, name=name, volume=volume)
        self.simulator: SpeakerSimulator | None = None
        self._wire = wire
        self._out = out

    async def open(self) -> None:
        if not self._wire and self.simulator is None:
            self.simulator = SpeakerSimulator(out=self._out)
            self.address = await self.lane.run(self.simulator.start)
        await super().open()

    async def close(self) -> None:
        await super().close()
        if self.simulator is not None:
            await self.lane.run(self.simulator.stop)
            self.simulator = None
