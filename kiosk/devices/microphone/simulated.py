"""The simulated microphone: a sound server on loopback that gives what invented people say, and the real driver in front of it."""

from __future__ import annotations

import contextlib
import io
import shutil
import socket
import subprocess
import threading
import time
import wave
from collections.abc import Mapping
from typing import Annotated

import numpy as np

from kiosk.devices.microphone import BLOCK, Microphone
from kiosk.devices.microphone.pcm_tcp import PcmTcp
from kiosk.devices.simulated_line import BringsItsOwn, LineSimulator
from kiosk.levers import Such, lever
from kiosk.model.sound import SPEECH_RATE

SENTENCE = "楼下的路灯坏了三天，晚上看不清路，请派人来修。"
HUM = 12  # of 32,768: the noise of an open microphone in an empty room
PITCHES = (220.0, 330.0, 262.0)  # hertz: who speaks where nothing can synthesise
SPOKEN = 3.0  # seconds of that


class MicrophoneSimulator(LineSimulator):
    """What is said waits until somebody listens: nobody begins to speak before the terminal says so."""

    kind = Microphone.kind
    icon = "microphone"

    def __init__(self, *, wire: str = "127.0.0.1:0") -> None:
        super().__init__(wire=wire)
        self._air = bytearray()
        self._talk = b""
        self._covered = False
        self._still = False

    def stands(self) -> Mapping[str, str]:
        return {
            **super().stands(),
            "cover": "on" if self._covered else "",
            "talk": "on" if self._talk else "",
            "samples": "none" if self._still else "",
        }

    @property
    def waits(self) -> bool:
        """Whether something is left to be said."""
        return bool(self._air)

    @lever
    def say(self, text: Annotated[str, Such(SENTENCE)] = SENTENCE) -> None:
        """Once."""
        spoken = _spoken(text)
        with self._lock:
            self._air += spoken

    def sound(self, pcm: bytes) -> None:
        """Any sound, at SPEECH_RATE: for tests."""
        with self._lock:
            self._air += pcm

    @lever(fact="talk", to="on")
    def talk(self) -> None:
        """On and on, as some people do."""
        self._talk = _spoken(SENTENCE)

    @lever(fact="talk", to="")
    def fall_silent(self) -> None:
        with self._lock:
            self._talk = b""
            self._air.clear()

    @lever(fact="cover", to="on")
    def cover(self) -> None:
        """A hand over its holes, or the switch that mutes it."""
        self._covered = True

    @lever(fact="cover", to="")
    def uncover(self) -> None:
        self._covered = False

    @lever(fact="samples", to="none")
    def give_nothing(self) -> None:
        """Another program has it: the line is there and gives not a sample."""
        self._still = True

    @lever(fact="samples", to="")
    def give_again(self) -> None:
        self._still = False

    def _met(self, line: socket.socket) -> None:
        threading.Thread(target=self._give, args=(line,), name="microphone-line", daemon=True).start()

    def _give(self, line: socket.socket) -> None:
        """No faster than it is said."""
        noise, began, given = np.random.default_rng(7), time.monotonic(), 0
        with contextlib.suppress(OSError):
            line.settimeout(1.0)
            while True:
                time.sleep(max(0.0, began + given * BLOCK / (SPEECH_RATE * 2) - time.monotonic()))
                given += 1
                if not _wanted(line):
                    break
                if not self._still:
                    line.sendall(self._next(noise))
        self._hang_up(line)

    def _next(self, noise: np.random.Generator) -> bytes:
        hum = noise.integers(-HUM, HUM, BLOCK // 2, endpoint=True, dtype=np.int16)
        with self._lock:
            if self._talk and len(self._air) < BLOCK:
                self._air += self._talk
            said = bytes(self._air[:BLOCK]).ljust(BLOCK, b"\0")
            del self._air[:BLOCK]
        if self._covered:
            return hum.tobytes()
        return np.clip(np.frombuffer(said, "<i2").astype(int) + hum, -32_768, 32_767).astype("<i2").tobytes()


class SimulatedMicrophone(BringsItsOwn[MicrophoneSimulator], PcmTcp):
    """The driver for sound servers on a simulated one, in another process (`wire`) or its own."""

    def __init__(self, *, name: str = "", wire: str = "") -> None:
        super().__init__(wire, name=name)

    def _simulated(self) -> MicrophoneSimulator:
        return MicrophoneSimulator()


def _wanted(line: socket.socket) -> bool:
    """Whoever only looks whether it is there has hung up again: nothing of what is said is lost on them."""
    line.setblocking(False)
    try:
        return line.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    finally:
        line.settimeout(1.0)


def _spoken(text: str) -> bytes:
    """By a synthesiser where there is one, else three tones that nobody takes for silence."""
    found = shutil.which("espeak-ng")
    if found:
        done = subprocess.run([found, "-v", "cmn", "--stdout", text], capture_output=True, check=False, timeout=20)  # noqa: S603
        with contextlib.suppress(wave.Error, EOFError), wave.open(io.BytesIO(done.stdout)) as file:
            samples = np.frombuffer(file.readframes(1 << 24), "<i2")
            there = np.arange(0, len(samples), file.getframerate() / SPEECH_RATE)
            return bytes(np.interp(there, np.arange(len(samples)), samples).astype("<i2"))
    at = np.arange(round(SPOKEN * SPEECH_RATE)) / SPEECH_RATE
    pitch = np.array(PITCHES)[(at * len(PITCHES) / SPOKEN).astype(int)]
    return (np.sin(np.cumsum(pitch) * 2 * np.pi / SPEECH_RATE) * 9_000).astype("<i2").tobytes()
