"""A top-up through a real pcscd: the card is lifted in the middle of its write, here for good and laid down again at the next visit."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from kiosk.devices.contactless_reader.pcsc import pyscard
from kiosk.flow import views
from kiosk.flow.stage import Leave
from kiosk.flow.visit import Ending
from kiosk.model.faults import Fault
from kiosk.testing.pcscd import Carrier, Pcscd, missing, reader_state


def lacking() -> str:
    try:
        pyscard()
    except Fault as fault:
        return fault.detail
    return missing()


pytestmark = pytest.mark.skipif(bool(lacking()), reason=lacking() or "-")
PCSC = {"devices__contactless": {"driver": "pcsc", "reader": "Plate 00 00"}}


class Plate:
    """The citizen's hand at the virtual reader."""

    def __init__(self, carrier: Carrier) -> None:
        self.carrier = carrier
        self._state = partial(reader_state, pyscard(), "Plate")

    def put(self) -> None:
        self.carrier.put("e01", self._state)

    @property
    def balance(self) -> int:
        return self.carrier.plate.cards["e01"].balance

    def pulled(self, when: str) -> None:
        self.carrier.plate.lift_during_write(when)


@pytest.fixture
def plate() -> Iterator[Plate]:
    daemon = Pcscd()
    daemon.start("Plate")
    carrier = Carrier(daemon, "Plate")
    yield Plate(carrier)
    carrier.stop()
    daemon.stop()


def willing(here, amount):
    def answer(view):
        if isinstance(view, views.PayView):
            if view.state == "qr":
                here.sandbox.pay(view.order_no)
            return {"method": "wechat"} if view.state == "choose" else None
        return {"amount": amount}

    return answer


@pytest.mark.parametrize("when", ["before", "after"])
async def test_lifted_while_it_is_written_and_laid_down_again(place, plate, when):
    def hand(view):
        if isinstance(view, views.TouchCardView):
            if view.state == "waiting" and view.title.key == "touch_card.title":
                plate.put()
            if view.state == "waiting" and view.title.key == "write_card.put":
                plate.pulled(when)
            if view.state == "again":
                plate.put()

    async with place(changed=PCSC, card_wait=20.0) as here:
        served, stage = await here.visit("bus-ecard-topup", on_view=hand, FormView=willing(here, "50"), PayView=willing(here, "50"))
    assert served.ending is Ending.SERVED, served
    assert plate.balance == 1280 + 5000, "once"
    assert "again" in [view.state for view in stage.seen if isinstance(view, views.TouchCardView)]


async def test_lifted_and_carried_away_it_is_written_at_the_next_visit(place, plate):
    def lifts(view):
        if isinstance(view, views.TouchCardView) and view.state == "waiting":
            if view.title.key == "touch_card.title":
                plate.put()
            else:
                plate.pulled("before")

    def leaves(view):
        return Leave if view.state == "again" else None

    async with place(changed=PCSC, card_wait=20.0) as here:
        script = {"FormView": willing(here, "50"), "PayView": willing(here, "50")}
        served, stage = await here.visit("bus-ecard-topup", on_view=lifts, TouchCardView=leaves, **script)
        assert (served.ending, served.code) == (Ending.FAULT, "contactless_reader.write_pending")
        assert plate.balance == 1280

        def puts(view):
            if isinstance(view, views.TouchCardView) and view.state == "waiting" and view.title.key == "touch_card.title":
                plate.put()

        served, stage = await here.visit("bus-ecard-topup", on_view=puts, FormView=willing(here, "pending"))
    assert served.ending is Ending.SERVED, served
    assert plate.balance == 1280 + 5000
    assert not [view for view in stage.seen if isinstance(view, views.PayView)], "nobody pays twice"
