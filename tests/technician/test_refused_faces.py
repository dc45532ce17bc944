"""W10: many faces refused within an hour, against what is usual here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kiosk.journal import Row
from kiosk.model.events import FaceCompared, FacePaused, PresentationRefused
from kiosk.technician.checks.faces import refused_faces
from kiosk.technician.readiness import Level

NOW = datetime(2026, 11, 26, 10, 30, tzinfo=UTC)


def looked(*, hours: float, same: bool) -> Row:
    event = FaceCompared(visit="V", same_person=same, score=0.5, threshold=0.35, verifier="dlib", calibrated=True, liveness="passed")
    return Row(seq=1, time=(NOW - timedelta(hours=hours)).isoformat(), event=event)


def paused(minutes: float) -> Row:
    return Row(seq=1, time=(NOW - timedelta(minutes=minutes)).isoformat(), event=FacePaused(visit="V", failures=3))


def test_an_hour_like_others_is_no_warning() -> None:
    usual = [looked(hours=hour, same=False) for hour in range(48, 2, -1) for _ in range(3)]
    check = refused_faces([*usual, *(looked(hours=0.5, same=False) for _ in range(9))], NOW)
    assert check.level is Level.OK
    assert check.told.args["usual"] == "3.0"


def test_more_than_three_times_the_usual_is_a_warning() -> None:
    usual = [looked(hours=hour, same=False) for hour in range(48, 2, -1) for _ in range(3)]
    assert refused_faces([*usual, *(looked(hours=0.5, same=False) for _ in range(10))], NOW).level is Level.WARN


def test_a_new_terminal_warns_of_six_and_not_of_five() -> None:
    for times, level in ((5, Level.OK), (6, Level.WARN)):
        assert refused_faces([looked(hours=0.2, same=False)] * times, NOW).level is level
    assert refused_faces([looked(hours=0.2, same=True)] * 60, NOW).level is Level.OK


def test_what_is_older_than_an_hour_or_of_tomorrow_is_not_now() -> None:
    assert refused_faces([looked(hours=1.1, same=False)] * 20, NOW).level is Level.OK
    assert refused_faces([looked(hours=-2, same=False)] * 20, NOW).level is Level.OK


def test_three_that_may_be_no_living_person_are_a_warning() -> None:
    event = PresentationRefused(visit="V", reason="wrong_move", pad="challenge", checked="moves")
    row = Row(seq=1, time=(NOW - timedelta(minutes=20)).isoformat(), event=event)
    assert refused_faces([row] * 2, NOW).level is Level.OK
    assert refused_faces([row] * 3, NOW).level is Level.WARN


def test_two_people_for_whom_the_face_rests_are_a_warning() -> None:
    assert refused_faces([paused(10)], NOW).level is Level.OK
    assert refused_faces([paused(10), paused(5)], NOW).level is Level.WARN
    assert refused_faces([], NOW).level is Level.OK
