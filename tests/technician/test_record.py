"""What is kept for technicians: faults with their times, results with date and person, what was used."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kiosk.devices.receipt_printer.simulated import SimulatedReceiptPrinter
from kiosk.model.health import Health, State
from kiosk.technician import supplies
from kiosk.technician.record import KEPT, Outcome, Record, Result
from kiosk.technician.watch import Watch

OUT = Health(state=State.USER_ERROR, code="receipt_printer.paper_out")
WELL = Health(state=State.READY)
TODAY = date(2026, 11, 26)


def test_a_trouble_begins_once_and_ends_when_it_is_well(record):
    for _ in range(3):
        record.health("receipts", OUT)
    (open_one,) = record.troubles("receipts")
    assert (open_one.code, open_one.until) == ("receipt_printer.paper_out", None)
    record.health("receipts", Health(state=State.USER_ERROR, code="receipt_printer.cover_open"))
    record.health("receipts", WELL)
    assert [(one.code, one.until is None) for one in record.troubles("receipts")] == [
        ("receipt_printer.cover_open", False),
        ("receipt_printer.paper_out", False),
    ]


def test_the_next_process_goes_on_with_what_the_one_before_wrote(tmp_path: Path):
    with Record(tmp_path) as first:
        first.health("receipts", OUT)
    with Record(tmp_path) as second:
        second.health("receipts", OUT)
        assert len(second.troubles("receipts")) == 1


def test_at_least_two_hundred_results_a_device_are_kept(record):
    began = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(KEPT + 20):
        record.keep(
            Result(
                time=began + timedelta(days=number), technician="t1", role="receipts", test="print", outcome=Outcome.PASS,
                facts={"number": str(number)},
            )
        )  # fmt: skip
    kept = record.results("receipts")
    assert len(kept) == KEPT >= 200
    assert kept[0].facts == {"number": str(KEPT + 19)}
    assert record.last_results("receipts")["print"] == kept[0]
    assert record.results("documents") == ()


async def test_what_a_driver_notices_stands_in_the_record(tmp_path: Path):
    printer = SimulatedReceiptPrinter(name="receipts", out=str(tmp_path / "out"))
    watch = Watch({"receipts": printer}, lambda: Record(tmp_path))
    await printer.open()
    assert printer.simulator is not None
    printer.simulator.take_paper_out()
    await printer.check()
    printer.simulator.put_paper()
    await printer.check()
    printer.used("paper", 0.5)
    await printer.close()
    printer.lane.close()
    watch.close()
    with Record(tmp_path) as record:
        (trouble,) = record.troubles("receipts")
        assert trouble.code == "receipt_printer.paper_out" and trouble.until is not None
        (paper,) = supplies.forecasts(record, "receipts", "receipt_printer")
        assert paper.left == 49.5


def test_a_folder_that_takes_nothing_harms_nobody(tmp_path: Path, caplog):
    (tmp_path / "state").write_text("a file where a folder should be")
    printer = SimulatedReceiptPrinter(name="receipts", out=str(tmp_path / "out"))
    watch = Watch({"receipts": printer}, lambda: Record(tmp_path / "state"))
    printer.health = OUT
    watch.close()
    printer.lane.close()
    assert printer.health is OUT


def test_how_long_a_roll_will_last(record):
    supplies.replace(record, "t1", "receipts", "paper", 50.0)
    for back in range(5):
        supplies.use(record, "receipts", "paper", 2.0, TODAY - timedelta(days=back))
    (paper,) = supplies.forecasts(record, "receipts", "receipt_printer", TODAY)
    assert (paper.left, paper.days, paper.prints) == (40.0, 20, 5)
    assert paper.replaced is not None
    supplies.replace(record, "t2", "receipts", "paper", 80.0)
    (paper,) = supplies.forecasts(record, "receipts", "receipt_printer", TODAY)
    assert (paper.left, paper.days, paper.prints) == (80.0, 40, 0)
    assert [(deed.technician, deed.what, deed.detail) for deed in record.deeds()] == [
        ("t2", "replaced", "receipts paper"),
        ("t1", "replaced", "receipts paper"),
    ]


def test_use_of_a_month_ago_does_not_count_and_nothing_used_has_no_end(record):
    supplies.use(record, "documents", "paper", 90, TODAY - timedelta(days=30))
    paper, toner = supplies.forecasts(record, "documents", "document_printer", TODAY)
    assert (paper.left, paper.days, paper.replaced) == (160, None, None)
    assert (toner.left, toner.days) == (1_500, None)
    assert supplies.forecasts(record, "id_card", "id_card_reader", TODAY) == ()
