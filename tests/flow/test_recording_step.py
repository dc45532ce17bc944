"""What is said instead of typed: how it begins, ends, is heard again and thrown away; the microphone is simulated on its wire."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from kiosk.app import FaceRoom
from kiosk.devices.device import Device
from kiosk.devices.lane import Lane
from kiosk.devices.microphone.simulated import MicrophoneSimulator, SimulatedMicrophone
from kiosk.devices.speaker.simulated import SimulatedSpeaker
from kiosk.flow import mask
from kiosk.flow.desk import Desk, Terminal
from kiosk.flow.sounds import Sounds
from kiosk.flow.stage import Back
from kiosk.flow.steps import recording
from kiosk.flow.steps.recording import Recording
from kiosk.flow.views import RecordView
from kiosk.identity.pad_none import NoPad
from kiosk.model.events import Consented
from kiosk.model.item import Assurance, Input, InputType, Item, Kind
from kiosk.model.session import Session
from kiosk.model.sound import tone
from kiosk.model.words import Word
from kiosk.testing.counter import QUICK, AnyPhoto, GivenVerdicts
from kiosk.testing.line import LOW, until
from kiosk.testing.microphone import pitch
from kiosk.testing.microphone import wave as hum
from kiosk.testing.stage import ScriptedStage

ITEM = Item(
    id="leave-message",
    department="city",
    kind=Kind.APPLICATION,
    assurance=Assurance.NONE,
    operation="CITY.leaveMessage",
    unit="xm-city",
    inputs=(Input(name="voice", type=InputType.RECORDING, when={"how": ("speak",)}),),
)
SESSION = Session(visit="XM0001-test-1", item=ITEM, answers={"how": "speak"})


class Rows:
    """A journal that is read at once."""

    def __init__(self) -> None:
        self.rows: list[Any] = []

    async def write(self, event: Any) -> None:
        self.rows.append(event)


@asynccontextmanager
async def desk_of(stage: ScriptedStage, *, speaker: SimulatedSpeaker | None = None) -> AsyncIterator[tuple[Desk, MicrophoneSimulator]]:
    microphone = SimulatedMicrophone(name="microphone")
    devices: dict[str, Device] = {"microphone": microphone, **({"sound": speaker} if speaker else {})}
    room = FaceRoom(verifier=GivenVerdicts(), decoder=AnyPhoto(), pad=NoPad(), lane=Lane("face"))
    nothing = cast(Any, None)
    for device in devices.values():
        await device.open()
    assert microphone.simulator is not None
    yield (
        Desk(
            stage=stage,
            devices=devices,
            departments={},
            payments=nothing,
            identity=room,
            journal=cast(Any, Rows()),
            terminal=Terminal(id="XM0001", name="…", place="…", hotline="0592-12345", demo=True),
            timing=QUICK,
            sounds=Sounds(speaker),
        ),
        microphone.simulator,
    )
    for device in devices.values():
        await device.close()
        device.lane.close()
    room.lane.close()


def when(stage: ScriptedStage, level: int = 5) -> Any:
    """Stops when the glass has shown that something is heard."""

    async def stop() -> dict[str, str]:
        await until(lambda: any(isinstance(view, RecordView) and view.level > level for view in stage.seen[-3:]))
        return {"record": "stop"}

    return stop()


def script(stage: ScriptedStage, **by_state: list[Any]) -> None:
    """What is answered on each state of the view, one after the other; `stop` waits until somebody was heard."""

    def answer(view: RecordView) -> Any:
        given = by_state[view.state].pop(0)
        return when(stage) if given == "stop" else given

    stage._script["RecordView"] = answer


def states(stage: ScriptedStage) -> list[str]:
    found: list[str] = []
    for view in stage.seen:
        if isinstance(view, RecordView) and found[-1:] != [view.state]:
            found.append(view.state)
    return found


def messages(stage: ScriptedStage) -> list[str]:
    return [view.message.key for view in stage.seen if isinstance(view, RecordView) and isinstance(view.message, Word)]


START, KEEP, AGAIN, DELETE, LISTEN = ({"record": wish} for wish in ("start", "keep", "again", "delete", "listen"))


async def test_what_was_said_is_a_wav_that_goes_with_the_answers() -> None:
    stage = ScriptedStage("")
    script(stage, ready=[START], recording=["stop"], recorded=[KEEP])
    async with desk_of(stage) as (desk, air):
        air.sound(hum(LOW, 30))
        done = await Recording(input="voice").run(SESSION, desk)
        await until(lambda: air.lines == 0)
    (wav,) = done.files["voice"]
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (16_000, 1, 2)
        pcm = file.readframes(1 << 24)
    assert pitch(pcm) == LOW and done.answers["voice"] == str(max(1, round(len(pcm) / 32_000)))
    assert states(stage) == ["ready", "recording", "recorded"]
    assert [type(row) for row in cast(Any, desk.journal).rows] == [Consented]
    assert cast(Any, desk.journal).rows[0].purpose == "recording:leave-message"


async def test_nobody_is_asked_whether_they_are_there_while_they_speak() -> None:
    stage = ScriptedStage("")
    script(stage, ready=[START], recording=["stop"], recorded=[KEEP])
    async with desk_of(stage) as (desk, air):
        air.talk()
        await Recording(input="voice").run(SESSION, desk)
    watched = {view.state: view.watched for view in stage.seen if isinstance(view, RecordView)}
    assert watched == {"ready": True, "recording": False, "recorded": True}


async def test_a_minute_is_all_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MOST", 1.0)
    stage = ScriptedStage("")
    script(stage, ready=[START], recording=[None], recorded=[KEEP])
    async with desk_of(stage) as (desk, air):
        air.talk()
        done = await Recording(input="voice").run(SESSION, desk)
    assert done.answers["voice"] == "1" and len(done.files["voice"][0]) == 32_044
    kept = stage.last(RecordView)
    assert kept.state == "recorded" and kept.text.key == "record.review.full"


async def test_silence_is_told_and_said_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MOST", 0.5)
    stage = ScriptedStage("")
    script(stage, ready=[START, START], recording=[None, None], recorded=[KEEP])
    async with desk_of(stage) as (desk, air):
        stage.on_view = lambda view: air.talk() if view.message else None
        done = await Recording(input="voice").run(SESSION, desk)
    assert "fault.microphone.silent" in messages(stage) and done.files["voice"]
    assert len(cast(Any, desk.journal).rows) == 1, "agreed once"


async def test_unplugged_in_the_middle_typing_is_what_is_left() -> None:
    stage = ScriptedStage("")

    async def pulled(air: MicrophoneSimulator) -> None:
        await until(lambda: any(view.level > 5 for view in stage.seen[-3:]))
        await asyncio.to_thread(air.unplug)

    async with desk_of(stage) as (desk, air):
        air.talk()
        script(stage, ready=[START], recording=[None], gone=[{"record": "type"}])
        pulling = asyncio.create_task(pulled(air))
        with pytest.raises(Back):
            await Recording(input="voice").run(SESSION, desk)
        await pulling
    assert messages(stage)[-1] == "fault.microphone.absent" and states(stage) == ["ready", "recording", "gone"]


@pytest.mark.parametrize("thrown", [DELETE, AGAIN, Back])
async def test_thrown_away_it_is_wiped_and_can_be_said_again(thrown: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    takes: list[Any] = []

    def made(seconds: float) -> Any:
        takes.append(recording_take(seconds))
        return takes[-1]

    recording_take = recording.Take
    monkeypatch.setattr(recording, "Take", made)
    stage = ScriptedStage("")
    script(stage, ready=[START, Back], recording=["stop"], recorded=[thrown])
    async with desk_of(stage) as (desk, air):
        air.talk()
        with pytest.raises(Back):
            await Recording(input="voice").run(SESSION, desk)
    (take,) = takes
    assert take.pcm == b"" and not any(take._kept)
    assert ("record.deleted" in messages(stage)) is (thrown is not AGAIN)


async def test_who_comes_back_to_it_may_keep_it_or_leave_it_as_it_is() -> None:
    stage = ScriptedStage("")
    async with desk_of(stage) as (desk, air):
        air.talk()
        script(stage, ready=[START], recording=["stop"], recorded=[KEEP])
        done = await Recording(input="voice").run(SESSION, desk)
        script(stage, recorded=[KEEP, Back])
        assert await Recording(input="voice").run(done, desk) == done
        with pytest.raises(Back):
            await Recording(input="voice").run(done, desk)
        script(stage, recorded=[AGAIN, KEEP], ready=[START], recording=["stop"])
        assert (await Recording(input="voice").run(done, desk)).files != done.files
    assert len(cast(Any, desk.journal).rows) == 1, "agreed once"


async def test_back_while_it_records_leaves_nothing_and_no_line_open() -> None:
    stage = ScriptedStage("")
    script(stage, ready=[START], recording=[Back])
    async with desk_of(stage) as (desk, air):
        air.talk()
        with pytest.raises(Back):
            await Recording(input="voice").run(SESSION, desk)
        await until(lambda: air.lines == 0)


async def test_it_is_heard_again_where_there_is_a_speaker_and_nothing_is_said_into_it() -> None:
    stage = ScriptedStage("")
    speaker = SimulatedSpeaker()
    script(stage, ready=[START], recording=["stop"], recorded=[LISTEN, KEEP], playing=[None])
    async with desk_of(stage, speaker=speaker) as (desk, air):
        assert speaker.simulator is not None
        heard_before = 0.0

        def looks(view: Any) -> None:
            nonlocal heard_before
            if view.state == "recording":
                desk.sounds.play(tone(660, 0.5))  # somebody wants to say something just now
                assert not desk.sounds.playing
                heard_before = speaker.simulator.heard().seconds  # type: ignore[union-attr]

        stage.on_view = looks
        air.sound(hum(LOW, 1.2))
        await Recording(input="voice").run(SESSION, desk)
        assert speaker.simulator.heard().seconds > heard_before + 0.3, "played to its end"
        assert not desk.sounds._held
    assert states(stage) == ["ready", "recording", "recorded", "playing", "recorded"]


async def test_without_a_speaker_it_is_not_offered_to_be_heard() -> None:
    stage = ScriptedStage("")
    script(stage, ready=[START], recording=["stop"], recorded=[KEEP])
    async with desk_of(stage) as (desk, air):
        air.talk()
        await Recording(input="voice").run(SESSION, desk)
    assert not stage.last(RecordView).plays


def test_a_volunteer_sees_how_it_stands() -> None:
    view = RecordView(title=Word("record.title"), text="私事", state="recording", level=40, seconds_left=20)
    shown = mask.masked(view)
    assert (shown["state"], shown["level"], shown["seconds_left"]) == ("recording", 40, 20)
    assert shown["text"] == mask.DOTS


def test_asked_only_where_it_was_chosen() -> None:
    assert Recording(input="voice").wanted(SESSION)
    assert not Recording(input="voice").wanted(Session(visit="v", item=ITEM, answers={"how": "write"}))
