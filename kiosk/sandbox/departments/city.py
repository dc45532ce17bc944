"""CITY (i厦门): one place that knows a person's cases at all departments and carries messages about them, as the city's portal does."""

from __future__ import annotations

import base64
import sqlite3
from datetime import datetime
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field, model_validator

from kiosk.sandbox import board, threads
from kiosk.sandbox.envelope import REFUSALS, Body, Call, Person, Refusal, Reply
from kiosk.sandbox.recordings import Recording
from kiosk.sandbox.records import Records

SCHEMA = threads.SCHEMA + board.SCHEMA
CASE_NO = Field(pattern=r"^[0-9A-Za-z_:.-]{1,40}$")
NO_WISH = Refusal("CITY-4042", "这个愿望已不在列表中", 404)
UNKNOWN = Refusal("CITY-4041", "没有查到您本人的这个办件", 404)


class OfPerson(Body):
    person: Person


class OfCase(OfPerson):
    case_no: str = CASE_NO


class WriteMessage(OfCase):
    text: str = Field(min_length=2, max_length=200)


class LeaveMessage(Body):
    topic: Literal["machine", "police", "social", "transport", "other"]
    text: str = Field(default="", max_length=200)
    audio: list[Recording] = Field(default=[], max_length=1)
    mobile: str = Field(default="", pattern=r"^(1[3-9]\d{9})?$")


    @model_validator(mode="after")
    def written_or_spoken(self) -> Self:
        """One of both, and something in it."""
        if bool(self.audio) == (len(self.text.strip()) >= 2):
            raise ValueError("a text or a recording")
        return self


class Wish(Body):
    wish: str = CASE_NO
    own: str = Field(default="", max_length=40)


class Row(BaseModel):
    label: str
    value: str


class Case(BaseModel):
    title: str
    rows: list[Row]


class Cases(BaseModel):
    count: str
    records: list[Case]


class Choice(BaseModel):
    value: str
    fields: dict[str, str]


class Choices(BaseModel):
    records: list[Choice]


class Messages(BaseModel):
    facts: list[Row]


class Written(BaseModel):
    case_no: str
    state: str
    records: list[Case]


class Left(BaseModel):
    number: str
    owner: str
    until: str


class Wished(BaseModel):
    title: str
    votes: str


def fill(db: sqlite3.Connection, now: datetime) -> None:
    threads.fill(db, now)
    board.fill(db, now)


def routes(records: Records) -> APIRouter:
    router = APIRouter(prefix="/city", tags=["CITY i厦门"], responses=REFUSALS)

    def found(person: Person, case_no: str) -> threads.Case:
        for case in threads.cases(records, person.id_number, person.name):
            if case.case_no == case_no:
                return case
        raise UNKNOWN

    @router.post("/listCases", operation_id="CITY.listCases", response_model=Reply[Cases])
    async def list_cases(body: OfPerson, call: Annotated[Call, Depends()]) -> Any:
        """What this person has asked departments for, the newest first, how far it is, and what was written about it."""
        call.about(body.person)
        cases = threads.cases(records, body.person.id_number, body.person.name)
        return call.reply({"count": f"{len(cases)} 件", "records": [_told(records, case) for case in cases]})

    @router.post("/chooseCase", operation_id="CITY.chooseCase", response_model=Reply[Choices])
    async def choose_case(body: OfPerson, call: Annotated[Call, Depends()]) -> Any:
        """The same cases, to choose one of."""
        call.about(body.person)
        cases = threads.cases(records, body.person.id_number, body.person.name)
        return call.reply({"records": [{"value": case.case_no, "fields": _fields(records, case)} for case in cases]})

    @router.post("/readMessages", operation_id="CITY.readMessages", response_model=Reply[Messages])
    async def read_messages(body: OfCase, call: Annotated[Call, Depends()]) -> Any:
        """What department and person have written to each other about one case, the oldest first."""
        call.about(body.person)
        written = threads.look(records, found(body.person, body.case_no))
        return call.reply({"facts": [{"label": who, "value": text} for who, text in written]})

    @router.post("/writeMessage", operation_id="CITY.writeMessage", response_model=Reply[Written])
    async def write_message(body: WriteMessage, call: Annotated[Call, Depends()]) -> Any:
        """A question or an answer of the person to the department of the case; one key is one message."""
        call.about(body.person)
        case = found(body.person, body.case_no)

        def write() -> dict[str, Any]:
            try:
                written = threads.write(records, case, body.text)
            except threads.Full:
                raise Refusal("CITY-4091", "这个办件的留言已满") from None
            rows = [{"label": who, "value": text} for who, text in written]
            return {"case_no": case.case_no, "state": case.state, "records": [{"title": case.title, "rows": rows}]}

        return call.reply(records.once("CITY", call.key, call.operation, body.model_dump(), write), message="留言已送达")

    @router.post("/listMessages", operation_id="CITY.listMessages", response_model=Reply[Cases])
    async def list_messages(body: Body, call: Annotated[Call, Depends()]) -> Any:
        """The public board, the newest first: what was answered in full, what is open with its owner and its day."""
        found = board.messages(records)
        waiting = sum(not one.reply for one in found)
        return call.reply({"count": f"{len(found)} 条，{waiting} 条待回复", "records": [_public(one) for one in found]})

    @router.post("/leaveMessage", operation_id="CITY.leaveMessage", response_model=Reply[Left])
    async def leave_message(body: LeaveMessage, call: Annotated[Call, Depends()]) -> Any:
        """A message of somebody who need not say who they are; one key is one message."""

        def leave() -> dict[str, Any]:
            audio = base64.b64decode(body.audio[0]) if body.audio else b""
            left = board.leave(records, body.topic, body.text, body.mobile, audio)
            return {"number": left.number, "owner": left.owner, "until": left.until}

        return call.reply(records.once("CITY", call.key, call.operation, body.model_dump(), leave), message="留言已送达")

    @router.post("/chooseWish", operation_id="CITY.chooseWish", response_model=Reply[Choices])
    async def choose_wish(body: Body, call: Annotated[Call, Depends()]) -> Any:
        """What people wish for most, and a place for another wish."""
        known = [{"value": value, "fields": {"title": title, "votes": f"{votes} 人"}} for value, title, votes in board.wishes(records)]
        return call.reply({"records": [*known, {"value": board.OWN, "fields": {"title": "都不是，我自己写", "votes": "—"}}]})

    @router.post("/wish", operation_id="CITY.wish", response_model=Reply[Wished])
    async def wish(body: Wish, call: Annotated[Call, Depends()]) -> Any:
        """One vote, or a wish of one's own; one key is one of either."""

        def take() -> dict[str, Any]:
            if body.wish == board.OWN:
                if len(body.own.strip()) < 2:
                    raise Refusal("SYS-4000", "请写下您想办的业务", 400)
                return {"title": body.own.strip(), "votes": f"{board.wish(records, body.own.strip())} 人"}
            votes = board.vote(records, body.wish)
            if votes is None:
                raise NO_WISH
            title = next(title for value, title, _ in board.wishes(records) if value == body.wish)
            return {"title": title, "votes": f"{votes} 人"}

        return call.reply(records.once("CITY", call.key, call.operation, body.model_dump(), take), message="愿望已记下")

    return router


def _public(message: board.Message) -> dict[str, Any]:
    rows = [("编号", message.number), ("承办", message.owner)]
    if message.seconds:
        rows.append(("方式", f"语音留言，{message.seconds} 秒，录音不公开"))
    if message.reply:
        rows += [("留言", message.text)] if message.text else []
        rows += [(f"回复 {message.replied_at}", message.reply)]
    else:
        rows.append(("状态", f"待回复，{message.until} 前答复"))
    return {"title": f"{message.at:%Y-%m-%d}", "rows": [{"label": label, "value": value} for label, value in rows]}


def _told(records: Records, case: threads.Case) -> dict[str, Any]:
    written = threads.look(records, case)
    rows = [("办件编号", case.case_no), ("受理时间", case.at[:16].replace("T", " ")), ("进度", case.state), ("留言", threads.told(written))]
    rows += written[-1:]  # the newest in full; the whole thread stands where one can answer it
    return {"title": case.title, "rows": [{"label": label, "value": value} for label, value in rows]}


def _fields(records: Records, case: threads.Case) -> dict[str, str]:
    return {
        "title": case.title,
        "number": case.case_no,
        "state": case.state,
        "messages": threads.told(threads.look(records, case)),
    }
