"""The sandbox's levers reach it over HTTP; what it says of itself is what they made so."""

from __future__ import annotations

import pytest
import requests

from kiosk import levers
from kiosk.levers import WrongLever
from kiosk.sandbox.misdeeds import SYSTEMS
from kiosk.sandbox.process import Sandbox
from kiosk.world.sandbox import PARTS, DepartmentsPart, PhonePart

Reached = DepartmentsPart | PhonePart


@pytest.fixture
def part(sandbox: Sandbox) -> DepartmentsPart:
    return DepartmentsPart(sandbox)


@pytest.fixture
def phone(sandbox: Sandbox) -> PhonePart:
    return PhonePart(sandbox)


def standing(part: Reached) -> dict[str, str]:
    return {fact: so for fact, so in part.stands().items() if so}


def ask(sandbox: Sandbox, path: str, body: dict[str, object]) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        return session.post(sandbox.url + path, json=body, headers={"X-Request-Id": "0123456789"}, timeout=5)


def order(sandbox: Sandbox, number: str) -> None:
    body = {"order_no": number, "amount_fen": 10_000, "method": "wechat", "subject": "罚款", "expires": 60}
    ask(sandbox, "/pay/create", body).raise_for_status()


@pytest.mark.parametrize(
    ("name", "lever", "value", "so"),
    [
        ("sandbox", "cut_network", "", {"line": "cut"}),
        ("sandbox", "department", "psb-tms:asleep", {"department:psb-tms": "asleep"}),
        ("sandbox", "department", "*:html", {"department:*": "html"}),
        ("phone", "pay_by_itself", "59.9", {"phone": "59.9"}),
        ("sandbox", "officer", "nobody", {"officer": "nobody"}),
        ("helpers", "clerk", "nobody", {"clerk": "nobody"}),
    ],
)
def test_a_lever_makes_it_so_over_the_wire_and_the_way_back_unmakes_it(
    sandbox: Sandbox, name: str, lever: str, value: str, so: dict[str, str]
) -> None:
    part = PARTS[name](sandbox)
    before = standing(part)
    levers.pull(part, lever, value)
    assert {fact: one for fact, one in standing(part).items() if before.get(fact) != one} == so
    fact = levers.described(type(part))[lever].fact
    back = next(one for one in levers.described(type(part)).values() if one.fact == fact and one.back)
    levers.pull(part, back.name, value.partition(":")[0] if back.parameters else "")
    assert standing(part) == before


def test_a_cut_line_is_cut_for_everybody_and_who_sleeps_behind_it_sleeps_on(part: DepartmentsPart, sandbox: Sandbox) -> None:
    levers.pull(part, "department", "hrss:asleep")
    levers.pull(part, "cut_network")
    for system in SYSTEMS:
        with pytest.raises(requests.ConnectionError):
            ask(sandbox, f"/{system}/anything", {})
    levers.pull(part, "join_network")
    assert ask(sandbox, "/hrss/anything", {}).status_code == 503


def test_the_newest_order_is_paid_now(phone: PhonePart, sandbox: Sandbox) -> None:
    order(sandbox, "XM0001-1-P1")
    order(sandbox, "XM0001-2-P1")
    assert standing(phone)["order"] == "¥100.00"
    levers.pull(phone, "pay")
    assert [one["state"] for one in sandbox.orders()[-2:]] == ["waiting", "paid"]


def test_no_department_is_made_up(part: DepartmentsPart) -> None:
    with pytest.raises(WrongLever, match="there are: psb-pop"):
        levers.pull(part, "department", "moon:asleep")
    with pytest.raises(WrongLever, match="needs a value for fault"):
        levers.pull(part, "department", "hrss")


def test_a_sandbox_that_is_gone_says_so() -> None:
    assert PhonePart(Sandbox.at("http://127.0.0.1:9")).stands() == {"gone": "yes"}
