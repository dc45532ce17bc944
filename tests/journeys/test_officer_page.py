"""A remote officer at the page in a browser: what is seen there is the camera's picture, and it ends with the visit."""

from __future__ import annotations

import base64
import re
import threading
import time

import cv2
import numpy as np
import requests

from kiosk.flow import views
from kiosk.flow.visit import Ending
from kiosk.model import events

ITEM = "hrss-insurance-cert"


def holds_the_badge(here):
    def show(view):
        if isinstance(view, views.CodeView) and view.state != "checking":
            here.simulator("codes").show_code("VOL-0001")

    return show


async def test_an_officer_at_the_desk_sees_who_stands_there_and_nothing_once_it_is_over(place, sandbox):
    """Through the page itself: its picture is the camera's, its button decides, and the end of the visit is the end of the view."""
    seen, answers = [], []

    def sit_at_the_desk():
        while not answers:
            page = requests.get(f"{sandbox.url}/desk/officer", timeout=10).text
            if shown := re.findall(r"data:image/jpeg;base64,([^']+)'", page):
                seen.append(cv2.imdecode(np.frombuffer(base64.b64decode(shown[0]), np.uint8), cv2.IMREAD_COLOR))
                (press,) = re.findall(r"action='([^']+/yes)'", page)
                answers.append(requests.post(sandbox.url + press, timeout=10).status_code)
            time.sleep(0.02)

    sandbox.officer("nobody")
    officer = threading.Thread(target=sit_at_the_desk, daemon=True)
    try:
        async with place(officer_poll=0.05) as here:
            officer.start()
            way = {"way": "id_card+volunteer_witness+remote_officer_video"}
            served, _ = await here.visit(ITEM, WaysView=way, on_view=holds_the_badge(here))
            assert served.ending is Ending.SERVED
            assert [row.same_person for row in here.events(served.visit) if isinstance(row, events.OfficerDecided)] == [True]
        assert seen[0].shape == (480, 640, 3) and seen[0].std() > 10
        assert "没有等待的群众" in requests.get(f"{sandbox.url}/desk/officer", timeout=10).text
    finally:
        answers.append(0)
        officer.join()
        sandbox.officer("yes")
