"""A person's cases at all departments, and what department and person have written to each other about one."""

from __future__ import annotations

import json
import sqlite3
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.people import FOLDER
from kiosk.sandbox.records import Records

OFFICES = {
    "PSB-POP": "公安户政", "PSB-RES": "公安人口", "PSB-EXIT": "公安出入境", "PSB-TMS": "公安交警", "HRSS": "人社", "TRANS": "交通运输",
    "RAIL": "铁路", "ECARD": "e通卡", "HPF": "住房公积金", "HSA": "医保", "TAX": "税务", "RERC": "不动产", "MCA": "民政", "EDU": "教育",
    "UTIL": "公用事业",
}  # fmt: skip
MOST = 20  # cases of a list, and messages of a case
SCHEMA = """
CREATE TABLE IF NOT EXISTS city_case (
    case_no TEXT PRIMARY KEY, system TEXT NOT NULL, matter TEXT NOT NULL, id_number TEXT NOT NULL, at TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS city_message (
    number INTEGER PRIMARY KEY, case_no TEXT NOT NULL, sender TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL);
"""
# Citizen → (office, matter, days since then, state, messages: (days since then, of the citizen, text)). Nobody here exists.
EARLIER: dict[str, tuple[tuple[str, str, int, str, tuple[tuple[int, bool, str], ...]], ...]] = {
    "c01": (
        ("PSB-POP", "居民身份证换领", 9, "制证中", (
            (8, False, "您的换领申请已受理，照片审核通过，证件正在制作。"),
            (6, True, "请问可以寄到单位吗？"),
            (5, False, "可以。请在领取前告诉我们收件地址，邮费由您自付。"),
        )),
        ("HPF", "离职提取住房公积金", 21, "已办结", ((20, False, "提取款已转入您名下的银行账户，请查收。"),)),
    ),
    "c02": (("PSB-TMS", "补领机动车行驶证", 4, "待补充材料", ((3, False, "请在 10 日内补一张清楚的车辆照片，可以在这里回复。"),)),),
    "c05": (("HRSS", "领取养老金资格认证", 30, "已办结", ((30, False, "认证已通过，养老金按月发放，下次认证时间为明年同月。"),)),),
    "c08": (("PSB-RES", "居住证签注", 6, "办理中", ((5, False, "居住地址正在核实，社区工作人员会与您联系。"),)),),
}  # fmt: skip
CITIZEN = "本人"
ANSWER = "您的留言已收到，已转给经办人，两个工作日内在这里答复您。"


class Full(Exception):
    """No further message fits into this case's thread."""


@dataclass(frozen=True, kw_only=True)
class Case:
    case_no: str
    office: str
    matter: str  # "" where the department gives no name
    at: str
    state: str

    @property
    def title(self) -> str:
        return f"{self.office} · {self.matter}" if self.matter else self.office


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    for citizen, cases in EARLIER.items():
        for number, (system, matter, ago, state, messages) in enumerate(cases, 1):
            case_no = f"XM{(now - timedelta(days=ago)):%y%m%d}{citizen[1:]}{number:02d}"
            row = (case_no, system, matter, people[citizen]["id_number"], (now - timedelta(days=ago)).isoformat(), state)
            db.execute("INSERT INTO city_case VALUES (?, ?, ?, ?, ?, ?)", row)
            for days, own, text in messages:
                _put(db, case_no, CITIZEN if own else OFFICES[system], now - timedelta(days=days), text)


def cases(records: Records, id_number: str, name: str) -> list[Case]:
    """What this person has asked departments for, the newest first. A name that is not theirs has none."""
    if records.row("SELECT 1 FROM person WHERE id_number = ? AND name = ?", id_number, name) is None:
        return []
    earlier = (
        Case(case_no=row["case_no"], office=OFFICES[row["system"]], matter=row["matter"], at=row["at"], state=row["state"])
        for row in records.rows("SELECT * FROM city_case WHERE id_number = ?", id_number)
    )
    here = _deeds(records.rows("SELECT * FROM deed WHERE id_number = ?", id_number))
    return sorted([*earlier, *here], key=lambda case: case.at, reverse=True)[:MOST]


def _deeds(rows: list[sqlite3.Row]) -> Iterator[Case]:
    """A code, a seal, a rating, a message are no cases of their own."""
    for row in rows:
        reply = json.loads(row["reply"])
        if row["system"] in OFFICES and "case_no" in reply:
            state = str(reply.get("state", "已办结" if "document" in reply or "receipt_no" in reply else "已受理，办理中"))
            yield Case(case_no=str(reply["case_no"]), office=OFFICES[row["system"]], matter="", at=row["at"], state=state)


def thread(records: Records, case: Case) -> list[tuple[str, str]]:
    """(who and when, what) in the order of writing."""
    rows = records.rows("SELECT * FROM city_message WHERE case_no = ? ORDER BY number", case.case_no)
    return [(f"{row['sender']} {_when(row['at'])}", row["text"]) for row in rows]


def look(records: Records, case: Case) -> list[tuple[str, str]]:
    """The thread as the person finds it now: the office has answered meanwhile what it was asked since the last look."""
    last = records.row("SELECT sender FROM city_message WHERE case_no = ? ORDER BY number DESC LIMIT 1", case.case_no)
    if last is not None and last["sender"] == CITIZEN:
        _put(records.db, case.case_no, case.office, records.now(), ANSWER)
    return thread(records, case)


def write(records: Records, case: Case, text: str) -> list[tuple[str, str]]:
    """Puts the person's message under the others. Raises Full."""
    if len(thread(records, case)) >= MOST - 1:  # the last place is the office's
        raise Full
    _put(records.db, case.case_no, CITIZEN, records.now(), text)
    return thread(records, case)


def told(found: list[tuple[str, str]]) -> str:
    """How much was written, and by whom last."""
    return f"{len(found)} 条，最近：{found[-1][0]}" if found else "没有"


def _put(db: sqlite3.Connection, case_no: str, sender: str, at: datetime, text: str) -> None:
    db.execute("INSERT INTO city_message (case_no, sender, at, text) VALUES (?, ?, ?, ?)", (case_no, sender, at.isoformat(), text))


def _when(at: str) -> str:
    return f"{datetime.fromisoformat(at):%m-%d}"
