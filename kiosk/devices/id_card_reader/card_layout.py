"""What the replies to the read commands hold: lengths, text block, photo, fingerprints, added addresses ↔ IdCard (GA/T 467, 490)."""

from __future__ import annotations

import struct

from kiosk.devices.id_card_reader.card_text import TEXT, decode_text, encode_text, written
from kiosk.devices.id_card_reader.codec import SUCCESS, Reply
from kiosk.model.faults import Fault, Remedy
from kiosk.model.person import IdCard

PHOTO = 1024  # bytes
ADDRESS = 70  # bytes of one added address; a chip holds up to four
PRINTS = (0, 512, 1024)  # bytes of no, one, two fingerprints


def decode_read(data: bytearray, *, prints: bool = False) -> IdCard:
    """The data of a good reply to `30 01`, or with `prints` to `30 10` → the card. Raises Fault; never returns a part of a card.

    The length fields are believed only as far as the frame reaches. Fingerprints are counted and left where they are: the caller
    overwrites `data`.
    """
    head = ">HHH" if prints else ">HH"
    if len(data) < struct.calcsize(head):
        raise Fault("id_card_reader.garbled", Remedy.RETRY, "no length fields")
    text_size, photo_size, *print_size = struct.unpack_from(head, data)
    start = struct.calcsize(head)
    counted = start + text_size + photo_size + sum(print_size)
    if text_size != TEXT or photo_size > PHOTO or sum(print_size) not in PRINTS or counted > len(data):
        lengths = " ".join(str(size) for size in (text_size, photo_size, *print_size))
        raise Fault("id_card_reader.garbled", Remedy.RETRY, f"lengths {lengths} in {len(data)} bytes")
    with memoryview(data) as whole, whole[start : start + TEXT] as text, whole[start + TEXT : start + TEXT + photo_size] as photo:
        return decode_text(text, bytes(photo))


def decode_addresses(data: bytearray) -> tuple[str, ...]:
    """The data of a good reply to `30 03` → the addresses added to the chip, without the empty places. Raises Fault."""
    with memoryview(data) as whole:
        found = [written(whole[place : place + ADDRESS], "address") for place in range(0, len(data) - ADDRESS + 1, ADDRESS)]
    return tuple(address for address in found if address)


def encode_read(card: IdCard, prints: bytes | None = None) -> bytes:
    """The whole reply frame with which a SAM answers `30 01`, or `30 10` where `prints` is given (0, 512 or 1024 bytes).

    Raises ValueError for what does not fit.
    """
    if len(card.photo) > PHOTO:
        raise ValueError(f"the photo takes {len(card.photo)} bytes; the card has {PHOTO}")
    lengths = struct.pack(">HH", TEXT, PHOTO) + (b"" if prints is None else struct.pack(">H", len(prints)))
    data = lengths + encode_text(card) + card.photo.ljust(PHOTO, b"\0") + (prints or b"")
    return Reply(sw1=0, sw2=0, sw3=SUCCESS, data=bytearray(data)).encode()


def encode_addresses(addresses: tuple[str, ...]) -> bytes:
    """The whole reply frame with which a SAM answers `30 03`. Raises ValueError for what does not fit."""
    data = b""
    for address in addresses:
        value = address.encode("utf-16-le")
        if len(value) > ADDRESS:
            raise ValueError(f"an added address takes {len(value)} bytes; the card has {ADDRESS}")
        data += value + " ".encode("utf-16-le") * ((ADDRESS - len(value)) // 2)
    return Reply(sw1=0, sw2=0, sw3=SUCCESS, data=bytearray(data)).encode()
