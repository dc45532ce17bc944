"""What is said when: another screen, an error, a touch, another language, a call to everybody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from kiosk import i18n
from kiosk.devices.speaker import Speaker
from kiosk.flow import views
from kiosk.flow.announcer import Announcer
from kiosk.flow.sounds import ATTENTION, CALL, Sounds
from kiosk.flow.spoken import spoken
from kiosk.flow.stage import HelpCall, Reading, Said
from kiosk.model.health import Health, Report, State
from kiosk.model.sound import Sound, silence
from kiosk.model.words import Text, Word
from kiosk.technician.glass.views import ServiceDoorView
from kiosk.testing.stage import ScriptedStage


class Mouth(Speaker):
    """Plays nothing, and until it is told that it was heard."""

    def __init__(self) -> None:
        super().__init__()
        self.health = Health(state=State.READY)
        self.played: list[Sound] = []
        self.ends = asyncio.Event()
        self.called_off = 0

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def check(self) -> Report:
        return Report(health=self.health)

    async def play(self, sound: Sound) -> None:
        self.played.append(sound)
        try:
            await self.ends.wait()
        except asyncio.CancelledError:
            self.called_off += 1
            raise


class Telling:
    """A voice that remembers what it was asked for, and never takes long."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def render(self, text: Text, language: str) -> Sound | None:
        self.said.append(i18n.say(text, language))
        return silence(0.01)


class Scene:
    def __init__(self) -> None:
        self.stage = ScriptedStage("")
        self.stage.voice = True
        self.mouth = Mouth()
        self.mouth.ends.set()
        self.telling = Telling()
        self.sounds = Sounds(self.mouth)
        self.announcer = Announcer(self.stage, self.sounds, self.telling, "0592-12345")

    async def heard(self) -> list[str]:
        """What was said since the last time."""
        await self.sounds.quiet()
        said, self.telling.said = self.telling.said, []
        return said


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    scene = Scene()
    yield scene
    scene.announcer.rest()
    await scene.sounds.close()
    scene.mouth.lane.close()


CARD = views.ReadCardView(seconds_left=60)


async def test_a_screen_is_said_in_the_language_that_is_read(scene: Scene) -> None:
    scene.announcer.painted(CARD)
    assert await scene.heard() == ["请把身份证放在感应区", "感应区在屏幕下方，有身份证图样。平放，不要拿起。"]
    scene.stage._language = "en"
    scene.announcer.turned()
    assert (await scene.heard())[0] == i18n.table("en")["read_card.title"]


async def test_painted_again_nothing_is_said_twice_and_an_error_at_once(scene: Scene) -> None:
    scene.announcer.painted(CARD)
    await scene.heard()
    scene.announcer.painted(views.ReadCardView(seconds_left=58))
    assert await scene.heard() == []
    scene.announcer.painted(views.ReadCardView(state="again", message=Word("fault.id_card_reader.moved")))
    assert await scene.heard() == [i18n.table("zh_Hans")["fault.id_card_reader.moved"], "请拿起身份证，再放一次"]


async def test_where_nobody_wants_to_hear_it_only_calls_are_said(scene: Scene) -> None:
    scene.stage.voice = False
    call = views.GoodbyeView(title=Word("card_left.title"), aloud=True)
    for view in (CARD, views.RateView(unit="", item="")):
        scene.announcer.painted(view)
        scene.announcer.asked("help")
        scene.announcer.turned()
    assert await scene.heard() == [] and scene.mouth.played == []
    for _ in range(2):  # F-27: twice means twice
        scene.announcer.painted(call, asked=True)
        assert await scene.heard() == [i18n.table("zh_Hans")["card_left.title"]]
    scene.announcer.painted(call)
    assert await scene.heard() == []


async def test_who_left_something_is_called_with_a_tone_and_words_until_it_is_taken(scene: Scene) -> None:
    scene.stage.voice = False
    view = views.GoodbyeView(title=Word("card_left.title"), note=Word("card_left.note"))
    async with scene.announcer.calling(view, every=0):
        while len(scene.telling.said) < 4:
            await asyncio.sleep(0)
    said = await scene.heard()
    assert said[:4] == [i18n.table("zh_Hans")[key] for key in ("card_left.title", "card_left.note")] * 2
    assert scene.mouth.played[0].pcm.startswith(CALL.pcm)
    assert not scene.sounds.playing


async def test_whether_somebody_is_there_is_always_asked_aloud_with_a_tone_first(scene: Scene) -> None:
    scene.stage.voice = False
    scene.announcer.alert()
    assert await scene.heard() == ["您还在吗？", "没有人操作，为了保护您的资料，这次办理即将结束。"]
    assert scene.mouth.played[0].pcm.startswith(ATTENTION.pcm)


@pytest.mark.parametrize("what", ["touched", "another view", "rest"])
async def test_it_is_interrupted(scene: Scene, what: str) -> None:
    scene.mouth.ends.clear()
    scene.announcer.painted(CARD)
    while not scene.mouth.played:
        await asyncio.sleep(0)
    match what:
        case "touched":
            scene.announcer.touched()
        case "another view":
            scene.stage.voice = False
            scene.announcer.painted(views.RateView(unit="", item=""))
        case _:
            scene.announcer.rest()
    assert not scene.sounds.playing
    await scene.sounds.close()  # would end it all the same
    assert scene.mouth.called_off == 1
    assert len(scene.telling.said) == 1


async def test_the_voice_is_switched_on_and_off_in_the_middle(scene: Scene) -> None:
    scene.stage.voice = False
    scene.announcer.painted(CARD)
    scene.stage.voice = True
    scene.announcer.turned()
    assert len(await scene.heard()) == 2
    scene.mouth.ends.clear()
    scene.announcer.turned()
    scene.stage.voice = False
    scene.announcer.turned()
    assert not scene.sounds.playing


async def test_help_is_said_for_the_screen_it_stands_above(scene: Scene) -> None:
    scene.announcer.painted(CARD)
    await scene.heard()
    scene.announcer.asked("help")
    said = await scene.heard()
    assert said[1] == i18n.table("zh_Hans")["help.ReadCardView"] and "0592-12345" in said[-1]
    scene.announcer.asked("end")
    assert (await scene.heard())[0] == "要结束这次办理吗？"
    scene.announcer.asked("")
    assert await scene.heard() == []


async def test_seconds_are_called_out_while_they_run_and_not_for_the_screen_before(scene: Scene) -> None:
    loop = asyncio.get_running_loop()
    scene.announcer.painted(views.PayView(state="qr", amount="¥30.50", title="", seconds_left=60))
    assert [round(one.when() - loop.time()) for one in scene.announcer._milestones] == [30, 50]
    scene.announcer._milestone(CARD, 30)  # somebody is speaking: no countdown into it
    assert "还剩 30 秒" not in await scene.heard()
    scene.announcer._milestone(CARD, 30)
    assert await scene.heard() == ["还剩 30 秒"]
    before = scene.announcer._milestones
    scene.announcer.painted(views.WorkingView(title="…"))
    assert all(one.cancelled() for one in before) and not scene.announcer._milestones


def test_nothing_of_a_person_is_said_and_nothing_to_a_technician() -> None:
    secret = "350203199003070011"
    rows = ((Word("review.amount"), secret),)
    for view in (
        views.ReviewView(title="", rows=rows, facts=rows),
        views.DeliverView(title="", rows=rows, headline=secret, records=(views.Record(title=secret, rows=rows),), done=True),
        views.FormView(title="", fields=(views.Field(name="a", type="text", label="姓名"),), values={"a": secret}, facts=rows),
    ):
        assert secret not in repr(spoken(view))
    assert spoken(ServiceDoorView()) == ()


async def test_beside_a_volunteer_nothing_of_anybody_is_said(scene: Scene) -> None:
    """Whatever has it to be said: a screen, another language, a count, the call for help, who calls after somebody, the reader."""
    paid = views.PayView(title=Word("pay.title"), amount="12.00 元", state="choose", seconds_left=60)
    scene.announcer.painted(paid)
    assert any("十二" in said or "12" in said for said in await scene.heard())
    scene.announcer.mask(True)
    scene.announcer.painted(CARD)
    scene.announcer.painted(paid)
    scene.announcer.turned()
    scene.announcer.called(HelpCall(state="answered", answer="陈建国先生，请看屏幕"))
    scene.announcer.asked("help")
    scene.announcer.reads(Reading(on=True, room=True, personal=True))
    scene.announcer.read((Said(text="陈建国", personal=True), Said(text=Word("pay.title"), personal=False)))
    said = await scene.heard()
    assert i18n.say(Word("pay.title"), "zh_Hans") in said
    assert not [one for one in said if "陈建国" in one or "12" in one or "十二" in one]
    scene.announcer.mask(False)
    scene.announcer.turned()
    assert any("十二" in one or "12" in one for one in await scene.heard())


async def test_a_script_is_said_in_the_language_that_is_asked_for(scene: Scene) -> None:
    scene.stage.voice = False
    scene.announcer.mask(True)
    script = Word("volunteer.say.PayView")
    for language in ("zh_Hans", "nan"):
        scene.announcer.script(script, language)
        assert await scene.heard() == [i18n.say(script, language)]
