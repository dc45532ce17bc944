"""The plug is pulled at every file operation of a paid, a refunded and a doubtful visit: no row that was acknowledged is lost (F-70)."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import apsw
import pytest
from given_keys import given_keys
from power_cut import Files, Recorder, states

from kiosk.journal import Journal, KeyStore, ledger
from kiosk.journal.unsettled import Open
from kiosk.model import events
from kiosk.model.events import Event
from kiosk.model.faults import Fault, Remedy

STATION = "XM-SM-0001"
SEEDS = (1, 2, 3)  # each tears at other places


@dataclass
class Story:
    """What a journal was asked to keep, and what the world outside saw of it; places are lengths of the disk's log."""

    recorder: Recorder
    written: list[Event] = field(default_factory=list)
    acknowledged: list[int] = field(default_factory=list)  # where the n-th row had returned
    sent: list[tuple[int, Event]] = field(default_factory=list)  # where a deed began, and the intent it needs

    async def write(self, journal: Journal, event: Event) -> None:
        self.written.append(event)
        await journal.write(event)
        self.acknowledged.append(len(self.recorder.log))

    async def do(self, journal: Journal, intent: Event, *after: Event) -> None:
        """Intent, deed, results."""
        await self.write(journal, intent)
        self.sent.append((len(self.recorder.log), intent))
        for event in after:
            await self.write(journal, event)

    async def begin(self, journal: Journal, item: str) -> str:
        visit = await journal.begin(item)
        self.acknowledged.append(len(self.recorder.log))
        self.written.append(events.VisitStarted(visit=visit, item=item))
        return visit


async def paid(story: Story, journal: Journal) -> None:
    """A fine is paid, the department told, the receipt printed."""
    v = await story.begin(journal, "traffic-fine-pay")
    await story.write(journal, events.Consented(visit=v, purpose="card", wording="2026-11"))
    await story.write(journal, events.CardRead(visit=v, reader="05.03-20180612-0001234567-1234567890"))
    await story.write(journal, events.Consented(visit=v, purpose="face", wording="2026-11"))
    compared = events.FaceCompared(
        visit=v, same_person=True, score=0.213, threshold=0.35, verifier="dlib", calibrated=True, liveness="not_checked"
    )
    await story.write(journal, compared)
    order = f"{v}-P1"
    await story.do(
        journal,
        events.PayIntent(visit=v, order_no=order, amount_fen=20000, method="wechat"),
        events.PayCreated(visit=v, order_no=order),
        events.Paid(visit=v, order_no=order, amount_fen=20000),
    )
    await story.do(
        journal, events.SubmitIntent(visit=v, key=f"{v}-S", operation="PSB-TMS.notifyPaid"), events.Submitted(visit=v, key=f"{v}-S")
    )
    await story.do(journal, events.PrintIntent(visit=v, job=f"{v}-D1", document="receipt"), events.Printed(visit=v, job=f"{v}-D1"))
    await story.write(journal, events.Rated(visit=v, level=5))
    await story.write(journal, events.VisitEnded(visit=v, ending="served"))


async def refunded(story: Story, journal: Journal) -> None:
    """A first order is closed unpaid, a second one paid; the department says no, and the money goes back."""
    v = await story.begin(journal, "traffic-fine-pay")
    await story.write(journal, events.CardRead(visit=v, reader="05.03-20180612-0001234567-1234567890"))
    first, order, refund = f"{v}-P1", f"{v}-P2", f"{v}-R2"
    await story.do(
        journal,
        events.PayIntent(visit=v, order_no=first, amount_fen=20000, method="wechat"),
        events.PayCreated(visit=v, order_no=first),
        events.PayClosed(visit=v, order_no=first),
    )
    await story.do(
        journal,
        events.PayIntent(visit=v, order_no=order, amount_fen=20000, method="alipay"),
        events.PayCreated(visit=v, order_no=order),
        events.Paid(visit=v, order_no=order, amount_fen=20000),
    )
    await story.do(
        journal,
        events.SubmitIntent(visit=v, key=f"{v}-S", operation="PSB-TMS.notifyPaid"),
        events.SubmitRefused(visit=v, key=f"{v}-S", code="backoffice.refused"),
    )
    await story.do(
        journal,
        events.RefundIntent(visit=v, order_no=order, refund_no=refund, amount_fen=20000),
        events.RefundUnknown(visit=v, order_no=order, refund_no=refund),
        events.Refunded(visit=v, order_no=order, refund_no=refund, amount_fen=20000),
    )
    await story.write(journal, events.VisitEnded(visit=v, ending="fault", fault="backoffice.refused"))


async def doubtful(story: Story, journal: Journal) -> None:
    """Nobody knows whether the money came, nor whether the department heard: it stays open."""
    v = await story.begin(journal, "traffic-fine-pay")
    await story.do(
        journal,
        events.PayIntent(visit=v, order_no=f"{v}-P1", amount_fen=4000, method="wechat"),
        events.PayUnknown(visit=v, order_no=f"{v}-P1"),
        events.Paid(visit=v, order_no=f"{v}-P1", amount_fen=4000),
    )
    await story.do(
        journal, events.SubmitIntent(visit=v, key=f"{v}-S", operation="PSB-TMS.notifyPaid"), events.SubmitUnknown(visit=v, key=f"{v}-S")
    )
    await story.write(journal, events.VisitEnded(visit=v, ending="fault", fault="backoffice.unknown"))


async def three_days(path: Path, recorder: Recorder, keys: KeyStore) -> Story:
    """Each visit has a process and so a journal of its own, as in the shop; the first one makes the file."""
    story = Story(recorder)
    for visit in (paid, refunded, doubtful):
        journal = await asyncio.to_thread(Journal.open, path, STATION, keys)
        await visit(story, journal)
        await asyncio.to_thread(journal.close)
    return story


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: what is found after a cut is laid out there a thousand times."""
    shm = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(prefix="kiosk-cut-", dir=shm if shm.is_dir() else None))
    yield folder
    shutil.rmtree(folder)


def recorded(folder: Path, monkeypatch: pytest.MonkeyPatch, *, synchronous: str = ledger.SYNCHRONOUS) -> Story:
    """The three visits on a disk that logs."""
    recorder = Recorder()

    def connect(path: Path) -> apsw.Connection:
        return recorder.connect(path)

    (folder / "disk").mkdir()
    with monkeypatch.context() as patched:
        patched.setattr(ledger, "connect", connect)
        patched.setattr(ledger, "SYNCHRONOUS", synchronous)
        patched.setattr(ledger, "_LOG_PAGES", 16)  # so that the log is folded into the file within a visit, too
        return asyncio.run(three_days(folder / "disk" / "journal", recorder, given_keys(folder)))


def lay_out(folder: Path, files: Files) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder / "journal"


def still_open(found: list[Event]) -> set[str]:
    """Numbers of the orders and refunds whose end is not among `found`: told again here, the plain way."""
    ends: set[str] = set()
    served = {event.visit for event in found if isinstance(event, events.Submitted)}
    orders = {event.order_no: event.visit for event in found if isinstance(event, events.PayIntent)}
    refunds = {event.refund_no for event in found if isinstance(event, events.RefundIntent)}
    for event in found:
        if isinstance(event, events.PayClosed):
            ends.add(event.order_no)
        if isinstance(event, events.Refunded):
            ends |= {event.order_no, event.refund_no}
    ends |= {number for number, visit in orders.items() if visit in served}
    return {*orders, *refunds} - ends


@dataclass
class Findings:
    """Of all that may be found after all cuts."""

    states: int = 0
    corrupt: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)  # a row that was acknowledged is not there
    unpromised: list[str] = field(default_factory=list)  # a deed whose intent is not there (J1)
    forgotten: list[str] = field(default_factory=list)  # open money the journal does not name, or not by this number (J9)
    stuck: list[str] = field(default_factory=list)  # the journal cannot be written on
    variants: Counter[str] = field(default_factory=Counter)

    @property
    def wrong(self) -> list[str]:
        return self.corrupt + self.lost + self.unpromised + self.forgotten + self.stuck


def every_cut(story: Story, folder: Path) -> Findings:
    findings, keys = Findings(), given_keys(folder)
    for count, variant, files in states(story.recorder.log, SEEDS, story.acknowledged):
        findings.states += 1
        findings.variants[variant] += 1
        where = f"{variant} after operation {count} of {len(story.recorder.log)}"
        path = lay_out(folder / "found", files)
        journal = Journal.open(path, STATION, keys)
        try:
            if journal.quarantined is not None:
                findings.corrupt.append(where)
                continue
            found = list(journal.read())
            if found != story.written[: len(found)] or [row.event for row in journal.outbox(1000)] != found:
                findings.corrupt.append(where)
            if len(found) < bisect_right(story.acknowledged, count):
                findings.lost.append(where)
            sent = [intent for place, intent in story.sent if place <= count]
            if any(intent not in found for intent in sent):
                findings.unpromised.append(where)
            money = [one for one in journal.unsettled() if one.what in (Open.ORDER, Open.REFUND)]
            if {one.number for one in money} != still_open(found) or any(not one.number.startswith(f"{one.visit}-") for one in money):
                findings.forgotten.append(where)
            if findings.states % 5 == 0 and not goes_on(journal, found):
                findings.stuck.append(where)
        finally:
            journal.close()
    return findings


def goes_on(journal: Journal, found: list[Event]) -> bool:
    """The next visit, and its row behind all the others."""
    asyncio.run(journal.begin("household-same-name"))
    return list(journal.read())[:-1] == found


def test_no_cut_loses_a_row_that_was_acknowledged(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = recorded(memory, monkeypatch)
    findings = every_cut(story, memory)
    assert findings.wrong == []
    # That this looked at something: a log with all kinds of operations, folded into the file within visits, in all variants.
    kinds = Counter(op.kind for op in story.recorder.log)
    assert set(findings.variants) >= {"kept", "torn", "torn, with a part of the folder"}
    assert set(kinds) == {"create", "write", "truncate", "sync", "delete", "folder"}
    assert kinds["sync"] > len(story.written) and len(story.acknowledged) == len(story.written) == 35
    assert findings.states > 2 * len(story.recorder.log)


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_the_cuts_find_what_a_less_careful_journal_loses(memory: Path, monkeypatch: pytest.MonkeyPatch, synchronous: str) -> None:
    story = recorded(memory, monkeypatch, synchronous=synchronous)
    findings = every_cut(story, memory)
    assert findings.lost and findings.unpromised


def test_the_disk_shows_ciphertext_only(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story = recorded(memory, monkeypatch)
    seen = b"".join(op.data for op in story.recorder.log)
    assert len(seen) > 100_000
    assert not [word for word in (b"VisitStarted", b"PSB-TMS", b"wechat", b"CREATE TABLE", STATION.encode()) if word in seen]


async def test_a_sync_that_fails_closes_the_terminal_and_is_not_tried_again(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F-71: after a failed sync nobody knows what is on disk; a second one that succeeds would lie."""
    recorder, keys = Recorder(), given_keys(memory)
    with monkeypatch.context() as patched:
        patched.setattr(ledger, "connect", recorder.connect)
        journal = await asyncio.to_thread(Journal.open, memory / "journal", STATION, keys)
    story = Story(recorder)
    visit = await story.begin(journal, "traffic-fine-pay")
    recorder.broken = True
    intent = events.PayIntent(visit=visit, order_no=f"{visit}-P1", amount_fen=1, method="wechat")
    for refused in (1, 1):  # the second time it is not even asked
        with pytest.raises(Fault) as caught:
            await journal.write(intent)
        assert (caught.value.code, caught.value.remedy, recorder.refused) == ("journal.unwritable", Remedy.CLOSE, refused)
    recorder.broken = False
    with pytest.raises(Fault):
        await journal.write(intent)
    await asyncio.to_thread(journal.close)
    again = Journal.open(memory / "journal", STATION, keys)
    assert again.quarantined is None
    assert list(again.read())[:1] == story.written
    again.close()
