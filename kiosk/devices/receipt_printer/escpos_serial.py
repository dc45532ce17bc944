"""An ESC/POS receipt printer on a serial line (RS-232, or a USB plug that is one), through pyserial."""

from __future__ import annotations

import termios
from contextlib import suppress
from pathlib import Path
from typing import Literal

from serial import Serial, SerialTimeoutException

from kiosk.devices.receipt_printer.conversation import Wire
from kiosk.devices.receipt_printer.escpos import EscposPrinter

BITS_A_BYTE = 10  # start, eight, stop
_FLOWS = ("hardware", "software", "none")


class EscposSerial(EscposPrinter):
    """`port` is a device path; prefer `/dev/serial/by-id/…`, which stays the same when the plug is moved.

    `flow`: how the printer says that its buffer is full: "hardware" (its DTR on our CTS), "software" (XON/XOFF), or "none" where
    the cable has no such wire; then its buffer must hold a whole slip.
    """

    line = "port"

    def __init__(
        self,
        port: str,
        *,
        name: str = "",
        baud: int = 19200,
        flow: Literal["hardware", "software", "none"] = "hardware",
        width: int = 576,
        fence: bool = True,
        mode: Literal["raster", "text"] = "raster",
    ) -> None:
        if flow not in _FLOWS:
            raise ValueError(f'flow is one of {", ".join(_FLOWS)}, not "{flow}"')
        self.port = port
        self.baud = baud
        self.bytes_a_second = baud / BITS_A_BYTE
        self._flow = flow
        super().__init__(name=name, width=width, fence=fence, mode=mode)

    @property
    def address(self) -> str:
        return f"{self.port} at {self.baud}"

    async def plugged(self) -> bool:
        return Path(self.port).exists()  # noqa: ASYNC240 - a look into /dev, which is memory

    def _connect(self) -> Wire:
        return _Line(self.port, self.baud, self._flow)


class _Line(Wire):
    def __init__(self, port: str, baud: int, flow: str) -> None:
        self.bytes_a_second = baud / BITS_A_BYTE
        try:
            # exclusive: two processes on one line would mix their slips
            self._serial = Serial(port, baud, timeout=0, exclusive=True, rtscts=flow == "hardware", xonxoff=flow == "software")
            self._serial.reset_input_buffer()  # an answer to whoever asked before
        except (termios.error, ValueError) as error:
            raise OSError(f"the port does not open: {type(error).__name__}") from None

    def send(self, data: bytes, within: float) -> None:
        try:
            self._serial.write_timeout = within
            self._serial.write(data)
        except SerialTimeoutException:
            raise TimeoutError from None
        except termios.error as error:
            raise OSError(f"the line broke: {type(error).__name__}") from None

    def receive(self, within: float) -> bytes:
        try:
            self._serial.timeout = within
            data = self._serial.read(1)
            return data + self._serial.read(self._serial.in_waiting) if data else b""
        except termios.error as error:
            raise OSError(f"the line broke: {type(error).__name__}") from None

    def close(self) -> None:
        # What the printer did not take is not waited for: closing would block until it did.
        with suppress(OSError, termios.error):
            self._serial.reset_output_buffer()
        with suppress(OSError, termios.error):
            self._serial.close()
