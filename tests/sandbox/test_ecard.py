"""ECARD as the kiosk meets it: top-ups and reviews that wait for their card, written through a simulated card that checks every code."""

from __future__ import annotations

import base64
from datetime import datetime

import pytest
import requests

from kiosk.backoffice.mapping import load, shape
from kiosk.devices.contactless_reader.purse import SELECT
from kiosk.devices.contactless_reader.simulated_card import SimulatedCard
from kiosk.http import Shape
from kiosk.people import citizens
from kiosk.sandbox.records import XIAMEN

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "T.t"}
YEAR = datetime.now(XIAMEN).year
PICTURE = base64.b64encode(citizens()["c12"].portrait.read_bytes()).decode()
PLAIN, SENIOR = "3104999900000000018", "3104999900000000117"


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(sandbox):
    keys = iter(range(1000))
    shapes = {name: Shape(shape(operation)) for name, operation in load("ECARD").operations.items()}

    def post(operation, citizen="", key=None, **body):
        headers = {**HEADERS, "Idempotency-Key": key or f"KEY-{next(keys):05d}"}
        sent = {"person": person(citizen), **body} if citizen else body
        with requests.post(f"{sandbox.url}/ecard/{operation}", json=sent, headers=headers, timeout=30) as response:
            reply = response.json()
        if reply["code"] == "0":
            shapes[operation].check(reply["data"])  # as the adapter does
        return reply

    return post


@pytest.fixture
def paid(ask):
    orders = iter(range(1000))

    def top_up(card, yuan):
        body = {"card": card.number, "balance_fen": card.balance, "amount": f"{yuan}"}
        return ask("createTopup", **body, order_no=f"V{next(orders)}-P1", amount_fen=yuan * 100)

    return top_up


@pytest.fixture
def lay_down(ask):
    """The kiosk's side of the writing: the card is put down, and commands go to it until the company is done.

    `lifted`: the card is pulled away at the command with this number, `before` or `after` it was done.
    """

    def write(card, operation="writeCard", lifted=0, when="before"):
        card.power()
        card.answer(SELECT)
        answers, sent = [], 0
        for number in range(1, 13):
            body = {"card": card.number, "write_no": 1, "round": number, "responses": [one.hex().upper() for one in answers]}
            reply = ask(operation, **body)
            if reply["code"] != "0" or reply["data"]["done"]:
                return reply
            answers = []
            for command in reply["data"]["apdus"]:
                sent += 1
                if sent == lifted and when == "before":
                    return None
                answers.append(card.answer(bytes.fromhex(command)))
                if sent == lifted:
                    return None
        raise AssertionError("no end of rounds")

    return write


def test_what_was_paid_is_on_the_card(ask, paid, lay_down):
    card = SimulatedCard(PLAIN, balance=1_280)
    told = paid(card, 50)["data"]
    assert (told["before"], told["amount"], told["after"]) == ("12.80 元", "50.00 元", "62.80 元")
    assert lay_down(card)["data"] == {"apdus": [], "done": True, "balance_fen": 6_280}
    assert (card.balance, card.counter) == (6_280, 2)
    assert lay_down(card)["data"] == {"apdus": [], "done": True} and card.balance == 6_280
    newest = ask("listTransactions", card=card.number, balance_fen=card.balance)["data"]
    assert newest["balance"] == "62.80 元" and newest["pending"] == "没有"
    assert newest["records"][0]["title"] == "充值" and newest["records"][0]["rows"][1]["value"] == "+50.00 元"


@pytest.mark.parametrize(("lifted", "when"), [(1, "before"), (1, "after"), (2, "before"), (2, "after")])
def test_a_card_that_is_lifted_is_loaded_once_whenever_it_comes_back(ask, paid, lay_down, lifted, when):
    card = SimulatedCard(PLAIN, balance=1_280)
    paid(card, 100)
    assert lay_down(card, lifted=lifted, when=when) is None
    assert lay_down(card)["data"] == {"apdus": [], "done": True, "balance_fen": 11_280}
    assert (card.balance, card.counter) == (11_280, 2)


@pytest.mark.parametrize(
    ("when", "rides", "amount", "after", "fact"),
    [
        ("before", 0, "100.00 元", "112.80 元", "上次付款未写卡"),
        ("after", 0, "0.00 元", "112.80 元", "上次的充值"),  # only its answer was lost: nobody is told that more will come
        ("after", 10_500, "以写卡后的卡内余额为准", "以写卡后的卡内余额为准", "上次付款未写卡"),
    ],
)
def test_nobody_is_told_a_balance_that_the_card_will_not_have(ask, paid, lay_down, when, rides, amount, after, fact):
    card = SimulatedCard(PLAIN, balance=1_280)
    paid(card, 100)
    lay_down(card, lifted=2, when=when)
    card.balance -= rides
    asked = {"card": card.number, "balance_fen": card.balance, "amount": "pending"}
    told = ask("createTopup", **asked)["data"]
    assert (told["amount"], told["after"]) == (amount, after)
    assert fact in [one["label"] for one in ask("readCard", **asked)["data"]["facts"]]
    assert lay_down(card)["data"]["balance_fen"] == card.balance == 11_280 - rides


def test_a_full_purse_that_was_lifted_after_its_load_is_not_refused_the_second_time(paid, lay_down):
    card = SimulatedCard(PLAIN, balance=50_000)
    assert paid(card, 500)["code"] == "0"
    assert lay_down(card, lifted=2, when="after") is None and card.balance == 100_000
    assert lay_down(card)["data"]["done"] and (card.balance, card.counter) == (100_000, 2)


def test_what_an_earlier_visit_left_is_written_first(ask, paid, lay_down):
    card = SimulatedCard("3104999900000000026", balance=90)
    first = paid(card, 50)["data"]
    facts = ask("readCard", card=card.number, balance_fen=card.balance, amount="100")["data"]["facts"]
    assert {"label": "上次付款未写卡", "value": "50.00 元，这次一起写入"} in facts
    assert ask("listTransactions", card=card.number, balance_fen=card.balance)["data"]["pending"] == "50.00 元"
    assert paid(card, 100)["data"]["amount"] == "150.00 元"
    assert lay_down(card, lifted=4, when="before") is None and card.balance == 5_090  # the older one is there
    again = ask("createTopup", card=card.number, balance_fen=card.balance, amount="pending")["data"]
    assert again["amount"] == "100.00 元" and again["case_no"] != first["case_no"]
    assert lay_down(card)["data"]["balance_fen"] == card.balance == 15_090
    assert ask("createTopup", card=card.number, balance_fen=card.balance, amount="pending")["code"] == "ECARD-4041"


def test_the_same_key_is_one_top_up_and_an_order_is_good_for_one(ask):
    body = {"card": PLAIN, "balance_fen": 1_280, "amount": "50", "order_no": "V1-P1", "amount_fen": 5_000}
    first = ask("createTopup", key="V1-S", **body)
    assert ask("createTopup", key="V1-S", **body) == first
    assert ask("listTransactions", card=PLAIN, balance_fen=1_280)["data"]["pending"] == "50.00 元"
    assert ask("createTopup", key="V2-S", **body)["code"] == "ECARD-4096"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"amount_fen": 4_999}, "ECARD-4093"),
        ({"order_no": ""}, "ECARD-4093"),
        ({"amount": "70"}, "SYS-4000"),
        ({"balance_fen": 95_001}, "ECARD-4092"),
        ({"card": "3104999900000000034"}, "ECARD-4091"),
        ({"card": "3104999900000000992"}, "ECARD-4040"),
    ],
)
def test_what_is_not_loaded(ask, change, code):
    body = {"card": PLAIN, "balance_fen": 1_280, "amount": "50", "order_no": "V1-P1", "amount_fen": 5_000, **change}
    assert ask("createTopup", **body)["code"] == code
    if code not in ("ECARD-4093",):
        assert ask("readCard", **{name: body[name] for name in ("card", "balance_fen", "amount")})["code"] == code


def test_a_card_that_does_not_know_the_key_is_given_nothing(ask, paid, lay_down, monkeypatch):
    card = SimulatedCard(PLAIN, balance=1_280)
    paid(card, 50)
    monkeypatch.setattr("kiosk.devices.contactless_reader.simulated_card.KEY", b"of somebody else")
    assert lay_down(card)["code"] == "ECARD-4098" and card.balance == 1_280
    monkeypatch.undo()
    assert lay_down(card)["data"]["balance_fen"] == card.balance == 6_280


@pytest.mark.parametrize("forged", ["of the begin", "of the end"])
def test_an_answer_that_the_card_did_not_give_is_not_believed(ask, paid, lay_down, forged):
    card = SimulatedCard(PLAIN, balance=1_280)
    paid(card, 50)
    card.answer(SELECT)
    (begin,) = ask("writeCard", card=card.number, write_no=1, round=1)["data"]["apdus"]
    answer = card.answer(bytes.fromhex(begin))
    if forged == "of the begin":
        answer = answer[:12] + bytes(4) + answer[-2:]
    else:
        ask("writeCard", card=card.number, write_no=1, round=2, responses=[answer.hex()])
        answer = bytes(4) + b"\x90\x00"
    assert ask("writeCard", card=card.number, write_no=1, round=3, responses=[answer.hex()])["code"] == "ECARD-4098"
    assert lay_down(card)["data"]["balance_fen"] == card.balance == 6_280


def test_a_round_that_is_asked_twice_has_one_answer(ask, paid):
    card = SimulatedCard(PLAIN, balance=1_280)
    paid(card, 50)
    card.answer(SELECT)
    begun = ask("writeCard", card=card.number, write_no=1, round=1)["data"]["apdus"]
    answer = card.answer(bytes.fromhex(begun[0])).hex()
    body = {"card": card.number, "write_no": 1, "round": 2, "responses": [answer]}
    assert ask("writeCard", key="V1-W2", **body) == ask("writeCard", key="V1-W2", **body)


def test_only_what_no_card_has_seen_is_taken_back(ask, paid, lay_down):
    card = SimulatedCard(PLAIN, balance=1_280)
    paid(card, 50)
    assert ask("reverse", order_no="V0-P1")["data"] == {"reversed": True}
    assert lay_down(card)["data"]["done"] and card.balance == 1_280
    paid(card, 50)
    lay_down(card, lifted=2, when="before")  # the command was on its way
    assert ask("reverse", order_no="V1-P1")["code"] == "ECARD-4097"


# ── Concessions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_reviewed_card_carries_its_new_last_day(ask, lay_down):
    card = SimulatedCard(SENIOR, valid_until=f"{YEAR}1231")
    facts = ask("checkEligibility", "c05", category="senior", card=card.number)["data"]["facts"]
    assert {"label": "年审后有效期至", "value": f"{YEAR + 1}-12-31"} in facts
    first = ask("createReview", "c05", "V1-S", category="senior", card=card.number)
    assert ask("createReview", "c05", "V1-S", category="senior", card=card.number) == first
    assert lay_down(card, "writeReview", lifted=1, when="after") is None  # its answer was lost
    later = ask("createReview", "c05", "V2-S", category="senior", card=card.number)["data"]
    assert later["case_no"] == first["data"]["case_no"]  # goes on with what waits
    assert lay_down(card, "writeReview")["data"] == {"apdus": [], "done": True}
    assert card.valid_until == f"{YEAR + 1}1231"
    assert ask("checkEligibility", "c05", category="senior", card=card.number)["code"] == "ECARD-4094"


def test_a_review_finishes_the_top_up_that_waits_for_the_card(ask, paid, lay_down):
    card = SimulatedCard("3104999900000000125", balance=2_650)
    paid(card, 50)
    ask("createReview", "c07", category="student", card=card.number)
    assert lay_down(card, "writeReview")["data"]["done"]
    assert card.balance == 7_650 and card.valid_until == f"{YEAR + 1}1231"


@pytest.mark.parametrize(
    ("citizen", "category", "card", "code"),
    [
        ("c12", "senior", SENIOR, "ECARD-4043"),  # another old man's
        ("c01", "senior", SENIOR, "ECARD-4031"),
        ("c03", "love", "3104999900000000133", "0"),
        ("c04", "honour", "3104999900000000141", "0"),
        ("c08", "student", "3104999900000000125", "ECARD-4032"),  # has finished
        ("c05", "senior", "3104999900000000992", "ECARD-4040"),
        ("c07", "student", SENIOR, "ECARD-4043"),
    ],
)
def test_whose_card_is_reviewed(ask, citizen, category, card, code):
    assert ask("checkEligibility", citizen, category=category, card=card)["code"] == code
    assert ask("createReview", citizen, category=category, card=card)["code"] == code


def test_a_card_of_another_kind_is_not_reviewed_as_what_it_is_not(ask):
    assert ask("createReview", "c03", category="love", card=PLAIN)["code"] == "ECARD-4043"
    assert ask("createReview", "", person={**person("c05"), "name": "王五"}, category="senior", card=SENIOR)["code"] == "ECARD-4042"


def test_an_old_man_applies_with_a_photo_and_pays_nothing(ask):
    wish = {"category": "senior", "photo": [PICTURE], "mobile": "13800000012", "delivery": "pickup"}
    assert ask("checkEligibility", "c12", category="senior")["code"] == "0"
    assert ask("quoteCard", "c12", category="senior")["data"] == {"amount_fen": 0}
    first = ask("createApplication", "c12", "V1-S", **wish)
    assert ask("createApplication", "c12", "V1-S", **wish) == first
    with requests.get(first["data"]["qr"], timeout=10) as page:
        assert page.status_code == 200 and "敬老卡" in page.text and citizens()["c12"].card.name not in page.text
    with requests.get(first["data"]["qr"][:-8] + "00000000", timeout=10) as page:
        assert page.status_code == 404
    assert ask("createApplication", "c12", **wish)["code"] == "ECARD-4099"
    assert ask("createApplication", "c11", **{**wish, "photo": ["AAAA"]})["code"] == "SYS-4000"


@pytest.mark.parametrize(
    ("citizen", "category", "code"),
    [("c05", "senior", "ECARD-4095"), ("c01", "senior", "ECARD-4031"), ("c10", "love", "0"), ("c01", "love", "ECARD-4033")],
)
def test_who_may_apply(ask, citizen, category, code):
    wish = {"category": category, "photo": [PICTURE], "mobile": "13800000012", "delivery": "mail"}
    assert ask("checkEligibility", citizen, category=category)["code"] == code
    assert ask("createApplication", citizen, **wish)["code"] == code
