"""The text block of a card ↔ IdCard: which card it is first, then its fields, each checked; never a guess (GA/T 490)."""

from __future__ import annotations

import re
import struct
import unicodedata
from datetime import date

from kiosk.devices.id_card_reader.codec import SUCCESS, Reply
from kiosk.model.faults import Fault, Remedy
from kiosk.model.person import CardKind, IdCard

TEXT, PHOTO = 256, 1024  # bytes
TYPE = 248  # byte offset of the character that says which card it is

# Mainland card: field → (offset, bytes), UTF-16LE, padded with spaces; 220 … 255 is reserved.
MAINLAND = {
    "name": (0, 30),
    "sex": (30, 2),
    "nation": (32, 4),
    "birth": (36, 16),
    "address": (52, 70),
    "id_number": (122, 36),
    "authority": (158, 30),
    "valid_from": (188, 16),
    "valid_to": (204, 16),
}
NO_END = "长期"
SEXES = frozenset("0129")  # GB/T 2261: unknown, male, female, not stated

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_DAY = re.compile(r"[0-9]{8}")
_NOT_WRITTEN = frozenset({"Cc", "Cf", "Cs"})  # control characters, direction marks, half characters: no chip is issued with them


def check_digit(number: str) -> str:
    """The 18th character that belongs to the first 17 digits of a citizen number (GB 11643)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11]


def _damaged(what: str) -> Fault:
    return Fault("id_card_reader.damaged", Remedy.OTHER_WAY, what)


def card_kind(text: bytes | bytearray | memoryview) -> CardKind:
    """Asked before anything is sliced: a foreigner's card cut as a mainland one looks plausible. Raises Fault."""
    character = struct.unpack_from("<H", text, TYPE)[0]
    try:
        return CardKind(chr(character) if character else " ")
    except ValueError:
        raise Fault("id_card_reader.kind_unsupported", Remedy.OTHER_WAY, f"card type {character:04X}") from None


def decode_read(data: bytearray) -> IdCard:
    """The data of a good `30 01` reply → the card. Raises Fault; never returns a card with a field it could not verify.

    The length fields are believed only as far as the frame reaches.
    """
    if len(data) < 4:
        raise Fault("id_card_reader.garbled", Remedy.RETRY, "no length fields")
    text_size, photo_size = struct.unpack_from(">HH", data)
    if text_size != TEXT or photo_size > PHOTO or 4 + text_size + photo_size > len(data):
        raise Fault("id_card_reader.garbled", Remedy.RETRY, f"lengths {text_size} and {photo_size} in {len(data)} bytes")
    with memoryview(data) as whole, whole[4 : 4 + TEXT] as text, whole[4 + TEXT : 4 + TEXT + photo_size] as photo:
        kind = card_kind(text)
        if kind is not CardKind.MAINLAND:
            raise Fault("id_card_reader.kind_unsupported", Remedy.OTHER_WAY, f"card type {kind.value}")
        return _mainland(text, bytes(photo))


def _mainland(text: memoryview, photo: bytes) -> IdCard:
    field = {name: _field(text, name) for name in MAINLAND}
    birth, valid_from = _day(field["birth"], "birth"), _day(field["valid_from"], "valid_from")
    valid_to = None if field["valid_to"] == NO_END else _day(field["valid_to"], "valid_to")
    number = field["id_number"].upper()
    if not field["name"]:
        raise _damaged("name is empty")
    if field["sex"] not in SEXES:
        raise _damaged("sex is not a code of GB/T 2261")
    if not _NUMBER.fullmatch(number) or check_digit(number) != number[17]:
        raise _damaged("id_number does not keep its check digit")
    if number[6:14] != field["birth"]:
        raise _damaged("id_number and birth do not agree")
    if valid_from < birth or (valid_to is not None and valid_to < valid_from):
        raise _damaged("the days do not follow each other")
    return IdCard(
        kind=CardKind.MAINLAND,
        name=field["name"],
        sex=field["sex"],
        nation=field["nation"],  # an unknown code is shown as it is; it never fails a read
        birth=birth,
        address=field["address"],
        id_number=number,
        authority=field["authority"],
        valid_from=valid_from,
        valid_to=valid_to,
        photo=photo,
    )


def _field(text: memoryview, name: str) -> str:
    offset, size = MAINLAND[name]
    # surrogatepass: a decoding error would carry the text along in its exception; half characters are refused just below.
    written = str(text[offset : offset + size], "utf-16-le", "surrogatepass").rstrip(" \0")
    if any(unicodedata.category(character) in _NOT_WRITTEN for character in written):
        raise _damaged(f"{name} holds characters that are not written")
    return written


def _day(written: str, name: str) -> date:
    try:
        if _DAY.fullmatch(written):
            return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        pass
    raise _damaged(f"{name} is not a day")


def _written(day: date) -> str:
    return day.isoformat().replace("-", "")


def encode_read(card: IdCard) -> bytes:
    """The whole 1295-byte reply with which a SAM answers `30 01` for a mainland card. Raises ValueError for what does not fit."""
    if card.kind is not CardKind.MAINLAND:
        raise ValueError(f"no layout for a card of kind {card.kind.name}")
    written = {
        "name": card.name,
        "sex": card.sex,
        "nation": card.nation,
        "birth": _written(card.birth),
        "address": card.address,
        "id_number": card.id_number,
        "authority": card.authority,
        "valid_from": _written(card.valid_from),
        "valid_to": _written(card.valid_to) if card.valid_to else NO_END,
    }
    text = bytearray(" ".encode("utf-16-le") * (TEXT // 2))
    for name, (offset, size) in MAINLAND.items():
        value = written[name].encode("utf-16-le")
        if len(value) > size:
            raise ValueError(f"{name} takes {len(value)} bytes; the card has {size}")
        text[offset : offset + len(value)] = value
    if len(card.photo) > PHOTO:
        raise ValueError(f"the photo takes {len(card.photo)} bytes; the card has {PHOTO}")
    data = struct.pack(">HH", TEXT, PHOTO) + bytes(text) + card.photo.ljust(PHOTO, b"\0")
    return Reply(sw1=0, sw2=0, sw3=SUCCESS, data=bytearray(data)).encode()
