"""A sound card, an HDMI screen or a USB speaker, through miniaudio: a sound server where one runs, else ALSA itself."""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterator, Mapping
from itertools import chain

import miniaudio

from kiosk.devices.cards import SERVERS, cards, chosen, sound_server
from kiosk.devices.speaker.jack import SwitchJack
from kiosk.devices.speaker.line import LineSpeaker, Sink
from kiosk.model.sound import RATE, WIDTH, silence

BUFFER = 60  # milliseconds: as much goes on after a stop
TAIL = silence(3 * BUFFER / 1000).pcm  # what pushes the end of a sound out of three buffers
STUCK = 3.0  # seconds in which the card asked for nothing: it is gone, whatever it says


class SoundCard(LineSpeaker):
    """`output`: words from the name of the one to use, as `kiosk doctor` shows it; "" is what the system takes by default.

    `jack`: words from the name of the input device that tells of its plug; "": it has no such switch.
    """

    def __init__(self, *, name: str = "", volume: int = 70, output: str = "", jack: str = "") -> None:
        super().__init__(name=name, volume=volume)
        self.output = output
        self.jack = SwitchJack(jack) if jack else None

    def _connect(self) -> Sink:
        # Each try of miniaudio without any card keeps some memory for good, and a keeper tries for days.
        if not cards("playback") and not sound_server():
            raise OSError("this machine has no sound card and no sound server")
        try:
            return _Card(self.output)
        except miniaudio.MiniaudioError as error:
            raise OSError(f"it does not open: {error.args[0]}") from None


class _Card(Sink):
    """One device of miniaudio for as long as it is there: it is started and stopped, never made anew."""

    def __init__(self, output: str) -> None:
        self._cards = cards("playback")
        self._name, device = chosen("playback", output)
        self._device = miniaudio.PlaybackDevice(
            output_format=miniaudio.SampleFormat.SIGNED16,
            nchannels=1,
            sample_rate=RATE,
            buffersize_msec=BUFFER,
            device_id=device,
            backends=list(SERVERS),
            app_name="kiosk",
        )

    def play(self, blocks: Iterator[bytes], stop: threading.Event) -> None:
        over, moved = threading.Event(), threading.Event()
        samples = _samples(blocks, stop, over, moved)
        next(samples)
        try:
            self._device.start(samples)
        except miniaudio.MiniaudioError as error:
            raise OSError(f"it does not start: {error.args[0]}") from None
        try:
            while not over.wait(STUCK):
                if not moved.is_set():
                    raise OSError("the card takes nothing any more")
                moved.clear()
        finally:
            try:
                self._device.stop()
            except miniaudio.MiniaudioError as error:
                raise OSError(f"it does not stop: {error.args[0]}") from None

    def there(self) -> bool:
        """A server outlives its cards; it has a socket, and ALSA a list."""
        return sound_server() if self._device.backend == "PulseAudio" else self._cards <= cards("playback")

    def facts(self) -> Mapping[str, str]:
        return {"output": self._name, "backend": self._device.backend}

    def close(self) -> None:
        self._device.close()


def _samples(
    blocks: Iterator[bytes], stop: threading.Event, over: threading.Event, moved: threading.Event
) -> Generator[bytes, int, None]:
    """What miniaudio's thread asks for, so many samples at a time. Sets `over` when everything has left its buffers."""
    kept, wanted = b"", (yield b"") * WIDTH
    for block in chain(blocks, (TAIL,)):
        if stop.is_set():
            break
        kept += block
        while len(kept) >= wanted:
            moved.set()
            piece, kept = kept[:wanted], kept[wanted:]
            wanted = (yield piece) * WIDTH
    over.set()
    while True:  # until the lane stops the card: there is no last word
        wanted = (yield bytes(wanted)) * WIDTH
