"""A microphone on the network, or a sound server: bare samples over TCP, as PulseAudio and PipeWire give them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Mapping

from kiosk.devices.microphone import BLOCK
from kiosk.devices.microphone.line import SILENT, Line, LineMicrophone, Refuses
from kiosk.model.sound import WIDTH

_CONNECT = 2.0  # seconds
BREATH = 0.1  # seconds between two looks whether it is over


class PcmTcp(LineMicrophone):
    """`address` is host:port. The other side is set to one channel, 16,000 a second, s16le.

    Connected only while somebody records. Nothing is encrypted: an address that is not this machine belongs into a net of its own.
    """

    def __init__(self, address: str, *, name: str = "") -> None:
        super().__init__(name=name)
        self.address = address

    def _connect(self) -> Line:
        host, colon, port = self.address.rpartition(":")
        if not colon or not port.isdecimal():
            raise OSError("the address is not host:port")
        line = _Server(host, int(port))
        line.connected().close()
        return line


class _Server(Line):
    def __init__(self, host: str, port: int) -> None:
        self._at = (host, port)

    def connected(self) -> socket.socket:
        try:
            return socket.create_connection(self._at, _CONNECT)
        except (OSError, OverflowError) as error:
            raise OSError(f"no connection: {type(error).__name__}") from None

    def record(self, put: Callable[[bytes], bool], stop: threading.Event) -> None:
        """By a connection of its own: what another one would have kept was said before."""
        kept, heard = b"", time.monotonic()
        with self.connected() as line:
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
            self.connected().close()
        except OSError:
            return False
        return True

    def facts(self) -> Mapping[str, str]:
        return {"port": f"{self._at[0]}:{self._at[1]}"}

    def close(self) -> None:
        return
