"""The city's public board: messages with an owner and a clock, replies with their dates, and wishes for the next service."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kiosk.sandbox import recordings
from kiosk.sandbox.records import Records

OWNERS = {
    "machine": "便民服务站运维组",
    "police": "厦门市公安局",
    "social": "厦门市人力资源和社会保障局",
    "transport": "厦门市交通运输局",
    "other": "厦门市政务服务中心",
}
WITHIN = timedelta(days=15)  # what the city promises for a reply
MOST = 20
SCHEMA = """
CREATE TABLE IF NOT EXISTS board_message (
    number TEXT PRIMARY KEY, topic TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL, mobile TEXT NOT NULL,
    seconds INTEGER NOT NULL DEFAULT 0, audio BLOB NOT NULL DEFAULT x'',
    reply TEXT NOT NULL DEFAULT '', replied_at TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS board_wish (value TEXT PRIMARY KEY, title TEXT NOT NULL, votes INTEGER NOT NULL, public INTEGER NOT NULL);
"""
# topic, days ago, text, reply, days from message to reply. Nobody here exists.
EARLIER = (
    ("machine", 12, "读卡的地方太高，坐轮椅够不着。", "已安排把读卡器装低 15 厘米，本月底前换好。", 3),
    ("social", 9, "希望能打印最近五年的社保明细。", "明细打印已改为最长 60 个月，请再试一次。", 5),
    ("transport", 6, "敬老卡年审能不能不排队？", "在本机选“敬老卡年审”，刷卡核对后当场办好。", 2),
    ("machine", 2, "晚上声音有点大，楼上听得到。", "", 0),
)
WISHES = (
    ("w1", "宠物狗登记证办理", 41),
    ("w2", "残疾人证换领预约", 37),
    ("w3", "停车优惠申请", 22),
    ("w4", "老年大学报名", 18),
)
OWN = "new"  # the choice of somebody whose wish is not in the list


@dataclass(frozen=True, kw_only=True)
class Message:
    number: str
    topic: str
    at: datetime
    text: str
    reply: str
    replied_at: str
    seconds: int = 0  # of a message that was spoken: its owner listens to it, nobody else

    @property
    def owner(self) -> str:
        return OWNERS[self.topic]

    @property
    def until(self) -> str:
        return _day(self.at + WITHIN)


def fill(db: sqlite3.Connection, now: datetime) -> None:
    for number, (topic, ago, text, reply, after) in enumerate(EARLIER, 1):
        at = now - timedelta(days=ago)
        row = (f"LY{at:%y%m%d}{number:03d}", topic, at.isoformat(), text, "", reply, _day(at + timedelta(days=after)) if reply else "")
        db.execute(
            "INSERT INTO board_message (number, topic, at, text, mobile, reply, replied_at) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        )
    db.executemany("INSERT INTO board_wish VALUES (?, ?, ?, 1)", WISHES)


def messages(records: Records) -> list[Message]:
    """The newest first. A text is public once it is answered: until then only its topic, owner and date are."""
    rows = records.rows(
        "SELECT number, topic, at, text, reply, replied_at, seconds FROM board_message ORDER BY at DESC, number DESC LIMIT ?", MOST
    )
    return [
        Message(
            number=row["number"],
            topic=row["topic"],
            at=datetime.fromisoformat(row["at"]),
            text=row["text"] if row["reply"] else "",
            reply=row["reply"],
            replied_at=row["replied_at"],
            seconds=row["seconds"],
        )
        for row in rows
    ]


def leave(records: Records, topic: str, text: str, mobile: str, audio: bytes = b"") -> Message:
    at = records.now()
    today = records.rows("SELECT number FROM board_message WHERE number LIKE ?", f"LY{at:%y%m%d}%")
    number = f"LY{at:%y%m%d}{len(today) + 1:03d}"
    seconds = recordings.seconds(audio) if audio else 0
    records.db.execute(
        "INSERT INTO board_message (number, topic, at, text, mobile, seconds, audio) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (number, topic, at.isoformat(), text, mobile, seconds, audio),
    )
    return Message(number=number, topic=topic, at=at, text="", reply="", replied_at="", seconds=seconds)


def all_of_them(records: Records) -> list[Any]:
    """For their owners: rows with text, mobile and seconds, those that wait first."""
    return records.rows("SELECT * FROM board_message ORDER BY reply != '', at, number")


def answer(records: Records, number: str, reply: str) -> bool:
    """In public, once."""
    done = records.db.execute(
        "UPDATE board_message SET reply = ?, replied_at = ? WHERE number = ? AND reply = ''", (reply, _day(records.now()), number)
    )
    return done.rowcount == 1


def wishes(records: Records) -> list[tuple[str, str, int]]:
    """(value, title, votes) of those that the city has published, the most wanted first."""
    rows = records.rows("SELECT * FROM board_wish WHERE public = 1 ORDER BY votes DESC, value LIMIT ?", MOST)
    return [(row["value"], row["title"], row["votes"]) for row in rows]


def vote(records: Records, value: str) -> int | None:
    """How many there are now; None for a wish that is not on the list."""
    row = records.row("SELECT votes FROM board_wish WHERE value = ? AND public = 1", value)
    if row is None:
        return None
    records.db.execute("UPDATE board_wish SET votes = votes + 1 WHERE value = ?", (value,))
    return int(row["votes"]) + 1


def wish(records: Records, title: str) -> int:
    """One's own: read by a person before it is shown to others."""
    count = len(records.rows("SELECT value FROM board_wish"))
    records.db.execute("INSERT INTO board_wish VALUES (?, ?, 1, 0)", (f"w{count + 1}", title))
    return 1


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d}"
