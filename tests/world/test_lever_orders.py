"""A lever on a command line: what it may be, and what is said about what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import config, world
from kiosk.levers import WrongLever
from kiosk.world.order import Order, read

PARTS = world.parts(config.load(Path(__file__).resolve().parent.parent.parent / "config.toml"))


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("receipts.take_paper_out@deliver", Order(role="receipts", lever="take_paper_out", step="deliver")),
        ("id_card.lift_card@pay+1.5", Order(role="id_card", lever="lift_card", step="pay", seconds=1.5)),
        ("face_camera.show=c02", Order(role="face_camera", lever="show", value="c02", step="start")),
        ("sandbox.department=psb-tms:asleep@pay", Order(role="sandbox", lever="department", value="psb-tms:asleep", step="pay")),
        ("codes.show_code=a=b+1@pay", Order(role="codes", lever="show_code", value="a=b+1", step="pay")),
    ],
)
def test_it_is_read(text: str, order: Order) -> None:
    assert read(text, PARTS, ("pay", "deliver")) == order
    assert read(str(order), PARTS, ("pay", "deliver")) == order


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("receipts", "is written PART.LEVER"),
        ("tower.ring", "there are: id_card"),
        ("receipts.ring", "there are: take_paper_out"),
        ("receipts.put_paper@lunch", "there are: start, pay"),
        ("face_camera.show=c99", "there are: c01"),
        ("sandbox.department=psb-tms:sulky", "there are: asleep"),
        ("receipts.put_paper=all", "takes no value"),
    ],
)
def test_it_is_refused(text: str, said: str) -> None:
    with pytest.raises(WrongLever, match=said):
        read(text, PARTS, ("pay",))
