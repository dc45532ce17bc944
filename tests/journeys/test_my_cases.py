"""A citizen's own cases: what departments wrote about them, an answer, and that the answer is there the next time."""

from __future__ import annotations

from dataclasses import asdict

from kiosk.flow import views
from kiosk.flow.visit import Ending

QUESTION = "请问什么时候可以去取证件？"


def write(text):
    """Chooses the newest case and writes `text` about it."""

    def form(view):
        return {"case_no": view.fields[0].options[0].value} if view.fields[0].name == "case_no" else {"message": text}

    return form


def thread(stage):
    return next(view.facts for view in reversed(stage.seen) if isinstance(view, views.FormView) and view.facts)


async def test_the_thread_is_read_before_it_is_answered_and_the_answer_stays_in_it(place):
    async with place() as here:
        served, stage = await here.visit("my-case-message", FormView=write(QUESTION))
        assert served.ending is Ending.SERVED, served
        assert [label.split()[0] for label, _ in thread(stage)] == ["公安户政", "本人", "公安户政"]
        (record,) = stage.last(views.DeliverView).records
        assert record.rows[-1][1] == QUESTION

        kept = [asdict(event) for event in here.events(served.visit)]
        assert {"SubmitIntent", "Submitted"} <= set(here.kinds(served.visit))
        assert not any(word in str(row) for row in kept for word in (QUESTION, "制证", "寄到单位"))

        here.simulator("id_card").put_card("c01")
        again, stage = await here.visit("my-case-message", FormView=write("谢谢"))
        assert again.ending is Ending.SERVED
        assert [text for _, text in thread(stage)][3] == QUESTION
        assert [label.split()[0] for label, _ in thread(stage)][3:] == ["本人", "公安户政"], "the department has answered meanwhile"


async def test_the_list_of_cases_leads_to_the_messages_without_a_second_look_at_the_card(place):
    goodbyes = [{"more": "then"}, {}]
    async with place() as here:
        served, stage = await here.visit("my-cases", FormView=write(QUESTION), GoodbyeView=goodbyes)
        assert served.ending is Ending.SERVED
    assert sum(name == "ReadCardView" for name in stage.names()) == 1
    assert [type(view).__name__ for view in stage.seen].count("GoodbyeView") == 2
    listed = next(view.records for view in stage.seen if isinstance(view, views.DeliverView))
    assert any("公安户政" in str(record.title) and dict(record.rows)["进度"] == "制证中" for record in listed)


async def test_who_has_no_case_is_told_so_and_asked_nothing(place):
    async with place(citizen="c12") as here:
        served, stage = await here.visit("my-case-message")
    assert served.ending is Ending.LEFT
    assert stage.last(views.FormView).empty.key == "item.my-case-message.case_no.none"


async def test_a_message_is_bounded(place):
    tries = iter(["好", "长" * 201, QUESTION])
    errors = []

    def form(view):
        if view.fields[0].name == "case_no":
            return {"case_no": view.fields[0].options[0].value}
        errors.append({name: error.key for name, error in view.errors.items()})
        return {"message": next(tries)}

    async with place() as here:
        served, _ = await here.visit("my-case-message", FormView=form)
    assert served.ending is Ending.SERVED
    assert errors == [{}, {"message": "check.too_short"}, {"message": "check.too_long"}]
