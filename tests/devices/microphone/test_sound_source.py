"""The drivers for sound cards and for sound servers keep the contract of every microphone, behind a real PulseAudio."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.devices import cards
from kiosk.devices.microphone import Take, sound_card
from kiosk.devices.microphone.pcm_tcp import PcmTcp
from kiosk.devices.microphone.sound_card import SoundCard
from kiosk.model.faults import Fault
from kiosk.testing.line import LOW
from kiosk.testing.microphone import MicrophoneContract, wave
from kiosk.testing.pulse import Pulse, missing

lacking = missing()
needs_a_server = pytest.mark.skipif(bool(lacking), reason=lacking or "-")


class PulseMouth:
    """Plays into the sink whose monitor is the microphone."""

    def __init__(self, pulse: Pulse, folder: Path) -> None:
        self._pulse = pulse
        self._folder = folder
        self._player: subprocess.Popen[bytes] | None = None

    def hum(self, hertz: float) -> None:
        self.hush()
        said = self._folder / f"{hertz:.0f}.pcm"
        said.write_bytes(wave(hertz, 180))
        with said.open("rb") as samples:
            self._player = self._pulse.player(samples)

    def hush(self) -> None:
        """Returns when nothing of it is in the air any more."""
        if self._player is None:
            return
        self._player.kill()
        self._player.wait()
        self._player = None
        assert not self._pulse.runs or self._pulse.falls_silent()

    def unplug(self) -> None:
        self._pulse.stop()
        self.hush()

    def plug_in(self) -> None:
        self._pulse.start()


@pytest.fixture
def mouth(pulse: Pulse, tmp_path: Path) -> Iterator[PulseMouth]:
    mouth = PulseMouth(pulse, tmp_path)
    yield mouth
    mouth.hush()


@needs_a_server
class TestSoundCardMicrophone(MicrophoneContract):
    @pytest.fixture
    def mouth(self, mouth: PulseMouth) -> PulseMouth:
        return mouth

    @pytest.fixture
    def microphone(self, mouth: PulseMouth) -> SoundCard:
        return SoundCard()


@needs_a_server
class TestPcmTcpMicrophone(MicrophoneContract):
    @pytest.fixture
    def mouth(self, mouth: PulseMouth) -> PulseMouth:
        return mouth

    @pytest.fixture
    def microphone(self, pulse: Pulse, mouth: PulseMouth) -> PcmTcp:
        return PcmTcp(pulse.source)


@needs_a_server
async def test_one_of_several_inputs_is_chosen_by_its_name(pulse: Pulse, mouth: PulseMouth) -> None:
    microphone = SoundCard(input="monitor")
    await microphone.open()
    facts = (await microphone.check()).facts
    assert "Monitor" in facts["input"] and facts["backend"] == "PulseAudio"
    mouth.hum(LOW)
    await microphone.record(Take(1.0))
    await microphone.close()
    other = SoundCard(input="trumpet")
    with pytest.raises(Fault) as caught:
        await other.open()
    assert 'no input is called "trumpet"; there are: ' in caught.value.detail
    for one in (microphone, other):
        await one.close()
        one.lane.close()


async def test_without_card_and_server_no_microphone_is_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cards, "ALSA", tmp_path / "no-such-list")
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/no-such-socket")
    monkeypatch.setattr(sound_card.miniaudio, "CaptureDevice", lambda **given: pytest.fail("it was tried"))
    microphone = SoundCard()
    with pytest.raises(Fault) as caught:
        await microphone.open()
    assert caught.value.code == microphone.health.code == "microphone.absent"
    await microphone.close()
    microphone.lane.close()
