"""A contactless reader behind PC/SC: any reader that pcscd has a driver for, through pyscard.

pyscard is not in the lock (no wheel, decision 0024): Debian's python3-pyscard is used where it lies, or one that was installed beside us.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any

from kiosk.devices.contactless_reader import RELAY, ContactlessReader, t0
from kiosk.devices.contactless_reader.purse import in_a_row, read_number
from kiosk.devices.lane import Lane
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import Health, Report, State

DEBIAN = "/usr/lib/python3/dist-packages"

# What pcscd answers (pcsclite.h), of 32 bits.
OK = 0
GONE_SERVICE = {0x80100003, 0x8010001D, 0x8010001E, 0x80100013}  # handle of an earlier pcscd; none; stopped; line broken
NO_READERS = 0x8010002E
IN_USE = 0x8010000B
GONE_CARD = {0x80100016, 0x80100069, 0x80100068, 0x8010000C, 0x80100067, 0x8010002F}  # not done, removed, reset, none, unpowered, line
UNREADABLE_CARD = {0x80100066, 0x8010000F}  # unresponsive; no protocol in common
PRESENT = 0x20  # SCARD_STATE_PRESENT


def pyscard() -> Any:
    """The module smartcard.scard. Raises Fault `contactless_reader.no_service` where there is none for this Python."""
    with suppress(ImportError):
        return importlib.import_module("smartcard.scard")
    found = PathFinder.find_spec("smartcard", [DEBIAN])
    if found is not None and found.loader is not None and "smartcard" not in sys.modules:
        sys.modules["smartcard"] = package = module_from_spec(found)
        try:
            found.loader.exec_module(package)
            return importlib.import_module("smartcard.scard")
        except ImportError:  # compiled for another Python
            for name in [one for one in sys.modules if one.partition(".")[0] == "smartcard"]:
                del sys.modules[name]
    raise Fault("contactless_reader.no_service", Remedy.STAFF, "python3-pyscard is missing")


class PcscReader(ContactlessReader):
    """`reader`: the name that pcscd gives it (`pcsc_scan -r`), or a part of it that no other has; "" where there is only one.

    Faults beside those of the kind, all STAFF: `.no_service` (no pcscd, or no pyscard), `.several` (the name fits more than one),
    `.in_use` (another program holds the card).
    """

    def __init__(self, reader: str = "", *, name: str = "") -> None:
        super().__init__(name=name)
        self.reader = reader
        self._scard: Any = None
        self._context: int | None = None
        self._found = ""  # the reader's whole name
        self._card: tuple[int, int] | None = None  # handle, protocol
        self._atr = b""

    async def open(self) -> None:
        await self.lane.run(self._reach)

    async def close(self) -> None:
        with suppress(Fault):
            await self.lane.run(self._let_go)
        self.lane.close()
        self.lane = Lane(self.name)  # a reader may be opened again
        self.health = Health(state=State.DOWN)

    async def check(self) -> Report:
        if self._context is not None:
            with suppress(Fault):  # the health tells it
                await self.lane.run(self._reach)
        facts = {"reader": self._found, "atr": self._atr.hex(" ").upper()}
        return Report(health=self.health, facts={name: fact for name, fact in facts.items() if fact})

    async def plugged(self) -> bool:
        if self._context is None:
            return True  # only opening it again tells
        return await self.lane.run(self._there)

    async def find(self) -> str | None:
        return await self.lane.run(self._find)

    async def transmit(self, apdus: Sequence[bytes]) -> list[bytes]:
        # No abort: a chip that is being written is not left half way by us. pcscd ends every command in time.
        return await self.lane.run(partial(in_a_row, self._exchange, tuple(apdus)), deed=True)

    # ── In the lane ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _reach(self) -> None:
        """A line to pcscd, and the one reader that is meant. Lets go of a card that was found."""
        self._let_go()
        try:
            self._scard = pyscard()
            self._context = self._asked("a line", self._scard.SCardEstablishContext(self._scard.SCARD_SCOPE_USER))[0]
            self._found = self._chosen()
        except Fault as fault:
            self._let_go()
            self.health = Health(state=State.ABSENT, code=fault.code)
            raise
        self.capabilities = frozenset({RELAY})
        self.health = Health(state=State.READY)

    def _chosen(self) -> str:
        answer = self._scard.SCardListReaders(self._context, [])
        names: list[str] = [] if int(answer[0]) & 0xFFFFFFFF == NO_READERS else self._asked("readers", answer)[0]
        fitting = [one for one in names if self.reader in one] if self.reader not in names else [self.reader]
        if not fitting:
            raise Fault("contactless_reader.absent", Remedy.STAFF, f"pcscd knows {', '.join(names) or 'none'}")
        if len(fitting) > 1:
            raise Fault("contactless_reader.several", Remedy.STAFF, f"`reader` has to name one of: {', '.join(fitting)}")
        return fitting[0]

    def _find(self) -> str | None:
        if self._context is None:
            raise Fault(self.health.code or "contactless_reader.absent", Remedy.STAFF, "not open")
        try:
            return self._number()
        except Fault as fault:
            self._drop()
            if fault.code == "contactless_reader.removed":
                return None  # waved past: nothing lies there
            if fault.code != "contactless_reader.no_service":
                raise
        self._reach()  # pcscd was started anew: nothing that a citizen needs to know
        return self._number()

    def _number(self) -> str | None:
        if self._card is None:
            if not self._lies_there():
                return None
            self._connect()
        return read_number(self._exchange)

    def _there(self) -> bool:
        """Is the reader known to pcscd? Asks pcscd alone."""
        try:
            self._lies_there()
        except Fault:
            return False
        return True

    def _lies_there(self) -> bool:
        asked = [(self._found, self._scard.SCARD_STATE_UNAWARE)]
        states = self._asked("its state", self._scard.SCardGetStatusChange(self._context, 0, asked))[0]
        _, state, self._atr = states[0][0], states[0][1], bytes(states[0][2])
        return bool(state & PRESENT)

    def _connect(self) -> None:
        scard = self._scard
        both = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        answer = scard.SCardConnect(self._context, self._found, scard.SCARD_SHARE_EXCLUSIVE, both)
        handle, protocol = self._asked("the card", answer)
        self._card = handle, protocol

    def _exchange(self, apdu: bytes) -> bytes:
        under_t0 = self._card is not None and self._card[1] == self._scard.SCARD_PROTOCOL_T0
        return t0.exchange(self._transmit, apdu, t0=under_t0)

    def _transmit(self, apdu: bytes) -> bytes:
        if self._card is None:
            raise Fault("contactless_reader.removed", Remedy.RETRY, f"at command {apdu[:2].hex()}")
        handle, protocol = self._card
        header = self._scard.SCARD_PCI_T0 if protocol == self._scard.SCARD_PROTOCOL_T0 else self._scard.SCARD_PCI_T1
        try:
            answer = bytes(self._asked(f"command {apdu[:2].hex()}", self._scard.SCardTransmit(handle, header, list(apdu)))[0])
        except Fault:
            self._drop(there=False)
            raise
        if len(answer) < 2:
            self._drop(there=False)
            raise Fault("contactless_reader.removed", Remedy.RETRY, f"at command {apdu[:2].hex()}")
        return answer

    def _asked(self, what: str, answer: Sequence[Any]) -> Sequence[Any]:
        """The results behind pcscd's status. Raises the Fault that the status is."""
        status = int(answer[0]) & 0xFFFFFFFF
        if status == OK:
            return answer[1:]
        detail = f"{what}: {status:08X}"
        if status in GONE_CARD:
            raise Fault("contactless_reader.removed", Remedy.RETRY, detail)
        if status in UNREADABLE_CARD:
            raise Fault("contactless_reader.unknown_card", Remedy.RETRY, detail)
        if status == IN_USE:
            raise Fault("contactless_reader.in_use", Remedy.RETRY, detail)
        code = "contactless_reader.no_service" if status in GONE_SERVICE else "contactless_reader.absent"
        self.health = Health(state=State.ABSENT, code=code)
        raise Fault(code, Remedy.STAFF, detail)

    def _drop(self, *, there: bool = True) -> None:
        """Unpowered, so that no later command meets what this visit selected. Not where it is gone: pcscd 1.9.9 that fails in it
        believes the reader empty until the next card is gone again too."""
        if self._card is not None:
            self._scard.SCardDisconnect(self._card[0], self._scard.SCARD_UNPOWER_CARD if there else self._scard.SCARD_LEAVE_CARD)
        self._card = None

    def _let_go(self) -> None:
        self._drop()
        if self._context is not None:
            self._scard.SCardReleaseContext(self._context)
        self._context = None
        self._found, self._atr = "", b""
