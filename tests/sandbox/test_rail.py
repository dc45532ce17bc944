"""RAIL as the kiosk's adapter meets it: stations, trains, seats that are kept for ten minutes, tickets."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import requests
from days import day

from kiosk.backoffice.mapping import load, shape
from kiosk.http import Shape
from kiosk.people import citizens
from kiosk.sandbox import seed
from kiosk.sandbox.departments import departments, rail
from kiosk.sandbox.envelope import Person, Refusal
from kiosk.sandbox.records import XIAMEN, Records

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "T.t"}
SOON, LATER = 3, 5  # days from today


def person(citizen):
    card = citizens()[citizen].card
    return {"name": card.name, "id_number": card.id_number}


@pytest.fixture
def ask(sandbox):
    keys = iter(range(10_000))
    shapes = {name: Shape(shape(operation)) for name, operation in load("RAIL").operations.items()}

    def post(operation, citizen="", key=None, **body):
        headers = {**HEADERS, "Idempotency-Key": key or f"KEY-{next(keys):05d}"}
        sent = {"person": person(citizen), **body} if citizen else body
        with requests.post(f"{sandbox.url}/rail/{operation}", json=sent, headers=headers, timeout=30) as response:
            reply = response.json()
        if reply["code"] == "0":
            shapes[operation].check(reply["data"])  # as the adapter does
        return reply

    return post


@pytest.fixture
def codes(ask):
    return {one["fields"]["name"]: one["value"] for one in ask("listStations")["data"]["records"]}


@pytest.fixture
def trip(ask, codes):
    """A single trip that can be had, from one station to another."""

    def chosen(origin="厦门北", destination="福州南", ahead=SOON, **more):
        there = {"origin": codes[origin], "destination": codes[destination], "day": day(ahead)}
        return {**there, "train": ask("queryTrains", **there)["data"]["records"][0]["value"], "trip": "single", **more}

    return chosen


def test_the_stations_of_the_country_are_there_those_of_the_city_first(ask):
    found = ask("listStations")["data"]["records"]
    assert len(found) > 400 and [one["fields"]["name"] for one in found[:2]] == ["厦门", "厦门北"]
    assert len({one["value"] for one in found}) == len(found)
    assert next(one["search"] for one in found if one["fields"]["name"] == "乌鲁木齐") == "wlmq"


@pytest.mark.parametrize(
    ("origin", "destination"), [("厦门北", "福州南"), ("福州南", "厦门北"), ("拉萨", "满洲里"), ("北京南", "上海虹桥")]
)
def test_there_are_trains_from_any_station_to_any_other(ask, codes, origin, destination):
    found = ask("queryTrains", origin=codes[origin], destination=codes[destination], day=day(SOON))["data"]["records"]
    assert len(found) >= 5 and len({one["value"] for one in found}) == len(found)
    assert all(one["fields"]["departs"].endswith(origin) and one["fields"]["arrives"].endswith(destination) for one in found)
    assert [one["fields"]["departs"] for one in found] == sorted(one["fields"]["departs"] for one in found)


def test_a_train_costs_and_takes_what_one_would_expect(ask, codes):
    def second(origin, destination):
        found = ask("queryTrains", origin=codes[origin], destination=codes[destination], day=day(SOON))["data"]["records"]
        return next(one["amount_fen"] for one in found if "二等座" in one["fields"]["train"] and one["fields"]["train"][0] == "G")

    assert 7_000 < second("厦门北", "福州南") < 14_000
    assert 25_000 < second("厦门北", "南京南") < 60_000


def test_what_has_left_is_not_offered(ask, codes):
    now = f"{datetime.now(XIAMEN):%H:%M}"
    found = ask("queryTrains", origin=codes["厦门北"], destination=codes["福州南"], day=day())["data"]["records"]
    assert all(one["fields"]["departs"] >= now for one in found)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"destination": "XMB"}, "RAIL-4091"),
        ({"day": -1}, "RAIL-4001"),
        ({"day": 15}, "RAIL-4001"),
        ({"origin": "NOWHERE"}, "RAIL-4001"),
    ],
)
def test_where_and_when_no_train_goes(ask, codes, change, code):
    assert codes["厦门北"] == "XMB"
    body = {"origin": "XMB", "destination": codes["福州南"], **change, "day": day(change.get("day", SOON))}
    assert ask("queryTrains", **body)["code"] == code


def test_a_single_ticket_is_kept_priced_and_sold_once(ask, trip):
    chosen = trip()
    facts = ask("checkTrip", "c01", **chosen)["data"]["facts"]
    assert [one["label"] for one in facts] == ["去程", "席位保留"] and "厦门北 → " in facts[0]["value"]
    lock = ask("lockSeat", "c01", "V1-H1", **chosen)
    assert ask("lockSeat", "c01", "V1-H1", **chosen) == lock
    lock_no = lock["data"]["lock_no"]
    fen = ask("quote", "c01", lock_no=lock_no)["data"]["amount_fen"]
    paid = {"lock_no": lock_no, "order_no": "V1-P1", "amount_fen": fen}
    assert ask("confirm", "c01", **{**paid, "amount_fen": fen - 50})["code"] == "RAIL-4098"
    assert ask("confirm", "c02", **paid)["code"] == "RAIL-4097"  # not whose seat it is
    sold = ask("confirm", "c01", "V1-S", **paid)
    assert sold["data"]["outward"].startswith(facts[0]["value"]) and "back" not in sold["data"]
    assert ask("confirm", "c01", "V1-S", **paid) == sold
    assert ask("confirm", "c01", "V2-S", **paid)["code"] == "RAIL-4097"
    assert ask("checkTrip", "c01", **chosen)["code"] == "RAIL-4094"
    assert ask("checkTrip", "c02", **chosen)["code"] == "0"


def test_a_return_is_one_lock_one_price_and_both_ways(ask, codes, trip):
    there = trip(destination="福州南")
    asked = {"origin": codes["福州南"], "destination": codes["厦门北"], "outward": there["train"], "outward_day": day(SOON)}
    asked["day"] = day(LATER)
    back = ask("queryTrains", **asked)["data"]["records"][0]
    both = {**there, "trip": "return", "return_day": day(LATER), "return_train": back["value"]}
    lock_no = ask("lockSeat", "c01", **both)["data"]["lock_no"]
    fen = ask("quote", "c01", lock_no=lock_no)["data"]["amount_fen"]
    alone = ask("quote", "c02", lock_no=ask("lockSeat", "c02", **there)["data"]["lock_no"])["data"]["amount_fen"]
    assert fen == alone + back["amount_fen"]
    sold = ask("confirm", "c01", lock_no=lock_no, order_no="V1-P1", amount_fen=fen)["data"]
    assert "厦门北 → " in sold["outward"] and "福州南 → " in sold["back"]


def test_nobody_comes_back_before_they_arrive(ask, codes, trip):
    there = trip("厦门北", "哈尔滨")  # more than a day
    asked = {"origin": codes["哈尔滨"], "destination": codes["厦门北"], "outward": there["train"], "outward_day": day(SOON)}
    assert ask("queryTrains", day=day(2), **asked)["code"] == "RAIL-4092"
    every = ask("queryTrains", origin=asked["origin"], destination=asked["destination"], day=day(SOON))["data"]["records"]
    assert ask("queryTrains", day=day(SOON), **asked)["data"]["records"] == []
    both = {**there, "trip": "return", "return_day": day(SOON), "return_train": every[0]["value"]}
    assert ask("lockSeat", "c01", **both)["code"] == "RAIL-4093"
    assert ask("lockSeat", "c01", **{**there, "trip": "return"})["code"] == "RAIL-4001"


def test_a_seat_that_was_let_go_is_free_and_no_longer_paid_for(ask, trip):
    chosen = trip()
    lock_no = ask("lockSeat", "c01", "V1-H1", **chosen)["data"]["lock_no"]
    assert ask("releaseSeat", key="V1-X1", hold_key="V1-H1")["data"] == {"released": True}
    assert ask("releaseSeat", key="V1-X1", hold_key="V1-H1")["data"] == {"released": True}
    assert ask("quote", "c01", lock_no=lock_no)["code"] == "RAIL-4097"
    assert ask("releaseSeat", hold_key="V9-H1")["data"] == {"released": False}
    assert ask("lockSeat", "c01", "V9-H1", **chosen)["code"] == "RAIL-4096"  # came after its release


def test_what_is_sold_is_not_let_go_but_can_be_taken_back(ask, trip):
    chosen = trip()
    lock_no = ask("lockSeat", "c01", "V1-H1", **chosen)["data"]["lock_no"]
    fen = ask("quote", "c01", lock_no=lock_no)["data"]["amount_fen"]
    number = ask("confirm", "c01", lock_no=lock_no, order_no="V1-P1", amount_fen=fen)["data"]["case_no"]
    assert ask("releaseSeat", hold_key="V1-H1")["data"] == {"released": False}
    assert ask("refund", "c02", ticket_no=number)["code"] == "RAIL-4042"
    assert ask("refund", "c01", ticket_no=number)["data"] == {"amount_fen": fen}
    assert ask("refund", "c01", ticket_no=number)["code"] == "RAIL-4042"
    assert ask("checkTrip", "c01", **chosen)["code"] == "0"


def test_the_last_seat_is_sold_to_one(ask, codes):
    there = {"origin": codes["厦门北"], "destination": codes["福州南"], "trip": "single"}
    found = []
    for one in (day(ahead) for ahead in range(1, 15)):
        offered = ask("queryTrains", origin=there["origin"], destination=there["destination"], day=one)["data"]["records"]
        found += [(int(train["fields"]["left"].split()[0]), one, train["value"]) for train in offered if train["fields"]["left"] != "有"]
    left, chosen, train = min(found)
    citizen = iter(citizens())
    for _ in range(left):
        assert ask("lockSeat", next(citizen), **there, day=chosen, train=train)["code"] == "0"
    assert ask("lockSeat", next(citizen), **there, day=chosen, train=train)["code"] == "RAIL-4095"


def test_name_and_number_must_belong_together(ask, trip):
    wrong = {**person("c01"), "name": "王五"}
    assert ask("checkTrip", person=wrong, **trip())["code"] == "RAIL-4041"
    assert ask("lockSeat", person=wrong, **trip())["code"] == "RAIL-4041"


def test_a_lock_dies_by_itself_after_ten_minutes(tmp_path, monkeypatch):
    records = Records(tmp_path / "sandbox.db", (seed, *departments()))
    stations = {one.name: one for one in rail.stations().values()}
    train = next(number for number in rail.timetable(stations["厦门北"], stations["福州南"]) if number[0] == "K")
    who = Person.model_validate(person("c01"))
    asked = rail.Trip(person=who, origin="XMB", destination=stations["福州南"].code, day=day(SOON), train=f"{train}_hard", trip="single")
    lock_no = rail._locked(records, asked, "V1-H1")["lock_no"]
    fen = rail._held(records, rail.Quote(person=who, lock_no=lock_no))["fen"]
    word = rail.Confirm(person=who, lock_no=lock_no, order_no="V1-P1", amount_fen=fen)
    later = records.now() + timedelta(seconds=601)
    monkeypatch.setattr(Records, "now", lambda self: later)
    with pytest.raises(Refusal) as refused:
        rail._sold(records, word)
    assert refused.value.code == "RAIL-4097"
    monkeypatch.undo()
    assert rail._sold(records, word)["case_no"].startswith("E")
    records.close()
