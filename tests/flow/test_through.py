"""What stands before a stage hides nothing of it: a new member of Stage that is not passed through is found here."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from kiosk.flow.stage import Stage
from kiosk.flow.through import Through
from kiosk.practice.evidence import Evidence, Watching
from kiosk.tour.watched import WatchedStage

MEMBERS = sorted(name for name, member in vars(Stage).items() if name[0] != "_" and (callable(member) or isinstance(member, property)))
LOOKED_AT = {"ask", "show"}  # by those who look on; the visits of their own tests see that both arrive
BEFORE = (Through, lambda stage: Watching(stage, Evidence()), lambda stage: WatchedStage(stage, pictures=False))


class Behind:
    """Answers everything with what nobody else has."""

    def __init__(self) -> None:
        self.called: list[tuple[str, tuple[Any, ...]]] = []

    def __getattr__(self, name: str) -> Any:
        member = vars(Stage)[name]
        if isinstance(member, property):
            return ("its own", name)

        def call(*given: Any) -> Any:
            self.called.append((name, given))
            return ("its own", name)

        async def wait(*given: Any) -> Any:
            return call(*given)

        return wait if inspect.iscoroutinefunction(member) else call


def test_there_is_something_to_pass() -> None:
    assert {"ask", "show", "language", "attend"} <= set(MEMBERS)


@pytest.mark.parametrize("name", MEMBERS)
@pytest.mark.parametrize("before", BEFORE, ids=["through", "watching", "watched"])
async def test_every_member_reaches_the_stage_behind(before: Any, name: str) -> None:
    behind = Behind()
    stage, member = before(behind), vars(Stage)[name]
    if type(stage) is not Through and name in LOOKED_AT:
        assert name in vars(type(stage))
        return
    if isinstance(member, property):
        assert getattr(stage, name) == ("its own", name)
        return
    given = tuple(object() for _ in list(inspect.signature(member).parameters)[1:])
    found = getattr(stage, name)(*given)
    if inspect.iscoroutine(found):
        found = await found
    assert behind.called == [(name, given)]
    if inspect.signature(member).return_annotation != "None":
        assert found == ("its own", name)
