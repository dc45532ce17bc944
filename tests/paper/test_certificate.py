"""Certificates: archival, embedded, escaped, and the same bytes again."""

from __future__ import annotations

import ctypes
import io
import logging
import re
import zlib
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from kiosk.model.faults import Fault, Remedy
from kiosk.model.paper import Certificate
from kiosk.paper import fonts
from kiosk.paper.certificate import to_pdf


def seal() -> bytes:
    picture = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((5, 5, 295, 295), outline=(214, 28, 32, 255), width=12)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


CERTIFICATE = Certificate(
    title="社会保险参保缴费证明",
    number="XM-HRSS-2026-11-0012345",
    issuer="厦门市社会保险中心",
    issued_on="2026年11月22日",
    paragraphs=("兹证明王小明在我市参加社会保险，具体缴费情况见下表。", "特此证明。"),
    holder={"姓名": "王小明", "证件号码": "350203199001010012", "参保单位": "厦门某某科技有限公司思明区分公司（统一社会信用代码）"},
    columns=("缴费年月", "险种", "个人缴费"),
    rows=(("2026年01月", "养老保险", "323.44"),),
    verify_code="8K2M-7QXA-93TD",
    verify_url="https://verify.example/c/8K2M7QXA93TD",
    seal_png=seal(),
    station="XM-SM-0001",
    printed_at=datetime(2026, 11, 22, 11, 40, 5, tzinfo=UTC),
)


def pages(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def picture(pdf: bytes, page: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        return document[page].render(scale=3).to_pil()  # type: ignore[no-any-return]


def streams(pdf: bytes) -> list[bytes]:
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(raw))
        except zlib.error:
            found.append(raw)
    return found


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return to_pdf(CERTIFICATE)


def test_says_everything_in_chinese_that_can_be_searched(pdf: bytes) -> None:
    (text,) = pages(pdf)
    flat = re.sub(r"\s", "", text)
    for words in (
        "社会保险参保缴费证明", "编号：XM-HRSS-2026-11-0012345", "王小明", "350203199001010012", "特此证明。", "2026年01月", "323.44",
        "厦门市社会保险中心", "2026年11月22日", "8K2M-7QXA-93TD", "打印终端：XM-SM-0001", "打印时间：2026-11-2211:40:05", "第1页/共1页",
        "https://verify.example/c/8K2M7QXA93TD",
    ):  # fmt: skip
        assert words in flat
    assert "演示样张" not in flat


def test_is_pdf_a_3u(pdf: bytes) -> None:
    (xmp,) = [stream for stream in streams(pdf) if b"pdfaid" in stream]
    assert re.search(rb"part(>|=\")3", xmp) and re.search(rb"conformance(>|=\")U", xmp)
    assert any(b"GTS_PDFA1" in stream for stream in [pdf, *streams(pdf)])
    assert "社会保险参保缴费证明".encode() in xmp


def test_every_font_is_embedded_noto(pdf: bytes) -> None:
    seen = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                font = pdfium.FPDFTextObj_GetFont(thing.raw)
                name = ctypes.create_string_buffer(100)
                pdfium.FPDFFont_GetBaseFontName(font, name, 100)
                seen[name.value.decode()] = pdfium.FPDFFont_GetIsEmbedded(font)
    assert set(seen.values()) == {1}
    assert all("Noto" in name for name in seen)
    assert any("Serif" in name for name in seen) and any("Sans" in name for name in seen)


def test_same_certificate_same_bytes(pdf: bytes) -> None:
    assert to_pdf(CERTIFICATE) == pdf
    assert to_pdf(replace(CERTIFICATE, number="XM-2")) != pdf


def test_code_on_the_paper_leads_to_its_proof(pdf: bytes) -> None:
    assert [code.text for code in zxingcpp.read_barcodes(picture(pdf))] == [CERTIFICATE.verify_url]


def test_seal_lies_over_issuer_and_date_at_the_lower_right(pdf: bytes) -> None:
    page = picture(pdf)
    red = [
        (x, y)
        for y in range(0, page.height, 3)
        for x in range(0, page.width, 3)
        if (dot := page.getpixel((x, y))) and isinstance(dot, tuple) and dot[0] > 150 and dot[1] < 90
    ]
    assert red
    across, down = sum(x for x, _ in red) / len(red) / page.width, sum(y for _, y in red) / len(red)
    assert across > 0.55
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        found = text.search("2026年11月22日").get_next()
        left, bottom, right, _ = text.get_charbox(found[0])
    assert min(x for x, _ in red) / 3 < left and right < max(x for x, _ in red) / 3
    assert abs(page.height - down - bottom * 3) < 21 * 72 / 25.4 * 3


def test_long_table_runs_on_with_its_head_and_the_seal_is_never_alone() -> None:
    rows = tuple((f"{2015 + n // 12}年{n % 12 + 1:02d}月", "养老保险", f"{n}.00") for n in range(90))
    for count in range(13, 90, 25):
        texts = pages(to_pdf(replace(CERTIFICATE, rows=rows[:count])))
        for number, text in enumerate(texts, start=1):
            assert f"第 {number} 页 / 共 {len(texts)} 页" in text
            assert "个人缴费" in text
            assert "养老保险" in text
        assert all("验证码" not in text for text in texts[:-1])
        assert "验证码" in texts[-1] and "厦门市社会保险中心" in texts[-1]
        assert sum(text.count("养老保险") for text in texts) == count


def test_specimen_says_so_across_every_page() -> None:
    texts = pages(to_pdf(replace(CERTIFICATE, specimen=True, rows=CERTIFICATE.rows * 60)))
    assert len(texts) > 1
    for text in texts:
        assert "演示样张" in re.sub(r"\s", "", text)
    assert "不具有证明效力" in re.sub(r"\s", "", texts[-1])
    assert "同等法律效力" not in re.sub(r"\s", "", texts[-1])


HOSTILE = (
    '</p></style><script>x</script><img src="file:///etc/hostname"><img src="http://127.0.0.1:9/x">'
    '<style>@import "http://127.0.0.1:9/y";</style>{{7*7}}&lt;\x1b@\u202e'
)


def test_markup_in_data_is_printed_and_nothing_is_fetched(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "weasyprint"):
        pdf = to_pdf(
            replace(
                CERTIFICATE,
                title=HOSTILE[:60],
                number=HOSTILE,
                issuer=HOSTILE,
                issued_on=HOSTILE,
                paragraphs=(HOSTILE,),
                station=HOSTILE,
                holder={HOSTILE: HOSTILE},
                columns=(HOSTILE, "x"),
                rows=((HOSTILE, HOSTILE),),
                verify_code=HOSTILE,
                verify_url=HOSTILE,
            )
        )
    assert caplog.records == []
    flat = re.sub(r"\s", "", "".join(pages(pdf)))
    assert '<imgsrc="file:///etc/hostname">' in flat
    assert '@import"http://127.0.0.1:9/y"' in flat
    assert "&lt;@" in flat
    assert "\x1b" not in flat and "\u202e" not in flat


def test_good_page_makes_no_noise(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        to_pdf(CERTIFICATE)
    assert caplog.records == []


def test_flood_is_bounded() -> None:
    texts = pages(to_pdf(replace(CERTIFICATE, title="字" * 10_000, paragraphs=("字" * 100_000,), holder={"姓名": "x" * 10_000})))
    assert len(texts) < 10


@pytest.mark.parametrize("broken", [b"no picture", seal()[:200], b"\x89PNG\r\n\x1a\n" + b"\0" * 100, b"x" * 2_000_001])
def test_seal_that_cannot_be_read_stops_the_page(broken: bytes) -> None:
    with pytest.raises(Fault) as caught:
        to_pdf(replace(CERTIFICATE, seal_png=broken))
    assert (caught.value.code, caught.value.remedy) == ("paper.seal_unreadable", Remedy.LATER)


def test_page_without_optional_parts() -> None:
    (text,) = pages(
        to_pdf(
            replace(
                CERTIFICATE, seal_png=b"", verify_code="", verify_url="", columns=(), rows=(), holder={}, paragraphs=("甲",), station=""
            )
        )
    )
    assert "验证码" not in text


def test_missing_font_is_a_fault_for_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "PLACES", ())
    with pytest.raises(Fault) as caught:
        to_pdf(CERTIFICATE)
    assert caught.value.code == "paper.font_missing"


def test_an_english_name_is_not_torn_apart_to_reach_the_edge() -> None:
    text = "兹证明RAMANATHAN SUBRAMANIAM, VENKATESWARAN KRISHNAN（永久居留身份证号码935356197909300033）在厦门市参加养老保险。"
    page = pypdfium2.PdfDocument(to_pdf(replace(CERTIFICATE, paragraphs=(text,))))[0].get_textpage()
    place = page.get_text_range().index("RAMANATHAN SUBRAMANIAM") + len("RAMANATHAN")
    left, _, right, _ = page.get_charbox(place + 1)
    before = page.get_charbox(place - 1)[2]
    assert left - before < 1.2 * (right - left), "the space between the words is about as wide as a letter"


NUMBERS = ("35020319900101002X", "91350200MA2XXW8K3T", "XM-HRSS-2026-11-0012345", "P2026112211400500012345", "（2026）闽0203民初12345号")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_stays_in_one_line_wherever_it_stands(number: str) -> None:
    given = replace(
        CERTIFICATE,
        number="",
        paragraphs=tuple("字" * before + number + "。" for before in range(10, 38)),
        holder={"姓名": "林晓雯", "公民身份号码": number, "统一社会信用代码": number, "住址": f"厦门市思明区某路一号某大厦（{number}）"},
        columns=("号码", "险种", "缴费年月", "单位缴费", "个人缴费", "合计"),
        rows=((number, "城镇职工基本养老保险及其他险种的名称", "2026年01月", "12,600.00", "1,323.44", "13,923.44"),),
    )
    lines = [line for text in pages(to_pdf(given)) for line in text.splitlines()]
    assert sum(number in line for line in lines) == 28 + 3 + 1
    for words in ("2026年01月", "12,600.00", "1,323.44", "13,923.44"):
        assert any(words in line for line in lines), words


def test_a_number_that_is_no_number_any_more_breaks_rather_than_leave_the_page() -> None:
    endless = "7" * 90
    lines = [line for text in pages(to_pdf(replace(CERTIFICATE, paragraphs=(endless,)))) for line in text.splitlines()]
    assert endless not in lines
    assert endless in "".join(lines)
