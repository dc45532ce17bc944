"""A technician's A4 pages, as HTML made PDF: data is stripped, bounded and escaped on its way in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from kiosk.flow.desk import Terminal
from kiosk.i18n import say
from kiosk.model.words import Text, Word
from kiosk.paper.pdf import pdf
from kiosk.paper.printable import printable

_STYLE = (Path(__file__).parent / "page.css").read_text("utf-8")
_MOST = 400  # characters of one piece of text


class Sheet:
    """Writes a page from top to bottom in one language."""

    def __init__(self, title: Text, language: str, at: datetime, *, footer: str, kind: str = "") -> None:
        self._language = language
        self._at = at
        self._title = self.text(title)
        self._footer = footer
        self._kind = kind
        self._parts: list[str] = []

    def text(self, text: Text) -> str:
        return escape(printable(say(text, self._language), _MOST))

    def add(self, html: str) -> None:
        """For markup of this room; data goes through `text` first."""
        self._parts.append(html)

    def heading(self, text: Text) -> None:
        self.add(f"<h2>{self.text(text)}</h2>")

    def line(self, text: Text, kind: str = "") -> None:
        self.add(f'<p class="{kind}">{self.text(text)}</p>')

    def table(self, headings: Iterable[Text], rows: Iterable[Iterable[Text | tuple[Text, ...]]], kind: str = "") -> None:
        head = "".join(f"<th>{self.text(one)}</th>" for one in headings)
        body = "".join(f"<tr>{''.join(self._cell(one) for one in row)}</tr>" for row in rows)
        heads = f"<thead><tr>{head}</tr></thead>" if head else ""
        self.add(f'<table class="{kind}">{heads}<tbody>{body}</tbody></table>')

    def sign(self, *lines: Text) -> None:
        """Lines to be filled in by hand, side by side."""
        self.add(f'<div class="sign">{"".join(f"<span>{self.text(one)}<i></i></span>" for one in lines)}</div>')

    def _cell(self, cell: Text | tuple[Text, ...]) -> str:
        lines = cell if isinstance(cell, tuple) else (cell,)
        return f"<td>{'<br>'.join(self.text(one) for one in lines if one)}</td>"

    def to_pdf(self) -> bytes:
        """Raises Fault("paper.font_missing", STAFF)."""
        created = f"{self._at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        return pdf(
            f'<!doctype html><html lang="{self._language.replace("_", "-")}"><head><meta charset="utf-8"><title>{self._title}</title>'
            f'<meta name="dcterms.created" content="{created}"><style>{_STYLE}</style></head><body class="{self._kind}">'
            f"<footer>{escape(printable(self._footer, _MOST))}　{self._at:%Y-%m-%d %H:%M}</footer>"
            f"<h1>{self._title}</h1>{''.join(self._parts)}</body></html>"
        )


def sample_page(terminal: Terminal, language: str, at: datetime) -> bytes:
    """What shows a printer's faults: greys, a frame at the edge of what is printed, fine lines, small type."""
    sheet = Sheet(Word("test.document_printer.page"), language, at, footer=f"{terminal.name} {terminal.id}")
    sheet.line(Word("test.page.look"))
    greys = "".join(f'<td style="background:hsl(0,0%,{100 - step * 10}%);height:18mm"></td>' for step in range(11))
    sheet.add(f'<table class="greys"><tr>{greys}</tr></table>')
    sheet.add('<div class="lines"></div>')
    for size in (6, 8, 10, 14, 20):
        sheet.add(f'<p style="font-size:{size}pt">{sheet.text(Word("test.page.sample"))} {size} pt 0123456789</p>')
    sheet.add('<div class="black"></div>')
    return sheet.to_pdf()


