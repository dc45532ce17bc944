"""The corpus: what was said of each mutated frame once is said of it still, however its bytes come in."""

from __future__ import annotations

import pytest
from make_mutated_frames import FILE, lines, outcome, unpacked

from kiosk.devices.id_card_reader.codec import FrameParser

CORPUS = [unpacked(line) for line in FILE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("said", "frame"), [one[1:] for one in CORPUS], ids=[one[0] for one in CORPUS])
def test_what_is_said_of_a_mutated_frame(said: str, frame: bytes) -> None:
    assert outcome(frame) == said
    whole, parser = FrameParser().feed(frame), FrameParser()
    assert [body for place in range(len(frame)) for body in parser.feed(frame[place : place + 1])] == whole


def test_the_corpus_is_what_its_script_writes() -> None:
    assert [unpacked(line) for line in lines()] == CORPUS


def test_it_covers_every_kind_and_some_of_everything_that_can_be_said() -> None:
    told = {said for _, said, _ in CORPUS}
    kinds = {f"card {kind}" for kind in ("MAINLAND", "HK_MACAO_TAIWAN", "FOREIGN_2017", "FOREIGN_2023")}
    assert kinds | {"nothing", "damaged", "kind_unsupported", "garbled", "addresses 1"} <= told
