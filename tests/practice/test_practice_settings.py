"""Practice reaches nothing that is real, whatever config.toml names; and nothing real can call itself practice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import app, config, plugins, strict
from kiosk.practice.settings import settings
from kiosk.testing.counter import ROOT

URL = "http://127.0.0.1:1"
REAL = """
items = ["kiosk", "./ours"]

[station]
id = "XM0042"
name = "真站点"
hotline = "0592-0000000"
place = "真店"
language = "en"

[display]
diagonal = 32.0

[layout]
id_card = "left"

[addresses]
city = "https://gateway.example"

[devices.receipts]
driver = "escpos_tcp"
host = "10.0.0.9"

[devices.documents]
driver = "cups"
printer = "real"

[devices.id_card]
driver = "sam_usb"

[devices.headphones]
driver = "sound_card"

[departments.HRSS]
adapter = "national"
url = "@city/hrss"
secret = "keys/hrss"

[payments]
gateway = "city"
options = { url = "@city/pay" }

[identity]
verifier = "dlib"
photo_decoder = "vendor"
photo_options = { command = ["/opt/vendor/wlt"] }
pad = "none"

[speech]
synthesizer = "espeak"

[service]
technicians = "technicians.json"

[power]
off = ["systemctl", "poweroff"]

[paths]
state = "real-state"
"""


@pytest.fixture
def own(tmp_path: Path) -> config.Config:
    (tmp_path / "config.toml").write_text(REAL, "utf-8")
    return config.load(tmp_path / "config.toml")


def test_every_device_is_a_simulator(own: config.Config, tmp_path: Path) -> None:
    taken = settings(own, URL, tmp_path / "throw-away")
    simulated = {plugins.load(plugins.DRIVERS, name) for name in plugins.offered(plugins.DRIVERS) if name.endswith(".simulated")}
    built = app.devices(taken)
    assert {type(device) for device in built.values()} <= simulated
    assert "headphones" not in built


def test_departments_and_money_are_the_sandbox_alone(own: config.Config, tmp_path: Path) -> None:
    taken = settings(own, URL, tmp_path / "throw-away")
    urls = [str(table["url"]) for table in taken.departments.values()] + [str(taken.payments.options["url"])]
    assert len(urls) == len(config.load(ROOT / "config.toml").departments) + 1
    assert all(url.startswith(URL + "/") for url in urls)
    assert "example" not in repr(taken)


def test_nothing_is_written_where_the_terminal_keeps_its_own(own: config.Config, tmp_path: Path) -> None:
    taken = settings(own, URL, tmp_path / "throw-away")
    assert taken.state == tmp_path / "throw-away"
    assert own.state not in (taken.state, *taken.technicians.parents)
    assert taken.power.off == ()
    assert taken.items == ("kiosk",)
    assert (taken.identity.photo_decoder, taken.identity.pad, taken.speech.synthesizer) == ("simulated", "challenge", "none")


def test_only_words_and_measures_are_those_of_the_terminal(own: config.Config, tmp_path: Path) -> None:
    taken = settings(own, URL, tmp_path / "throw-away", {"devices.receipts.wire": "here"})
    assert (taken.station.name, taken.station.place, taken.station.language) == ("真站点", "真店", "en")
    assert (taken.display.diagonal, taken.layout.id_card) == (32.0, "left")
    assert taken.station.practice
    assert taken.station.id != own.station.id
    assert taken.devices["receipts"] == {"driver": "simulated", "wire": "here"}
    assert app.terminal(taken).practice


def test_no_file_can_say_that_it_is_practice(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(REAL.replace('language = "en"', "practice = true"), "utf-8")
    with pytest.raises(strict.Refused, match=r"station\.practice — unexpected"):
        config.load(tmp_path / "config.toml")
