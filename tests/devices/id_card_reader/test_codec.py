"""The SAM protocol without I/O, against the byte-exact tables of its published description."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.id_card_reader import codec
from kiosk.devices.id_card_reader.codec import Command, FrameParser, Reply
from kiosk.i18n import LANGUAGES, table
from kiosk.model.faults import Remedy

FOUND = bytes.fromhex("AAAAAA9669 0008 00009F 00000000 97")
SELECTED = bytes.fromhex("AAAAAA9669 000C 000090 0000000000000000 9C")


@pytest.mark.parametrize(
    ("command", "written", "reply_size"),
    [
        (codec.STATUS, "AA AA AA 96 69 00 03 11 FF ED", 11),
        (codec.SAM_NUMBER, "AA AA AA 96 69 00 03 12 FF EE", 27),
        (codec.FIND, "AA AA AA 96 69 00 03 20 01 22", 15),
        (codec.SELECT, "AA AA AA 96 69 00 03 20 02 21", 19),
        (codec.READ, "AA AA AA 96 69 00 03 30 01 32", 1295),
        (codec.READ_PRINTS, "AA AA AA 96 69 00 03 30 10 23", 2321),
        (codec.ADDRESSES, "AA AA AA 96 69 00 03 30 03 30", 11 + 4 * 70),
        (codec.CARD_NUMBER, "AA AA AA 96 69 00 03 30 05 36", 39),
        (codec.RESET, "AA AA AA 96 69 00 03 10 FF EC", 11),
    ],
)
def test_requests_byte_for_byte(command: Command, written: str, reply_size: int) -> None:
    assert command.request == bytes.fromhex(written)
    assert codec.HEAD + codec.SHORTEST_REPLY + command.size == reply_size


@pytest.mark.parametrize(
    ("sw3", "tail", "code", "remedy"),
    [
        (0x10, 0x14, "garbled", Remedy.RETRY),
        (0x11, 0x15, "garbled", Remedy.RETRY),
        (0x21, 0x25, "hardware", Remedy.STAFF),
        (0x23, 0x27, "unauthorised", Remedy.STAFF),
        (0x24, 0x20, "hardware", Remedy.STAFF),
        (0x31, 0x35, "moved", Remedy.RETRY),
        (0x32, 0x36, "not_genuine", Remedy.OTHER_WAY),
        (0x33, 0x37, "damaged", Remedy.OTHER_WAY),
        (0x40, 0x44, "wrong_card", Remedy.RETRY),
        (0x41, 0x45, "moved", Remedy.RETRY),
        (0x47, 0x43, "hardware", Remedy.STAFF),
        (0x60, 0x64, "hardware", Remedy.STAFF),
        (0x66, 0x62, "unauthorised", Remedy.STAFF),
        (0x80, 0x84, "moved", Remedy.RETRY),
        (0x81, 0x85, "moved", Remedy.RETRY),
        (0x91, 0x95, "damaged", Remedy.OTHER_WAY),
        (0x77, 0x73, "hardware", Remedy.STAFF),  # described nowhere
    ],
)
def test_every_status_word_has_a_frame_a_fault_and_words(sw3: int, tail: int, code: str, remedy: Remedy) -> None:
    written = codec.PREAMBLE + bytes([0, 4, 0, 0, sw3, tail])
    (body,) = FrameParser().feed(written)
    reply = Reply.of(body)
    assert reply.encode() == written
    fault = codec.fault(codec.READ, reply)
    assert (fault.code, fault.remedy) == (f"id_card_reader.{code}", remedy)
    assert fault.detail == f"command 30 01 answered SW 00 00 {sw3:02X}"
    for language in LANGUAGES:
        assert {f"fault.{fault.code}", f"fault.{fault.code}.next"} <= set(table(language))


def test_the_sam_number_of_the_worked_example() -> None:
    data = bytes.fromhex("05000100B33A340139300000D2040000")
    assert codec.sam_number_text(data) == "05.01-20200115-0000012345-0000001234"
    assert codec.sam_number_bytes("05.01-20200115-0000012345-0000001234") == data


def test_a_reply_to_an_earlier_command_is_not_taken_for_this_ones() -> None:
    found, selected, no_card, taken = (
        Reply.of(FrameParser().feed(frame)[0]) for frame in (FOUND, SELECTED, codec.frame(b"\0\0\x80"), codec.frame(b"\0\0\x41"))
    )
    assert codec.FIND.answered_by(found) and codec.SELECT.answered_by(selected)
    assert not codec.SELECT.answered_by(found) and not codec.READ.answered_by(selected) and not codec.FIND.answered_by(selected)
    assert codec.FIND.answered_by(no_card) and not codec.FIND.answered_by(taken) and codec.READ.answered_by(taken)


@pytest.mark.parametrize(
    "before",
    [
        b"",
        b"\xaa",
        b"\xaa\xaa\xaa\xaa",
        b"\x00\x69\x96\xaa\xaa",
        codec.PREAMBLE,  # its LEN would be the beginning of the next preamble
        codec.PREAMBLE + b"\xff",
        bytes.fromhex("AAAAAA9669 0003 1234"),  # LEN below 4
        bytes.fromhex("AAAAAA9669 FFFF"),  # LEN above any reader's
        bytes.fromhex("AAAAAA9669 0004 0000 90 00"),  # wrong CHK
    ],
)
def test_noise_before_a_frame_is_searched_through(before: bytes) -> None:
    parser = FrameParser()
    assert [bytes(body) for body in parser.feed(before + FOUND)] == [FOUND[7:-1]]
    assert parser.wanted == codec.HEAD


def test_a_preamble_inside_a_frame_is_data() -> None:
    inner = codec.frame(b"\x00\x00\x90" + FOUND)
    assert [bytes(body) for body in FrameParser().feed(inner)] == [inner[7:-1]]


def test_one_byte_too_many_stays_noise() -> None:
    assert [bytes(body) for body in FrameParser().feed(FOUND + b"\x55" + SELECTED)] == [FOUND[7:-1], SELECTED[7:-1]]


def test_nothing_stays_in_the_buffer() -> None:
    parser = FrameParser()
    parser.feed(codec.frame(b"\x00\x00\x90" + b"secret" * 100) + b"\x55")
    assert not any(parser._buffer)
    parser.feed(codec.PREAMBLE + b"\x00\x50" + b"secret")
    parser.wipe()
    assert not any(parser._buffer)
    (body,) = parser.feed(codec.frame(b"\x00\x00\x90secret"))
    reply = Reply.of(body)
    assert not any(body) and "secret" not in repr(reply)
    reply.wipe()
    assert not any(reply.data)


bodies = st.binary(min_size=3, max_size=300)
noise = st.one_of(st.binary(max_size=20), st.just(b"\xaa" * 7), st.just(codec.PREAMBLE))


@given(st.lists(st.one_of(bodies.map(codec.frame), noise), max_size=8), st.data())
def test_any_chunking_gives_the_same_frames(parts: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(parts)
    whole = FrameParser().feed(stream)
    parser, pieces, rest = FrameParser(), [], stream
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        pieces += parser.feed(rest[:size])
        rest = rest[size:]
    assert pieces == whole


@given(st.lists(bodies, max_size=6))
def test_good_frames_come_out_as_they_went_in(sent: list[bytes]) -> None:
    parser = FrameParser()
    assert parser.feed(b"".join(codec.frame(body) for body in sent)) == sent
    assert parser.bad_checksums == parser.bad_lengths == 0


@given(st.binary(max_size=9000))
def test_noise_never_raises_and_never_grows_the_buffer(stream: bytes) -> None:
    parser = FrameParser()
    for body in parser.feed(stream):
        assert len(body) + codec.HEAD + 1 <= len(stream)
    assert len(parser._buffer) == codec.HEAD + codec.LONGEST
    assert 1 <= parser.wanted <= codec.HEAD + codec.LONGEST


@given(st.lists(bodies, min_size=1, max_size=4))
def test_a_host_that_reads_what_is_wanted_takes_no_byte_of_the_next_frame(sent: list[bytes]) -> None:
    parser, stream, got = FrameParser(), b"".join(codec.frame(body) for body in sent), []
    while stream:
        taken, stream = stream[: parser.wanted], stream[parser.wanted :]
        new = parser.feed(taken)
        assert len(new) <= 1
        assert not new or parser.wanted == codec.HEAD
        got += new
    assert got == sent
