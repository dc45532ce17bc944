"""Every call to a department is counted for technicians: queries as well as writes, refusals as answers, silence as none."""

from __future__ import annotations

from kiosk.technician.record import Record

ITEM = "household-same-name"


async def test_a_visit_counts_its_calls_and_those_without_an_answer(place, state, sandbox):
    async with place() as here:
        await here.visit(ITEM)
    with Record(state) as record:
        once = record.calls()
    assert once["PSB-POP"][0] > 0 and not any(lost for _, lost in once.values())
    sandbox.switch("psb-pop", "asleep")
    async with place() as here:
        await here.visit(ITEM, ApologyView=[{"remedy": "end"}])
    with Record(state) as record:
        assert record.calls()["PSB-POP"][1] > 0
