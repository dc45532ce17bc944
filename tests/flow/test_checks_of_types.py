"""The kinds of answers of the 53 items: what is right passes, what is wrong has its sentence, and the review says it in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import i18n
from kiosk.flow.checks import PATTERNS, check, id_number, kept, known_places, located, shown
from kiosk.model.item import Input, InputType
from kiosk.model.words import Word

TODAY = date(2026, 11, 22)
BORN = Input(name="birth_date", type=InputType.DATE, max=0)
TRAVEL = Input(name="date", type=InputType.DATE, min=0, max=14)
START = Input(name="start", type=InputType.DATE, min=0)
FINES = Input(name="violation_ids", type=InputType.MULTI_SELECT, options_from="PSB-TMS.listViolations", min=1, max=3)
PLATE = Input(name="plate_no", type=InputType.PLATE)
HKMO = Input(name="permit_no", type=InputType.PERMIT_NO, pattern="hkmo_permit")
TAIWAN = Input(name="permit_no", type=InputType.PERMIT_NO, pattern="taiwan_permit")
PASSPORT = Input(name="passport_no", type=InputType.PASSPORT_NO)
CARD = Input(name="bank_card", type=InputType.BANK_CARD)
HOUSE = Input(name="house_code", type=InputType.HOUSE_CODE)
REGION = Input(name="region", type=InputType.ADMIN_CODE, pattern="not_xiamen")
ADDRESS = Input(name="address", type=InputType.ADDRESS)
STATION = Input(name="from", type=InputType.STATION, options_from="RAIL.listStations")
SLOT = Input(name="slot", type=InputType.SLOT, options_from="PSB-EXIT.listSlots")
ACCEPTANCE = Input(name="acceptance_no", type=InputType.TEXT, pattern="code", min=8, max=20)
DECISION = Input(name="decision_no", type=InputType.TEXT, pattern="digits", min=15, max=16)
ALL = [BORN, TRAVEL, START, FINES, PLATE, HKMO, TAIWAN, PASSPORT, CARD, HOUSE, REGION, ADDRESS, STATION, SLOT, ACCEPTANCE, DECISION]
THERE = frozenset({"v1", "v2", "v3", "v4", "s1", "t0830"})

RIGHT = [
    (BORN, "2026-11-22"), (BORN, "1948-12-30"), (TRAVEL, "2026-11-22"), (TRAVEL, "2026-12-06"), (START, "2027-01-01"),
    (FINES, "v1"), (FINES, "v3,v1,v2"), (FINES, "v1, v2"),
    (PLATE, "闽D12345"), (PLATE, "闽DA1B2C"), (PLATE, "闽D12345D"), (PLATE, "闽DD12345"), (PLATE, "京A1234学"), (PLATE, "粤Z1234港"),
    (PLATE, "闽d·1234f"),
    (HKMO, "C12345678"), (HKMO, "w12345678"), (TAIWAN, "L12345678"), (PASSPORT, "E12345678"), (PASSPORT, "ab123"),
    (CARD, "4111 1111 1111 1111"), (CARD, "4222222222222"),
    (HOUSE, "350203123456"), (HOUSE, "350203123456789012"), (REGION, "330100"), (REGION, "110100"), (REGION, "429004"),
    (ADDRESS, "350203/中华街道/思明南路1号"), (ADDRESS, "350212/莲花镇/军营村 12 号/后楼"), (STATION, "s1"), (SLOT, "t0830"),
    (ACCEPTANCE, "ab123456"), (DECISION, "350200123456789"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "value"), RIGHT)
def test_what_is_right_passes(one, value):
    assert check(one, value, THERE, TODAY) == ""


@pytest.mark.parametrize(
    ("one", "value", "key"),
    [
        (BORN, "2026-11-23", "check.date_future"),
        (BORN, "1899-12-31", "check.date"),
        (BORN, "2026-02-30", "check.date"),
        (BORN, "20261122", "check.date"),
        (BORN, "٢٠٢٦-11-22", "check.date"),
        (TRAVEL, "2026-11-21", "check.date_past"),
        (TRAVEL, "2026-12-07", "check.date_late"),
        (Input(name="d", type=InputType.DATE, min=-30, max=0), "2026-10-01", "check.date_early"),
        (FINES, ",", "check.required"),
        (FINES, "v1,v9", "check.choose"),
        (FINES, "v1,v2,v3,v4", "check.many_most"),
        (Input(name="m", type=InputType.MULTI_SELECT, min=2), "v1,v1", "check.many_few"),
        (PLATE, "闽D1234", "check.plate"),
        (PLATE, "闽DI2345", "check.plate"),
        (PLATE, "闽O12345", "check.plate"),
        (PLATE, "台A12345", "check.plate"),
        (PLATE, "闽D1234567", "check.plate"),
        (PLATE, "闽D学2345", "check.plate"),
        (HKMO, "L12345678", "check.hkmo_permit"),
        (HKMO, "C1234567", "check.permit_no"),
        (HKMO, "CI1234567", "check.permit_no"),
        (HKMO, "HA1234567", "check.permit_no"),
        (TAIWAN, "CA1234567", "check.taiwan_permit"),
        (TAIWAN, "C12345678", "check.taiwan_permit"),
        (PASSPORT, "E123", "check.passport_no"),
        (PASSPORT, "护照12345", "check.passport_no"),
        (CARD, "4111111111111112", "check.bank_card.check"),
        (CARD, "411111111111", "check.bank_card.length"),
        (HOUSE, "350103123456", "check.house_code"),
        (HOUSE, "35021234567", "check.house_code"),
        (REGION, "350200", "check.not_xiamen"),
        (REGION, "330000", "check.admin_code"),
        (REGION, "999999", "check.admin_code"),
        (ADDRESS, "350203/没有街道/思明南路1号", "check.address.street"),
        (ADDRESS, "350203//", "check.address.street"),
        (ADDRESS, "思明南路1号", "check.address.street"),
        (ADDRESS, "330106/中华街道/思明南路1号", "check.address.street"),
        (ADDRESS, "350203/中华街道/1号", "check.address.short"),
        (ADDRESS, "350203/中华街道/" + "路" * 81, "check.too_long"),
        (ADDRESS, "350203/中华街道/思明\u202e南路1号", "check.characters"),
        (STATION, "厦门", "check.choose"),
        (SLOT, "gone", "check.slot"),
        (ACCEPTANCE, "AB-123456", "check.code"),
        (ACCEPTANCE, "AB12", "check.too_short"),
        (DECISION, "35020012345678X", "check.digits"),
    ],
)
def test_what_is_wrong_has_its_sentence(one, value, key):
    error = check(one, value, THERE, TODAY)
    assert isinstance(error, Word)
    assert error.key == key
    for language in i18n.LANGUAGES:
        assert "⟦" not in i18n.say(error, language)
        assert "{" not in i18n.say(error, language)


@given(st.text(max_size=300) | st.from_regex(r"[0-9/\-A-Z, ·]{0,40}"), st.sampled_from(ALL))
def test_nothing_that_can_be_typed_crashes_the_check_or_the_review(value, one):
    error = check(one, value, THERE, TODAY)
    assert error == "" or isinstance(error, Word)
    shown({one.name: value}, "some-item", one)


@given(st.text(max_size=60), st.sampled_from(ALL))
def test_what_passed_is_kept_in_a_form_that_passes_again(value, one):
    if not check(one, value, THERE, TODAY):
        assert check(one, kept(one, value), THERE, TODAY) == ""


def test_every_pattern_has_its_sentence():
    for language in i18n.LANGUAGES:
        assert all(f"check.{name}" in i18n.table(language) for name in PATTERNS)


@given(place=st.integers(0, 15), digit=st.sampled_from("0123456789"))
def test_one_wrong_digit_of_a_bank_card_is_always_found(place, digit):
    good = "6228480402564890"
    good += next(last for last in "0123456789" if check(CARD, good + last, THERE, TODAY) == "")
    bad = good[:place] + digit + good[place + 1 :]
    assert (check(CARD, bad, THERE, TODAY) == "") == (bad == good)


def number(first: str) -> str:
    """An ID number that begins so, with its check character."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


def test_an_old_citizen_of_a_district_that_is_gone_is_known():
    assert id_number(number("35020219450302002"), TODAY) == ""  # 鼓浪屿区, part of 思明 since 2003


def test_a_code_that_was_gone_before_the_birth_is_not_believed():
    assert id_number(number("35020220100302002"), TODAY) == Word("check.id_number.place")
    assert id_number(number("99020319900302002"), TODAY) == Word("check.id_number.place")


@pytest.mark.parametrize(
    ("one", "value", "answer"),
    [
        (PLATE, " 闽d·12345 ", "闽D12345"),
        (CARD, "4111 1111 1111 1111", "4111111111111111"),
        (HKMO, "c12345678", "C12345678"),
        (FINES, "v2,,v1,v2", "v2,v1"),
        (ADDRESS, "350203/中华街道/ 思明南路1号 ", "350203/中华街道/思明南路1号"),
        (ADDRESS, "//", ""),
        (ACCEPTANCE, "ab123456", "AB123456"),
        (STATION, " s1 ", "s1"),
    ],
)
def test_answers_are_kept_as_the_department_wants_them(one, value, answer):
    assert kept(one, value) == answer


@pytest.mark.parametrize(
    ("one", "value", "chinese", "english"),
    [
        (TRAVEL, "2026-11-25", "2026 年 11 月 25 日", "25 Nov 2026"),
        (ADDRESS, "350203/中华街道/思明南路1号", "思明区中华街道思明南路1号", "思明南路1号, Zhonghua Subdistrict, Siming District"),
        (REGION, "330100", "浙江省 杭州市", "Hangzhou, Zhejiang"),
        (REGION, "110100", "北京市", "Beijing"),
        (CARD, "4111111111111111", "**** **** **** 1111", "**** **** **** 1111"),
        (PLATE, "闽D12345", "闽D·12345", "闽D·12345"),
        (FINES, "v1,v2", "v1、v2", "v1, v2"),
        (FINES, "", "", ""),
    ],
)
def test_the_review_says_an_answer_in_words(one, value, chinese, english):
    text = shown({one.name: value}, "some-item", one)
    assert (i18n.say(text, "zh_Hans"), i18n.say(text, "en")) == (chinese, english)


def test_places_are_picked_under_their_province_and_their_district():
    cities = {option.value: option for option in known_places(InputType.ADMIN_CODE)}
    assert i18n.say(cities["350200"].group, "zh_Hans") == "福建省"
    streets = {option.value: option for option in known_places(InputType.ADDRESS)}
    assert i18n.say(streets["350203/中华街道"].group, "en") == "Siming District"
    assert all(check(ADDRESS, f"{value}/思明南路1号", frozenset(), TODAY) == "" for value in streets)
    assert known_places(InputType.TEXT) == ()


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("福建省厦门市湖里区江头街道示例路2号", "350206/江头街道/示例路2号"),
        ("厦门市湖里区示例路2号", "350206//示例路2号"),
        ("集美区灌口镇示例路4号", "350211/灌口镇/示例路4号"),
        ("浙江省杭州市西湖区示例路1号", ""),
        ("湖南省长沙市湖里区路1号", ""),
        ("", ""),
    ],
)
def test_an_address_in_words_is_taken_apart_where_it_is_of_the_city(written, answer):
    assert located(written) == answer
    assert not answer or (check(ADDRESS, answer, frozenset(), TODAY) == "") == ("//" not in answer)
