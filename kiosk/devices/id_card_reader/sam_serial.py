"""A certified reader on a serial line (RS-232, TTL, USB-serial), through pyserial."""

from __future__ import annotations

import contextlib
import termios
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import serial

from kiosk.devices.id_card_reader.sam import Line, SamReader

BAUDS = (115200, 57600, 38400, 19200, 9600)


@contextmanager
def _as_os_errors() -> Iterator[None]:
    """A line that is gone raises termios.error from its settings; SerialException is an OSError already."""
    try:
        yield
    except termios.error as error:
        raise OSError(*error.args) from None


class SerialLine(Line):
    """Raises OSError, ValueError for what does not open."""

    def __init__(self, port: str, baud: int) -> None:
        self.speed = baud
        with _as_os_errors():
            # exclusive: two processes on one line would eat each other's answers
            self._serial = serial.Serial(port, baud, timeout=1, write_timeout=1, exclusive=True)

    def drop(self) -> None:
        with _as_os_errors():
            self._serial.reset_input_buffer()

    def write(self, frame: bytes) -> None:
        with _as_os_errors():
            self._serial.write(frame)

    def read(self, count: int, within: float) -> bytes:
        with _as_os_errors():
            self._serial.timeout = within
            return self._serial.read(count)

    def cancel(self) -> None:
        self._serial.cancel_read()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.drop()  # unread bytes of a card do not wait in the kernel for the next process
        with contextlib.suppress(OSError), _as_os_errors():
            self._serial.close()


class SamSerial(SamReader):
    """`port` is a device path; prefer `/dev/serial/by-id/…`, which stays the same when the plug is moved. `baud` is tried first."""

    def __init__(self, port: str, *, name: str = "", baud: int = 115200, sam_number: str = "", prints: bool = False) -> None:
        super().__init__(name=name, sam_number=sam_number, prints=prints)
        self.port = port
        self.baud = baud

    @property
    def speed(self) -> int:
        """What the reader was found at."""
        return self._line.speed if self._line is not None else self.baud

    async def plugged(self) -> bool:
        return Path(self.port).exists()  # noqa: ASYNC240 - a look into /dev, which is memory

    def _ways(self) -> Iterable[Callable[[], Line]]:
        # The likely speed comes twice: its first answer may drown in what the line or a busy machine was doing.
        for baud in (self.baud, *(other for other in BAUDS if other != self.baud), self.baud):
            yield partial(SerialLine, self.port, baud)

    def _facts(self) -> dict[str, str]:
        return {"port": self.port, "baud": str(self.speed)}
