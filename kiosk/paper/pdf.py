"""A page of HTML as PDF/A-3, made without a network: what looks the same in thirty years, on every printer."""

from __future__ import annotations

import hashlib
import io
from importlib.resources import files

from kiosk.paper import fonts


def pdf(html: str) -> bytes:
    """The same `html` always gives the same bytes. Raises Fault("paper.font_missing", STAFF)."""
    # Imported here: half a second that the first painted frame shall not wait for.
    import weasyprint
    from weasyprint.css import ColorProfile
    from weasyprint.urls import URLFetcher

    for file in (fonts.SERIF, fonts.SERIF_BOLD, fonts.SANS, fonts.SANS_BOLD):
        fonts.find(file)
    # Only what is in the page itself may be loaded: no address in data can make the kiosk call somewhere or read a file.
    document = weasyprint.HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    # The colour profile that PDF/A demands is given by us: WeasyPrint 70 forgets to close the file when it loads its own.
    srgb = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    profile = ColorProfile(io.BytesIO(srgb), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
    written: bytes = document.write_pdf(
        pdf_variant="pdf/a-3u",
        pdf_identifier=hashlib.sha256(html.encode()).hexdigest()[:32].encode(),
        color_profiles={"sRGB": profile},
        output_intent="sRGB",
    )
    return written
