"""The opinion poll on the first screen: one touch, one row without a person, and whoever comes for a service is not held up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from kiosk import config
from kiosk.flow.views import AttractView
from kiosk.model.events import PollAnswered
from kiosk.model.poll import Poll
from kiosk.model.zone import CHINA
from kiosk.strict import Refused
from kiosk.testing.counter import settings

ITEM = "household-same-name"
GOOD = '''
id = "benches"
first = 2026-01-01
last = 2026-12-31
question = { zh_Hans = "要不要长椅？", zh_Hant = "要不要長椅？", en = "A bench here?" }
[answers.yes-please]
zh_Hans = "要"
[answers.no-thanks]
zh_Hans = "不要"
'''


def rows(here) -> list[PollAnswered]:
    return [event for event in here.desk.journal.read() if isinstance(event, PollAnswered)]


async def test_answers_are_counted_and_nobody_is_in_them(place):
    async with place() as here:
        served, stage = await here.visit(ITEM, AttractView=[{"poll": "noon"}, {}])
        assert served.ending.value == "served"
        assert rows(here) == [PollAnswered(poll="opening-hours", answer="noon", visit="")]
    first, second = [view for view in stage.seen if isinstance(view, AttractView)][:2]
    assert first.poll and not first.poll.thanked and [one.id for one in first.poll.choices] == ["morning", "noon", "evening"]
    assert second.poll and second.poll.thanked


async def test_a_second_touch_is_no_second_opinion_and_after_a_minute_the_next_one_is(place):
    async with place() as here:
        await here.visit(ITEM, AttractView=[{"poll": "noon"}, {"poll": "noon"}, {"poll": "nonsense"}, {}])
        assert len(rows(here)) == 1
        now = datetime.now(CHINA) + timedelta(minutes=2)
        here.desk.now = lambda: now
        await here.visit(ITEM, AttractView=[{"poll": "evening"}, {}])
        assert [row.answer for row in rows(here)] == ["noon", "evening"]


async def test_before_its_day_and_after_it_nothing_is_asked(place):
    async with place() as here:
        here.desk.now = lambda: datetime(2025, 12, 31, 12, tzinfo=CHINA)
        _, stage = await here.visit(ITEM, AttractView=[{"poll": "noon"}, {}])
        assert rows(here) == [] and stage.seen[0].poll is None


def test_who_names_no_poll_asks_nothing(state: Path):
    assert settings("http://127.0.0.1:9", state).poll() is not None  # the demo's own
    assert settings("http://127.0.0.1:9", state, paths__poll="").poll() is None


def test_a_poll_is_asked_on_its_first_and_on_its_last_day():
    poll = Poll(id="benches", first=date(2026, 3, 1), last=date(2026, 3, 2), question={}, answers={})
    assert [poll.on(date(2026, 2, 28) + timedelta(days=day)) for day in range(4)] == [False, True, True, False]


@pytest.mark.parametrize(
    ("good", "bad", "where"),
    [
        ("[answers.no-thanks]\nzh_Hans = \"不要\"", "", "answers — 2 to 5"),
        ("2026-12-31", "2025-12-31", "last — before"),
        ("要不要长椅？", "要" * 31, "question.zh_Hans — "),
        ('"benches"', '"B"', "id — "),
        ("[answers.yes-please]\nzh_Hans", "[answers.yes-please]\nadvertisement = 1\nzh_Hans", "answers.yes-please.advertisement"),
    ],
)
def test_a_poll_that_cannot_be_asked_is_refused_with_its_place(state: Path, tmp_path: Path, good: str, bad: str, where: str):
    file = tmp_path / "poll.toml"
    file.write_text(GOOD, "utf-8")
    taken: config.Config = settings("http://127.0.0.1:9", state, paths__poll=str(file))
    assert taken.poll() is not None
    assert good in GOOD
    file.write_text(GOOD.replace(good, bad), "utf-8")
    with pytest.raises(Refused, match=where):
        taken.poll()
