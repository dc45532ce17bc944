"""The questions of the 53 items: days, times, places, records, plates and numbers, touched and typed as a citizen would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hands import rest, settled
from PySide6.QtCore import QPointF
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest
from touching import Paper, Show

from kiosk import i18n
from kiosk.flow.checks import known_places
from kiosk.flow.views import Choice, Field, FormView, Option
from kiosk.model.item import InputType
from kiosk.model.words import Word
from kiosk.screens.stage import picture
from kiosk.screens.window import FOLDER, Glass

SETTLED = 300  # ms: what moved under the finger listens again

BORN = Field(name="born", type="date", label="出生日期", latest="2026-11-25")
TRAVEL = Field(name="day", type="date", label="乘车日期", earliest="2026-11-25", latest="2026-12-09")
SLOT = Field(
    name="slot", type="slot", label="预约时段",
    options=tuple(
        Option(value=f"{day}-{n}", label=f"{8 + n:02}:30–{9 + n:02}:00", group=f"2026-{day}", rows=((Word("fields.number"), "3"),))
        for day, many in (("11-26", 3), ("11-30", 8), ("12-03", 1))
        for n in range(many)
    ),
)  # fmt: skip
FINES = Field(
    name="fines", type="multi_select", label="违法记录", min=1, max=2,
    options=tuple(Option(value=f"v{n}", label=f"违法行为 {n}", rows=(("时间", "2026-10-03"),), amount="¥100.00") for n in range(4)),
)  # fmt: skip
OTP = Field(name="otp", type="otp", label="短信验证码")
PLATE = Field(name="plate", type="plate", label="号牌号码")
ADDRESS = Field(name="address", type="address", label="现居住地址", options=known_places(InputType.ADDRESS))
REGION = Field(name="region", type="admin_code", label="就医城市", options=known_places(InputType.ADMIN_CODE))
STATION = Field(
    name="from", type="station", label="出发站",
    options=(
        Option(value="XMS", label="厦门", search="xiamen xm"),
        Option(value="XKS", label="厦门北", search="xiamenbei xmb"),
        *(Option(value=f"S{n:03}", label=f"某站{n}", search=f"mouzhan{n} mz{n}") for n in range(300)),
        Option(value="NXM", label="北厦", search="beixia bx"),
    ),
)  # fmt: skip
NATION = Field(
    name="nation", type="enum", label="国籍",
    options=tuple(Option(value=f"N{n:02}", label=Word("place.350200") if n == 7 else f"国家{n}") for n in range(40)),
)  # fmt: skip
PERMIT = Field(name="permit", type="permit_no", label="通行证号码", pattern="hkmo_permit")
PASSPORT = Field(name="passport", type="passport_no", label="护照号码")
CARD = Field(name="card", type="bank_card", label="银行卡号")
HOUSE = Field(name="house", type="house_code", label="房屋编码")
VIN = Field(name="vin", type="text", label="车辆识别代号后 6 位", pattern="vin_tail")
CONTRACT = Field(name="contract", type="text", label="合同编号", pattern="contract_no", max=30)
ALL = [
    (BORN, "1948-12-30"), (TRAVEL, "2026-12-01"), (SLOT, "11-30-2"), (FINES, "v0,v2"), (OTP, "307419"), (PLATE, "闽D12345D"),
    (ADDRESS, "350212/莲花镇/军营村 12 号/后楼"), (REGION, "330100"), (STATION, "XKS"), (NATION, "N07"), (PERMIT, "C12345678"),
    (PASSPORT, "E12345678"), (CARD, "6228480402564890018"), (HOUSE, "350203123456"), (VIN, "A12B45"), (CONTRACT, "XM-2026-001234"),
]  # fmt: skip
VALUES = {field.name: value for field, value in ALL}
KINDS = [pytest.param(field, value, id=field.name) for field, value in ALL]


@pytest.mark.parametrize(("field", "value"), KINDS)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_values_come_back_as_they_were_given(show: Show, field: Field, value: str, language: str) -> None:
    paper = show([field], {field.name: value}, language=language)
    assert all("⟦" not in str(item.property("text")) for item in paper.all())
    assert paper.sent() == {field.name: value}


@pytest.mark.parametrize(("field", "value"), KINDS)
def test_an_error_or_another_language_loses_nothing(show: Show, field: Field, value: str) -> None:
    paper = show([field], {field.name: value}, {field.name: Word("check.required")})
    assert paper.find(f"error:{field.name}").property("text")
    paper.touch("lang:en")
    assert paper.sent() == {field.name: value}


@pytest.mark.parametrize(("field", "value"), KINDS)
def test_nothing_given_is_nothing_sent(show: Show, field: Field, value: str) -> None:
    assert show([field]).sent().get(field.name, "") == ""


@pytest.mark.parametrize("field", [field for field, _ in ALL if field.type not in ("multi_select", "slot")], ids=lambda field: field.name)
def test_rubbish_can_be_mended(show: Show, field: Field) -> None:
    paper = show([field], {field.name: "rubbish ⟨x⟩/1/2"})
    assert paper.sent()  # silently: a warning of QML fails the test


# -- days and times ----------------------------------------------------------------------------------------------------
def test_a_birthday_is_found_by_its_year(show: Show) -> None:
    paper = show([BORN])
    paper.touch("title:born:year")
    for _ in range(3):
        paper.touch("minus:born")
    paper.touch("year:born:1948")
    paper.touch("month:born:12")
    paper.touch("day:born:1948-12-30")
    assert paper.text("shown:born") == "1948 年 12 月 30 日 星期四"
    assert paper.sent() == {"born": "1948-12-30"}


def test_days_beyond_the_bounds_cannot_be_chosen(show: Show) -> None:
    paper = show([TRAVEL])
    assert not paper.find("day:day:2026-11-24").isEnabled()
    assert not paper.find("minus:day").isEnabled()
    paper.touch("plus:day")
    assert paper.find("day:day:2026-12-09").isEnabled()
    assert not paper.find("day:day:2026-12-10").isEnabled()
    assert not paper.find("plus:day").isEnabled()
    assert not paper.shows("day:day:2026-12-25"), "weeks without a day to choose take no room"
    paper.touch("day:day:2026-12-01")
    assert paper.sent() == {"day": "2026-12-01"}


def test_days_stand_under_their_weekday(show: Show) -> None:
    paper = show([BORN], {"born": "2024-02-29"})  # a Thursday
    heads = {str(item.property("text")): item.mapToScene(QPointF(0, 0)).x() for item in paper.all()}
    assert paper.box("day:born:2024-02-29")[0] == pytest.approx(heads["四"], abs=2)
    assert paper.box("day:born:2024-02-26")[0] == pytest.approx(heads["一"], abs=2)
    assert paper.box("day:born:2024-02-25")[0] == pytest.approx(heads["日"], abs=2)
    assert not paper.shows("day:born:2024-02-30")


def test_a_free_time_is_found_by_its_day(show: Show) -> None:
    paper = show([SLOT])
    assert paper.shows("option:slot:11-26-0"), "the first day with a free time stands open"
    assert not paper.find("day:slot:2026-11-27").isEnabled()
    paper.touch("plus:slot")
    paper.touch("day:slot:2026-12-03")
    paper.touch("option:slot:12-03-0")
    assert paper.text("shown:slot") == "2026 年 12 月 3 日 星期四  08:30–09:00"
    assert paper.sent() == {"slot": "12-03-0"}


# -- choices -----------------------------------------------------------------------------------------------------------
def test_several_are_ticked_and_no_more_than_the_item_gives(show: Show) -> None:
    paper = show([FINES])
    paper.touch("option:fines:v2")
    paper.touch("option:fines:v0")
    assert not paper.find("option:fines:v1").isEnabled()
    assert paper.sent() == {"fines": "v0,v2"}
    paper.touch("option:fines:v2")
    assert paper.find("option:fines:v1").isEnabled()
    assert paper.sent() == {"fines": "v0"}


def test_a_station_is_found_by_its_first_letters(show: Show) -> None:
    paper = show([STATION])
    paper.touch("input:from")
    paper.press("xmb")
    assert [item.objectName() for item in paper.all() if item.objectName().startswith("option:")] == ["option:from:XKS"]
    paper.touch("option:from:XKS")
    assert not paper.shows("keyboard")
    assert not paper.shows("input:from")
    rest(SETTLED)
    paper.touch("change:from")
    rest(SETTLED)
    assert paper.sent() == {"from": "XKS"}, "what was chosen counts until another is"
    paper.touch("option:from:XMS")
    assert paper.sent() == {"from": "XMS"}


def test_a_station_that_is_not_there_is_said_to_be_none(show: Show) -> None:
    paper = show([STATION])
    paper.touch("input:from")
    paper.press("qqq")
    assert any("没有找到" in str(item.property("text")) for item in paper.all())


def test_of_many_answers_one_is_searched(show: Show) -> None:
    paper = show([NATION], language="en")
    paper.touch("input:nation")
    paper.press("xia")
    paper.touch("option:nation:N07")
    assert paper.sent() == {"nation": "N07"}


def test_all_of_many_answers_can_be_looked_through_without_typing(show: Show) -> None:
    paper = show([NATION])
    seen: set[str] = set()
    for _ in range(5):
        seen |= {item.objectName() for item in paper.all() if item.objectName().startswith("option:")}
        paper.touch("page:nation")
    assert len(seen) == 40
    paper.touch("option:nation:N00")  # and round again
    assert paper.sent() == {"nation": "N00"}


@pytest.mark.parametrize("field", [STATION, NATION], ids=lambda field: field.name)
@pytest.mark.parametrize("care", [False, True])
def test_what_is_found_stands_above_the_keyboard(show: Show, field: Field, care: bool) -> None:
    for width, height in ((1080, 1920), (1920, 1080)):
        paper = show([field], width=width, height=height, care=care)
        paper.touch(f"input:{field.name}")
        found = [item.objectName() for item in paper.all() if item.objectName().startswith("option:")]
        assert len(found) >= 4
        for name in found:
            assert paper.box(name)[3] <= paper.box("next")[1], name


# -- places ------------------------------------------------------------------------------------------------------------
def test_an_address_is_picked_and_completed(show: Show) -> None:
    paper = show([ADDRESS])
    paper.touch("option:address:350203")
    rest(SETTLED)
    paper.touch("option:address:350203/中华街道")
    paper.touch("input:address")
    paper.press("lu")
    paper.touch("key:space")
    paper.press("1")
    written = paper.sent()["address"]
    assert written.startswith("350203/中华街道/")
    assert len(written.split("/")[2]) >= 2


def test_half_an_address_is_kept(show: Show) -> None:
    paper = show([ADDRESS])
    paper.touch("option:address:350203")
    assert paper.sent() == {"address": "350203//"}
    rest(SETTLED)
    paper.touch("change:address")
    rest(SETTLED)
    paper.touch("option:address:350213")
    rest(SETTLED)
    paper.touch("option:address:350213/马巷街道")
    assert paper.sent() == {"address": "350213/马巷街道/"}


def test_an_address_in_words_alone_is_not_lost(show: Show) -> None:
    paper = show([ADDRESS], {"address": "福建省厦门市思明区莲前街道悦海路18号"})
    assert paper.text("input:address") == "福建省厦门市思明区莲前街道悦海路18号"
    paper.touch("option:address:350203")
    rest(SETTLED)
    paper.touch("option:address:350203/莲前街道")
    assert paper.sent() == {"address": "350203/莲前街道/福建省厦门市思明区莲前街道悦海路18号"}


def test_a_city_is_picked_under_its_province(show: Show) -> None:
    paper = show([REGION])
    paper.touch("option:region:33")
    rest(SETTLED)
    paper.touch("option:region:330100")
    assert paper.sent() == {"region": "330100"}
    paper.touch("change:region")
    rest(SETTLED)
    paper.touch("option:region:11")  # Beijing is its own city
    assert paper.sent() == {"region": "110100"}


def test_a_double_tap_on_a_province_chooses_no_city(show: Show) -> None:
    paper = show([REGION])
    paper.touch("option:region:33")
    rest(20)
    paper.touch("option:region:330100")  # what stands under the finger now was not there when it came down
    assert paper.sent().get("region", "") == ""


# -- numbers -----------------------------------------------------------------------------------------------------------
def test_a_plate_begins_with_the_usual_and_knows_its_letters(show: Show) -> None:
    paper = show([PLATE])
    paper.touch("input:plate")
    assert not paper.shows("key:I")
    assert not paper.shows("key:O")
    assert not paper.find("key:学").isEnabled(), "it stands at the end alone"
    paper.press("12345")
    assert paper.sent() == {"plate": "闽D12345"}


def test_a_green_plate_of_another_province(show: Show) -> None:
    paper = show([PLATE])
    paper.touch("input:plate")
    paper.touch("key:clear")
    assert not paper.shows("key:1")
    paper.press("京")
    assert not paper.find("key:1").isEnabled(), "behind the province comes a letter"
    paper.press("AD12345")
    assert paper.sent() == {"plate": "京AD12345"}
    paper.touch("input:plate")
    for _ in range(2):
        paper.touch("key:backspace")
    paper.press("学")
    assert paper.sent() == {"plate": "京AD123学"}


def test_a_code_of_six_digits_has_six_boxes(show: Show) -> None:
    paper = show([OTP])
    paper.touch("input:otp")
    paper.press("30741985")
    assert paper.sent() == {"otp": "307419"}


@pytest.mark.parametrize(
    ("field", "keys", "value", "drawn"),
    [
        (PERMIT, "C12345678", "C12345678", "C  1234  5678"),
        (PERMIT, "L1C12", "C12", "C  12"),  # not a permit to Taiwan
        (PASSPORT, "E12345678", "E12345678", ""),
        (CARD, "6228480402564890018", "6228480402564890018", "6228  4804  0256  4890  018"),
        (HOUSE, "350203123456", "350203123456", "350203  1234  56"),
        (VIN, "IA1QB23456", "A1B234", ""),
        (CONTRACT, "XM-2026", "XM-2026", ""),
    ],
)
def test_numbers_are_typed_as_they_are_printed(show: Show, field: Field, keys: str, value: str, drawn: str) -> None:
    paper = show([field])
    paper.touch(f"input:{field.name}")
    paper.press(keys)
    if drawn:
        assert drawn in [str(item.property("text")) for item in paper.all()]
    assert paper.sent()[field.name] == value


# -- the page ----------------------------------------------------------------------------------------------------------
def test_a_question_that_depends_on_another_is_asked_when_it_is_due(show: Show) -> None:
    ways = (Option(value="pickup", label="自取"), Option(value="mail", label="邮寄"))
    delivery = Field(name="delivery", type="enum", label="取证方式", options=ways)
    mobile = Field(name="mobile", type="phone", label="收件人手机", depends=(("delivery", ("mail",)),))
    note = Field(name="note", type="phone", label="备用手机", depends=(("mobile", ("1",)),))
    paper = show([delivery, mobile, note], {"note": "1"})
    assert not paper.shows("input:mobile")
    paper.touch("option:delivery:mail")
    rest(20)
    paper.touch("input:mobile")
    paper.press("1")
    assert paper.shows("input:note")
    while paper.shows("keyboard"):
        paper.touch("key:done")
    rest(20)
    paper.touch("option:delivery:pickup")
    assert not paper.shows("input:mobile")
    assert not paper.shows("input:note"), "it hangs on a question that is not asked any more"
    paper.touch("option:delivery:mail")
    assert paper.text("input:mobile") == "1", "what was typed comes back"


@pytest.fixture
def ask(make_glass: Callable[..., Glass]) -> Callable[[FormView], Paper]:
    device = QTest.createTouchDevice()

    def paint(view: FormView) -> Paper:
        glass = make_glass()
        glass.asking = 1
        glass.paint(picture(view))
        glass.requestActivate()
        settled(glass)
        return Paper(glass, device)

    return paint


def test_an_offer_brings_what_is_known_and_keeps_what_was_typed(ask: Callable[[FormView], Paper]) -> None:
    view: dict[str, Any] = {
        "title": "办理",
        "lead": "请填写住址。",
        "fields": (ADDRESS, Field(name="mobile", type="phone", label="手机")),
        "offers": (Choice(id="profile", title="带入已登记的信息", icon="account-arrow-down"),),
    }
    paper = ask(FormView(**view, values={"address": "", "mobile": ""}))
    assert any(str(item.property("text")) == "请填写住址。" for item in paper.all())
    paper.touch("input:mobile")
    paper.press("138")
    paper.touch("key:done")
    paper.touch("offer:profile")
    assert paper.answers == [{"offer": "profile", "address": "", "mobile": "138"}]
    paper.glass.paint(picture(FormView(**view, values={"address": "350203/中华街道/思明南路1号", "mobile": "138"})))
    assert paper.text("input:address") == "思明南路1号"
    assert paper.sent() == {"address": "350203/中华街道/思明南路1号", "mobile": "138"}


def test_what_was_typed_while_the_flow_thought_stays(ask: Callable[[FormView], Paper]) -> None:
    view: dict[str, Any] = {"title": "办理", "fields": (OTP,), "offers": (Choice(id="resend", title="重新发送验证码"),)}
    paper = ask(FormView(**view, values={"otp": "1"}))
    paper.touch("offer:resend")
    paper.touch("input:otp")
    paper.press("23")
    paper.glass.paint(picture(FormView(**view, values={"otp": "1"}, errors={"otp": Word("check.required")})))
    assert paper.text("input:otp") == "123"
    paper.glass.paint(picture(FormView(**view, values={"otp": ""})))
    assert paper.text("input:otp") == "", "a new code starts with empty boxes"


def touchable(paper: Paper) -> list[QQuickItem]:
    kinds = ("option:", "minus:", "plus:", "title:", "year:", "month:", "day:", "change:", "offer:", "page:")
    return [item for item in paper.all() if item.objectName().startswith(kinds) and item.property("pressed") is not None]


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("care", [False, True])
def test_targets_are_large_enough_and_inside(show: Show, width: int, height: int, care: bool) -> None:
    pages = [[BORN, SLOT], [ADDRESS, REGION], [STATION, FINES]]
    for fields, values in [(page, {}) for page in pages] + [(page, {field.name: VALUES[field.name] for field in page}) for page in pages]:
        paper = show(fields, values, width=width, height=height, care=care)
        if BORN in fields:
            paper.touch("title:born:year")
        found = touchable(paper)
        assert len(found) > 4
        least = (20 if care else 12.7) * float(paper.glass.theme.property("pixelsPerMm")) - 0.5  # type: ignore[arg-type]
        for item in found:
            box = item.mapRectToScene(item.boundingRect())
            assert min(box.width(), box.height()) >= least, item.objectName()
            assert box.right() <= width, item.objectName()


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("care", [False, True])
def test_keys_of_plates_and_codes_are_large_enough_and_apart(show: Show, width: int, height: int, care: bool) -> None:
    paper = show([PLATE, CONTRACT], width=width, height=height, care=care)
    millimetre = float(paper.glass.theme.property("pixelsPerMm"))  # type: ignore[arg-type]
    paper.touch("input:plate")
    for turn in (lambda: None, lambda: paper.touch("key:clear"), lambda: (paper.press("闽"), paper.touch("key:done"))):
        turn()
        keys = [item.mapRectToScene(item.boundingRect()) for item in paper.all() if item.objectName().startswith("key:")]
        assert len(keys) >= 32
        for n, one in enumerate(keys):
            assert min(one.width(), one.height()) >= (20 if care else 12.7) * millimetre - 0.5
            assert one.left() >= 0
            assert one.right() <= width
            assert one.bottom() <= height
            apart = one.adjusted(-2.54 * millimetre + 0.6, -2.54 * millimetre + 0.6, 2.54 * millimetre - 0.6, 2.54 * millimetre - 0.6)
            assert not any(apart.intersects(other) for other in keys[n + 1 :])
    assert paper.find("input:contract").hasActiveFocus()
    assert paper.shows("key:-")


def test_every_type_of_the_contract_has_its_file() -> None:
    types = {type.value for type in InputType if not type.captured} | {"otp"}
    files = {path.stem for path in (FOLDER / "fields").glob("*Field.qml")}
    assert {"".join(part.capitalize() for part in type.split("_")) + "Field" for type in types} <= files
