"""Whose page it is: numbers decide, names where there is no whole number, and a page that names nobody is nobody's."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kiosk.model.faults import Fault, Remedy
from kiosk.model.paper import Certificate
from kiosk.model.person import Person
from kiosk.paper.holder import check_holder

HER = Person(name="古丽·买买提", id_number="35020319680512002X")


def page(**holder: str) -> Certificate:
    return Certificate(
        title="证明", number="1", issuer="厦门市", issued_on="2026年11月22日", holder=holder, printed_at=datetime(2026, 11, 22, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    "holder",
    [
        {"姓名": "古丽·买买提", "公民身份号码": "35020319680512002X"},
        {"姓名": "古丽•买买提", "公民身份号码": "35020319680512002x"},  # another dot, a small x
        {"纳税人姓名": "古丽买买提", "身份证件号码": " 35020319680512002X"},
        {"姓名": "\ue000丽", "身份证号": "35020319680512002X"},  # a character that the other system does not have
        {"姓名": "古丽．买买提", "待遇类别": "城乡居民", "联系电话": "13800000001", "受理编号": "3502031990"},
        {"姓名": "古丽·买买提", "证件号码": "350203********002X"},
    ],
)
def test_a_page_of_this_person(holder):
    check_holder(page(**holder), HER)


@pytest.mark.parametrize(
    "holder",
    [
        {"姓名": "古丽·买买提", "公民身份号码": "350203196805120019"},  # the same name, another person
        {"姓名": "王小明", "公民身份号码": "350203196805120019"},
        {"姓名": "王小明"},
        {"姓名": "王小明", "证件号码": "350203********002X"},
        {"姓名": "古丽·买买提", "证件号码": "350203********0019"},
        {"证件号码": "350203********002X"},  # covered digits alone are many people's
        {"公民身份号码": "35020319680512002X", "配偶身份证号": "350203196805120019"},
        {"姓名": "古丽·买买提", "公民身份号码": "35020319680512002X9"},
        {"联系电话": "13800000001"},
        {},
    ],
)
def test_a_page_of_somebody_else_or_of_nobody(holder):
    with pytest.raises(Fault) as caught:
        check_holder(page(**holder), HER)
    assert (caught.value.code, caught.value.remedy) == ("paper.wrong_holder", Remedy.STAFF)
    assert not any(value and value in str(caught.value) for value in holder.values())


def test_a_page_that_names_somebody_needs_somebody():
    with pytest.raises(Fault):
        check_holder(page(姓名="王小明"), None)


def test_a_guests_page_is_known_by_the_guests_passport():
    guest = page(姓名="ANNA SMITH", 护照号码="E12345678", 房主="陈伟", 房主联系方式="13800000000")
    check_holder(guest, None, "E12345678")
    check_holder(guest, HER, "e12345678")  # her host stands at the counter
    for number in ("E12345679", "E1234567"):
        with pytest.raises(Fault):
            check_holder(guest, HER, number)
    with pytest.raises(Fault):
        check_holder(page(姓名="ANNA SMITH"), None, "E12345678")
