"""What is heard during a visit, and that nobody needs to hear it (RELIABILITY F-06, F-16, F-27)."""

from __future__ import annotations

import asyncio

import pytest

from kiosk.devices.speaker import LOUDEST
from kiosk.devices.speaker.simulated import SpeakerSimulator
from kiosk.flow import views
from kiosk.flow.announcer import Announcer
from kiosk.flow.sounds import ATTENTION, CALL
from kiosk.flow.visit import Ending
from kiosk.model.health import State
from kiosk.speech.espeak import Espeak
from kiosk.testing.counter import attend
from kiosk.testing.line import until
from kiosk.testing.speaker import loudness
from kiosk.testing.stage import ScriptedStage

CARD_ONLY, WITH_PAGE = "traffic-violation-query", "hrss-insurance-cert"


needs_espeak = pytest.mark.skipif(not Espeak().languages, reason="needs Debian's espeak-ng")


def goodbye(view, key):
    return isinstance(view, views.GoodbyeView) and view.title.key == key


async def test_whether_somebody_is_still_there_is_asked_aloud_and_the_volume_ends_with_the_visit(place):
    async with place(card_left=0.1) as here:
        simulator, speaker = here.simulator("sound"), here.desk.devices["sound"]

        async def is_asked(view):
            """And reads on when that was heard: the next touch would end it."""
            speaker.volume = LOUDEST
            here.desk.announcer.alert()
            await until(lambda: loudness(simulator.heard()) > 0.05)
            return {}

        served, stage = await here.visit(CARD_ONLY, ItemView=is_asked)
        assert served.ending is Ending.SERVED and stage.listener is not None
        assert speaker.volume == speaker.usual


async def test_a_card_left_behind_is_called_after_until_it_is_taken(place):
    async with place(card_left=60.0) as here:
        here.takes_card = False
        simulator, hand = here.simulator("sound"), []

        async def lifts_it_after_the_second_call():
            await until(lambda: simulator.heard().seconds > 1.5 * CALL.seconds)
            here.simulator("id_card").lift_card()

        def on_view(view):
            if goodbye(view, "card_left.title") and not hand:
                hand.append(asyncio.create_task(lifts_it_after_the_second_call()))

        await here.visit(CARD_ONLY, on_view=on_view, GoodbyeView=lambda view: None if goodbye(view, "card_left.title") else {})
        await hand[0]
        assert not here.desk.card_left and loudness(simulator.heard()) > 0.05
        await here.desk.sounds.quiet()
        assert not here.desk.sounds.playing


class Listening(ScriptedStage):
    """Looks at a reminder until it was heard, too."""

    simulator: SpeakerSimulator

    async def ask(self, view):
        if goodbye(view, "goodbye.left"):
            before = self.simulator.heard().seconds
            self.show(view)
            await until(lambda: self.simulator.heard().seconds > before)
            return {}
        return await super().ask(view)


async def test_a_page_in_the_tray_is_called_after_twice(place):
    async with place(card_left=0.1) as here:
        here.desk.devices["documents"]._senses = True
        stage = Listening(WITH_PAGE)
        stage.simulator = here.simulator("sound")
        served = await attend(here.desk, stage, here.taken)
        assert served.ending is Ending.SERVED
        assert sum(goodbye(view, "goodbye.left") for view in stage.seen) == 2
        assert here.kinds(served.visit)[-1] == "PaperLeft"


@pytest.mark.parametrize("gone", ["from the beginning", "in the middle"])
async def test_without_a_speaker_a_visit_is_as_it_always_is(place, gone):
    """F-16: text only; the technician sees it."""
    shop = SpeakerSimulator()
    shop.start()
    if gone == "from the beginning":
        shop.unplug()
    async with place(card_left=0.1, changed={"devices__sound__wire": shop.wire}) as here:

        def on_view(view):
            if isinstance(view, views.FormView):
                shop.unplug()
                here.desk.announcer.alert()

        served, stage = await here.visit(WITH_PAGE, on_view=on_view)
        assert served.ending is Ending.SERVED
        assert "ApologyView" not in stage.names() and "DeliverView" in stage.names()
        speaker = here.desk.devices["sound"]
        assert (await speaker.check()).health.state is State.ABSENT
        assert speaker.health.code == "speaker.absent"
        here.desk.announcer.alert()  # nothing is even tried
        assert not here.desk.sounds.playing
    shop.stop()


@needs_espeak
async def test_a_screen_is_read_aloud_and_the_end_of_the_visit_is_silent(place):
    async with place() as here:
        simulator = here.simulator("sound")
        stage = ScriptedStage(CARD_ONLY)
        stage.voice = True
        announcer = Announcer(stage, here.desk.sounds, here.desk.voice, "0592-12345")
        announcer.painted(views.ReadCardView())
        await until(lambda: loudness(simulator.heard()) > 0.02 and simulator.heard().seconds > 0.5)
        announcer.rest()
        await here.desk.sounds.close()
        assert not here.desk.sounds.playing


async def test_the_newest_sound_ends_the_one_before(place):
    async with place() as here:
        sounds, simulator = here.desk.sounds, here.simulator("sound")
        for _ in range(20):
            sounds.play(ATTENTION)
            await asyncio.sleep(0.01)
        await sounds.quiet()
        assert ATTENTION.seconds * 0.9 < simulator.heard().seconds < 10 * ATTENTION.seconds
