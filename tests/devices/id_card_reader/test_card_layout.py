"""The text block of a card: the worked examples of all four kinds, every check of a mainland card, and mutated frames."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from specimens import BLOCKS, data_of, reply_of, reply_with_prints

from kiosk.devices.id_card_reader import codec
from kiosk.devices.id_card_reader.card_layout import decode_addresses, decode_read, encode_addresses, encode_read
from kiosk.devices.id_card_reader.card_text import LAYOUTS, TYPE, card_kind, check_digit, decode_text, doubtful, encode_text
from kiosk.devices.id_card_reader.codec import FrameParser, Reply
from kiosk.model.faults import Fault, Remedy
from kiosk.model.person import CardKind, IdCard
from kiosk.people import cards, neighbours
from kiosk.testing.id_card_reader import CARD, OTHER_CARD, names_nobody


def with_field(name: str, value: str) -> bytearray:
    """The mainland example with one field as `value`."""
    ((offset, size),) = LAYOUTS[CardKind.MAINLAND][name]
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


OTHERS = {
    "J": IdCard(
        kind=CardKind.HK_MACAO_TAIWAN,
        name="陈大文",
        sex="1",
        birth=date(1985, 6, 15),
        address="广东省深圳市南山区示例路2号",
        id_number="810000198506150012",
        authority="深圳市公安局",
        valid_from=date(2019, 1, 1),
        valid_to=date(2024, 1, 1),
        permit_number="H12345678",
        issue_count="01",
        photo=bytes(1024),
    ),
    "I": IdCard(
        kind=CardKind.FOREIGN_2017,
        name="SAMPLE, ALICE",
        chinese_name="样本",
        sex="2",
        birth=date(1980, 1, 1),
        id_number="CAN110080010101",
        nationality="CAN",
        version="01",
        authority="1100",
        valid_from=date(2018, 1, 1),
        valid_to=date(2028, 1, 1),
        photo=bytes(1024),
    ),
    "Y": IdCard(
        kind=CardKind.FOREIGN_2023,
        name="SAMPLE, ALICE",
        chinese_name="样本",
        sex="2",
        birth=date(1980, 1, 1),
        id_number="911124198001010023",
        nationality="CAN",
        change_count="01",
        valid_from=date(2023, 12, 1),
        valid_to=date(2033, 11, 30),
        photo=bytes(1024),
    ),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_the_examples_of_the_other_kinds(kind: str) -> None:
    text, chk = BLOCKS[kind]
    frame = reply_of(bytes.fromhex(text))
    assert (len(frame), frame[-1], card_kind(bytes.fromhex(text))) == (1295, chk, CardKind(kind))
    (body,) = FrameParser().feed(frame)
    card = decode_read(Reply.of(body).data)
    assert card == OTHERS[kind]
    assert encode_read(card) == frame
    assert not doubtful(card)


@pytest.mark.parametrize(("size", "head", "length"), [(0, "0000", 1297), (512, "0200", 1809), (1024, "0400", 2321)])
@pytest.mark.parametrize("kind", BLOCKS)
def test_fingerprints_are_passed_over(kind: str, size: int, head: str, length: int) -> None:
    text = bytes.fromhex(BLOCKS[kind][0])
    frame = reply_with_prints(text, size)
    assert (len(frame), frame[10:16].hex()) == (length, "01000400" + head)
    (body,) = FrameParser().feed(frame)
    reply = Reply.of(body)
    assert codec.READ_PRINTS.answered_by(reply) and not codec.READ.answered_by(reply)
    assert decode_read(reply.data, prints=True) == decode_read(data_of(text))
    assert encode_read(decode_read(data_of(text)), bytes(size)) == frame


def test_the_check_of_the_longest_example() -> None:
    assert reply_with_prints(bytes.fromhex(BLOCKS["M"][0]), 1024)[-1] == 0x60


@pytest.mark.parametrize("lengths", ["010004000500", "0100040001FF", "010004000400"])
def test_lengths_of_prints_are_not_believed_either(lengths: str) -> None:
    with pytest.raises(Fault, match=r"id_card_reader\.garbled"):
        decode_read(bytearray.fromhex(lengths) + bytes(256 + 1024), prints=True)


def test_a_name_of_46_letters_is_joined_without_a_space() -> None:
    card = neighbours()["n04"]
    text = encode_text(card)
    assert text[52:122].decode("utf-16-le") == card.name[:35] and text[220:242].decode("utf-16-le") == card.name[35:]
    assert decode_text(memoryview(text), card.photo) == card
    # A space where the first part ends is the name's own.
    split = replace(card, name="A" * 34 + " " + "B" * 11)
    assert decode_text(memoryview(encode_text(split)), card.photo) == split


def test_a_last_digit_that_does_not_follow_is_a_doubt_and_no_refusal() -> None:
    card = replace(OTHERS["I"], id_number="CAN110080010102")
    assert decode_text(memoryview(encode_text(card)), card.photo) == card
    assert doubtful(card) and not doubtful(CARD)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("J", "110000198506150012"),  # no number of Hong Kong, Macao, Taiwan
        ("J", "810000198506150013"),
        ("J", "810000198506160019"),  # another day of birth
        ("I", "CA0110080010101"),
        ("I", "911124198001010"),
        ("Y", "811124198001010023"),
        ("Y", "911124198001010024"),
    ],
)
def test_the_number_of_another_kind_is_damaged(kind: str, number: str) -> None:
    with pytest.raises(Fault, match=r"id_card_reader\.damaged"):
        decode_text(memoryview(encode_text(replace(OTHERS[kind], id_number=number))), bytes(1024))


def test_the_change_count_of_a_foreigner_is_no_nation() -> None:
    text = bytearray.fromhex(BLOCKS["Y"][0])
    assert decode_text(memoryview(text), b"").nation == ""
    text[TYPE : TYPE + 2] = b" \0"
    with pytest.raises(Fault):  # the same block cut as a mainland card would call 01 a nation
        decode_text(memoryview(text), b"")


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_added_addresses(count: int) -> None:
    told = ("福建省厦门市思明区示例路1号", "福建省厦门市湖里区示例路2号", "厦" * 35, "福建省厦门市海沧区示例路4号")[:count]
    frame = encode_addresses(told)
    assert len(frame) == 11 + 70 * count
    if count == 1:
        assert frame[:10].hex() == "aaaaaa9669004a000090"
    (body,) = FrameParser().feed(frame)
    reply = Reply.of(body)
    assert codec.ADDRESSES.answered_by(reply)
    assert decode_addresses(reply.data) == told


def test_places_without_an_address_are_none() -> None:
    assert decode_addresses(bytearray(" ".encode("utf-16-le") * 140)) == ()
    with pytest.raises(ValueError):
        encode_addresses(("厦" * 36,))


def test_the_number_of_a_chip_is_39_bytes() -> None:
    frame = codec.frame(bytes.fromhex("000090") + bytes(28))
    assert (len(frame), frame[:10].hex()) == (39, "aaaaaa96690020000090")
    (body,) = FrameParser().feed(frame)
    assert codec.CARD_NUMBER.answered_by(Reply.of(body))


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
    [CARD, OTHER_CARD, replace(CARD, nation="", address="", authority=""), *cards().values()],
    ids=lambda card: card.masked_number,
)
def test_a_card_comes_back_as_it_was_written(card: IdCard) -> None:
    (body,) = FrameParser().feed(encode_read(card))
    assert decode_read(Reply.of(body).data) == card


@pytest.mark.parametrize("card", [replace(CARD, name="张" * 16), replace(CARD, photo=bytes(1025)), replace(CARD, address="厦" * 36)])
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
    if card.kind is not CardKind.FOREIGN_2017:
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
