"""What cannot be had here says where it can: stations that have what it takes, nearest first, and the counter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from kiosk import app
from kiosk.flow import views
from kiosk.flow.desk import CHINA
from kiosk.flow.elsewhere import is_open
from kiosk.flow.stage import Leave
from kiosk.i18n import say
from kiosk.model.around import Around, metres

THURSDAY = datetime(2026, 11, 26, 10, 0, tzinfo=CHINA)
SUNDAY = THURSDAY.replace(day=29)
LATE = THURSDAY.replace(hour=21, minute=30)


async def page(here, item, *, now=THURSDAY, around=None):
    """The page of `item` and its tile, as somebody reads them at `now`."""
    shelves = app.shelves(here.taken)
    if around is not None:
        shelves = replace(shelves, around=around)
    desk = replace(here.desk, now=lambda: now)
    one = shelves.item(item)
    assert one is not None
    tile = next(tile for tile in shelves.home(desk).items if tile.id == item)
    return shelves.page(one, desk), tile


def ids(view):
    return [place.args["name"].key.split(".")[1] for place in view.where]


async def out(here, role):
    """The device of `role` is gone, and everybody knows."""
    device = here.desk.devices[role]
    await device.close()
    here.desk.devices.pop(role)


async def test_what_works_says_no_other_place(place):
    async with place() as here:
        view, tile = await page(here, "hrss-insurance-cert")
    assert view.available
    assert (view.where, tile.where) == ((), "")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (THURSDAY, ["XM0002", "XM0004", "city-hall"]),  # XM0003 is nearer than XM0004 but prints no certificates
        (LATE, ["XM0004", "XM0002", "city-hall"]),  # what is open comes before what is near
    ],
)
async def test_without_the_printer_the_stations_that_have_one_are_named(place, now, expected):
    async with place() as here:
        await out(here, "documents")
        view, tile = await page(here, "hrss-insurance-cert", now=now)
    assert not view.available
    assert ids(view) == expected
    assert tile.where == view.where[0]
    words = say(view.where[0], "zh_Hans")
    assert "约" in words and "⟦" not in words
    assert "about" in say(view.where[0], "en")


async def test_a_department_that_sleeps_leaves_its_counter(place):
    async with place() as here:
        here.desk.departments["HRSS"].operations = frozenset()
        view, _ = await page(here, "hrss-insurance-cert")
        assert ids(view) == ["city-hall"]
        assert "工作日" in say(view.where[0], "zh_Hans")


async def test_where_nothing_is_declared_the_hotline_is_named(place):
    async with place() as here:
        await out(here, "contactless")
        view, _ = await page(here, "bus-ecard-query", around=Around())
        assert [place.key for place in view.where] == ["item.where.hotline"]


async def test_the_rest_stays_usable_and_the_list_is_what_a_citizen_sees(place):
    async with place() as here:
        await out(here, "documents")
        _, stage = await here.visit("household-same-name", HomeView=[Leave], AttractView=[{}, {}])
    tiles = {tile.id: tile for tile in next(view for view in stage.seen if isinstance(view, views.HomeView)).items}
    assert not tiles["hrss-insurance-cert"].available
    assert tiles["household-same-name"].available
    assert all(tile.where for tile in tiles.values() if not tile.available)


def test_hours_and_distances():
    assert is_open("always", SUNDAY.time())
    assert not is_open("08:00-20:00", LATE.time())
    assert metres((24.4708, 118.1735), (24.4745, 118.1789)) == pytest.approx(685, abs=15)
