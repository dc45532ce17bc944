"""The text block of a card: the worked examples of all four kinds, every check of a mainland card, and mutated frames."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.id_card_reader import codec
from kiosk.devices.id_card_reader.card_layout import MAINLAND, TYPE, card_kind, check_digit, decode_read, encode_read
from kiosk.devices.id_card_reader.codec import FrameParser, Reply
from kiosk.model.faults import Fault, Remedy
from kiosk.model.person import CardKind, IdCard
from kiosk.people import citizens
from kiosk.testing.id_card_reader import CARD, OTHER_CARD, names_nobody

# Synthetic people out of the description of the layouts: text block, and CHK of the whole reply with a photo of 1024 × 00.
BLOCKS = {
    "M": (
        "205F094E2000200020002000200020002000200020002000200020002000310030003100310039003900300030003300300037001753AC4E025E1C4ECE573A53"
        "3A798B4F578853903100F75320002000200020002000200020002000200020002000200020002000200020002000200020002000200020002000310031003000"
        "3100300031003100390039003000300033003000370030003000310031001753AC4E025E6C51895B405C1C4ECE570652405C2000200020002000200032003000"
        "32003000300031003000310032003000340030003000310030003100200020002000200020002000200020002000200020002000200020002000200020002000",
        0x6A,
    ),
    "J": (
        "489627598765200020002000200020002000200020002000200020002000310020002000310039003800350030003600310035007F5E1C4E0177F16D3357025E"
        "5753715C3A533A798B4FEF8D3200F753200020002000200020002000200020002000200020002000200020002000200020002000200020002000380031003000"
        "300030003000310039003800350030003600310035003000300031003200F16D3357025E6C51895B405C20002000200020002000200020002000200032003000"
        "31003900300031003000310032003000320034003000310030003100480031003200330034003500360037003800300031002000200020004A00200020002000",
        0x21,
    ),
    "I": (
        "530041004D0050004C0045002C00200041004C004900430045002000200020002000200020002000200020002000200020002000200020002000200020002000"
        "20002000200020002000200020002000200020002000200020002000200020002000200020002000200020002000200020002000200020003200430041004E00"
        "310031003000300038003000300031003000310030003100430041004E0037682C67200020002000200020002000200020002000200020002000200032003000"
        "31003800300031003000310032003000320038003000310030003100310039003800300030003100300031003000310031003100300030004900200020002000",
        0x94,
    ),
    "Y": (
        "37682C67200020002000200020002000200020002000200020002000200032003000310031003900380030003000310030003100530041004D0050004C004500"
        "2C00200041004C004900430045002000200020002000200020002000200020002000200020002000200020002000200020002000200020002000390031003100"
        "31003200340031003900380030003000310030003100300030003200330020002000200020002000200020002000200020002000200020002000200032003000"
        "3200330031003200300031003200300033003300310031003300300020002000200020002000200020002000200020002000430041004E005900200020002000",
        0xED,
    ),
}


def data_of(text: bytes, photo: bytes = bytes(1024)) -> bytearray:
    return bytearray(bytes.fromhex("01000400") + text + photo)


def reply_of(text: bytes) -> bytes:
    return Reply(sw1=0, sw2=0, sw3=0x90, data=data_of(text)).encode()


def with_field(name: str, value: str) -> bytearray:
    """The mainland example with one field as `value`."""
    offset, size = MAINLAND[name]
    text = bytearray.fromhex(BLOCKS["M"][0])
    text[offset : offset + size] = value.encode("utf-16-le", "surrogatepass").ljust(size, b"\0")[:size]
    return data_of(bytes(text))


def test_the_mainland_example() -> None:
    text, chk = BLOCKS["M"]
    frame = reply_of(bytes.fromhex(text))
    assert (len(frame), frame[-1], frame[:14].hex()) == (1295, chk, "aaaaaa9669050800009001000400")
    (body,) = FrameParser().feed(frame)
    card = decode_read(Reply.of(body).data)
    assert card == IdCard(
        kind=CardKind.MAINLAND,
        name="张三",
        sex="1",
        nation="01",
        birth=date(1990, 3, 7),
        address="北京市东城区示例街道1号",
        id_number="110101199003070011",
        authority="北京市公安局东城分局",
        valid_from=date(2020, 1, 1),
        valid_to=date(2040, 1, 1),
        photo=bytes(1024),
    )
    assert encode_read(card) == frame


@pytest.mark.parametrize(("kind", "number"), [("J", "810000198506150012"), ("I", "CAN110080010101"), ("Y", "911124198001010023")])
def test_other_kinds_are_recognised_and_refused_before_they_are_sliced(kind: str, number: str) -> None:
    text, chk = BLOCKS[kind]
    block = bytes.fromhex(text)
    assert reply_of(block)[-1] == chk and number in block.decode("utf-16-le")
    assert card_kind(block) is CardKind(kind)
    with pytest.raises(Fault) as caught:
        decode_read(data_of(block))
    assert (caught.value.code, caught.value.remedy) == ("id_card_reader.kind_unsupported", Remedy.OTHER_WAY)


def test_a_kind_nobody_knows_is_refused() -> None:
    text = bytearray.fromhex(BLOCKS["M"][0])
    text[TYPE : TYPE + 2] = b"\x5a\x00"
    with pytest.raises(Fault, match="kind_unsupported"):
        decode_read(data_of(bytes(text)))


def test_no_end_and_padding_with_zeros() -> None:
    assert decode_read(with_field("valid_to", "长期      ")).valid_to is None
    assert decode_read(with_field("valid_to", "长期")).valid_to is None
    assert decode_read(with_field("name", "张三")).name == "张三"


def test_a_small_x_is_the_check_digit_x() -> None:
    number = "11010119900307" + next(f"{n:03d}" for n in range(1000) if check_digit(f"11010119900307{n:03d}") == "X")
    assert decode_read(with_field("id_number", number + "x")).id_number == number + "X"


def test_an_unknown_nation_never_fails_a_read() -> None:
    assert decode_read(with_field("nation", "81")).nation == "81"


def test_a_name_beyond_the_basic_plane_is_kept() -> None:
    assert decode_read(with_field("name", "张𠮷")).name == "张𠮷"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("name", "张\u202e三"),
        ("name", "张\n三"),
        ("name", "张\0三"),
        ("name", "张\ud842"),
        ("sex", "7"),
        ("birth", "19900308"),
        ("birth", "19900231"),
        ("birth", "1990-3-7"),
        ("birth", "１９９００３０７"),
        ("id_number", "110101199003070012"),
        ("id_number", "110101199003080014"),
        ("id_number", "11010119900307001"),
        ("id_number", "abc"),
        ("valid_from", "19000101"),
        ("valid_from", ""),
        ("valid_to", "20191231"),
        ("valid_to", "长"),
    ],
)
def test_what_does_not_agree_is_damaged_never_guessed(name: str, value: str) -> None:
    with pytest.raises(Fault) as caught:
        decode_read(with_field(name, value))
    assert (caught.value.code, caught.value.remedy) == ("id_card_reader.damaged", Remedy.OTHER_WAY)
    assert caught.value.__context__ is None, "an exception behind the fault could carry what was read"
    assert names_nobody(str(caught.value)) and "1990" not in str(caught.value)


@pytest.mark.parametrize("lengths", ["0100FFFF", "FFFF0400", "00FE0400", "01000401", "00000000", ""])
def test_length_fields_are_not_believed_beyond_the_frame(lengths: str) -> None:
    data = bytearray.fromhex(lengths) + data_of(bytes.fromhex(BLOCKS["M"][0]))[4:] if lengths else bytearray()
    with pytest.raises(Fault, match=r"id_card_reader\.garbled"):
        decode_read(data)


@pytest.mark.parametrize(
    "card",
    [CARD, OTHER_CARD, replace(CARD, nation="", address="", authority=""), *(citizen.card for citizen in citizens().values())],
    ids=lambda card: card.masked_number,
)
def test_a_card_comes_back_as_it_was_written(card: IdCard) -> None:
    (body,) = FrameParser().feed(encode_read(card))
    assert decode_read(Reply.of(body).data) == card


@pytest.mark.parametrize(
    "card", [replace(CARD, name="张" * 16), replace(CARD, photo=bytes(1025)), replace(CARD, kind=CardKind.FOREIGN_2023)]
)
def test_what_no_card_can_hold_is_not_written(card: IdCard) -> None:
    with pytest.raises(ValueError):
        encode_read(card)


GOOD = encode_read(CARD)


def cards_in(stream: bytes | bytearray) -> list[IdCard]:
    """What a host would take for a card; faults are fine, anything else that is raised is not."""
    found = []
    for body in FrameParser().feed(stream):
        reply = Reply.of(body)
        if codec.READ.answered_by(reply) and reply.sw3 == codec.SUCCESS:
            try:
                found.append(decode_read(reply.data))
            except Fault as fault:
                assert names_nobody(str(fault))
    return found


places = st.integers(0, len(GOOD) - 1)


@given(st.binary(max_size=40), places, st.integers(1, 255))
def test_one_byte_flipped_is_never_a_card(prefix: bytes, place: int, flip: int) -> None:
    frame = bytearray(GOOD)
    frame[place] ^= flip
    assert cards_in(prefix + frame) == []


@given(st.binary(max_size=40), places)
def test_a_part_of_a_frame_is_never_a_part_of_a_card(prefix: bytes, place: int) -> None:
    assert cards_in(prefix + GOOD[:place]) == []


@given(st.lists(st.tuples(st.sampled_from(["cut", "flip", "insert"]), places, st.binary(min_size=1, max_size=5)), min_size=1, max_size=4))
def test_a_mutated_frame_gives_a_fault_or_a_whole_card(mutations: list[tuple[str, int, bytes]]) -> None:
    # The XOR of a frame does not see two flips of the same bit: then only what the fields say of each other is left.
    frame = bytearray(GOOD)
    for how, place, noise in mutations:
        if how == "cut":
            del frame[place:]
        elif how == "insert":
            frame[place:place] = noise
        elif place < len(frame):
            frame[place] ^= noise[0]
    for card in cards_in(frame):
        assert check_digit(card.id_number) == card.id_number[17]
        assert len(card.photo) == 1024


@given(st.binary(max_size=1500), st.booleans())
def test_any_data_at_all_gives_a_fault_or_a_card_whose_number_holds(noise: bytes, overlay: bool) -> None:
    # overlay: noise over the text of a good card, which gets past the first checks
    data = data_of(bytes.fromhex(BLOCKS["M"][0])) if overlay else bytearray(noise)
    if overlay:
        data[4 : 4 + min(len(noise), 256)] = noise[:256]
    try:
        card = decode_read(data)
    except Fault:
        return
    assert check_digit(card.id_number) == card.id_number[17]
    assert card.birth.isoformat().replace("-", "") == card.id_number[6:14]


@given(st.text(st.characters(codec="ascii", categories=["Nd", "Lu"]), min_size=18, max_size=18))
def test_only_a_number_that_holds_passes(number: str) -> None:
    try:
        card = decode_read(with_field("id_number", number))
    except Fault as fault:
        assert fault.code == "id_card_reader.damaged"
    else:
        assert card.id_number[6:14] == "19900307"
