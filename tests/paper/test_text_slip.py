"""Slips as text: the same things in the same order, in columns, and nothing that the printer cannot draw."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from kiosk.model.paper import Line, Slip, columns
from kiosk.paper import fonts
from kiosk.paper.slip import raster
from kiosk.paper.text_slip import Picture, parts

SLIP = Slip(
    title="交通违法罚款缴纳凭条",
    rows=(("办理人", "王*明"), ("缴纳金额", "¥200.00"), ("说明", "在禁止停车的路段停放超过规定时间，影响其他车辆通行")),
    notes=("如需正式财政票据，请凭业务流水号到任一办事窗口领取。",),
    warning="正在确认付款结果，请勿重复付款",
    qr="https://verify.example/r/XM-SM-0001-7K2Q-000123-P",
    qr_caption="扫码查询办理进度",
    station="XM-SM-0001",
    hotline="0592-12345",
    printed_at=datetime(2026, 11, 22, 11, 40, tzinfo=UTC),
)


def gbk(character: str) -> bool:
    try:
        return character.isprintable() and len(character.replace("¥", "￥").encode("gbk")) > 0
    except UnicodeEncodeError:
        return False


def lines(slip: Slip, across: int = 48, language: str = "zh_Hans") -> list[str]:
    return [one.text for one in parts(slip, language, across, gbk) if isinstance(one, Line)]


@pytest.mark.parametrize("across", [48, 32])
@pytest.mark.parametrize("language", ["zh_Hans", "en"])
def test_every_line_fits_and_the_code_can_be_read(across: int, language: str) -> None:
    written = parts(SLIP, language, across, gbk)
    assert all(one.columns <= across for one in written if isinstance(one, Line))
    (code,) = [one for one in written if isinstance(one, Picture)]
    assert code.doubled and code.dots.shape[1] * 2 <= across * 12
    (read,) = zxingcpp.read_barcodes(Image.fromarray(~np.pad(code.dots, 12)).convert("L"))
    assert read.text == SLIP.qr


def test_labels_stand_in_one_column_and_values_beside_them() -> None:
    seen = lines(SLIP)
    assert "办理人    王*明" in seen
    assert "缴纳金额  ¥200.00" in seen
    place = next(index for index, line in enumerate(seen) if line.startswith("说明      在禁止停车的路段"))
    assert seen[place + 1].startswith(" " * 10) and seen[place + 1].endswith("通行")
    assert all(columns(line) <= 48 for line in seen)


@pytest.mark.parametrize("name", ["㐱", "䶮", "𠮷", "བོད"])
def test_a_name_the_printer_does_not_hold_is_drawn_with_its_whole_line(name: str) -> None:
    plain = parts(SLIP, "zh_Hans", 48, gbk)
    written = parts(replace(SLIP, rows=(("办理人", f"王{name}"), *SLIP.rows[1:])), "zh_Hans", 48, gbk)
    place = next(index for index, one in enumerate(plain) if isinstance(one, Line) and one.text.startswith("办理人"))
    drawn = written[place]
    assert isinstance(drawn, Picture)
    assert drawn.dots[:, 10 * 12 + 24 :].any()  # the rare one has left its mark, behind the 王
    assert [type(one) for one in written].count(Picture) == 2


@pytest.mark.parametrize("character", ["㐱", "䶮", "𠮷", "\U00030edd", "བ"])
def test_no_character_vanishes_from_a_drawn_slip(character: str) -> None:
    """One that the font does not have either comes out as a box."""
    slip = raster(replace(SLIP, rows=((character, character),), warning="", notes=(), qr=""), "zh_Hans")
    without = raster(replace(SLIP, rows=(("　", "　"),), warning="", notes=(), qr=""), "zh_Hans")
    assert slip.sum() - without.sum() > 100
    assert fonts.face(fonts.SANS, 24).getmask(character).getbbox() is not None


def test_a_reprint_says_so_in_a_box_of_its_own() -> None:
    assert "重打 2，前一张作废" in "".join(lines(replace(SLIP, reprint=2)))
    assert len(raster(replace(SLIP, reprint=2), "zh_Hans")) > len(raster(SLIP, "zh_Hans"))
    assert not any("重打" in line for line in lines(SLIP))


HOSTILE = "张\x1b@三\x1dV\x00\x10\x04\x01\u202e四\u2066\u200b\ufeff\U000e0041\ue000\r\n五"


def test_what_a_printer_could_obey_is_not_there() -> None:
    hostile = Slip(
        title=HOSTILE, rows=((HOSTILE, HOSTILE),), notes=(HOSTILE,), warning=HOSTILE, qr="x", qr_caption=HOSTILE, station=HOSTILE,
        printed_at=SLIP.printed_at,
    )  # fmt: skip
    assert all(line.isprintable() for line in lines(hostile))
    assert "张@三V四 五" in "".join(lines(hostile))


@pytest.mark.parametrize("text", ["字" * 10_000, "x" * 10_000, "😀" * 10_000, "𠮷" * 10_000, " " * 10_000])
@pytest.mark.parametrize("across", [48, 32])
def test_ten_thousand_characters_do_not_use_up_the_roll(text: str, across: int) -> None:
    flood = replace(SLIP, title=text, rows=((text, text),) * 1000, notes=(text,) * 1000, warning=text, qr_caption=text, station=text)
    written = parts(flood, "zh_Hans", across, gbk)
    assert len(written) < 150
    assert all(one.columns <= across for one in written if isinstance(one, Line))
    assert all(one.dots.shape[1] * (1 + one.doubled) <= across * 12 for one in written if isinstance(one, Picture))
