"""The drivers for sound cards and for sound servers keep the contract of every speaker, behind a real PulseAudio."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.devices import cards
from kiosk.devices.speaker import sound_card
from kiosk.devices.speaker.pcm_tcp import PcmTcp
from kiosk.devices.speaker.sound_card import SoundCard
from kiosk.model.faults import Fault
from kiosk.model.sound import tone
from kiosk.testing.line import LOW, until
from kiosk.testing.pulse import Pulse, missing
from kiosk.testing.speaker import SpeakerContract, pitches

lacking = missing()
needs_a_server = pytest.mark.skipif(bool(lacking), reason=lacking or "-")


class PulseEars:
    def __init__(self, pulse: Pulse) -> None:
        self._pulse = pulse
        self.heard = pulse.heard

    def unplug(self) -> None:
        self._pulse.stop()

    def plug_in(self) -> None:
        self._pulse.start()


@needs_a_server
class TestSoundCard(SpeakerContract):
    @pytest.fixture
    def ears(self, pulse: Pulse) -> PulseEars:
        return PulseEars(pulse)

    @pytest.fixture
    def speaker(self, pulse: Pulse) -> SoundCard:
        return SoundCard()


@needs_a_server
class TestPcmTcp(SpeakerContract):
    @pytest.fixture
    def ears(self, pulse: Pulse) -> PulseEars:
        return PulseEars(pulse)

    @pytest.fixture
    def speaker(self, pulse: Pulse) -> PcmTcp:
        return PcmTcp(pulse.address)


@needs_a_server
async def test_one_of_several_outputs_is_chosen_by_its_name(pulse: Pulse) -> None:
    speaker = SoundCard(output="null output")
    await speaker.open()
    facts = (await speaker.check()).facts
    assert "Null Output" in facts["output"] and facts["backend"] == "PulseAudio"
    await speaker.play(tone(LOW, 0.6))
    await until(lambda: pitches(pulse.heard()) == [LOW])
    await speaker.close()
    other = SoundCard(output="trumpet")
    with pytest.raises(Fault) as caught:
        await other.open()
    assert 'no output is called "trumpet"; there are: ' in caught.value.detail and "Null Output" in caught.value.detail
    for one in (speaker, other):
        await one.close()
        one.lane.close()


async def test_without_card_and_server_it_is_absent_and_nothing_is_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cards, "ALSA", tmp_path / "no-such-list")
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/no-such-socket")
    monkeypatch.setattr(sound_card.miniaudio, "PlaybackDevice", lambda **given: pytest.fail("it was tried"))
    speaker = SoundCard()
    with pytest.raises(Fault) as caught:
        await speaker.open()
    assert caught.value.code == speaker.health.code == "speaker.absent"
    await speaker.close()
    speaker.lane.close()


def test_a_card_that_went_away_is_noticed_by_its_line_in_the_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cards, "ALSA", tmp_path / "pcm")
    (tmp_path / "pcm").write_text("00-00: HDMI : playback 1\n01-00: USB Audio : playback 1 : capture 1\n02-00: Webcam : capture 1\n")
    before = cards.cards("playback")
    assert len(before) == 2
    (tmp_path / "pcm").write_text("00-00: HDMI : playback 1\n")
    assert not before <= cards.cards("playback")
