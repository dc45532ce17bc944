"""Each installed part has a panel on which every one of its levers can be reached, and no two things to press share a name."""

from __future__ import annotations

from typing import Any

import pytest

from kiosk import i18n, levers, plugins
from kiosk.levers import lever
from kiosk.world import missing_words
from kiosk.world.panel import panel
from kiosk.world.sandbox import PARTS

INSTALLED = {name: plugins.load(plugins.SIMULATORS, name) for name in plugins.offered(plugins.SIMULATORS)} | dict(PARTS)


@pytest.mark.parametrize("name", sorted(INSTALLED))
def test_every_lever_can_be_reached(name: str) -> None:
    kind: type[Any] = INSTALLED[name]
    laid = panel("role", kind, paper=False)
    chips = [chip for section in laid["sections"] for chip in section["chips"]]
    reached = {chip["lever"] for chip in chips} | {chip["back"] for chip in chips}
    reached |= {section[end] for section in laid["sections"] for end in ("lever", "back")}
    assert reached - {""} == set(levers.described(kind))
    names = [chip["name"] for chip in chips]
    assert sorted(set(names)) == sorted(names)
    for chip in chips:
        levers.read(kind, chip["lever"], chip["value"])  # raises for a value that the lever does not take


def test_a_lever_without_words_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Odd:
        kind = "phone"

        @lever
        def ring_oddly(self) -> None: ...

    assert list(missing_words()) == []
    monkeypatch.setattr("kiosk.world.sandbox.PARTS", {"odd": Odd})
    assert list(missing_words()) == [f"{language}: no words for lever.phone.ring_oddly" for language in i18n.LANGUAGES]
