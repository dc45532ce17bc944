"""F-50 in golden bytes: a job is our commands, and data between them that no printer can obey."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.receipt_printer.escpos_stream import (
    Automatic,
    Chinese,
    Command,
    Cut,
    EscposStream,
    Image,
    Init,
    LineFeed,
    Style,
    Text,
)
from kiosk.devices.receipt_printer.job import compose
from kiosk.devices.receipt_printer.text import encode, holds
from kiosk.model.paper import Line, columns
from kiosk.paper.text_slip import Picture

HEAD, TAIL = b"\x1b@\x1da\x00", b"\x1dV\x42\x18"
HOSTILE = "张\x1b@三\x1dV\x00\x10\x04\x01\x10\x14\x08\u202e四\u2066\u200b\ufeff\U000e0041\ue000\r\n\x7f\x80五\ud800"


def commands(data: bytes) -> list[Command]:
    return list(EscposStream().feed(data))


def test_dots_are_one_command_a_strip() -> None:
    dots = np.zeros((300, 16), dtype=np.bool_)
    dots[0, 0] = dots[299, 15] = True
    data = compose(dots, 576, text=False).data
    first = b"\x1dv0\x00\x02\x00\xff\x00" + b"\x80" + bytes(2 * 255 - 1)
    second = b"\x1dv0\x00\x02\x00\x2d\x00" + bytes(2 * 45 - 1) + b"\x01"
    assert data == HEAD + first + second + TAIL


def test_text_is_two_bytes_a_character_between_chinese_on_and_a_line_feed() -> None:
    data = compose([Line(text="金额：¥200.00", bold=True)], 576, text=True).data
    assert data == (
        HEAD + b"\x1c&\x1bE\x01" + bytes.fromhex("bdf0b6eea3baa3a4") + b"200.00\n" + b"\x1ba\x00\x1bE\x00\x1d!\x00\x1c!\x00" + TAIL
    )


@pytest.mark.parametrize(("sequence", "spelt"), [(b"\x10\x04", b"\x30\x04"), (b"\x10\x05", b"\x30\x05"), (b"\x10\x14", b"\x30\x14")])
def test_dots_that_spell_a_command_get_one_dot_more(sequence: bytes, spelt: bytes) -> None:
    """DLE EOT, DLE ENQ and DLE DC4 are obeyed at once, in the middle of a picture too; the last opens drawers and clears buffers."""
    dots = np.unpackbits(np.frombuffer(sequence, dtype=np.uint8)).astype(np.bool_)
    across = compose(dots.reshape(1, 16), 576, text=False).data
    down = compose(dots.reshape(2, 8), 576, text=False).data
    for data in (across, down):
        assert sequence not in data
        assert data.endswith(spelt + TAIL)


@given(st.binary(min_size=72 * 4, max_size=72 * 4))
def test_no_dots_reach_a_printer_as_an_order(noise: bytes) -> None:
    dots = (
        np.unpackbits(np.frombuffer(noise.replace(b"\x00", b"\x10\x14\x08\x01")[: 72 * 4], dtype=np.uint8)).astype(np.bool_).reshape(4, 576)
    )
    data = compose(dots, 576, text=False).data
    assert not any(order in data for order in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))


def test_hostile_text_is_characters_or_nothing() -> None:
    assert encode(Line(text=HOSTILE)) == b"\x1c&" + "张@三V四□五".encode("gb18030") + b"\n"


@given(st.text(st.characters(codec=None), max_size=300))
def test_no_text_reaches_a_printer_as_a_command(text: str) -> None:
    seen = commands(encode(Line(text=text)))
    assert [type(command) for command in seen if not isinstance(command, Text)] == [Chinese, LineFeed]
    said = "".join(command.raw.decode("gb18030") for command in seen if isinstance(command, Text))
    assert all(holds(one) for one in said)
    assert said.isprintable() or said == ""


def test_ten_thousand_characters_are_refused_before_a_byte_is_sent() -> None:
    with pytest.raises(ValueError):
        compose([Line(text="字" * 10_000)], 576, text=True)
    assert compose([Line(text="字" * 24)], 576, text=True).rows == 30
    with pytest.raises(ValueError):
        compose([Line(text="字" * 13, large=True)], 576, text=True)


@pytest.mark.parametrize("character", ["㐱", "䶮", "𠮷", "\ue000", "\x1b", "\u202e", "é́"[1], "😀"])
def test_what_a_cheap_printer_does_not_hold(character: str) -> None:
    assert not holds(character)


@pytest.mark.parametrize("character", "张¥￥·…—，。：A~ 囧镕")
def test_what_every_chinese_printer_holds(character: str) -> None:
    assert holds(character)
    assert columns(character) == len(encode(Line(text=character))) - len(b"\x1c&\n")


def test_a_mixed_slip_is_centred_doubled_and_put_back() -> None:
    seen = commands(
        compose(
            [Line(text="题", large=True, centred=True), Picture(dots=np.ones((4, 8), dtype=np.bool_), doubled=True, centred=True)],
            384,
            text=True,
        ).data
    )
    assert [type(command) for command in seen] == [
        Init, Automatic, Chinese, Style, Style, Style, Text, LineFeed, Style, Style, Style, Style, Style, Image, Style, Cut,
    ]  # fmt: skip
    (picture,) = [command for command in seen if isinstance(command, Image)]
    assert picture.dots.shape == (8, 16)


def test_parts_are_for_printers_with_text() -> None:
    for slip in ([Line(text="a")], []):
        with pytest.raises(ValueError):
            compose(slip, 576, text=not slip)


@pytest.mark.parametrize("doubled", [False, True])
@pytest.mark.parametrize("shape", [(1, 1), (255, 384), (256, 283), (700, 576)])
def test_a_picture_is_gs_v_0_strip_for_strip(shape: tuple[int, int], doubled: bool) -> None:
    """Written down here from Epson's description, to hold the library's hand."""
    dots = np.random.default_rng(7).random(shape) < 0.0005  # too few to spell an order
    packed = np.packbits(dots, axis=1)
    expected = b""
    for top in range(0, len(packed), 255):
        strip = packed[top : top + 255]
        sizes = packed.shape[1].to_bytes(2, "little") + len(strip).to_bytes(2, "little")
        expected += b"\x1dv0" + bytes((3 if doubled else 0,)) + sizes + strip.tobytes()
    if shape[1] * (1 + doubled) <= 576:
        assert compose([Picture(dots=dots, doubled=doubled)], 576, text=True).data == HEAD + expected + TAIL


def test_every_slip_is_free_of_orders() -> None:
    from kiosk.model.paper import Slip
    from kiosk.paper.slip import raster

    slip = Slip(title="交通违法罚款缴纳凭条", rows=(("办理人", "王*明"),) * 30, printed_at=datetime(2026, 11, 22, tzinfo=UTC))
    assert b"\x10\x04" not in compose(raster(slip, "zh_Hans"), 576, text=False).data
