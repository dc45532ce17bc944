"""The daily check by a clerk at the service door: what is known is not asked, what fails is mended or reported, and nothing else opens."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from kiosk.flow.stage import Leave
from kiosk.model.events import DailyChecked
from kiosk.model.health import Health, State, Supply
from kiosk.model.words import Word
from kiosk.technician.checks.daily import daily_check
from kiosk.technician.daily import CLOSING, OPENING, keep, known, last, points, reported
from kiosk.technician.glass.views import DailyPointView, DailyView
from kiosk.technician.readiness import Level
from kiosk.technician.record import Outcome, Record
from kiosk.technician.roster import Role, Roster

ITEM = "household-same-name"
ALL = " ".join(f"{column},{row}" for column in range(3) for row in range(4))


class Clerk:
    """Enrolled as `role`; knocks once, goes one round, and leaves. `says`: point's key and state → answers, one after the other."""

    def __init__(self, roster: Path, round: str = OPENING, role: Role = Role.VOLUNTEER, says=None) -> None:
        enrolled = Roster(roster).enrol("lin", role, "XM0001")
        self._pin, self._secret = enrolled.pin, pyotp.parse_uri(enrolled.otpauth).secret
        self._round, self._says, self._knocked = round, {key: list(answers) for key, answers in (says or {}).items()}, False
        self.asked: list[tuple[str, str]] = []

    def attract(self, view):
        knocks, self._knocked = not self._knocked, True
        return {"service": "door"} if knocks else {}

    def door(self, view):
        return {"id": "lin", "pin": self._pin, "code": pyotp.TOTP(self._secret).now()}

    def daily(self, view: DailyView):
        return {} if view.done else {"round": self._round}

    def point(self, view: DailyPointView):
        if view.state == "working":
            return None
        name = view.title.key.removeprefix("daily.")
        self.asked.append((name, view.state))
        own = self._says.get((name, view.state))
        answer = own.pop(0) if own else {"asked": "yes", "mend": "report"}[view.state]
        return answer if isinstance(answer, Leave) else {"answer": answer() if callable(answer) else answer}

    def script(self, **changed):
        usual = {
            "AttractView": self.attract, "ServiceDoorView": self.door, "DailyView": self.daily, "DailyPointView": self.point,
            "TouchGridView": {"touched": ALL},
        }  # fmt: skip
        return {**usual, **changed}


def kept(state: Path):
    with Record(state) as record:
        return record.results("daily")


async def test_a_round_where_all_is_well_asks_for_three_things_and_a_citizen_is_served_after(place, state: Path):
    async with place() as here:
        lin = Clerk(here.taken.technicians)
        served, stage = await here.visit(ITEM, **lin.script())
        assert served.ending.value == "served" and not here.desk.turn.technician and stage.preview is None
        told = [event for event in here.desk.journal.read() if isinstance(event, DailyChecked)]
    assert lin.asked == [("camera", "asked"), ("print", "asked"), ("glass", "asked")]
    assert not [name for name in stage.names() if name.startswith("Service") and name != "ServiceDoorView"]
    assert told == [DailyChecked(technician="lin", round=OPENING, reported="")]
    (result,) = kept(state)
    assert (result.technician, result.test, result.outcome) == ("lin", OPENING, Outcome.PASS)
    assert set(result.facts) == {point.name for point in points(OPENING, here.taken.devices)} and set(result.facts.values()) == {"well"}


async def test_a_roll_that_runs_low_is_told_with_its_slot_and_looked_at_again_once_it_is_new(place, state: Path):
    seen = []
    async with place(changed={"layout.receipts": "right"}) as here:
        printer = here.simulator("receipts")
        printer.nearly_out()

        def new_roll() -> str:
            printer.put_paper()
            return "again"

        lin = Clerk(here.taken.technicians, says={("receipts", "mend"): [new_roll]})
        await here.visit(ITEM, on_view=lambda view: seen.append(view), **lin.script())
    mend = next(view for view in seen if isinstance(view, DailyPointView) and view.state == "mend")
    assert (mend.side, mend.drawing, mend.wrong.key) == ("right", "roll", "fault.receipt_printer.paper_low")
    assert kept(state)[0].facts["receipts"] == "well"


async def test_what_cannot_be_mended_goes_to_the_maintainer(place, state: Path):
    async with place() as here:
        lin = Clerk(here.taken.technicians, says={("glass", "asked"): ["no"]})
        _, stage = await here.visit(ITEM, **lin.script(TouchGridView={"touched": "0,0 1,1"}))
        told = [event for event in here.desk.journal.read() if isinstance(event, DailyChecked)]
    assert [event.reported for event in told] == ["touch+glass"]
    with Record(state) as record:
        check = daily_check(record)
        assert reported(last(record)) == {"touch": "dead_zone", "glass": "no"}
    assert (check.level, check.told.key) == (Level.WARN, "check.daily.reported")
    done = next(view for view in stage.seen if isinstance(view, DailyView) and view.done)
    assert [line.told.key for line in done.lines if line.lamp.level == "bad"] == ["daily.touch", "daily.glass"]


async def test_whoever_walks_away_leaves_a_round_that_counts_for_nothing_and_gives_the_glass_back(place, state: Path):
    async with place() as here:
        lin = Clerk(here.taken.technicians, says={("glass", "asked"): [Leave(walked_away=True)]})
        served, _ = await here.visit(ITEM, **lin.script())
        assert served.ending.value == "served" and not here.desk.turn.technician
        assert not [event for event in here.desk.journal.read() if isinstance(event, DailyChecked)]
    assert [result.outcome for result in kept(state)] == [Outcome.SKIPPED]
    with Record(state) as record:
        assert last(record) is None and daily_check(record).told.key == "check.daily.never"


async def test_at_closing_a_card_that_was_left_behind_is_found_by_the_machine(place, state: Path):
    async with place() as here:
        reader = here.simulator("id_card")
        reader.put_card("c02")

        def taken() -> str:
            reader.lift_card()
            return "again"

        lin = Clerk(here.taken.technicians, CLOSING, says={("reader", "mend"): [taken]})
        await here.visit(ITEM, **lin.script())
    assert lin.asked == [("reader", "mend"), ("reader", "asked"), ("tray", "asked"), ("glass", "asked")]
    assert kept(state)[0].outcome is Outcome.PASS


@pytest.mark.parametrize(("lever", "why"), [("cover_lens", "camera.black"), ("overexpose", "bright")])
async def test_a_lens_that_sees_nothing_is_found_by_the_machine_and_nobody_is_asked(place, state: Path, lever: str, why: str):
    async with place() as here:
        getattr(here.simulator("face_camera"), lever)()
        lin = Clerk(here.taken.technicians)
        await here.visit(ITEM, **lin.script())
    assert ("camera", "mend") in lin.asked and ("camera", "asked") not in lin.asked
    assert kept(state)[0].facts["camera"] == why


async def test_a_technician_goes_the_same_round_from_the_first_screen(place, state: Path):
    opened = []

    def overview(view):
        opened.append(view)
        return {"open": "daily"} if len(opened) == 1 else Leave

    async with place() as here:
        chen = Clerk(here.taken.technicians, role=Role.TECHNICIAN)
        await here.visit(ITEM, **chen.script(ServiceView=overview))
    assert len(opened) == 2 and kept(state)[0].outcome is Outcome.PASS


def test_what_was_reported_in_the_morning_stands_until_somebody_finds_it_well(tmp_path: Path):
    at = datetime.now(UTC).replace(microsecond=0)
    with Record(tmp_path) as record:
        keep(record, OPENING, "lin", {"camera": "blurred", "glass": "no"}, at, whole=False)  # who walks away has reported all the same
        keep(record, CLOSING, "wang", {"glass": ""}, at + timedelta(hours=9), whole=True)
        check = daily_check(record, at)
        assert (check.level, check.told.args["who"], check.told.args["what"]) == (Level.WARN, "lin", Word("daily.camera"))
        keep(record, OPENING, "lin", {"camera": "", "glass": ""}, at + timedelta(hours=20), whole=True)
        assert daily_check(record, at + timedelta(hours=20)).level is Level.OK


def test_a_day_later_it_is_due(tmp_path: Path):
    now = datetime.now(UTC).replace(microsecond=0)
    with Record(tmp_path) as record:
        keep(record, OPENING, "lin", {"glass": ""}, now, whole=True)
        assert daily_check(record, now).told.key == "check.daily.done"
        late = daily_check(record, now + timedelta(hours=27))
    assert (late.level, late.told.key) == (Level.WARN, "check.daily.due")


@pytest.mark.parametrize(
    ("health", "why"),
    [
        (Health(state=State.READY), ""),
        (Health(state=State.READY, supplies={"paper": Supply.LOW}), "supply.low"),
        (Health(state=State.ABSENT), "state.absent"),
        (Health(state=State.WORN, code="receipt_printer.paper_low"), "receipt_printer.paper_low"),
    ],
)
def test_what_is_not_well_enough_for_a_day(health: Health, why: str):
    assert known(health) == why
