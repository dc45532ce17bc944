"""Invented e通卡 in memory: a purse that is loaded only with the department's code, as PBOC purses are. No real card's keys.

What a department needs to know to write one of these (the sandbox has its own copy of it, as a department would):
- `code(*parts)` = the first 4 bytes of HMAC-SHA256(KEY, parts). Amounts are 4 bytes of fen, all numbers big-endian.
- INITIALIZE FOR LOAD `80 50 00 02 0B` key index (1) amount (4) terminal (6) → balance (4) counter (2) key version (1) algorithm (1)
  random (4) MAC1 (4); MAC1 = code(random, counter, balance, amount, 02, terminal).
- CREDIT FOR LOAD `80 52 00 00 0B` date YYYYMMDD in BCD (4) time HHMMSS in BCD (3) MAC2 (4) → TAC (4);
  MAC2 = code(random, counter, amount, 02, terminal, date, time), TAC = code(new balance, counter, amount, 02, terminal, date, time).
  The counter grows by one with every load: the next INITIALIZE tells whether the one before was done.
- UPDATE BINARY `00 D6 95 14 08` date (4) MAC (4) sets the last day of a concession (byte 20 of the public file); MAC = code(number, date)
  with number = the 10 bytes at 10 of the public file.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from kiosk.devices.contactless_reader.purse import AID, NUMBER_AT, PUBLIC_FILE, SUCCESS

KEY = b"invented e-card key of the simulator"
ATR = bytes.fromhex("3B8E800180318066B08412016E01839000AA")
VALID_AT = 20  # of the public file: the last day of a concession, YYYYMMDD in BCD
MOST = 100_000  # fen a purse may hold

NOT_FOUND, NOT_NOW, WRONG_LENGTH, WRONG_CODE, TOO_MUCH, UNKNOWN = (
    bytes.fromhex(word) for word in ("6A82", "6985", "6700", "9302", "9402", "6D00")
)


def code(*parts: bytes) -> bytes:
    return hmac.new(KEY, b"".join(parts), hashlib.sha256).digest()[:4]


@dataclass
class _Load:
    """What INITIALIZE FOR LOAD has begun."""

    random: bytes
    amount: int
    terminal: bytes


class SimulatedCard:
    """One card; its purse and counter stay when it is lifted, its session does not. `purse` False: a card of another kind."""

    def __init__(self, number: str, *, balance: int = 0, valid_until: str = "", purse: bool = True) -> None:
        self.number = number
        self.balance = balance
        self.counter = 1
        self._purse = purse
        self._public = bytearray(30)
        self._public[NUMBER_AT] = bytes.fromhex(number.rjust(20, "0"))
        self._public[VALID_AT : VALID_AT + 4] = bytes.fromhex(valid_until or "00000000")
        self._selected = False
        self._load: _Load | None = None

    @property
    def valid_until(self) -> str:
        return self._public[VALID_AT : VALID_AT + 4].hex()

    def power(self) -> None:
        """Put into the field, or reset: nothing is selected."""
        self._selected, self._load = False, None

    def answer(self, apdu: bytes) -> bytes:
        """Data and status word."""
        if len(apdu) < 4:
            return WRONG_LENGTH
        if apdu[:4] == bytes.fromhex("00A40400"):
            self.power()
            self._selected = self._purse and apdu[5 : 5 + apdu[4]] == AID if len(apdu) > 4 else False
            return SUCCESS if self._selected else NOT_FOUND
        if not self._selected:
            return NOT_NOW
        load, self._load = self._load, None  # any other command in between ends a load
        match apdu[0], apdu[1]:
            case 0x00, 0xB0:
                return self._read(apdu)
            case 0x00, 0xD6:
                return self._update(apdu)
            case 0x80, 0x5C:
                return self.balance.to_bytes(4, "big") + SUCCESS
            case 0x80, 0x50:
                return self._begin(apdu)
            case 0x80, 0x52:
                return self._credit(apdu, load)
        return UNKNOWN

    def _read(self, apdu: bytes) -> bytes:
        if apdu[2] != 0x80 | PUBLIC_FILE:
            return NOT_FOUND
        return bytes(self._public[apdu[3] : apdu[3] + (apdu[4] if len(apdu) > 4 else 0)]) + SUCCESS

    def _update(self, apdu: bytes) -> bytes:
        if apdu[2:5] != bytes([0x80 | PUBLIC_FILE, VALID_AT, 8]) or len(apdu) != 13:
            return NOT_FOUND
        day, mac = apdu[5:9], apdu[9:13]
        if mac != code(bytes(self._public[NUMBER_AT]), day):
            return WRONG_CODE
        self._public[VALID_AT : VALID_AT + 4] = day
        return SUCCESS

    def _begin(self, apdu: bytes) -> bytes:
        if apdu[2:5] != bytes([0x00, 0x02, 0x0B]) or len(apdu) not in (16, 17):
            return WRONG_LENGTH
        amount, terminal = apdu[6:10], apdu[10:16]
        if self.balance + int.from_bytes(amount, "big") > MOST:
            return TOO_MUCH
        self._load = _Load(secrets.token_bytes(4), int.from_bytes(amount, "big"), terminal)
        balance, counter = self.balance.to_bytes(4, "big"), self.counter.to_bytes(2, "big")
        mac = code(self._load.random, counter, balance, amount, b"\x02", terminal)
        return balance + counter + b"\x01\x00" + self._load.random + mac + SUCCESS

    def _credit(self, apdu: bytes, load: _Load | None) -> bytes:
        if load is None:
            return NOT_NOW
        if apdu[2:5] != bytes([0x00, 0x00, 0x0B]) or len(apdu) not in (16, 17):
            return WRONG_LENGTH
        when, mac = apdu[5:12], apdu[12:16]
        amount, counter = load.amount.to_bytes(4, "big"), self.counter.to_bytes(2, "big")
        if mac != code(load.random, counter, amount, b"\x02", load.terminal, when):
            return WRONG_CODE
        self.balance += load.amount
        self.counter += 1
        return code(self.balance.to_bytes(4, "big"), counter, amount, b"\x02", load.terminal, when) + SUCCESS


def cards() -> dict[str, SimulatedCard]:
    """Fresh invented cards by name. Their numbers begin with a city code that no issuer has."""
    return {
        "e01": SimulatedCard("3104999900000000018", balance=1280),
        "e02": SimulatedCard("3104999900000000026", balance=90),
        "senior": SimulatedCard("3104999900000000117", valid_until="20261231"),
        "student": SimulatedCard("3104999900000000125", balance=2650, valid_until="20260831"),
        "love": SimulatedCard("3104999900000000133", valid_until="20261231"),
        "honour": SimulatedCard("3104999900000000141", valid_until="20261231"),
        "lost": SimulatedCard("3104999900000000034", balance=4400),  # somebody reported it
        "bank_card": SimulatedCard("3104999900000000992", purse=False),
    }
