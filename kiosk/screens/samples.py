"""The invented views of samples*.toml: what the gallery paints and the tests measure."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk import i18n, strict
from kiosk.flow import views
from kiosk.flow.stage import View
from kiosk.flow.views import HomeView
from kiosk.model.words import Word
from kiosk.technician.glass import views as technicians

WRITTEN = ("zh_Hans", "en", "zh_Hant")  # a text of these files, in this order; whatever is not there is read as the first
FILES = {"samples.toml": views, "samples-technician.toml": technicians}  # where the views stand, and where their classes


def samples(language: str) -> dict[str, View]:
    """name of the picture → view, its texts in `language`. A name begins with the name of its class."""
    found: dict[str, View] = {}
    for file, room in FILES.items():
        for name, table in strict.table(Path(__file__).with_name(file)).items():
            kind: type[View] = getattr(room, name.partition("-")[0])
            found[name] = strict.read(kind, _said(table, language), f"{file} {name}")
    home = found["HomeView"]
    if isinstance(home, HomeView):  # the same again, as full as with all the items
        found["HomeView-many"] = replace(home, items=home.items * 5, departments=home.departments * 4, demo=False)
    return found


def _said(value: Any, language: str) -> Any:
    if isinstance(value, dict):
        return {key: _said(one, language) for key, one in value.items()}
    if isinstance(value, list):
        return [_said(one, language) for one in value]
    if isinstance(value, str) and value.startswith("="):
        return Word(value[1:])
    if isinstance(value, str) and " | " in value:
        texts = dict(zip(WRITTEN, value.split(" | "), strict=False))
        return texts.get(language, texts[i18n.REFERENCE])
    return value
