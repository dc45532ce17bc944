"""The line between a serving process and a technician beside it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from people import Hand

from kiosk.model.health import State
from kiosk.model.words import Word
from kiosk.technician.door import SOCKET
from kiosk.technician.knock import Knock, NobodyServes, Refused, connected
from kiosk.technician.record import Outcome, Record
from kiosk.technician.wire import text_in, text_out
from kiosk.testing.counter import attend, counter, settings
from kiosk.testing.stage import ScriptedStage


async def test_a_look_beside_a_serving_kiosk(sandbox, state):
    taken = settings(sandbox.url, state)
    async with counter(taken):
        found = {one.role: one for one in await Knock(state).look()}
        assert set(found) == set(taken.devices)
        assert found["receipts"].health.state is State.READY and found["receipts"].health.supplies
        assert found["id_card"].facts["sam_number"].startswith("05.01-")
        assert (state / SOCKET).stat().st_mode & 0o777 == 0o600


async def test_a_test_beside_a_serving_kiosk_is_kept_there(sandbox, state):
    async with counter(settings(sandbox.url, state)):
        hand = Hand(True)
        result = await Knock(state).test("documents", "page", "t1", "zh_Hans", hand)
        assert result.outcome is Outcome.PASS
        assert [words.key for words in hand.asked] == ["test.document_printer.page.clean"]
        skipped = await Knock(state).test("documents", "page", "t1", "zh_Hans", Hand(None))
        assert skipped.outcome is Outcome.SKIPPED
        with pytest.raises(Refused, match="no such test"):
            await Knock(state).test("documents", "juggle", "t1", "zh_Hans", Hand())
    with Record(state) as record:
        assert record.results("documents")[::-1] == (result, skipped)


async def test_nobody_is_tested_upon_during_a_visit_and_no_visit_begins_during_a_test(sandbox, state):
    taken = settings(sandbox.url, state)
    async with counter(taken) as desk:
        desk.turn.visit = True
        with pytest.raises(Refused, match="visit"):
            await Knock(state).test("receipts", "print", "t1", "zh_Hans", Hand())
        desk.turn.visit = False

        asked, answer = asyncio.Event(), asyncio.Event()

        class Slow(Hand):
            async def confirm(self, question):
                asked.set()
                await answer.wait()
                return True

        testing = asyncio.create_task(Knock(state).test("documents", "page", "t1", "zh_Hans", Slow()))
        await asked.wait()
        stage = ScriptedStage("household-same-name")
        waiting = asyncio.Event()
        stage.on_view = lambda view: waiting.set() if getattr(view, "title", None) == Word("day.tested") else None
        visit = asyncio.create_task(attend(desk, stage, taken))
        await waiting.wait()
        assert not desk.turn.visit
        answer.set()
        assert (await testing).outcome is Outcome.PASS
        await visit
        assert not desk.turn.visit and not desk.turn.technician


async def test_who_hangs_up_in_the_middle_ends_the_test(sandbox, state):
    async with counter(settings(sandbox.url, state)) as desk:
        asked = asyncio.Event()

        class Gone(Hand):
            async def confirm(self, question):
                asked.set()
                await asyncio.Event().wait()
                return True

        testing = asyncio.create_task(Knock(state).test("documents", "page", "t1", "zh_Hans", Gone()))
        await asked.wait()
        testing.cancel()
        await asyncio.gather(testing, return_exceptions=True)
        async with asyncio.timeout(60):
            while desk.turn.technician:
                await asyncio.sleep(0.01)
    with Record(state) as record:
        assert record.results("documents") == ()


@pytest.mark.parametrize("noise", [b"\xff\xfe\n", b"[]\n", b"{}\n", b'{"do":"test"}\n', b"x" * 10_000, b""])
async def test_noise_at_the_door_harms_nobody(sandbox, state, noise):
    async with counter(settings(sandbox.url, state)):
        reader, writer = await asyncio.open_unix_connection(sock=connected(state))
        writer.write(noise)
        writer.write_eof()
        assert b"devices" not in await reader.read()
        writer.close()
        await writer.wait_closed()
        assert await Knock(state).look()


async def test_nobody_serves(tmp_path: Path):
    with pytest.raises(NobodyServes):
        await Knock(tmp_path).look()


def test_words_keep_their_places_on_the_way():
    words = Word("item.why.device", device=Word("role.id_card"), count=3)
    assert text_in(text_out(words)) == words
    assert text_in(text_out("plain")) == "plain"
