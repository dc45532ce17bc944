"""CITY: the public board and the wishes; nobody is asked who they are, and one key is one of them."""

from __future__ import annotations

import base64
import io
import wave


def test_a_message_sent_twice_under_one_key_stands_there_once(asking):
    ask = asking("CITY")
    first = ask("leaveMessage", "", key="KEY-BOARD", topic="machine", text="屏幕太亮")
    assert ask("leaveMessage", "", key="KEY-BOARD", topic="machine", text="屏幕太亮")["data"] == first["data"]
    assert ask("listMessages", "")["data"]["count"] == "5 条，2 条待回复"


def test_two_messages_of_a_day_have_two_numbers(asking):
    ask = asking("CITY")
    numbers = {ask("leaveMessage", "", topic="other", text=f"第 {number} 条")["data"]["number"] for number in range(3)}
    assert len(numbers) == 3


def test_only_a_topic_with_an_owner_is_taken(asking):
    ask = asking("CITY")
    assert ask("leaveMessage", "", topic="weather", text="下雨了")["code"] == "SYS-4000"
    assert ask("leaveMessage", "", topic="machine", text="好", mobile="12")["code"] == "SYS-4000"


def wav(seconds=1.0, rate=16_000, channels=1):
    written = io.BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(b"\x10\x20" * round(seconds * rate * channels))
    return base64.b64encode(written.getvalue()).decode()


def test_a_recording_sent_twice_under_one_key_stands_there_once(asking):
    ask = asking("CITY")
    first = ask("leaveMessage", "", key="KEY-VOICE", topic="machine", audio=[wav(60)])
    assert ask("leaveMessage", "", key="KEY-VOICE", topic="machine", audio=[wav(60)])["data"] == first["data"]
    found = ask("listMessages", "")["data"]
    assert found["count"] == "5 条，2 条待回复"
    assert {"label": "方式", "value": "语音留言，60 秒，录音不公开"} in found["records"][0]["rows"]


def test_a_message_is_written_or_spoken_and_a_recording_is_one(asking):
    ask = asking("CITY")
    good = wav()
    bad = [[wav(61)], [wav(0)], [wav(rate=48_000)], [wav(channels=2)], [good[:-8]], ["UklGRg=="], ["?"], [good, good], []]
    for audio in bad:
        assert ask("leaveMessage", "", topic="machine", audio=audio)["code"] == "SYS-4000", len(str(audio))
    assert ask("leaveMessage", "", topic="machine", text="屏幕太亮", audio=[good])["code"] == "SYS-4000"
    assert ask("leaveMessage", "", topic="machine", audio=[good])["code"] == "0"


def test_a_wish_is_one_on_the_list_or_is_written(asking):
    ask = asking("CITY")
    assert ask("wish", "", wish="w99")["code"] == "CITY-4042"
    assert ask("wish", "", wish="new", own=" ")["code"] == "SYS-4000"
    before = ask("chooseWish", "")["data"]["records"]
    assert ask("wish", "", wish="new", own="停车证办理")["data"] == {"title": "停车证办理", "votes": "1 人"}
    assert ask("chooseWish", "")["data"]["records"] == before, "a person reads it before it is shown"
    assert ask("wish", "", key="KEY-VOTE", wish="w1")["data"]["votes"] == "42 人"
    assert ask("wish", "", key="KEY-VOTE", wish="w1")["data"]["votes"] == "42 人"
