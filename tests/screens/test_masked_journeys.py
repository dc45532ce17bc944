"""Whole visits, and of each of their screens what a volunteer would have seen: nothing that is anybody's, in both shapes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hands import until
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem
from test_masked_picture import HELPER, rendered, stands

from kiosk import i18n
from kiosk.flow import views
from kiosk.flow.stage import View
from kiosk.model.words import Word
from kiosk.people import citizens
from kiosk.sandbox.process import Sandbox
from kiosk.screens.scenes import nobody_in_the_picture
from kiosk.screens.stage import aside, picture
from kiosk.screens.window import Glass
from kiosk.testing.counter import QUICK, attend, counter, faces, settings
from kiosk.testing.stage import ScriptedStage

OURS = "".join(i18n.table(i18n.REFERENCE).values())  # a word that stands here is nobody's secret
LEAST = 3  # characters: shorter ones stand everywhere
DATA = re.compile(r"[0-9]{2}|[一-鿿]")
SHAPES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


def told(value: Any) -> Iterator[str]:
    """Every text in a view that is not a sentence of the house."""
    if isinstance(value, Word):
        for one in value.args.values():
            yield from told(one)
    elif isinstance(value, str):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from told(getattr(value, one.name))
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from told(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from told(one)


def secrets(seen: list[View], citizen: str) -> set[str]:
    """The card's data, whole and in the pieces it is read in, and whatever departments, fields and papers brought onto the glass."""
    card = citizens()[citizen].card
    born = card.id_number[6:14]
    of_card = {card.name, card.id_number, card.id_number[-4:], born, f"{born[:4]}-{born[4:6]}-{born[6:]}", card.address}
    of_views = {line.strip() for view in seen for text in told(view) for line in text.splitlines()}
    return of_card | {one for one in of_views if len(one) >= LEAST and DATA.search(one) and one not in OURS}


def visit(sandbox: Sandbox, state: Path, citizen: str, item: str, script: Callable[[Sandbox], dict[str, Any]]) -> list[View]:
    """Every screen of one visit, served to its end."""

    async def served() -> list[View]:
        taken = settings(sandbox.url, state, citizen=citizen)
        async with counter(taken, room=faces(), timing=replace(QUICK, officer_poll=0.05)) as desk:
            stage = ScriptedStage(item, **script(sandbox))
            stage.mobile = f"138000000{citizen.removeprefix('c')}"
            stage.otp = lambda: sandbox.code(stage.mobile)
            lifts = desk.devices["id_card"].simulator  # type: ignore[attr-defined]
            stage.on_view = lambda view: lifts.lift_card() if isinstance(view, views.GoodbyeView) else None
            result = await attend(desk, stage, taken)
            assert result.ending.value == "served", result
            return [view for view in stage.seen if type(view).for_citizens and not isinstance(view, views.AttractView)]

    return asyncio.run(served())


def pays(sandbox: Sandbox) -> dict[str, Any]:
    def pay(view: views.PayView) -> dict[str, str] | None:
        if view.state == "qr":
            sandbox.pay(view.order_no)
        return {"method": "alipay"} if view.state == "choose" else None

    return {"PayView": pay}


VISITS: dict[str, tuple[str, str, Callable[[Sandbox], dict[str, Any]]]] = {
    "a fine, paid": ("c02", "traffic-fine-pay", pays),
    "a certificate, by the face": ("c01", "hrss-insurance-cert", lambda sandbox: {}),
    "a form, by a code": ("c01", "household-same-name", lambda sandbox: {"WaysView": {"way": "id_card+sms_otp"}}),
}


@pytest.mark.parametrize("name", VISITS)
def test_a_whole_visit_beside_a_volunteer(name: str, sandbox: Sandbox, state: Path, make_glass: Callable[..., Glass]) -> None:
    QAccessible.setActive(True)
    nobody_in_the_picture()
    citizen, item, script = VISITS[name]
    seen = visit(sandbox, state, citizen, item, script)
    kept = secrets(seen, citizen)
    assert len(kept) > 10, kept
    sang: set[str] = set()
    for width, height in SHAPES.values():
        glass = make_glass(width=width, height=height)
        for view in dict.fromkeys(map(picture, seen)):  # each as often as it looks different
            whole = next(one for one in seen if picture(one) == view)
            glass.attend("")
            glass.paint(view)
            stands(glass, "stand")
            there = rendered(glass)
            sang |= {one for one in kept if one in there}
            glass.attend(aside(HELPER, whole))
            stands(glass, "masked")
            until(lambda glass=glass: glass.root.findChild(QQuickItem, "masked").property("item") is not None)
            shown = rendered(glass)
            assert [one for one in kept if one in shown] == [], type(whole).__name__
        glass.attend("")
    assert len(sang) >= 2  # they do stand on the citizen's own screens
