"""The guide of every item: told from its declaration, in every language, printed as a slip, and the way on and back."""

from __future__ import annotations

from kiosk import app, i18n
from kiosk.flow.guide import ENDING, guide, walked
from kiosk.flow.stage import Back
from kiosk.flow.views import GuideView, ItemView
from kiosk.flow.visit import Ending
from kiosk.model import events
from kiosk.model.item import Proof, way_name
from kiosk.model.words import Word

READABLE = 600  # bytes of UTF-8 in a QR that a telephone still reads off the glass


def told(item, here):
    return guide(item, app.shelves(here.taken).page(item, here.desk), here.desk)


async def test_every_item_has_a_guide_in_every_language(place):
    async with place() as here:
        shelves = app.shelves(here.taken)
        for item in here.items:
            view = guide(item, shelves.page(item, here.desk), here.desk)
            names = [step.id for step in view.steps]
            assert names[-1] == "deliver" and "review" in names and "rate" not in names, item.id
            assert len(set(names)) == len(names)
            assert ("pay" in names) == item.paid
            for language in i18n.LANGUAGES:
                texts = [step.title for step in view.steps] + [text for pair in (*view.facts, *view.questions) for text in pair]
                said = [i18n.say(text, language) for text in texts]
                assert all(said) and not set("⟦{") & set("".join(said)), (item.id, language)
                assert len(i18n.say(view.qr, language).encode()) <= READABLE, (item.id, language)


async def test_the_usual_way_is_told_and_the_others_answer_what_people_ask(place):
    async with place() as here:
        item = next(one for one in here.items if one.id == "hrss-insurance-cert")
        assert [one.name for one in walked(item)][:3] == ["consent", "read_card", "verify_face"]
        answers = {question.key: i18n.say(answer, "zh_Hans") for question, answer in told(item, here).questions}
        without = [way for way in item.ways if Proof.FACE not in way]
        assert without and all(i18n.say(Word(f"way.{way_name(way)}"), "zh_Hans") in answers["guide.no_face.question"] for way in without)


async def test_it_is_printed_and_leads_back_and_on(place):
    async with place() as here:
        served, stage = await here.visit(
            "household-same-name", ItemView=[{"guide": "yes"}, {"guide": "yes"}], GuideView=[{"print": "yes"}, Back, {}]
        )
        assert served.ending is Ending.SERVED
        guides = [view for view in stage.seen if isinstance(view, GuideView)]
        assert [view.note.key if view.note else "" for view in guides] == ["", "guide.printed", ""]
        assert len([view for view in stage.seen if isinstance(view, ItemView)]) == 2
        printed = next(row for row in here.desk.journal.read() if isinstance(row, events.PrintIntent))
        assert printed.visit != served.visit
        assert here.kinds(printed.visit) == ["VisitStarted", "PrintIntent", "Printed", "VisitEnded"]
        assert here.events(printed.visit)[-1].ending == ENDING
        assert not here.desk.turn.visit


async def test_without_paper_it_stays_on_the_glass(place):
    async with place() as here:
        here.simulator("receipts").take_paper_out()
        _, stage = await here.visit("household-same-name", ItemView=[{"guide": "yes"}, {}], GuideView=[{"print": "yes"}, Back])
        assert stage.last(GuideView).note.key == "apology.no_slip"


async def test_while_a_technician_tests_nothing_is_printed(place):
    async with place() as here:
        here.desk.turn.take()

        def given_back(view):
            if isinstance(view, GuideView) and view.note:
                here.desk.turn.give_back()

        served, stage = await here.visit(
            "household-same-name", on_view=given_back, ItemView=[{"guide": "yes"}, {}], GuideView=[{"print": "yes"}, Back]
        )
        assert stage.last(GuideView).note.key == "day.tested"
        assert served.ending is Ending.SERVED
