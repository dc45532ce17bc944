"""The text block of a card ↔ the fields of IdCard: which of the four cards it is first, then its fields, each checked (GA/T 490).

Never a guess: a field that does not hold is a fault, not a half-read card.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from datetime import date

from kiosk.model.faults import Fault, Remedy
from kiosk.model.person import CardKind, IdCard

TEXT = 256  # bytes, UTF-16LE; fields are padded with spaces (zeros are accepted)
TYPE = 248  # byte offset of the character that says which card it is
NO_END = "长期"
SEXES = frozenset("0129")  # GB/T 2261: unknown, male, female, not stated

Slices = tuple[tuple[int, int], ...]
_DAYS: dict[str, Slices] = {"valid_from": ((188, 16),), "valid_to": ((204, 16),)}
_CHINESE: dict[str, Slices] = {
    "name": ((0, 30),),
    "sex": ((30, 2),),
    "birth": ((36, 16),),
    "address": ((52, 70),),
    "id_number": ((122, 36),),
    "authority": ((158, 30),),
    **_DAYS,
}
# Field of IdCard → (offset, bytes), one after the other. What a kind has not named here is reserved.
LAYOUTS: dict[CardKind, dict[str, Slices]] = {
    CardKind.MAINLAND: {**_CHINESE, "nation": ((32, 4),)},
    CardKind.HK_MACAO_TAIWAN: {**_CHINESE, "permit_number": ((220, 18),), "issue_count": ((238, 4),)},
    CardKind.FOREIGN_2017: {
        "name": ((0, 120),),
        "sex": ((120, 2),),
        "id_number": ((122, 30),),
        "nationality": ((152, 6),),
        "chinese_name": ((158, 30),),
        **_DAYS,
        "birth": ((220, 16),),
        "version": ((236, 4),),
        "authority": ((240, 8),),
    },
    CardKind.FOREIGN_2023: {
        "chinese_name": ((0, 30),),
        "sex": ((30, 2),),
        "change_count": ((32, 4),),
        "birth": ((36, 16),),
        "name": ((52, 70), (220, 22)),  # letters 36 to 46 go on where the first 35 end
        "id_number": ((122, 36),),
        **_DAYS,
        "nationality": ((242, 6),),
        "older_number": ((250, 6),),
    },
}
# The number of each kind; all but that of 2017 end with the check digit of GB 11643 and hold the day of birth.
_NUMBERS = {
    CardKind.MAINLAND: re.compile(r"[1-8][0-9]{16}[0-9X]"),
    CardKind.HK_MACAO_TAIWAN: re.compile(r"8[123]0000[0-9]{11}[0-9X]"),
    CardKind.FOREIGN_2017: re.compile(r"[A-Z]{3}[0-9]{12}"),
    CardKind.FOREIGN_2023: re.compile(r"9[0-9]{16}[0-9X]"),
}
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_DAY = re.compile(r"[0-9]{8}")
_NOT_WRITTEN = frozenset({"Cc", "Cf", "Cs"})  # control characters, direction marks, half characters: no chip is issued with them


def check_digit(number: str) -> str:
    """The 18th character that belongs to the first 17 digits of a citizen number (GB 11643)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11]


def doubtful(card: IdCard) -> bool:
    """Whether the last digit of a number of 2017 does not follow from the others: weights 7 3 1, A = 10 … Z = 35.

    No published description gives this rule; the published specimen keeps it. It refuses nobody.
    """
    if card.kind is not CardKind.FOREIGN_2017:
        return False
    values = [int(character, 36) for character in card.id_number]
    return sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values[:-1])) % 10 != values[-1]


def damaged(what: str) -> Fault:
    return Fault("id_card_reader.damaged", Remedy.OTHER_WAY, what)


def card_kind(text: bytes | bytearray | memoryview) -> CardKind:
    """Asked before anything is sliced: a foreigner's card cut as a mainland one looks plausible. Raises Fault."""
    character = struct.unpack_from("<H", text, TYPE)[0]
    try:
        return CardKind(chr(character) if character else " ")
    except ValueError:
        raise Fault("id_card_reader.kind_unsupported", Remedy.OTHER_WAY, f"card type {character:04X}") from None


def decode_text(text: memoryview, photo: bytes) -> IdCard:
    """The 256 bytes of a text block → the card. Raises Fault; never returns a card with a field it could not verify."""
    kind = card_kind(text)
    field = {name: _field(text, name, slices) for name, slices in LAYOUTS[kind].items()}
    birth, valid_from = _day(field["birth"], "birth"), _day(field["valid_from"], "valid_from")
    valid_to = None if field["valid_to"] == NO_END else _day(field["valid_to"], "valid_to")
    number = field["id_number"].upper()
    if not field["name"]:
        raise damaged("name is empty")
    if field["sex"] not in SEXES:
        raise damaged("sex is not a code of GB/T 2261")
    if not _NUMBERS[kind].fullmatch(number):
        raise damaged("id_number is not one of this kind of card")
    if len(number) == 18 and check_digit(number) != number[17]:
        raise damaged("id_number does not keep its check digit")
    if len(number) == 18 and number[6:14] != field["birth"]:
        raise damaged("id_number and birth do not agree")
    if valid_from < birth or (valid_to is not None and valid_to < valid_from):
        raise damaged("the days do not follow each other")
    days = {"birth": birth, "valid_from": valid_from, "valid_to": valid_to}
    words = {name: value for name, value in field.items() if name not in days}  # an unknown nation is kept: it never fails a read
    return IdCard(**{**words, **days, "id_number": number, "kind": kind, "photo": photo})  # type: ignore[arg-type]


def encode_text(card: IdCard) -> bytes:
    """The text block of `card`. Raises ValueError for what does not fit its kind."""
    text = bytearray(" ".encode("utf-16-le") * (TEXT // 2))
    text[TYPE : TYPE + 2] = card.kind.value.encode("utf-16-le")
    for name, slices in LAYOUTS[card.kind].items():
        value, room = _written(getattr(card, name)).encode("utf-16-le"), sum(size for _, size in slices)
        if len(value) > room:
            raise ValueError(f"{name} takes {len(value)} bytes; the card has {room}")
        for offset, size in slices:
            part, value = value[:size], value[size:]
            text[offset : offset + len(part)] = part
    return bytes(text)


def written(raw: bytes | memoryview, name: str) -> str:
    """A padded field as text. Raises Fault for characters that no chip is issued with."""
    # surrogatepass: a decoding error would carry the text along in its exception; half characters are refused just below.
    text = str(raw, "utf-16-le", "surrogatepass").rstrip(" \0")
    if any(unicodedata.category(character) in _NOT_WRITTEN for character in text):
        raise damaged(f"{name} holds characters that are not written")
    return text


def _field(text: memoryview, name: str, slices: Slices) -> str:
    return written(b"".join(text[offset : offset + size] for offset, size in slices), name)


def _day(said: str, name: str) -> date:
    try:
        if _DAY.fullmatch(said):
            return date(int(said[:4]), int(said[4:6]), int(said[6:]))
    except ValueError:
        pass
    raise damaged(f"{name} is not a day")


def _written(value: str | date | None) -> str:
    if value is None:
        return NO_END
    return value if isinstance(value, str) else value.isoformat().replace("-", "")
