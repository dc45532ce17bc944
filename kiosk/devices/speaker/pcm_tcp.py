"""A speaker on the network, or a sound server: bare samples over TCP, as PulseAudio and PipeWire take them (module-simple-protocol-tcp)."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress

from kiosk.devices.line import reached
from kiosk.devices.speaker.line import LineSpeaker, Sink
from kiosk.model.sound import RATE, WIDTH

AHEAD = 0.1  # seconds that are sent before they are heard: as much goes on after a stop
WRITE = 2.0  # seconds; a server that takes nothing for so long does not play


class PcmTcp(LineSpeaker):
    """`address` is host:port. The other side is set to one channel, 48,000 a second, s16le.

    Nothing is encrypted, and what is said may be personal: an address that is not this machine belongs into a net of its own.
    """

    def __init__(self, address: str, *, name: str = "", volume: int = 70) -> None:
        super().__init__(name=name, volume=volume)
        self.address = address

    def _connect(self) -> Sink:
        return _Socket(reached(self.address))


class _Socket(Sink):
    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._socket.settimeout(WRITE)

    def play(self, blocks: Iterator[bytes], stop: threading.Event) -> None:
        """No faster than it is heard: nothing can be called back that was sent."""
        began, sent = time.monotonic(), 0.0
        for block in blocks:
            if stop.wait(max(0.0, began + sent - AHEAD - time.monotonic())):
                return
            try:
                self._socket.sendall(block)
            except OSError as error:
                raise OSError(f"the line broke: {type(error).__name__}") from None
            sent += len(block) / (RATE * WIDTH)
        stop.wait(max(0.0, began + sent - time.monotonic()))
        if not self.there():
            raise OSError("the other side hung up")

    def there(self) -> bool:
        try:
            spoke, _, _ = select.select([self._socket], [], [], 0)  # it never says anything but that it hangs up
            return not spoke or self._socket.recv(1, socket.MSG_PEEK) != b""
        except (OSError, ValueError):  # ValueError: closed here meanwhile
            return False

    def facts(self) -> Mapping[str, str]:
        with suppress(OSError):
            host, port = self._socket.getpeername()[:2]
            return {"port": f"{host}:{port}"}
        return {}

    def close(self) -> None:
        self._socket.close()
