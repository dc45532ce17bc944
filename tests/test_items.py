"""Items are data: read strictly, refused with file, place and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import items
from kiosk.model.item import Assurance, Kind
from kiosk.model.money import Money
from kiosk.strict import Refused

GOOD = """
kind = "certificate"
assurance = "id_card"
operation = "HRSS.issueCert"
unit = "xm-hrss"
fee = "40.00 CNY"

[[input]]
name = "scope"
type = "enum"
options = ["all", "pension"]

[[output]]
document = "receipt"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "hrss").mkdir()
    (tmp_path / "departments.toml").write_text('[hrss]\nicon = "shield-account"\n', "utf-8")
    return tmp_path


def write(folder: Path, text: str, id: str = "one") -> Path:
    path = folder / "hrss" / f"{id}.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_good_item_is_read(folder):
    item = items.read(write(folder, GOOD))
    assert (item.id, item.department, item.kind, item.assurance) == ("one", "hrss", Kind.CERTIFICATE, Assurance.ID_CARD)
    assert item.fee == Money(4000)
    assert item.operations() == {"HRSS.issueCert"}


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (('name = "scope"', 'name = "scope"\nlable = "x"'), "input.0.lable — unexpected"),
        (('unit = "xm-hrss"', ""), "unit — missing"),
        (('fee = "40.00 CNY"', 'fee = "40 yuan"'), 'fee — "40 yuan" is not an amount such as "40.00 CNY"'),
        (('fee = "40.00 CNY"', 'fee = "-1.00 CNY"'), "fee — "),
        (('kind = "certificate"', 'kind = "certifcate"'), "kind — "),
        (('type = "enum"', 'type = "dropdown"'), "input.0.type — "),
        (('options = ["all", "pension"]', ""), "input.0.options — missing"),
        (('options = ["all", "pension"]', 'options = ["all"]\ndefault = "none"'), "input.0.default — "),
        (('fee = "40.00 CNY"', 'fee = "40.00 CNY"\nfee_from = "HRSS.fee"'), "fee — the fee is written, asked for, or chosen"),
        (('document = "receipt"', 'document = "form"\nholder = "child"'), 'output.0.holder — no input "child" that is always answered'),
        (("[[output]]", '[[input]]\nname = "scope"\ntype = "text"\n\n[[output]]'), 'input.1.name — "scope" is there twice'),
        (('kind = "certificate"', "kind = "), "Invalid value"),
    ],
)
def test_a_bad_item_is_refused_with_file_place_and_reason(folder, change, place):
    path = write(folder, GOOD.replace(*change))
    with pytest.raises(Refused) as refused:
        items.read(path)
    assert str(refused.value).startswith(str(path))
    assert place in str(refused.value)


def test_the_same_item_twice_is_refused(folder):
    write(folder, GOOD)
    (folder / "other").mkdir()
    (folder / "other" / "one.toml").write_text(GOOD, "utf-8")
    (folder / "departments.toml").write_text('[hrss]\nicon = "a"\n[other]\nicon = "b"\n', "utf-8")
    with pytest.raises(Refused, match="there already"):
        items.departments([folder])


def test_an_item_of_no_department_is_refused(folder):
    (folder / "nowhere").mkdir()
    (folder / "nowhere" / "one.toml").write_text(GOOD, "utf-8")
    with pytest.raises(Refused, match="nowhere"):
        items.departments([folder])


def test_departments_come_in_order_and_only_with_items(folder):
    write(folder, GOOD)
    (folder / "departments.toml").write_text('[hrss]\nicon = "a"\norder = 2\n[empty]\nicon = "b"\n', "utf-8")
    assert [department.code for department in items.departments([folder])] == ["hrss"]


def test_the_built_in_items_are_the_three_first_ones():
    found = {item.id for department in items.departments([items.folder()]) for item in department.items}
    assert {"hrss-insurance-cert", "traffic-fine-pay", "household-same-name"} <= found
