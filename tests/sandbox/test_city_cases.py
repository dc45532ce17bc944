"""CITY: cases and messages are the person's alone, and one key is one message."""

from __future__ import annotations


def newest(ask):
    return ask("chooseCase", "c01")["data"]["records"][0]["value"]


def test_a_message_sent_twice_under_one_key_stands_there_once(asking):
    ask = asking("CITY")
    case = newest(ask)
    before = len(ask("readMessages", "c01", case_no=case)["data"]["facts"])
    first = ask("writeMessage", "c01", key="KEY-MESSAGE", case_no=case, text="请问办好了吗")
    assert ask("writeMessage", "c01", key="KEY-MESSAGE", case_no=case, text="请问办好了吗")["data"] == first["data"]
    assert [row["value"] for row in ask("readMessages", "c01", case_no=case)["data"]["facts"]][before:-1] == ["请问办好了吗"]


def test_nobody_reads_or_answers_somebody_elses(asking):
    ask = asking("CITY")
    case = newest(ask)
    assert ask("readMessages", "c02", case_no=case)["code"] == "CITY-4041"
    assert ask("writeMessage", "c02", case_no=case, text="请问办好了吗")["code"] == "CITY-4041"
    assert case not in str(ask("listCases", "c02"))


def test_a_thread_has_an_end(asking):
    ask = asking("CITY")
    case = newest(ask)
    codes = [ask("writeMessage", "c01", case_no=case, text=f"第 {number} 条")["code"] for number in range(25)]
    assert codes[0] == "0"
    assert codes[-1] == "CITY-4091"
    assert len(ask("readMessages", "c01", case_no=case)["data"]["facts"]) <= 20


def test_a_deed_of_today_is_a_case_too(asking):
    ask = asking("CITY")
    before = ask("listCases", "c05")["data"]["count"]
    reply = asking("HRSS")("requestHomeVisit", "c05", mobile="13800000005")
    assert reply["code"] == "0", reply
    assert ask("listCases", "c05")["data"]["count"] != before
