"""Somebody under 14 is served when a guardian agrees, and never by the face alone (PIPL art 31, 人脸识别办法 art 7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk import app
from kiosk.flow import views
from kiosk.flow.visit import Ending
from kiosk.people import children, citizens

ITEM, FROM_16 = "hsa-record-cert", "hpf-account-query"


def child(monkeypatch, here, guardian="c02"):
    """The son of c02 lays down his card; when the guardian is asked for hers or his, that of `guardian` follows."""
    father, reader, opened = citizens()["c02"].card, here.desk.devices["id_card"], []
    son = replace(father, name="陈宇轩", id_number="350582202306160515", birth=date(2023, 6, 16))
    read, decode, cards = reader.read, here.desk.identity.decoder.decode, [son]

    async def next_card():
        card = await read()
        return cards.pop(0) if cards else card

    monkeypatch.setattr(reader, "read", next_card)
    monkeypatch.setattr(here.desk.identity.decoder, "decode", lambda block: (opened.append(len(cards)), decode(block))[1])

    def hands(view):
        if isinstance(view, views.ReadCardView) and view.state == "left":
            assert opened == [], "a child's face was looked at before a guardian agreed"
            here.simulator("id_card").lift_card()
        if isinstance(view, views.ReadCardView) and view.state == "waiting" and getattr(view.title, "key", "") == "guardian.card":
            here.simulator("id_card").put_card(guardian)

    return hands


async def test_a_guardian_agrees_and_only_then_the_childs_face_is_compared(place, monkeypatch):
    async with place(citizen="c02") as here:
        served, stage = await here.visit(ITEM, on_view=child(monkeypatch, here))
        rows = here.events(served.visit)
        kinds = [type(row).__name__ for row in rows]
        asked = [row.purpose.partition(":")[0] for row in rows if type(row).__name__ == "Consented"]
        assert asked == ["face", "guardian_face"]
        assert kinds.index("CardRead") < kinds.index("GuardianIdentified") < kinds.index("FaceCompared")
        shown = [view for view in stage.seen if isinstance(view, views.ConsentView)][-1]
        assert (shown.title.key, shown.no.key) == ("guardian.title", "guardian_face.no")
        assert citizens()["c02"].card.id_number not in " ".join(map(repr, rows))


async def test_who_is_no_guardian_of_this_child_is_refused(place, monkeypatch):
    async with place(citizen="c02") as here:
        served, _ = await here.visit(ITEM, on_view=child(monkeypatch, here, "c03"))
        assert (served.ending, served.code) == (Ending.FAULT, "identity.not_a_guardian")
        assert not {"FaceCompared", "SubmitIntent", "GuardianIdentified"} & set(here.kinds(served.visit))


async def test_no_face_is_another_way_and_no_guardian_is_the_counter(place, monkeypatch):
    async with place(citizen="c02") as here:
        ways = [{"way": "id_card+face"}, {"way": "id_card+sms_otp"}]
        consents = [{"consent": "yes"}, {"consent": "no"}, {"consent": "yes"}, {"consent": "no"}]
        served, stage = await here.visit(ITEM, WaysView=ways, ConsentView=consents, on_view=child(monkeypatch, here))
        assert (served.ending, served.code) == (Ending.FAULT, "identity.guardian_needed")
        assert stage.names().count("WaysView") == 2
        assert not {"FaceCompared", "SubmitIntent"} & set(here.kinds(served.visit))


async def test_what_a_child_cannot_have_is_said_before_any_guardian_is_troubled(place, monkeypatch):
    async with place(citizen="c02") as here:
        served, stage = await here.visit(FROM_16, on_view=child(monkeypatch, here))
        assert (served.ending, served.code) == (Ending.FAULT, "identity.too_young")
        assert [view.title.key for view in stage.seen if isinstance(view, views.ConsentView)] == ["consent.face.title"]


@pytest.mark.parametrize(("day", "age"), [(date(2037, 6, 15), 13), (date(2037, 6, 16), 14)])
def test_fourteen_is_reached_on_the_birthday(day, age):
    assert replace(citizens()["c02"].card, birth=date(2023, 6, 16)).age_on(day) == age


async def test_the_page_says_from_which_age_it_can_be_had(place):
    async with place() as here:
        pages = {item.id: app.shelves(here.taken).page(item, here.desk) for item in here.items if item.id in (ITEM, FROM_16)}
        assert (pages[FROM_16].age.key, pages[FROM_16].age.args) == ("guide.age.from", {"years": 16})
        assert pages[ITEM].age == ""


async def test_a_child_is_served_to_the_end_with_a_guardian_and_no_face(place):
    """The cards as they come, the register and the code by text message as they answer: nothing here is put in its place."""
    async with place() as here:
        reader = here.simulator("id_card")
        reader.put_card("k01")

        def hands(view):
            if isinstance(view, views.ReadCardView) and view.state == "left":
                reader.lift_card()
            if isinstance(view, views.ReadCardView) and getattr(view.title, "key", "") == "guardian.card" and view.state == "waiting":
                reader.put_card("c02")

        here.citizen = "c17"  # whose number is registered: that of the house, under the child's name
        served, stage = await here.visit(ITEM, WaysView={"way": "id_card+sms_otp"}, on_view=hands)
        assert served.ending is Ending.SERVED, (served, stage.names())
        kinds = here.kinds(served.visit)
        assert kinds.index("CardRead") < kinds.index("GuardianIdentified") < kinds.index("CodeVerified") < kinds.index("SubmitIntent")
        assert "FaceCompared" not in kinds and "FaceView" not in stage.names()
        assert stage.last(views.DeliverView).done
        told = " ".join(map(repr, here.events(served.visit)))
        for card in (children()["k01"], citizens()["c02"].card):
            assert card.id_number not in told and card.name not in told
