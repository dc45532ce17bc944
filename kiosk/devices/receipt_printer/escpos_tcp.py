"""An ESC/POS receipt printer with a network plug (port 9100)."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import Literal

from kiosk.devices.receipt_printer.conversation import Wire
from kiosk.devices.receipt_printer.escpos import EscposPrinter

_CONNECT = 2.0  # seconds


class EscposTcp(EscposPrinter):
    """These printers serve one connection at a time and drop idle ones: one a job."""

    def __init__(
        self,
        host: str,
        port: int = 9100,
        *,
        name: str = "",
        width: int = 576,
        fence: bool = True,
        mode: Literal["raster", "text"] = "raster",
    ) -> None:
        super().__init__(name=name, width=width, fence=fence, mode=mode)
        self.host = host
        self.port = port

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    def _connect(self) -> Wire:
        return _Socket(self.host, self.port)


class _Socket(Wire):
    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), _CONNECT)

    def send(self, data: bytes, within: float) -> None:
        self._socket.settimeout(within)  # of all of it: sendall counts from its beginning
        self._socket.sendall(data)

    def receive(self, within: float) -> bytes:
        self._socket.settimeout(within)
        try:
            data = self._socket.recv(4096)
        except TimeoutError:
            return b""
        if not data:
            raise ConnectionResetError("the printer hung up")
        return data

    def close(self) -> None:
        with suppress(OSError):
            self._socket.close()
