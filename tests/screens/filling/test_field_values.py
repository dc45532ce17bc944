"""Every kind of question: what is given stands there, what is touched is sent, and what is wrong is said in place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hands import rest
from PySide6.QtQuick import QQuickItem
from touching import Paper, Show

from kiosk import i18n
from kiosk.flow.views import Field, Option
from kiosk.model.words import Word

SCREENS = Path(__file__).resolve().parents[3] / "kiosk/screens"
SCOPE = Field(
    name="scope", type="enum", label="证明范围",
    options=(Option(value="all", label="全部险种"), Option(value="pension", label="养老保险"), Option(value="medical", label="医疗保险")),
)  # fmt: skip
COPIES = Field(name="copies", type="integer", label="打印份数", min=1, max=5)
MONTHS = Field(name="months", type="month_range", label="起止月份", max=60, latest="2026-11")
NUMBER = Field(name="number", type="id_number", label="身份证号码")
MOBILE = Field(name="mobile", type="phone", label="手机号码")
NAME = Field(name="name", type="text", label="姓名", hint="请填写汉字", pattern="han_name", max=20)
FINE = Field(
    name="fine", type="lookup", label="请选择罚款",
    options=tuple(
        Option(value=f"r{n}", label=f"违法行为 {n}", rows=(("时间", "2026-10-03 14:22"), ("地点", "湖滨南路")), amount="¥100.00")
        for n in range(30)
    ),
)  # fmt: skip
ALL = {
    "scope": "pension", "copies": "3", "months": "2025-01/2025-12", "number": "11010519491231002X",
    "mobile": "13812345678", "name": "欧阳娜娜", "fine": "r7",
}  # fmt: skip


@pytest.mark.parametrize("field", [SCOPE, COPIES, MONTHS, NUMBER, MOBILE, NAME, FINE], ids=lambda field: str(field.type))
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_values_come_back_as_they_were_given(show: Show, field: Field, language: str) -> None:
    paper = show([field], {field.name: ALL[field.name]}, language=language)
    assert all("⟦fields." not in str(item.property("text")) for item in paper.all())
    assert paper.sent() == {field.name: ALL[field.name]}


def test_another_language_and_back_changes_no_answer(show: Show) -> None:
    paper = show([SCOPE, COPIES, MONTHS, NUMBER, MOBILE, NAME, FINE], ALL)
    paper.touch("option:scope:medical")  # an answer that only the glass knows
    given = {**ALL, "scope": "medical"}
    for language in (*i18n.LANGUAGES, *reversed(i18n.LANGUAGES)):
        paper.touch(f"lang:{language}")
        assert paper.text("next") == i18n.table(language)["form.next"]
        assert [text for item in paper.all() if "⟦" in (text := str(item.property("text")))] == []
        assert paper.sent() == given


@pytest.mark.parametrize("field", [SCOPE, COPIES, MONTHS, NUMBER, MOBILE, NAME, FINE], ids=lambda field: str(field.type))
def test_what_is_wrong_is_said_in_place_and_nothing_is_lost(show: Show, field: Field) -> None:
    paper = show([field], {field.name: ALL[field.name]}, {field.name: Word("check.required")})
    notice = paper.find(f"error:{field.name}")
    assert notice.isVisible()
    assert notice.property("text")
    assert notice.property("icon") == "alert-circle"  # not the colour alone
    assert paper.sent() == {field.name: ALL[field.name]}


def test_nothing_from_outside_is_ever_interpreted(show: Show) -> None:
    hostile = "<b>x</b><img src='file:///etc/passwd'>"
    record = Option(value="1", label=hostile, rows=((hostile, hostile),), amount=hostile)
    fields = [
        Field(name="name", type="text", label=hostile, hint=hostile),
        Field(name="fine", type="lookup", label=hostile, options=(record,)),
    ]
    paper = show(fields, {"name": hostile}, {"name": hostile})
    assert sum(item.property("text") == hostile for item in paper.all()) >= 6  # as it was written
    for path in [*(SCREENS / "fields").glob("*.qml"), *(SCREENS / "keyboard").glob("*.qml")]:
        # Words is plain text (parts/Words.qml); anything else that draws text might interpret it.
        assert not re.search(r"^\s*(Text|TextEdit|TextArea|Label) \{", path.read_text("utf-8"), re.MULTILINE), path.name


def test_a_choice_is_one_touch(show: Show) -> None:
    paper = show([SCOPE])
    paper.touch("option:scope:medical")
    paper.touch("option:scope:all")
    paper.touch("option:scope:all")  # it must be answered: a second touch takes nothing back
    assert paper.sent() == {"scope": "all"}


def test_an_answer_that_need_not_be_can_be_taken_back(show: Show) -> None:
    paper = show([Field(name="scope", type="enum", label="范围", required=False, options=SCOPE.options)], {"scope": "all"})
    paper.touch("option:scope:all")
    assert paper.sent() == {"scope": ""}


def test_steps_stay_between_their_bounds(show: Show) -> None:
    paper = show([COPIES])
    paper.touch("plus:copies")
    assert paper.text("input:copies") == "1"
    assert not paper.find("minus:copies").isEnabled()
    for _ in range(4):
        paper.touch("plus:copies")
    assert not paper.find("plus:copies").isEnabled()
    paper.touch("minus:copies")
    assert paper.sent() == {"copies": "4"}


def test_a_number_can_be_typed(show: Show) -> None:
    paper = show([Field(name="days", type="integer", label="天数", max=120)])
    paper.touch("input:days")
    paper.press("9031")
    assert paper.sent() == {"days": "903"}  # three digits fit; that 903 is too many is the flow's to say


@pytest.mark.parametrize(("quick", "value"), [("12", "2025-12/2026-11"), ("36", "2023-12/2026-11"), ("year", "2026-01/2026-11")])
def test_common_ranges_are_one_touch(show: Show, quick: str, value: str) -> None:
    paper = show([MONTHS])
    paper.touch(f"quick:months:{quick}")
    assert paper.sent() == {"months": value}


def test_months_are_picked_one_after_the_other(show: Show) -> None:
    paper = show([MONTHS])
    paper.touch("minus:months")
    paper.touch("month:months:3")
    assert not paper.find("month:months:2").isEnabled(), "the last month cannot lie before the first"
    paper.touch("plus:months")
    assert not paper.find("month:months:12").isEnabled(), "nor in the future"
    paper.touch("month:months:5")
    assert paper.text("shown:months:to") == "2026 年 5 月"
    assert paper.sent() == {"months": "2025-03/2026-05"}


def test_a_later_first_month_opens_the_last_again(show: Show) -> None:
    paper = show([MONTHS], {"months": "2026-01/2026-03"})
    paper.touch("month:months:6")
    assert paper.text("shown:months:to") == "请选择"
    paper.touch("month:months:6")
    assert paper.sent() == {"months": "2026-06/2026-06"}


def test_no_more_months_than_the_item_gives(show: Show) -> None:
    paper = show([Field(name="months", type="month_range", label="月份", max=12, latest="2026-11")])
    assert not paper.shows("quick:months:36")
    paper.touch("minus:months")
    paper.touch("month:months:6")
    paper.touch("plus:months")
    assert paper.find("month:months:5").isEnabled()
    assert not paper.find("month:months:6").isEnabled()


@pytest.mark.parametrize("value", ["2026-05/2026-02", "2026-05/", "rubbish", "/", "2026-13/2026-14"])
def test_a_range_that_is_none_can_be_mended(show: Show, value: str) -> None:
    paper = show([MONTHS], {"months": value}, {"months": Word("check.month_reversed")})
    paper.touch("quick:months:year")
    assert paper.sent() == {"months": "2026-01/2026-11"}


def test_numbers_are_shown_in_groups_and_counted(show: Show) -> None:
    paper = show([NUMBER, MOBILE], {"number": "11010519491231002X", "mobile": "13812345678"})
    texts = [str(item.property("text")) for item in paper.all()]
    assert "110105  19491231  002X" in texts
    assert "138  1234  5678" in texts
    assert "18 / 18" in texts
    assert "11 / 11" in texts
    assert paper.sent() == {"number": "11010519491231002X", "mobile": "13812345678"}


def test_only_what_belongs_into_a_number_gets_in(show: Show) -> None:
    paper = show([NUMBER])
    paper.touch("input:number")
    paper.press("1X1")  # an X stands at the end alone
    assert paper.text("input:number") in ("1X", "11")
    paper.touch("key:clear")
    paper.press("350203199001011234567")
    assert paper.text("input:number") == "350203199001011234"


@pytest.mark.parametrize("field", [NAME, MOBILE, NUMBER, COPIES], ids=lambda field: str(field.type))
def test_ten_thousand_characters_are_bounded(show: Show, field: Field) -> None:
    paper = show([field])
    entry = paper.find(f"input:{field.name}")
    entry.setProperty("text", "9" * 10_000)
    assert len(paper.sent()[field.name]) <= 20
    with_draft = show([field], {field.name: "王" * 10_000})
    assert len(with_draft.text(f"input:{field.name}")) <= 20


def test_a_record_of_many_is_found_and_chosen(show: Show) -> None:
    paper = show([FINE])
    for _ in range(12):
        if paper.box("option:fine:r29")[3] < paper.box("next")[1]:
            break
        paper.touch("more")
        rest(260)  # it glides
    paper.touch("option:fine:r28")
    assert paper.sent() == {"fine": "r28"}


def targets(paper: Paper) -> list[QQuickItem]:
    kinds = ("option:", "minus:", "plus:", "quick:", "side:", "month:", "input:")
    return [item for item in paper.all() if item.objectName().startswith(kinds)]


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("care", [False, True])
def test_targets_are_large_enough(show: Show, width: int, height: int, care: bool) -> None:
    paper = show([SCOPE, COPIES, MONTHS, NUMBER, FINE], width=width, height=height, care=care)
    millimetre = float(paper.glass.theme.property("pixelsPerMm"))  # type: ignore[arg-type]
    found = targets(paper)
    assert len(found) > 50
    for item in found:
        box = item.parentItem() if item.objectName().startswith("input:") else item  # the whole box is the target
        assert min(box.width(), box.height()) >= (20 if care else 12.7) * millimetre - 0.5, item.objectName()
        right = box.mapToScene(box.boundingRect().topRight()).x()
        assert right <= width, item.objectName()
