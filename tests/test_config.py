"""config.toml: typed, strict, and every refusal says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import app, config
from kiosk.devices.roles import ROLES
from kiosk.strict import Refused
from kiosk.testing.counter import ROOT

SHIPPED = ROOT / "config.toml"


def test_the_shipped_configuration_is_good():
    taken = config.load(SHIPPED)
    assert taken.station.demo
    assert set(app.devices(taken)) == set(ROLES) - {"headphones"}  # the demo is heard by who stands there
    assert set(app.departments(taken)) >= {"PSB-POP", "PSB-TMS", "HRSS", "EVAL"}
    assert app.payments(taken) is not None


def test_an_address_stands_for_itself_everywhere():
    taken = config.load(SHIPPED, {"addresses.sandbox": "http://127.0.0.1:9/"})
    assert taken.departments["HRSS"]["url"] == "http://127.0.0.1:9/hrss"
    assert taken.payments.options["url"] == "http://127.0.0.1:9/pay"


@pytest.mark.parametrize(
    ("overrides", "place"),
    [
        ({"station.hotlin": "1"}, "station.hotlin — unexpected"),
        ({"statoin.id": "1"}, "statoin — unexpected"),
        ({"station.id": 7}, "station.id — "),
        ({"departments.HRSS.url": "@nowhere/hrss"}, "no address named nowhere"),
        ({"source": "x"}, "source — unexpected"),
        ({"station.id": "XM 0001"}, "station.id — "),
        ({"station.language": "fr"}, "station.language — "),
    ],
)
def test_what_is_wrong_is_refused_by_place(overrides, place):
    with pytest.raises(Refused) as refused:
        config.load(SHIPPED, overrides)
    assert place in str(refused.value)


@pytest.mark.parametrize(
    ("overrides", "build", "place"),
    [
        ({"devices.id_crad.driver": "simulated"}, app.devices, "devices.id_crad — no such role"),
        ({"devices.id_card.driver": "acme"}, app.devices, "devices.id_card.driver — no installed package offers"),
        ({"devices.id_card.prot": "/dev/ttyS0"}, app.devices, "devices.id_card.prot — unexpected"),
        ({"devices.receipts.width": "wide"}, app.devices, "devices.receipts.width — "),
        ({"departments.HRSS.adapter": "soap"}, app.departments, "departments.HRSS.adapter — no installed package offers"),
        ({"departments.HRSS.deadlin": 3}, app.departments, "departments.HRSS.deadlin — unexpected"),
        ({"payments.gateway": "cash"}, app.payments, "payments.gateway — "),
        ({"identity.verifier": "guess"}, app.identity, "identity.verifier — "),
    ],
)
def test_a_part_that_is_not_there_or_an_argument_it_has_not_is_refused_by_place(overrides, build, place):
    with pytest.raises(Refused) as refused:
        build(config.load(SHIPPED, overrides))
    assert place in str(refused.value)


def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path: Path):
    path = tmp_path / "config.toml"
    path.write_text("[station\n", "utf-8")
    with pytest.raises(Refused, match="line 1"):
        config.load(path)
    with pytest.raises(Refused, match="no such file"):
        config.load(tmp_path / "none.toml")
