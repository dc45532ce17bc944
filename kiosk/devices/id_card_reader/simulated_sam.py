"""A security module in memory: what a SAM answers to which request, in which order, with which card on the plate."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Annotated

from kiosk import people
from kiosk.devices.id_card_reader import codec
from kiosk.devices.id_card_reader.card_layout import encode_addresses, encode_read
from kiosk.levers import CitizenId, OneOf, Such, lever
from kiosk.model.person import IdCard

SAM_NUMBER = "05.01-20200115-0000012345-0000001234"
SPEEDS = {0: 115200, 1: 57600, 2: 38400, 3: 19200, 4: 9600}  # PARA of command 60


class _Step(Enum):
    """How far the host has come with the card: find → select → read."""

    NONE = 0
    FOUND = 1
    SELECTED = 2


class SimulatedSam:
    """Levers may be pulled from any thread. A card that was read well answers 80 until it is lifted, as a real one does, or until
    the module is reset: that takes the field away and gives it back."""

    def __init__(self, *, baud: int = 115200) -> None:
        self.baud = self.next_baud = baud
        self.number = SAM_NUMBER
        self._card_lock = threading.Lock()
        self._reply_to_read = b""  # of the card on the plate; empty = no card
        self._called = ""  # who laid it there calls it so: c01, forged
        self._reply_with_prints = b""
        self._addresses: tuple[str, ...] = ()
        self._prints = 0  # bytes of fingerprints on the cards that are put from now on
        self._refuses = 0  # the SW3 with which select is refused: a forged card, a bank card
        self._failed = 0  # the SW3 with which the SAM refuses everything
        self._next_sw3: list[int] = []
        self._later: list[tuple[float, Callable[[], None]]] = []  # what a hand will do, and when (monotonic)
        self._lift_while_reading = False
        self._slow_to_find = False
        self._read_once = False
        self.touched = False  # whether any hand has been at the plate yet
        self._step = _Step.NONE

    def put(self, card: IdCard, called: str = "other") -> None:
        """Lay `card` on the plate, in place of any other. Raises ValueError for what does not fit on a card."""
        reply, prints = encode_read(card), encode_read(card, bytes(self._prints))
        encode_addresses(card.addresses)
        self._lay(reply, called, prints=prints, addresses=card.addresses)

    @lever(fact="card")
    def put_card(self, citizen: CitizenId) -> None:
        """Lay the card of one of the invented people on the plate."""
        self.put(people.cards()[citizen], citizen)

    @lever(fact="card")
    def put_other_kind(self, person: Annotated[str, OneOf(*people.neighbours(), *people.children())]) -> None:
        """Lay one without a photo on the plate: n01 from Hong Kong, n02 a foreigner's of 2017, n03 and n04 of 2023; k01 a child's."""
        self.put_card(person)

    @lever
    def put_card_later(self, citizen: CitizenId, seconds: float) -> None:
        """Lay this card on the plate so many seconds from now."""
        self._at(seconds, lambda: self.put_card(citizen))

    @lever(fact="card", to="forged")
    def put_forged_card(self) -> None:
        """A card that the module does not take for genuine: 32 to select."""
        self._lay(b"forged", "forged", refuses=0x32)

    @lever(fact="card", to="wrong")
    def put_wrong_card(self) -> None:
        """A bank card, a transport card: 40 to select."""
        self._lay(b"wrong", "wrong", refuses=0x40)

    @lever(fact="card", to="damaged")
    def put_damaged_card(self) -> None:
        """A genuine card whose information fails the module's check: 33 to select."""
        self._lay(b"damaged", "damaged", refuses=0x33)

    def put_block(self, read_reply: bytes) -> None:
        """A card that answers `30 01` with just these bytes: other kinds of card, damaged text."""
        self._lay(read_reply, "other")

    @lever(fact="card", to="")
    def lift_card(self) -> None:
        """Take whatever lies there off the plate."""
        self._lay(b"", "")

    @lever
    def lift_card_later(self, seconds: float) -> None:
        """Take the card off the plate so many seconds from now."""
        self._at(seconds, self.lift_card)

    @lever
    def lift_while_reading(self) -> None:
        """The next read answers 41: the card was taken too early."""
        with self._card_lock:
            self._lift_while_reading = True

    @lever
    def find_slowly(self) -> None:
        """The next find answers 80 although a card lies there, as some modules do."""
        self._slow_to_find = True

    @lever
    def carry_prints(self, count: Annotated[int, Such("0", "1", "2")]) -> None:
        """Cards put from now on carry `count` fingerprints: 0, 1 or 2 blocks of 512 bytes, all zeros."""
        if count not in (0, 1, 2):
            raise ValueError(f"{count} fingerprints: a card carries 0, 1 or 2")
        self._prints = count * 512

    @lever
    def add_address(self, address: Annotated[str, Such("福建省厦门市湖里区示例路2号")]) -> None:
        """The card on the plate has one more change of address on its chip; four at most."""
        with self._card_lock:
            addresses = (*self._addresses, address)
            if len(addresses) > 4:
                raise ValueError("a chip holds four added addresses")
            encode_addresses(addresses)
            self._addresses = addresses

    @lever
    def answer_next(self, sw3: Annotated[str, Such("24", "47", "23", "33")]) -> None:
        """The next command is answered with this status word alone, in hexadecimal: 24, 47, 23 …"""
        self._next_sw3.append(int(sw3, 16))

    @lever(fact="module", to="unauthorised")
    def unauthorise(self) -> None:
        """The licence of the SAM is gone: 66 to everything."""
        self._failed = 0x66

    @lever(fact="module", to="broken")
    def fail_self_test(self) -> None:
        """60 to everything."""
        self._failed = 0x60

    @lever(fact="module", to="")
    def mend(self) -> None:
        """The module is as it should be again."""
        self._failed = 0

    @lever
    def set_speed(self, baud: Annotated[int, Such(*map(str, SPEEDS.values()))]) -> None:
        """The module now talks at another speed, as after somebody's set-up program: 115200, 57600, 38400, 19200 or 9600."""
        if baud not in SPEEDS.values():
            raise ValueError(f"{baud}: not one of {', '.join(map(str, SPEEDS.values()))}")
        self.baud = self.next_baud = baud

    @lever
    def exchange_module(self, number: Annotated[str, Such("05.01-20200115-0000012346-0000000007")]) -> None:
        """Another reader of the same make stands here: "05.01-20200115-0000012346-0000000001"."""
        codec.sam_number_bytes(number)
        self.number = number

    def stands(self) -> Mapping[str, str]:
        with self._card_lock:
            return {"card": self._called, "module": {0x66: "unauthorised", 0x60: "broken"}.get(self._failed, "")}

    def _lay(self, reply: bytes, called: str, *, refuses: int = 0, prints: bytes = b"", addresses: tuple[str, ...] = ()) -> None:
        with self._card_lock:
            self._reply_to_read, self._called, self._refuses = reply, called, refuses
            self._reply_with_prints, self._addresses = prints, addresses
            self._lift_while_reading = self._read_once = False
            self._step = _Step.NONE
            self.touched = True

    def _at(self, seconds: float, deed: Callable[[], None]) -> None:
        self._later = sorted([*self._later, (time.monotonic() + seconds, deed)], key=lambda one: one[0])

    def answer(self, body: bytes) -> bytes:
        """The whole reply frame to one request body (CMD PARA data)."""
        while self._later and self._later[0][0] <= time.monotonic():
            self._later.pop(0)[1]()
        with self._card_lock:
            if self._failed:
                return _sw(self._failed)
            if self._next_sw3:
                return _sw(self._next_sw3.pop(0))
            match body[0], body[1]:
                case 0x10, 0xFF:
                    self._step, self._read_once = _Step.NONE, False
                    return _sw(codec.SUCCESS)
                case ((0x11 | 0x61), 0xFF):
                    self._step = _Step.NONE
                    return _sw(codec.SUCCESS)
                case 0x12, 0xFF:
                    return _sw(codec.SUCCESS, codec.sam_number_bytes(self.number))
                case 0x20, 0x01:
                    return self._find()
                case 0x20, 0x02:
                    return self._select()
                case 0x30, 0x01:
                    return self._read(self._reply_to_read)
                case 0x30, 0x10:
                    return self._read(self._reply_with_prints or self._reply_to_read)
                case 0x30, 0x03:
                    return self._more(encode_addresses(self._addresses) if self._addresses else _sw(codec.EMPTY))
                case 0x30, 0x05:
                    return self._more(_sw(codec.SUCCESS, bytes(28)))
                case 0x60, speed if speed in SPEEDS:
                    self.next_baud = SPEEDS[speed]  # the line changes its speed behind this answer
                    return _sw(codec.SUCCESS)
                case _:
                    return _sw(0x21)

    def _find(self) -> bytes:
        slow, self._slow_to_find = self._slow_to_find, False
        if not self._reply_to_read or self._read_once or slow:
            self._step = _Step.NONE
            return _sw(codec.NO_CARD)
        self._step = _Step.FOUND
        return _sw(codec.CARD_FOUND, bytes(4))

    def _select(self) -> bytes:
        if self._step is _Step.NONE:
            return _sw(0x81)
        if self._refuses:
            self._step = _Step.NONE
            return _sw(self._refuses)
        self._step = _Step.SELECTED
        return _sw(codec.SUCCESS, bytes(8))

    def _read(self, reply: bytes) -> bytes:
        if self._step is not _Step.SELECTED:
            return _sw(0x41)
        self._step = _Step.NONE
        if self._lift_while_reading:
            self._reply_to_read, self._called, self._lift_while_reading = b"", "", False
            return _sw(0x41)
        self._read_once = True
        return reply

    def _more(self, reply: bytes) -> bytes:
        """What may follow a read while the card stays, or a select."""
        if not self._reply_to_read or not (self._read_once or self._step is _Step.SELECTED):
            return _sw(0x41)
        return reply


def _sw(sw3: int, data: bytes = b"") -> bytes:
    return codec.Reply(sw1=0, sw2=0, sw3=sw3, data=bytearray(data)).encode()
