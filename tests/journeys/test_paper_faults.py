"""What goes wrong with paper, as the citizen meets it: F-22, F-25, F-26 and F-27 of the fault matrix."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kiosk import app
from kiosk.devices.document_printer import Outcome
from kiosk.flow import views
from kiosk.flow.visit import Ending
from kiosk.levers import levers
from kiosk.model import events
from kiosk.testing.stage import ScriptedStage

ITEM = "hrss-insurance-cert"
TROUBLES = {
    "take_paper_out": ("put_paper", "document_printer.paper_out"),
    "jam": ("clear_jam", "document_printer.jammed"),
    "toner_out": ("change_toner", "document_printer.toner_out"),
    "open_cover": ("close_cover", "document_printer.cover_open"),
    "stop_queue": ("start_queue", "document_printer.stopped"),
    "go_offline": ("go_online", "document_printer.offline"),
}


def states(stage: ScriptedStage) -> list[str]:
    return [sheet.state for sheet in stage.last(views.DeliverView).sheets]


def pages(state: Path) -> list[Path]:
    return sorted((state / "documents" / "out").glob("*.pdf"))


def at_the_first_sheet(pull):
    """`pull()` as soon as the delivery is on the glass and nothing has moved yet."""
    pulled = []

    def move(view):
        if isinstance(view, views.DeliverView) and not pulled:
            pulled.append(pull())

    return move


@pytest.mark.parametrize("trouble", TROUBLES)
async def test_trouble_before_the_page_is_told_by_its_name_and_nothing_waits(place, state, trouble):
    """F-25: the slip comes out, the page does not, and it never comes later."""
    mend, code = TROUBLES[trouble]
    async with place() as here:
        hands = levers(here.simulator("documents"))
        served, stage = await here.visit(ITEM, on_view=at_the_first_sheet(hands[trouble]))
        assert served.ending is Ending.SERVED
        assert states(stage) == ["failed", "done"]
        assert stage.last(views.DeliverView).note.key == f"fault.{code}"
        assert [event.code for event in here.events(served.visit) if type(event).__name__ == "PrintFailed"] == [code]
        hands[mend]()
        assert here.simulator("documents").waiting() == ()
    assert pages(state) == []


async def test_low_toner_prints(place, state):
    async with place() as here:
        here.simulator("documents").toner_low()
        served, stage = await here.visit(ITEM)
        assert (served.ending, states(stage)) == (Ending.SERVED, ["done", "done"])
    assert len(pages(state)) == 1


async def test_an_item_that_needs_a_page_is_not_begun_without_a_printer(place):
    """Before anything is asked, and before any payment."""
    async with place() as here:
        here.simulator("documents").jam()
        await here.desk.devices["documents"].check()
        item = next(one for one in here.items if one.id == ITEM)
        assert app.shelves(here.taken).page(item, here.desk).why


async def come_out(what: Path, pattern: str, visiting: asyncio.Task[object]) -> None:
    """Waits for a paper while the citizen looks at the result; then they go."""
    async with asyncio.timeout(60):
        while not list(what.glob(pattern)):
            assert not visiting.done()
            await asyncio.sleep(0.02)
    visiting.cancel()
    await asyncio.gather(visiting, return_exceptions=True)


async def test_a_printer_that_comes_back_prints_what_is_missing(place, state):
    """F-22: while the result is on the glass the paper is put in, and the page comes out by itself, once."""
    async with place(paper_poll=0.02) as here:
        printer = here.simulator("documents")
        mended = []

        def world(view):
            if isinstance(view, views.DeliverView) and not mended:
                if view.done:
                    mended.append(printer.put_paper())
                else:
                    printer.take_paper_out()

        visiting = asyncio.create_task(here.visit(ITEM, DeliverView=lambda view: None, on_view=world))
        await come_out(state / "documents" / "out", "*.pdf", visiting)
        jobs = [event.job for event in here.desk.journal.read() if isinstance(event, events.PrintIntent)]
        assert [job.rpartition("-")[2] for job in jobs] == ["C1", "S", "C1"]
    assert len(pages(state)) == 1


async def test_what_may_be_out_already_is_not_printed_again_by_itself(place, state):
    """F-26's rule within a visit: the page may lie in the tray, the slip surely does not."""
    async with place(print_wait=0.5, paper_poll=0.02) as here:
        here.desk.devices["documents"]._seconds = 60.0
        receipts = here.simulator("receipts")
        receipts.take_paper_out()

        def world(view):
            if isinstance(view, views.DeliverView) and view.done:
                receipts.put_paper()

        visiting = asyncio.create_task(here.visit(ITEM, DeliverView=lambda view: None, on_view=world))
        await come_out(state / "receipts", "receipt-*.png", visiting)
        jobs = [event.job.rpartition("-")[2] for event in here.desk.journal.read() if isinstance(event, events.PrintIntent)]
        assert jobs == ["C1", "S", "S"]
    assert pages(state) == []


async def test_a_slip_that_cannot_be_printed_stands_on_the_glass(place, sandbox):
    """F-22: after the payment. The money stays paid, the numbers and a code to photograph are shown."""
    async with place() as here:

        def world(view):
            if isinstance(view, views.PayView) and view.state == "qr":
                sandbox.pay(view.order_no)
                here.simulator("receipts").unplug()

        served, stage = await here.visit("traffic-fine-pay", on_view=world)
        assert served.ending is Ending.SERVED, served
        shown = stage.last(views.DeliverView)
        assert shown.title.key == "deliver.done_without_paper"
        assert shown.qr and shown.again
        assert {"slip.order_no", "slip.amount"} <= {label.key for label, _ in shown.rows if hasattr(label, "key")}
        kinds = here.kinds(served.visit)
        assert "Paid" in kinds and "Refunded" not in kinds and "PrintFailed" in kinds


async def test_a_page_cut_off_from_its_row_is_never_printed_again(place, state):
    """F-26: the page is out, the row is not written. The next start says that it may lie there, and prints nothing."""
    async with place() as here:
        served, _ = await here.visit(ITEM)
        job = f"{served.visit}-C2"
        await here.desk.journal.write(events.PrintIntent(visit=served.visit, job=job, document="certificate"))
    async with place() as here:
        open_prints = [one for one in here.desk.journal.unsettled() if one.what.value == "print"]
        assert [one.number for one in open_prints] == [job]
        assert here.kinds(served.visit).count("PrintIntent") == 3
    assert len(pages(state)) == 1


@pytest.mark.parametrize("takes", [True, False])
async def test_a_page_left_in_the_tray_is_asked_for_twice_and_then_told(place, takes):
    """F-27."""
    async with place() as here:
        here.desk.devices["documents"]._senses = True

        def world(view):
            if takes and isinstance(view, views.GoodbyeView) and view.title.key == "goodbye.left":
                here.simulator("documents").take_sheet()

        served, stage = await here.visit(ITEM, on_view=world)
        reminders = [view for view in stage.seen if isinstance(view, views.GoodbyeView) and view.title.key == "goodbye.left"]
        assert len(reminders) == (1 if takes else 2)
        assert ("PaperLeft" in here.kinds(served.visit)) is not takes


async def test_a_printer_that_only_takes_bytes_is_not_called_printed(place):
    async with place() as here:
        here.desk.devices["documents"]._outcome = Outcome.SENT
        served, stage = await here.visit(ITEM)
        assert states(stage) == ["sent", "done"]
        assert here.kinds(served.visit).count("PrintSent") == 1
