"""A USB microphone, or what is plugged into a sound card, through miniaudio: a sound server where one runs, else ALSA itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress

import miniaudio

from kiosk.devices.cards import SERVERS, cards, chosen, sound_server
from kiosk.devices.line import Refuses
from kiosk.devices.microphone.line import SILENT, LineMicrophone, Source
from kiosk.model.sound import SPEECH_RATE

BUFFER = 40  # milliseconds


class SoundCard(LineMicrophone):
    """`input`: words from the name of the one to use, as `kiosk doctor` shows it; "" is what the system takes by default."""

    def __init__(self, *, name: str = "", input: str = "") -> None:
        super().__init__(name=name)
        self.input = input

    def _connect(self) -> Source:
        # Each try of miniaudio without any card keeps some memory for good, and a keeper tries for days.
        if not cards("capture") and not sound_server():
            raise OSError("this machine has nothing to record with and no sound server")
        return _Card(self.input)


class _Card(Source):
    """Opened for as long as somebody records, so that nothing listens, and no light burns, at any other time."""

    def __init__(self, input: str) -> None:
        self._cards = cards("capture")
        self._input = input
        self._name = "default"
        self._backend = ""
        self._opened().close()

    def _opened(self) -> miniaudio.CaptureDevice:
        try:
            self._name, device = chosen("capture", self._input)
            made = miniaudio.CaptureDevice(
                input_format=miniaudio.SampleFormat.SIGNED16,
                nchannels=1,
                sample_rate=SPEECH_RATE,
                buffersize_msec=BUFFER,
                device_id=device,
                backends=list(SERVERS),
                app_name="kiosk",
            )
        except miniaudio.MiniaudioError as error:
            raise (Refuses if self.there() else OSError)(f"it does not open: {error.args[0]}") from None
        self._backend = made.backend
        return made

    def record(self, put: Callable[[bytes], bool], stop: threading.Event) -> None:
        over, moved = threading.Event(), threading.Event()
        taking = _taken(put, stop, over, moved)
        next(taking)
        device = self._opened()
        try:
            device.start(taking)
            while not over.wait(SILENT):
                if not moved.is_set():
                    raise (Refuses if self.there() else OSError)("the card gives nothing any more")
                moved.clear()
        except miniaudio.MiniaudioError as error:
            raise Refuses(f"it does not start: {error.args[0]}") from None
        finally:
            with suppress(miniaudio.MiniaudioError):
                device.stop()
            device.close()

    def there(self) -> bool:
        """A server outlives its cards; it has a socket, and ALSA a list."""
        return sound_server() if self._backend == "PulseAudio" or not self._cards else self._cards <= cards("capture")

    def facts(self) -> Mapping[str, str]:
        return {"input": self._name, "backend": self._backend}


def _taken(
    put: Callable[[bytes], bool], stop: threading.Event, over: threading.Event, moved: threading.Event
) -> Generator[None, bytes, None]:
    """What miniaudio's thread brings. Sets `over` when no more is wanted."""
    more = True
    while True:
        data = yield
        moved.set()
        more = more and not stop.is_set() and put(bytes(data))
        if not more:
            over.set()
