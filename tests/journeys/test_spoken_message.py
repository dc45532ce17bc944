"""A message of somebody who cannot type: spoken, heard again, sent; its owner listens at the desk and replies, and the board shows it."""

from __future__ import annotations

import re

import pytest
import requests

from kiosk import i18n
from kiosk.devices.microphone.simulated import MicrophoneSimulator
from kiosk.flow import views
from kiosk.flow.stage import Back
from kiosk.flow.steps import recording
from kiosk.flow.visit import Ending
from kiosk.model import events
from kiosk.model.health import State


def of(text):
    return i18n.say(text, "zh_Hans")


def speaks(view):
    given = {field.name: view.values.get(field.name, "") or (field.options[0].value if field.options else "") for field in view.fields}
    return {**given, **({"how": "speak"} if "how" in given else {}), **({"message": "路灯坏了，请修。"} if "message" in given else {})}


def at_the_desk(here, method, path, **given):
    with requests.Session() as session:
        session.trust_env = False
        return session.request(method, here.sandbox.url + path, timeout=10, **given)


def recorded(air, wishes):
    """Says it until the time is up, and then does as `wishes` say."""
    wishes = list(wishes)

    def answer(view):
        match view.state:
            case "ready":
                air.talk()
                return {"record": "start"}
            case "recorded":
                air.fall_silent()
                return {"record": wishes.pop(0)}
        return {"record": "type"} if view.state == "gone" else None

    return answer


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(recording, "MOST", 1.0)


@pytest.fixture
def air():
    """A simulator that stands apart from its driver: what is pulled out stays out."""
    simulator = MicrophoneSimulator()
    simulator.start()
    yield simulator
    simulator.stop()


async def test_spoken_sent_answered_and_seen_on_the_board(place, short):
    async with place() as here:
        air = here.simulator("microphone")
        served, stage = await here.visit("leave-message", FormView=speaks, RecordView=recorded(air, ["listen", "again", "keep"]))
        assert served.ending is Ending.SERVED
        assert [view.state for view in stage.seen if isinstance(view, views.RecordView)].count("playing") >= 1
        number = of(stage.last(views.DeliverView).headline)
        assert re.fullmatch(r"LY\d{9}", number)
        assert "录音，1 秒" in [of(value) for _, value in stage.last(views.ReviewView).rows]
        rows = here.events(served.visit)
        assert [row.seconds for row in rows if isinstance(row, events.RecordingSent)] == [1]
        _, stage = await here.visit("public-messages")
        ours = next(str(record) for record in stage.last(views.DeliverView).records if number in str(record))
        assert "语音留言，1 秒，录音不公开" in ours and "待回复" in ours
        page = at_the_desk(here, "GET", "/desk/messages").text
        assert number in page and "语音留言，1 秒" in page
        sound = at_the_desk(here, "GET", f"/desk/messages/{number}/audio.wav")
        assert sound.content.startswith(b"RIFF") and len(sound.content) == 32_044
        stranger = at_the_desk(here, "GET", f"/desk/messages/{number}/audio.wav", headers={"Sec-Fetch-Site": "cross-site"})
        assert stranger.status_code == 403
        for text in ("路灯今晚修好。", "改一改"):  # once: what is public is not changed in silence
            at_the_desk(here, "POST", f"/desk/messages/{number}/reply", data={"text": text})
        _, stage = await here.visit("public-messages")
        ours = next(str(record) for record in stage.last(views.DeliverView).records if number in str(record))
        assert "路灯今晚修好。" in ours and "改一改" not in ours and "待回复" not in ours and "语音留言，1 秒" in ours


async def test_nothing_of_it_stays_at_the_terminal(place, short, state):
    """Neither in the journal nor in any other file of the terminal: not a sample of it, and no base64."""
    async with place() as here:
        air = here.simulator("microphone")
        kept = []

        def look(view):
            return recorded(air, ["keep"])(view)

        def review(view):
            kept.append(True)
            return {}

        served, _ = await here.visit("leave-message", FormView=speaks, RecordView=look, ReviewView=review)
        assert kept and served.ending is Ending.SERVED
        number = at_the_desk(here, "GET", "/desk/messages").text
        number = re.findall(r"/desk/messages/(LY\d{9})/audio.wav", number)[-1]
        wav = at_the_desk(here, "GET", f"/desk/messages/{number}/audio.wav").content
        told = [row for row in here.events(served.visit) if "ecord" in str(row)]
    piece = wav[16_000:16_016]
    assert any(piece), "what was said there is no silence"
    for path in (path for path in state.rglob("*") if path.is_file() and "sandbox" not in path.name):
        assert piece not in path.read_bytes(), path
        assert b"RIFF" not in path.read_bytes()[:4], path
    assert {type(row).__name__ for row in told} == {"Consented", "RecordingSent"}


async def test_who_deletes_it_and_goes_back_types(place, short):
    async with place() as here:
        air = here.simulator("microphone")
        asked = []

        def form(view):
            answer = speaks(view)
            asked.append([field.name for field in view.fields])
            return {**answer, "how": "write"} if len(asked) > 1 and "how" in answer else answer

        done = []

        def record(view):
            if view.state == "ready" and done:
                return {"record": "type"}
            if view.state == "recorded":
                done.append(True)
            return recorded(air, ["delete"])(view)

        served, _ = await here.visit("leave-message", FormView=form, RecordView=record)
        assert served.ending is Ending.SERVED
        assert asked == [["topic", "how", "mobile"], ["topic", "how", "mobile"], ["message"]]
        assert not any(isinstance(row, events.RecordingSent) for row in here.events(served.visit))
        assert "路灯坏了，请修。" in at_the_desk(here, "GET", "/desk/messages").text


async def test_what_was_recorded_does_not_go_with_what_is_typed_instead(place, short):
    """Recorded and kept, then back from the review to typing: the recording is forgotten, not sent along."""
    async with place() as here:
        air = here.simulator("microphone")
        back = [Back, Back]
        typing = []

        def form(view):
            answer = speaks(view)
            if typing and "how" in answer:
                answer["how"] = "write"
            return answer

        def review(view):
            if back:
                typing.append(True)
                return back.pop()
            return {}

        def record(view):
            if typing:
                return Back
            return recorded(air, ["keep"])(view)

        back.pop()
        served, _ = await here.visit("leave-message", FormView=form, RecordView=record, ReviewView=review)
        assert served.ending is Ending.SERVED
        page = at_the_desk(here, "GET", "/desk/messages").text
        assert "语音留言" not in page and "路灯坏了，请修。" in page


async def test_without_a_microphone_it_is_not_offered_and_typing_stays(place):
    async with place(changed={"devices.microphone.wire": "127.0.0.1:1"}) as here:
        assert here.desk.devices["microphone"].health.state is State.ABSENT
        asked = []

        def form(view):
            asked.append([field.name for field in view.fields])
            return speaks(view)

        served, stage = await here.visit("leave-message", FormView=form)
        assert served.ending is Ending.SERVED and asked == [["topic", "mobile"], ["message"]]
        assert "RecordView" not in stage.names()


async def test_unplugged_while_it_listens_the_visit_goes_on(place, air):
    async with place(changed={"devices.microphone.wire": air.wire}) as here:
        asked = []

        def form(view):
            asked.append([field.name for field in view.fields])
            return speaks(view)

        def pulled(view):
            if isinstance(view, views.RecordView) and view.level > 2:
                air.unplug()

        served, stage = await here.visit("leave-message", FormView=form, RecordView=recorded(air, []), on_view=pulled)
        assert served.ending is Ending.SERVED and asked[-2:] == [["topic", "mobile"], ["message"]]
        told = {getattr(view.message, "key", "") for view in stage.seen if isinstance(view, views.RecordView)}
        assert "fault.microphone.absent" in told
