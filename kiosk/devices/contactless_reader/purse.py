"""The commands of a city's purse card (PBOC electronic purse, JT/T 978 交通联合) that a reader sends on its own: it reads, never writes.

Whatever changes a card comes from its department, ready-made, through `ContactlessReader.transmit`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kiosk.model.faults import Fault, Remedy

AID = bytes.fromhex("A000000632010105")  # 交通联合
SELECT = bytes([0x00, 0xA4, 0x04, 0x00, len(AID)]) + AID + b"\x00"
PUBLIC_FILE = 0x15  # short file identifier
READ_PUBLIC = bytes([0x00, 0xB0, 0x80 | PUBLIC_FILE, 0x00, 0x1E])
GET_BALANCE = bytes.fromhex("805C000204")
NUMBER_AT = slice(10, 20)  # of the public file: twenty digits, the first of them a zero

SUCCESS = b"\x90\x00"


def read_number(exchange: Callable[[bytes], bytes]) -> str:
    """Select the purse and read the number printed on the card. Raises Fault for a card that is none of these."""
    for command in (SELECT, READ_PUBLIC):
        answer = exchange(command)
        if answer[-2:] != SUCCESS:
            raise Fault("contactless_reader.unknown_card", Remedy.RETRY, f"{command[:2].hex()} answered {answer[-2:].hex()}")
    digits = answer[:-2][NUMBER_AT].hex()
    if len(digits) != 20 or not digits.isdigit():
        raise Fault("contactless_reader.unknown_card", Remedy.RETRY, "no number in the public file")
    return digits.removeprefix("0")


def in_a_row(exchange: Callable[[bytes], bytes], apdus: Sequence[bytes]) -> list[bytes]:
    """The answers to `apdus`, up to and with the first that is no success."""
    answers: list[bytes] = []
    for apdu in apdus:
        answers.append(exchange(apdu))
        if answers[-1][-2:] != SUCCESS:
            break
    return answers


def amount_of(answer: bytes) -> int:
    """Fen, out of the answer to GET_BALANCE."""
    return int.from_bytes(answer[:4], "big")
