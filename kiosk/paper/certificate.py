"""A certificate as PDF/A-3: one A4 document that looks the same in thirty years, made without a network."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable
from datetime import UTC
from html import escape
from pathlib import Path

import qrcode
from PIL import Image, UnidentifiedImageError
from qrcode.image.svg import SvgPathFillImage

from kiosk.model.faults import Fault, Remedy
from kiosk.model.paper import Certificate
from kiosk.paper.pdf import pdf
from kiosk.paper.printable import printable

_STYLE = (Path(__file__).parent / "certificate.css").read_text("utf-8")
# Of a person, a case, an order, a month, an amount of money: it is read off the paper and typed elsewhere.
_NUMBER = re.compile(
    r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|[（(]\d{4}[）)][^\s，。；、()（）<>]{2,24}?号"
    r"|(?<![0-9A-Za-z*-])(?:[0-9A-Za-z*-]|(?<=\d)[.,](?=\d)){4,32}(?![0-9A-Za-z*-])"
)
_HALF = 11.2  # em that a fact has which shares its line with another
_WORDS = re.compile(r"[A-Za-z]{2,},? [A-Za-z]{2,}")
_LINE, _PARAGRAPH, _CELL, _ROWS = 120, 4000, 120, 2000  # characters, rows: a document, not a flood
_SEAL_BYTES, _SEAL_PIXELS = 2_000_000, 3000  # a seal is a small picture; a larger one is a mistake or an attack
_SEAL_DOTS = 640  # 42 mm at 380 dpi


def to_pdf(certificate: Certificate) -> bytes:
    """`certificate` as PDF/A-3u bytes; the same certificate always gives the same bytes.

    Raises Fault("paper.font_missing", STAFF) and Fault("paper.seal_unreadable", LATER): no page leaves without its seal.
    """
    return pdf(_page(certificate))


def _page(certificate: Certificate) -> str:
    printed = f"{certificate.printed_at:%Y-%m-%d %H:%M:%S}"
    created = f"{certificate.printed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return f"""<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>{_plain(certificate.title)}</title>
<meta name="author" content="{_plain(certificate.issuer)}"><meta name="dcterms.created" content="{created}">
<style>{_STYLE}</style></head><body>
<footer>打印终端：{_text(certificate.station)}　打印时间：{printed}</footer>
{'<div class="specimen">演示样张</div>' if certificate.specimen else ""}
<h1>{_text(certificate.title)}</h1>
<div class="number">编号：{_text(certificate.number)}</div>
{_holder(certificate)}
{"".join(map(_paragraph, certificate.paragraphs))}
{_table(certificate)}
<div class="closing"><div class="verify">{_verify(certificate)}</div>
<div class="signed"><div class="stamped">{_seal(certificate.seal_png)}
<p>{_text(certificate.issuer)}</p><p>{_text(certificate.issued_on)}</p></div></div></div>
</body></html>"""


def _plain(data: str, most: int = _LINE) -> str:
    """The only way of data into the page: stripped, bounded, escaped."""
    return escape(printable(data, most))


def _text(data: str, most: int = _LINE) -> str:
    """What is read on the page: a number in it stays in one line."""
    return _NUMBER.sub(lambda found: f'<span class="whole">{found[0]}</span>' if _counted(found) else found[0], _plain(data, most))


def _counted(found: re.Match[str]) -> bool:
    return any(sign.isdigit() for sign in found[0])


def _paragraph(text: str) -> str:
    """Set to both edges, as Chinese is; with words between spaces, an English name, that would tear it apart."""
    words = ' class="words"' if _WORDS.search(text) else ""
    return f"<p{words}>{_text(text, _PARAGRAPH)}</p>"


def _holder(certificate: Certificate) -> str:
    """Two facts a line; one that is long, or has no neighbour, takes the whole line."""
    lines: list[str] = []
    waiting = ""
    for name, fact in certificate.holder.items():
        cell, value = f"<th>{_text(name)}</th><td", _text(fact)
        if _long(fact):
            lines += [waiting and f"<tr>{waiting}<th></th><td></td></tr>", f'<tr>{cell} colspan="3">{value}</td></tr>']
            waiting = ""
        elif waiting:
            lines.append(f"<tr>{waiting}{cell}>{value}</td></tr>")
            waiting = ""
        else:
            waiting = f"{cell}>{value}</td>"
    if waiting:
        lines.append(f"<tr>{waiting}<th></th><td></td></tr>".replace("<td>", '<td colspan="3">', 1).replace("<th></th><td></td>", ""))
    return f'<table class="holder">{"".join(lines)}</table>' if lines else ""


def _long(fact: str) -> bool:
    """Whether it needs the whole line: for its length, or since a number in it is wider than half a line."""
    wide = (sum(_em(sign) for sign in found[0]) for found in _NUMBER.finditer(fact) if _counted(found))
    return len(fact) > 20 or max(wide, default=0) > _HALF


def _em(sign: str) -> float:
    """About how wide it is set."""
    return 1 if sign > "\u2e7f" else 0.72 if sign.isupper() else 0.56


def _table(certificate: Certificate) -> str:
    if not certificate.columns:
        return ""
    head = _cells("th", certificate.columns)
    rows = "".join(f"<tr>{_cells('td', row)}</tr>" for row in certificate.rows[:_ROWS])
    return f'<table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _cells(tag: str, row: Iterable[str]) -> str:
    return "".join(f"<{tag}>{_text(cell, _CELL)}</{tag}>" for cell in row)


def _seal(png: bytes) -> str:
    if not png:
        return ""
    try:
        if len(png) > _SEAL_BYTES:
            raise ValueError("too large")
        with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
            picture.verify()  # WeasyPrint tells Pillow to be content with half a picture; a seal is whole or none
        with Image.open(io.BytesIO(png), formats=("PNG",)) as picture:
            if max(picture.size) > _SEAL_PIXELS:
                raise ValueError("too large")
            seal = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        raise Fault("paper.seal_unreadable", Remedy.LATER) from None
    seal.thumbnail((_SEAL_DOTS, _SEAL_DOTS))
    clean = io.BytesIO()
    seal.save(clean, "PNG")  # drawn anew: nothing but its dots reaches the document
    return f'<img alt="印章" src="data:image/png;base64,{base64.b64encode(clean.getvalue()).decode()}">'


def _verify(certificate: Certificate) -> str:
    """How anybody who is handed the paper finds out that it is true."""
    if not certificate.verify_code:
        return ""
    square, scan = "", ""
    if certificate.verify_url:
        url = printable(certificate.verify_url, 300)
        code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, image_factory=SvgPathFillImage)
        code.add_data(url)
        svg = io.BytesIO()
        code.make_image().save(svg)
        square = f'<img alt="验真二维码" src="data:image/svg+xml;base64,{base64.b64encode(svg.getvalue()).decode()}">'
        scan = f"<p>验真方式：扫描二维码，或访问 {_text(url, 300)} 输入验证码，核对内容是否与本证明一致。</p>"
    force = "依照国务院令第716号，电子印章与实物印章具有同等法律效力。涂改无效。"
    if certificate.specimen:
        force = "本页为演示样张，不具有证明效力。"
    return f'{square}<p class="code">验证码：{_text(certificate.verify_code)}</p>{scan}<p>{force}</p>'
