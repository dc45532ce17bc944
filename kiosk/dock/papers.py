"""What has come out of the printers, as pictures: receipts as they are, the first page of every document rendered."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pypdfium2

DOTS_AN_INCH = 150
SHOWN = 12  # of each kind; the folder has all


class Papers:
    """`receipts` and `documents` are the printers' folders; rendered pages are put into `pages`. One thread at a time."""

    def __init__(self, receipts: Path, documents: Path, pages: Path) -> None:
        self._receipts, self._documents, self._pages = receipts, documents, pages
        pages.mkdir(parents=True, exist_ok=True)

    def look(self) -> dict[str, list[str]]:
        """`receipts` and `documents`: file URLs of pictures, the newest first."""
        receipts = _newest(self._receipts.glob("receipt-*.png"))
        documents = [self._page(pdf) for pdf in _newest((self._documents / "out").glob("*.pdf"))]
        return {"receipts": [path.as_uri() for path in receipts], "documents": [path.as_uri() for path in documents]}

    def _page(self, pdf: Path) -> Path:
        picture = self._pages / f"{pdf.stem}.png"
        if not picture.exists():
            document = pypdfium2.PdfDocument(pdf)
            try:
                document[0].render(scale=DOTS_AN_INCH / 72).to_pil().save(picture)
            finally:
                document.close()
        return picture


def _newest(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)[:SHOWN]
