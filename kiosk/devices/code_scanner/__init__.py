"""The code scanner: one QR or bar code at a time, and only while somebody is asked to show one."""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import ClassVar

from kiosk.devices.device import Device

LONGEST = 512  # characters; no code we ask for is longer (RELIABILITY F-13)

_CODE = re.compile(rb"[!-~](?:[ -~]*[!-~])?")  # printable ASCII, no blank at either end


class CodeScanner(Device):
    """Faults: `code_scanner.absent` OTHER_WAY: nothing can be done only with a code (RELIABILITY F-14).

    A code comes from a stranger's telephone: what it says is for its step to judge by a grammar of its own, never to be run,
    opened or looked up as it is.
    """

    kind: ClassVar[str] = "code_scanner"

    @abstractmethod
    async def scan(self) -> str:
        """Wait for one code and return what it says. There is no time limit: cancelling stops the waiting.

        A code that was shown before somebody asked is not given. What cannot be one is dropped and the waiting goes on: more
        than `LONGEST` characters, anything but printable ASCII, many codes at once.
        """


def code_of(burst: bytes) -> str:
    """What one burst of a scanner says, "" where it is not exactly one code: text that is ended by CR, LF or both."""
    text = burst.rstrip(b"\r\n")
    if text == burst or len(text) > LONGEST or not _CODE.fullmatch(text):
        return ""
    return text.decode("ascii")
