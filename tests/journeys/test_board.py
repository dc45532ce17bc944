"""A word to the city from somebody who need not say who they are: left, answered in public, and wishes for the next service."""

from __future__ import annotations

from kiosk import i18n
from kiosk.flow import views
from kiosk.flow.visit import Ending

TEXT = "晚上屏幕太亮，请调暗一点。"


def row(view, label):
    return next(value for key, value in view.rows if getattr(key, "key", key) == label)


def of(text):
    return i18n.say(text, "zh_Hans")


def write(view):
    """The willing citizen's answers, with our own words where free text is asked for."""
    given = {field.name: view.values.get(field.name, "") or (field.options[0].value if field.options else "") for field in view.fields}
    return {**given, **({"message": TEXT} if "message" in given else {}), **({"own": "停车证办理"} if "own" in given else {})}


async def test_a_message_gets_a_number_an_owner_and_a_day(place):
    async with place() as here:
        served, stage = await here.visit("leave-message", FormView=write)
        assert served.ending is Ending.SERVED
        deliver = stage.last(views.DeliverView)
        assert of(deliver.headline).startswith("LY")
        assert of(row(deliver, "item.leave-message.result.owner")) == "便民服务站运维组"
        number = of(deliver.headline)
        _, stage = await here.visit("public-messages")
        records = stage.last(views.DeliverView).records
        ours = next(record for record in records if number in str(record))
        assert TEXT not in str(records), "public only once it is answered"
        assert "待回复" in str(ours)
        assert any("回复 20" in str(record) for record in records)


async def test_a_vote_counts_and_a_wish_of_ones_own_is_not_shown_to_others(place):
    async with place() as here:
        _, stage = await here.visit("wish-service", FormView=write)
        assert of(row(stage.last(views.DeliverView), "item.wish-service.result.votes")) == "42 人"

        def own(view):
            return {"wish": "new"} if any(field.name == "wish" for field in view.fields) else write(view)

        _, stage = await here.visit("wish-service", FormView=own)
        assert of(stage.last(views.DeliverView).headline) == "停车证办理"
        seen = []

        def look(view):
            seen.extend(of(option.label) for field in view.fields for option in field.options)
            return write(view)

        await here.visit("wish-service", FormView=look)
        assert seen and "停车证办理" not in str(seen)


async def test_the_ask_page_leads_there(place):
    async with place() as here:
        asked = []

        def home(view):
            return {"shelf": "ask"}

        def ask(view):
            asked.append([tile.id for tile in view.doors])
            return {"item": "public-messages"}

        served, _ = await here.visit("public-messages", HomeView=home, AskView=ask)
        assert asked == [["leave-message", "public-messages", "wish-service"]]
        assert served.item == "public-messages"
