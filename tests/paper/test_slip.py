"""Slips: every dot is data drawn by us, and data can do nothing but be seen (F-50)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from kiosk.model.faults import Fault, Remedy
from kiosk.model.paper import Slip
from kiosk.model.words import Word
from kiosk.paper import fonts
from kiosk.paper.printable import printable
from kiosk.paper.slip import Raster, raster
from kiosk.paper.wrapping import balanced, wrap

SLIP = Slip(
    title="交通违法罚款缴纳凭条",
    rows=(("办理人", "王*明"), ("证件号码", "350203********0012"), ("缴纳金额", "¥200.00")),
    notes=("如需正式财政票据，请凭业务流水号到任一办事窗口领取。",),
    warning="正在确认付款结果，请勿重复付款",
    qr="https://verify.example/r/XM-SM-0001-7K2Q-000123-P",
    qr_caption="扫码查询办理进度",
    station="XM-SM-0001",
    hotline="0592-12345",
    printed_at=datetime(2026, 11, 22, 11, 40, tzinfo=UTC),
)


def codes(slip: Raster) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(Image.fromarray(~slip).convert("L"))]


@pytest.mark.parametrize("width", [576, 384])
@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_fills_its_paper_and_the_code_can_be_read(width: int, language: str) -> None:
    slip = raster(SLIP, language, width)
    assert slip.dtype == np.bool_
    assert slip.shape[1] == width
    assert 600 < slip.shape[0] < 1600
    assert 0.03 < slip.mean() < 0.3
    assert not slip[:, :4].any() and not slip[:, -4:].any()  # nothing hangs over the edge
    assert codes(slip) == [SLIP.qr]


def test_the_same_slip_is_the_same_dots() -> None:
    assert np.array_equal(raster(SLIP, "zh_Hans"), raster(SLIP, "zh_Hans"))


def test_words_are_said_in_the_language_asked_for() -> None:
    named = replace(SLIP, title=Word("paper.hotline"))
    assert np.array_equal(raster(named, "en"), raster(replace(SLIP, title="Hotline"), "en"))
    assert raster(SLIP, "en").shape != raster(SLIP, "zh_Hans").shape or not np.array_equal(raster(SLIP, "en"), raster(SLIP, "zh_Hans"))


def test_every_part_leaves_its_mark() -> None:
    whole = raster(SLIP, "zh_Hans")
    for without in ({"warning": ""}, {"qr": ""}, {"rows": SLIP.rows[:-1]}, {"notes": ()}, {"hotline": ""}, {"station": ""}):
        assert len(raster(replace(SLIP, **without), "zh_Hans")) < len(whole)


HOSTILE = "张\x1b@三\x1dV\x00\x10\x04\x01\u202e四\u2066\u200b\ufeff\U000e0041\ue000\r\n五"


def test_bytes_a_printer_could_obey_leave_no_trace() -> None:
    hostile = replace(
        SLIP, title=HOSTILE, rows=((HOSTILE, HOSTILE),), notes=(HOSTILE,), warning=HOSTILE, qr_caption=HOSTILE, station=HOSTILE
    )
    harmless = "张@三V四 五"
    clean = replace(
        SLIP, title=harmless, rows=((harmless, harmless),), notes=(harmless,), warning=harmless, qr_caption=harmless, station=harmless
    )
    assert np.array_equal(raster(hostile, "zh_Hans"), raster(clean, "zh_Hans"))


def test_bidirectional_letters_keep_their_order() -> None:
    """What stands left on the paper is what came first, so no number can be turned round by a neighbour."""
    font = fonts.face(fonts.SANS, 24)
    assert font.getlength("אב") == pytest.approx(font.getlength("א") + font.getlength("ב"), abs=1)
    assert font.layout_engine == 0  # BASIC: no reordering


@pytest.mark.parametrize("text", ["字" * 10_000, "x" * 10_000, "e\u0301\u0301" * 5000, "😀" * 10_000, " " * 10_000, "{{}} %n <b>" * 1000])
@pytest.mark.parametrize("width", [576, 384])
def test_ten_thousand_characters_do_not_use_up_the_roll(text: str, width: int) -> None:
    flood = replace(
        SLIP, title=text, rows=((text, text),) * 1000, notes=(text,) * 1000, warning=text, qr_caption=text, station=text, hotline=text
    )
    slip = raster(flood, "zh_Hans", width)
    assert slip.shape[0] < 6000
    assert "\u0301" in text or (not slip[:, :4].any() and not slip[:, -4:].any())


def test_code_that_would_be_too_dense_is_printed_as_words() -> None:
    slip = raster(replace(SLIP, qr="https://verify.example/" + "9x" * 2000), "zh_Hans")
    assert slip.shape[1] == 576
    short = raster(replace(SLIP, qr="https://verify.example/" + "9x" * 100), "zh_Hans")
    assert codes(short) == ["https://verify.example/" + "9x" * 100]


@given(st.text(max_size=300))
def test_printable_is_visible_and_bounded(text: str) -> None:
    said = printable(text, 50)
    assert len(said) <= 50
    assert said == printable(said, 50)
    assert said.isprintable() or said == ""
    assert "  " not in said


def test_printable_keeps_what_people_are_called() -> None:
    for name in ("王㐱䶮", "\U0002000b", "Zoë Nguyễn", "买买提·艾力", "ཨོཾ་མ་ཎི"):
        assert printable(name, 60) == name


@settings(max_examples=60, deadline=None)
@example("1（11111", 80)  # the bracket that goes down with its word would push it over the edge
@given(st.text(st.sampled_from("缴费，。（abc 123）：、XM-"), max_size=120), st.integers(80, 400))
def test_wrapped_lines_fit_and_lose_nothing(text: str, width: int) -> None:
    font = fonts.face(fonts.SANS, 24)
    for lines in (wrap(text, font, width), balanced(text, font, width)):
        assert all(font.getlength(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_no_line_begins_with_a_full_stop_or_ends_with_an_opening_bracket() -> None:
    font = fonts.face(fonts.SANS, 20)
    for count in range(60, 240):
        for line in wrap("在禁止停车的路段（湖滨南路），停放超过规定时间。请勿重复付款，谢谢。", font, count):
            assert line[0] not in "，。）"
            assert line[-1] not in "（"


@pytest.fixture
def no_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setattr(fonts, "PLACES", (tmp_path,))
    fonts.face.cache_clear()
    yield
    fonts.face.cache_clear()


@pytest.mark.usefixtures("no_fonts")
def test_missing_font_is_a_fault_for_staff() -> None:
    with pytest.raises(Fault) as caught:
        raster(SLIP, "zh_Hans")
    assert (caught.value.code, caught.value.remedy) == ("paper.font_missing", Remedy.STAFF)
