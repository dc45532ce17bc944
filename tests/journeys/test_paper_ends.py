"""F-20 to F-24: paper that ends before, during and after; a cover, a knife, silence; one job, its prints numbered."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from kiosk.flow import views
from kiosk.flow.papers import no_paper
from kiosk.flow.visit import Ending
from kiosk.model import events
from kiosk.model.faults import Fault
from kiosk.model.item import Output
from kiosk.paper import slip as drawing

FINE = "traffic-fine-pay"


def paying(here):
    def pay(view):
        if view.state == "qr":
            here.sandbox.pay(view.order_no)
        return {"method": "wechat"} if view.state == "choose" else None

    return pay


def prints(here, visit):
    """(what, job, reprint or code) of the slip's prints, in order."""
    told = []
    for event in here.events(visit):
        if isinstance(event, events.PrintIntent) and event.document == "receipt":
            told.append(("intent", event.job, event.reprint))
        elif isinstance(event, events.PrintFailed):
            told.append(("failed", event.job, event.code))
        elif isinstance(event, events.Printed):
            told.append(("printed", event.job, ""))
    return told


@pytest.fixture
def warnings(monkeypatch):
    """What stood in the boxes of the slips that were drawn, slip by slip."""
    seen = []
    draw = drawing.raster

    def note(slip, *rest):
        seen.append(slip.reprint)
        return draw(slip, *rest)

    monkeypatch.setattr("kiosk.flow.papers.raster", note)
    return seen


async def test_paper_that_is_out_is_told_before_the_payment_and_the_slip_is_on_the_glass(place):
    """F-20: the roll ended after the last slip, and nobody has noticed yet."""
    async with place() as here:
        printer = here.simulator("receipts")
        printer.take_paper_out()
        served, stage = await here.visit(FINE, PayView=paying(here))
        assert served.ending is Ending.SERVED
        names = stage.names()
        review = stage.last(views.ReviewView)
        assert review.note.key == "review.note.no_slip"
        assert names.index("ReviewView") < names.index("PayView")
        shown = stage.last(views.DeliverView)
        assert shown.qr and shown.again
        assert prints(here, served.visit)[1:] == [("failed", f"{served.visit}-S", "receipt_printer.paper_out")]
        assert here.simulator("receipts").papers() == ()


async def test_a_certificate_that_costs_money_cannot_start_without_its_paper(place):
    """F-20: on the glass it would be none. Nothing was paid, nothing was sent."""
    async with place() as here:
        spool = here.simulator("documents")
        spool.take_paper_out()
        both = (Output(document="certificate"), Output(document="receipt"))
        with pytest.raises(Fault) as caught:
            await no_paper(both, here.desk)
        assert caught.value.code == "document_printer.paper_out"
        assert await no_paper(both[1:], here.desk) is None
        bare = replace(here.desk, devices={})
        lacking = await no_paper(both[1:], bare)
        assert lacking is not None and lacking.code == "receipt_printer.absent"


@pytest.mark.parametrize("times", [1, 2])
async def test_a_slip_cut_short_is_printed_again_and_says_that_the_strip_is_void(place, warnings, times):
    """F-21: the roll ends in the middle of the slip of a payment; staff put paper in, the citizen asks for it once more."""
    async with place() as here:
        printer = here.simulator("receipts")
        printer.paper_out_after(200)
        left = [times]

        def deliver(view):
            if not view.again:
                return {}
            left[0] -= 1
            printer.put_paper()
            if left[0]:
                printer.paper_out_after(200)
            return {"again": "yes"}

        served, stage = await here.visit(FINE, PayView=paying(here), DeliverView=deliver)
        job = f"{served.visit}-S"
        assert served.ending is Ending.SERVED
        told = prints(here, served.visit)
        assert [one for one in told if one[0] == "intent"] == [("intent", job, number) for number in range(times + 1)]
        assert told[-1] == ("printed", job, "")
        assert [one[2] for one in told if one[0] == "failed"] == ["receipt_printer.unknown"] * times
        assert warnings == list(range(times + 1))
        assert here.kinds(served.visit).count("Paid") == here.kinds(served.visit).count("Submitted") == 1
        names = sorted(path.name for path in printer.papers())
        assert [name.endswith("-torn.png") for name in names] == [True] * times + [False]
        (code,) = zxingcpp.read_barcodes(Image.open(printer.folder / names[-1]).convert("L"))
        assert code.text
        last = stage.last(views.DeliverView)
        assert (last.again, last.qr, [sheet.state for sheet in last.sheets]) == (False, "", ["done"])


async def test_a_slip_that_never_began_is_no_reprint(place, warnings):
    async with place() as here:
        printer = here.simulator("receipts")
        printer.open_cover()

        def deliver(view):
            printer.close_cover()
            return {"again": "yes"} if view.again else {}

        served, _ = await here.visit("household-same-name", DeliverView=deliver)
        assert [one[2] for one in prints(here, served.visit) if one[0] == "intent"] == [0, 0]
        assert warnings == [0, 0]


@pytest.mark.parametrize(
    ("bring", "code"),
    [
        ("open_cover", "receipt_printer.cover_open"),
        ("jam_cutter", "receipt_printer.cutter"),
        ("overheat", "receipt_printer.hot"),
        ("press_pause", "receipt_printer.offline"),
        ("mute", "receipt_printer.silent"),
        ("unplug", "receipt_printer.absent"),
    ],
)
async def test_each_trouble_is_told_by_its_name_and_the_result_stays(place, bring, code):
    """F-22, F-23, F-24."""
    async with place() as here:
        getattr(here.simulator("receipts"), bring)()
        served, stage = await here.visit("household-same-name")
        assert served.ending is Ending.SERVED
        shown = stage.last(views.DeliverView)
        assert shown.note.key == f"fault.{code}"
        assert shown.qr and shown.headline
        assert prints(here, served.visit)[-1] == ("failed", f"{served.visit}-S", code)


async def test_the_glass_says_when_the_printer_has_its_paper_back(place):
    async with place() as here:
        printer = here.simulator("receipts")
        printer.take_paper_out()
        views_seen = []

        def world(view):
            if isinstance(view, views.DeliverView) and view.done:
                views_seen.append(view.note.key)
                printer.put_paper()

        # The citizen looks on for as long as the note has not changed; then the visit is over.
        visiting = asyncio.ensure_future(
            here.visit("household-same-name", DeliverView=lambda view: None if view.done else {}, on_view=world)
        )
        while "deliver.again.ready" not in views_seen:
            await asyncio.sleep(0.05)
        assert views_seen[0] == "fault.receipt_printer.paper_out"
        visiting.cancel()
        await asyncio.gather(visiting, return_exceptions=True)
