"""What the remote officer sees, and for how long."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator
from typing import Any

import cv2
import pytest
import requests

from kiosk.people import citizens
from kiosk.sandbox.officers_desk import SILENT, Desk
from kiosk.sandbox.process import Sandbox

HEADERS = {"X-Request-Id": "REQ-00000001", "X-Station": "XM0001", "X-Operation": "OFFICER.ask"}
PICTURE = (citizens()["c01"].portrait.parent / "portrait.jpg").read_bytes()
Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(sandbox: Sandbox) -> Iterator[Ask]:
    keys = iter(range(1000))

    def post(path: str, **body: Any) -> dict[str, Any]:
        headers = {**HEADERS, "Idempotency-Key": f"KEY-{next(keys):05d}"}
        with requests.post(f"{sandbox.url}/officer/{path}", json=body, headers=headers, timeout=30) as response:
            return dict(response.json())

    sandbox.officer("nobody")
    yield post
    sandbox.officer("yes")


def call(ask: Ask, id: str = "c01") -> str:
    card = citizens()[id].card
    return str(ask("call", person={"name": card.name, "id_number": card.id_number}, station="XM0001")["data"]["call_no"])


def looked_at(ask: Ask, number: str, picture: bytes = PICTURE) -> dict[str, Any]:
    return dict(ask("ask", call_no=number, frame=[base64.b64encode(picture).decode()])["data"])


def desk(sandbox: Sandbox) -> str:
    with requests.get(f"{sandbox.url}/desk/officer", timeout=10) as response:
        assert response.headers["cache-control"] == "no-store"
        return response.text


def pictures(page: str) -> list[bytes]:
    return [base64.b64decode(one) for one in re.findall(r"data:image/jpeg;base64,([^']+)'", page)]


def say(sandbox: Sandbox, number: str, word: str, how: str = "POST", **headers: str) -> int:
    url = f"{sandbox.url}/desk/officer/{number}/{word}"
    with requests.request(how, url, headers=headers, timeout=10, allow_redirects=False) as response:
        return response.status_code


def test_the_officer_sees_the_newest_picture_beside_the_one_on_record(sandbox: Sandbox, ask: Ask) -> None:
    number = call(ask)
    assert "没有等待的群众" in desk(sandbox)  # nobody is shown before the terminal shows somebody
    newer = cv2.imencode(".jpg", cv2.imread(str(citizens()["c02"].portrait)))[1].tobytes()
    looked_at(ask, number)
    looked_at(ask, number, newer)
    page = desk(sandbox)
    assert pictures(page) == [newer, PICTURE]
    card = citizens()["c01"].card
    assert card.name in page and card.id_number not in page and card.id_number[-4:] in page


def test_only_a_press_of_the_button_decides(sandbox: Sandbox, ask: Ask) -> None:
    number = call(ask)
    looked_at(ask, number)
    assert say(sandbox, number, "yes", how="GET") == 405
    assert say(sandbox, number, "yes", **{"Sec-Fetch-Site": "cross-site"}) == 403
    assert looked_at(ask, number) == {"state": "waiting"}
    assert f"method=post action='/desk/officer/{number}/no'" in desk(sandbox)
    assert say(sandbox, number, "no", **{"Sec-Fetch-Site": "same-origin"}) == 303
    assert say(sandbox, number, "yes") == 303  # too late: it has been said
    assert looked_at(ask, number) == {"state": "decided", "same_person": False, "officer": "OFF-07"}


@pytest.mark.parametrize("ends", ["decided", "hung up"])
def test_nothing_of_the_person_is_left_when_it_is_over(sandbox: Sandbox, ask: Ask, ends: str) -> None:
    number = call(ask)
    looked_at(ask, number)
    if ends == "decided":
        say(sandbox, number, "yes")
    else:
        ask("hangUp", call_no=number)
    assert pictures(desk(sandbox)) == []
    if ends == "hung up":
        assert ask("ask", call_no=number, frame=[base64.b64encode(PICTURE).decode()])["code"] == "OFF-4041"
        assert pictures(desk(sandbox)) == []


def test_a_terminal_that_falls_silent_is_shown_no_longer() -> None:
    now = [0.0]
    shown = Desk(lambda: now[0])
    shown.show("CALL-1", b"jpeg")
    now[0] = SILENT
    assert shown.picture("CALL-1") == b"jpeg"
    now[0] = SILENT + 0.1
    assert shown.picture("CALL-1") is None
