"""EDU: how far the enrolment at school of somebody's child is. Of a minor nothing but the status is told."""

from __future__ import annotations

import sqlite3
import tomllib
from datetime import datetime, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from kiosk.people import FOLDER
from kiosk.sandbox.departments.population import registered
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.records import Records

SCHEMA = """
CREATE TABLE IF NOT EXISTS edu_enrolment (
    child_id TEXT NOT NULL, stage TEXT NOT NULL, state TEXT NOT NULL, day TEXT NOT NULL, next TEXT NOT NULL, PRIMARY KEY (child_id, stage));
CREATE TABLE IF NOT EXISTS edu_guardian (child_id TEXT NOT NULL, id_number TEXT NOT NULL, PRIMARY KEY (child_id, id_number));
"""
PRIMARY, JUNIOR = "小学一年级", "初中一年级"
NEXT = {
    "已报名": "等待材料核验，一般 10 个工作日内出结果",
    "材料核验中": "核验结果会发短信到报名时填的手机",
    "待补充材料": "请登录 i教育 平台，按提示补充材料",
    "材料核验通过": "等待学校安排",
    "已录取": "请留意学校的注册通知",
}
# Child's number → (stage, state, days since then, guardians as the population register (PSB-POP) shared them at enrolment).
# Guardians in the same household are found in that register itself. Nobody here exists.
CHILDREN: dict[str, tuple[str, str, int, tuple[str, ...]]] = {
    "35020320191112345X": (PRIMARY, "材料核验中", 4, ("c01",)),
    "350206202001151666": (PRIMARY, "已报名", 1, ("c02",)),
    "35021120120908055X": (JUNIOR, "已录取", 22, ()),  # in the household of c03
    "350212202006271533": (PRIMARY, "待补充材料", 6, ("c04",)),
    "350203202003111183": (PRIMARY, "材料核验通过", 9, ("c08",)),
    "350206201410184122": (JUNIOR, "材料核验中", 3, ("c09",)),
    "350205201911033115": (PRIMARY, "已录取", 15, ("c10",)),
}


class QueryEnrolment(Body):
    person: Person
    child_id_tail: str = Field(pattern=r"^[0-9]{5}[0-9X]$", description="the last six of the child's ID number")


class Row(BaseModel):
    label: str
    value: str


class Enrolment(BaseModel):
    title: str
    rows: list[Row]


class Progress(BaseModel):
    status: str
    records: list[Enrolment]


def fill(db: sqlite3.Connection, now: datetime) -> None:
    people = tomllib.loads((FOLDER / "citizens.toml").read_text("utf-8"))
    for child, (stage, state, ago, guardians) in CHILDREN.items():
        day = f"{now.date() - timedelta(days=ago)}"
        db.execute("INSERT INTO edu_enrolment VALUES (?, ?, ?, ?, ?)", (child, stage, state, day, NEXT[state]))
        db.executemany("INSERT INTO edu_guardian VALUES (?, ?)", [(child, people[one]["id_number"]) for one in guardians])


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/edu", tags=["EDU i教育"], responses=REFUSALS)

    @router.post("/queryEnrolment", operation_id="EDU.queryEnrolment", response_model=Reply[Progress])
    async def query_enrolment(body: QueryEnrolment, call: Annotated[Call, Depends()]) -> Any:
        """Where the enrolment stands. Somebody else's child and no child at all are the same answer."""
        call.about(body.person)
        row = registered(records, body.person, "EDU-4040")
        query = (
            "SELECT * FROM edu_enrolment WHERE substr(child_id, 13) = ? AND ("
            " child_id IN (SELECT child_id FROM edu_guardian WHERE id_number = ?)"
            " OR child_id IN (SELECT id_number FROM pop_member WHERE household_no = ?)) ORDER BY day DESC"
        )
        found = records.rows(query, body.child_id_tail, row["id_number"], row["household_no"])
        if not found:
            raise Refusal("EDU-4041", "没有查到您作为监护人的报名", 404)
        entries = [
            {
                "title": f"{one['stage']}入学报名",
                "rows": [
                    {"label": "进度", "value": one["state"]},
                    {"label": "更新日期", "value": one["day"]},
                    {"label": "下一步", "value": one["next"]},
                ],
            }
            for one in found
        ]
        return call.reply({"status": found[0]["state"], "records": entries}, message="查询成功")

    return router
