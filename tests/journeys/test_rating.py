"""好差评: a bad rating is asked why, becomes a work order whose number is on the glass, and is kept however they go."""

from __future__ import annotations

import pytest

from kiosk.flow import views
from kiosk.flow.stage import Back, Leave
from kiosk.flow.visit import Ending

ITEM = "household-same-name"
ORDERED = [("levels", ""), ("reasons", ""), ("order", "CP")]


def rated(here, served):
    return [(event.level, event.reasons) for event in here.events(served.visit) if type(event).__name__ == "Rated"]


def shown(stage):
    return [(view.state, view.order_no[:2]) for view in stage.seen if isinstance(view, views.RateView)]


@pytest.mark.parametrize(
    ("answers", "rating", "screens"),
    [
        ([{"level": "4"}], [(4, "")], [("levels", "")]),
        ([{}], [], [("levels", "")]),
        ([{"level": "1"}, {"reasons": "device,wait,made-up"}, {}], [(1, "wait+device")], ORDERED),
        ([{"level": "2"}, {"reasons": ""}, {}], [(2, "")], ORDERED),
        ([{"level": "1"}, Back(), {"level": "5"}], [(5, "")], [("levels", ""), ("reasons", ""), ("levels", "")]),
        ([{"level": "1"}, Leave()], [(1, "")], [("levels", ""), ("reasons", "")]),
    ],
)
async def test_a_rating_is_kept_once_and_a_bad_one_gets_a_number(place, sandbox, capsys, answers, rating, screens):
    async with place() as here:
        before = sandbox.ledger()["ratings"]
        served, stage = await here.visit(ITEM, RateView=list(answers))
        assert served.ending is Ending.SERVED, "what is done stays done"
        assert rated(here, served) == rating
        assert shown(stage) == screens
        assert sandbox.ledger()["ratings"] - before == len(rating)
    assert "backoffice." not in capsys.readouterr().err, "what the rating system said was understood"


async def test_where_the_rating_system_sleeps_nobody_is_kept_waiting_for_a_number(place, sandbox):
    async with place() as here:
        sandbox.switch("eval", "asleep")
        served, stage = await here.visit(ITEM, RateView=[{"level": "1"}, {"reasons": "wait"}])
        assert (served.ending, rated(here, served)) == (Ending.SERVED, [(1, "wait")])
        assert shown(stage)[-1][0] == "reasons"
