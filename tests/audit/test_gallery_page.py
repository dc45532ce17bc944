"""The page with every screen: a picture of each in every language and mode, faults too."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from kiosk import i18n
from kiosk.audit.gallery import main
from kiosk.audit.looks import MODES


def test_every_language_and_mode_of_a_screen_and_of_a_fault(tmp_path: Path) -> None:
    for only in ("RateView", "fault.payment.unknown"):
        options = Namespace(gallery=tmp_path / only, only=only, portrait=False, config=Path("config.toml"))
        assert main(options) == 0
        page = (tmp_path / only / "index.html").read_text("utf-8")
        modes = MODES if only == "RateView" else ("normal",)
        wanted = {f"{only}-{language}-{mode}.png" for language in i18n.LANGUAGES for mode in modes}
        assert {path.name for path in (tmp_path / only).glob("*.png")} >= wanted
        for language in i18n.LANGUAGES:
            for mode in modes:
                told = f"{language} · {mode} · landscape"
                lazy = f'loading="lazy" width="640" height="360" src="{only}-{language}-{mode}.png" alt="{only} {told}"'
                assert lazy in page and f"<figcaption>{told}<" in page
