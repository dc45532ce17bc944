"""Whole visits, live, with a volunteer who signs in at every step: what the citizen's glass rendered of theirs, no frame beside it did."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hands import rest
from serving import serving
from test_masked_journeys import LEAST, secrets
from test_volunteer_at_the_glass import BADGE, HASHER, Beside, Watch

from kiosk.flow import views
from kiosk.flow.stage import View
from kiosk.identity import Look
from kiosk.sandbox.process import Sandbox
from kiosk.screens.sweeper import Sweeper
from kiosk.screens.window import Glass
from kiosk.technician.roster import Roster
from kiosk.testing.counter import QUICK, GivenVerdicts, faces, settings
from kiosk.testing.stage import ScriptedStage

pytestmark = pytest.mark.timeout(600)


class Hidden(GivenVerdicts):
    """Nobody stands before the camera until the test lets them."""

    there = False

    def look(self, frame: object) -> Look:
        return Look() if self.there else Look(hint="none")


class Visit:
    """Does, step by step, what the citizen would, and before each of these deeds the volunteer comes."""

    def __init__(self, there: Beside, sandbox: Sandbox, item: str, citizen: str, face: Hidden) -> None:
        self.there, self.sandbox, self.citizen, self.face = there, sandbox, citizen, face
        self.natural = ScriptedStage(item)
        self.steps: list[str] = []

    def view(self) -> View:
        return self.there.stage.seen[-1]

    def play(self) -> None:
        there = self.there
        while True:
            there.until(self.ready)
            view = self.view()
            if isinstance(view, views.GoodbyeView):
                return
            if view.trail is not None:
                rest(20)  # a frame of the citizen's own
                self.comes()
                self.steps.append(f"{type(view).__name__} {getattr(view, 'state', '')}".strip())
            if self.world(view):  # while the volunteer stands there
                there.until(lambda view=view: self.view() is not view and self.ready())  # type: ignore[misc]
                rest(20)
            if there.attended():
                there.glass.helps.emit(json.dumps({"do": "go"}))
                there.handed_back()
                rest(20)
            if self.view() is view:
                answer = self.natural._natural(view)
                assert isinstance(answer, dict), view
                there.glass.replied.emit(there.glass.asking, "answer", json.dumps(answer))
                there.until(lambda view=view: self.view() is not view)  # type: ignore[misc]

    def ready(self) -> bool:
        """Somebody is asked something, or waited for."""
        view = self.view()
        match view:
            case views.ReadCardView(state="waiting") | views.FaceView(state="looking") | views.PayView(state="qr"):
                return True
            case _:
                asked = self.there.glass.asking > 0 and self.there.view() == type(view).__name__
                return asked and self.natural._natural(view) is not None

    def comes(self) -> None:
        there = self.there
        there.glass.helps.emit(json.dumps({"do": "come"}))
        there.stands("VolunteerDoorView")
        there.simulator("codes").show_code(BADGE)
        there.stands("VolunteerView")
        there.simulator("codes").take_code_away()
        rest(20)

    def world(self, view: View) -> bool:
        """What happens outside the glass at this step; False: an answer is wanted."""
        match view:
            case views.ReadCardView():
                self.there.simulator("id_card").put_card(self.citizen)
            case views.FaceView():
                self.face.there = True
            case views.PayView(state="qr"):
                self.sandbox.pay(view.order_no)
            case _:
                return False
        return True


@pytest.fixture
def swept() -> Iterator[None]:
    sweeper = Sweeper()
    yield
    sweeper.close()


@pytest.mark.parametrize(
    ("item", "citizen", "through"),
    [
        ("traffic-fine-pay", "c02", {"ReadCardView waiting", "ReviewView", "PayView choose", "PayView qr", "DeliverView"}),
        ("hrss-insurance-cert", "c01", {"ReadCardView waiting", "FaceView looking", "FormView", "ReviewView", "DeliverView"}),
    ],
    ids=["a fine, paid", "a certificate, by the face"],
)
def test_nothing_of_a_live_visit_is_beside(
    item: str, citizen: str, through: set[str], sandbox: Sandbox, state: Path, make_glass: Callable[..., Glass], swept: None
) -> None:
    glass, taken, face = make_glass(), settings(sandbox.url, state, citizen=citizen), Hidden()
    watch = Watch(glass)
    patient = replace(QUICK, card_wait=120.0, face_wait=120.0, pay_wait=120.0, result=120)
    with serving(glass, taken, replace(faces(), verifier=face), timing=patient) as terminal:
        there = Beside(**vars(terminal), roster=Roster(taken.technicians, HASHER), pin="", secret="", watch=watch)
        there.until(lambda: there.desk.devices["id_card"].health.state.usable)
        there.simulator("id_card").lift_card()
        visit = Visit(there, sandbox, item, citizen, face)
        visit.play()
        there.simulator("id_card").lift_card()
        visits = [view for view in there.stage.seen if view.trail is not None]
        kept = {one for one in secrets(visits, citizen) if len(one) >= LEAST}
        own = "\n".join(watch.citizens)
        sang = {one for one in kept if one in own}
        assert through <= set(visit.steps), visit.steps
        assert len(sang) > 5, sang
        assert there.did() == ["entered_badge", "handed_back"] * len(visit.steps)
        assert len(watch.volunteers) >= len(visit.steps)
        assert there.leaked(citizen) == []
