"""A microphone on the network, or a sound server: bare samples over TCP, as PulseAudio and PipeWire give them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from kiosk.devices.line import Refuses, reached
from kiosk.devices.microphone import BLOCK
from kiosk.devices.microphone.line import SILENT, LineMicrophone, Source
from kiosk.model.sound import WIDTH

BREATH = 0.1  # seconds between two looks whether it is over


class PcmTcp(LineMicrophone):
    """`address` is host:port. The other side is set to one channel, 16,000 a second, s16le.

    Connected only while somebody records. Nothing is encrypted: an address that is not this machine belongs into a net of its own.
    """

    def __init__(self, address: str, *, name: str = "") -> None:
        super().__init__(name=name)
        self.address = address

    def _connect(self) -> Source:
        reached(self.address).close()
        return _Server(self.address)


class _Server(Source):
    def __init__(self, address: str) -> None:
        self._address = address

    def record(self, put: Callable[[bytes], bool], stop: threading.Event) -> None:
        """By a connection of its own: what another one would have kept was said before."""
        kept, heard = b"", time.monotonic()
        with reached(self._address) as line:
            line.settimeout(BREATH)
            while not stop.is_set():
                try:
                    data = line.recv(BLOCK)
                except TimeoutError:
                    if time.monotonic() - heard > SILENT:
                        raise Refuses("the other side says nothing") from None
                    if not put(b""):
                        return
                    continue
                except OSError as error:
                    raise OSError(f"the line broke: {type(error).__name__}") from None
                if not data:
                    raise OSError("the other side hung up")
                heard, kept = time.monotonic(), kept + data
                whole = len(kept) // WIDTH * WIDTH
                if not put(kept[:whole]):
                    return
                kept = kept[whole:]

    def there(self) -> bool:
        try:
            reached(self._address).close()
        except OSError:
            return False
        return True

    def facts(self) -> Mapping[str, str]:
        return {"port": self._address}
