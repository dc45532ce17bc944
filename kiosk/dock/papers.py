"""What has come out of the printers, as pictures: receipts as they are, the first page of every document rendered."""

from __future__ import annotations

from pathlib import Path

import pypdfium2

from kiosk.world import World

DOTS_AN_INCH = 150
SHOWN = 12  # of each kind; the folder has all


class Papers:
    """Rendered pages are put into `pages`. One thread at a time."""

    def __init__(self, world: World, pages: Path) -> None:
        self._world, self._pages = world, pages
        pages.mkdir(parents=True, exist_ok=True)

    def look(self) -> dict[str, list[str]]:
        """role → file URLs of pictures, the newest first."""
        return {role: [self._picture(path).as_uri() for path in paths[:SHOWN]] for role, paths in self._world.papers().items()}

    def _picture(self, path: Path) -> Path:
        return self._page(path) if path.suffix == ".pdf" else path

    def _page(self, pdf: Path) -> Path:
        picture = self._pages / f"{pdf.stem}.png"
        if not picture.exists():
            document = pypdfium2.PdfDocument(pdf)
            try:
                document[0].render(scale=DOTS_AN_INCH / 72).to_pil().save(picture)
            finally:
                document.close()
        return picture
