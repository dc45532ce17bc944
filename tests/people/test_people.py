"""The twelve invented citizens and the words about them."""

from __future__ import annotations

import cv2
import pytest

from kiosk.devices.id_card_reader.card_text import check_digit, doubtful
from kiosk.identity.simulated import SimulatedPhotoDecoder
from kiosk.model.person import CardKind
from kiosk.people import FOLDER, cards, children, citizens, neighbours


def test_there_are_twelve() -> None:
    assert sorted(citizens()) == [f"c{number:02d}" for number in range(1, 13)]


@pytest.mark.parametrize("id", sorted(citizens()))
def test_everyone_has_a_card_photo_a_portrait_and_a_clip(id: str) -> None:
    citizen = citizens()[id]
    assert len(citizen.card.photo) == 1024
    photo = SimulatedPhotoDecoder().decode(citizen.card.photo)
    portrait = cv2.imread(str(citizen.portrait))
    assert portrait is not None
    assert portrait.shape == (441, 358, 3)
    assert cv2.PSNR(cv2.resize(portrait, (102, 126), interpolation=cv2.INTER_AREA), photo) > 18  # the same picture
    clip = cv2.VideoCapture(str(citizen.clip))
    assert (clip.get(cv2.CAP_PROP_FRAME_WIDTH), clip.get(cv2.CAP_PROP_FRAME_HEIGHT), clip.get(cv2.CAP_PROP_FPS)) == (640, 480, 15)
    assert clip.get(cv2.CAP_PROP_FRAME_COUNT) == 67


def test_the_neighbours_have_the_other_kinds_of_card_and_no_photo() -> None:
    assert [card.kind.value for card in neighbours().values()] == ["J", "I", "Y", "Y"]
    for card in neighbours().values():
        assert card.photo == bytes(1024)
        assert not doubtful(card)
        assert card.kind is CardKind.FOREIGN_2017 or check_digit(card.id_number) == card.id_number[17]
    assert len(neighbours()["n04"].name) == 46
    assert len({card.id_number for card in cards().values()}) == 17


def test_the_child_has_an_ordinary_card_and_no_photo() -> None:
    (card,) = children().values()
    assert (card.kind, card.photo) == (CardKind.MAINLAND, bytes(1024))
    assert not doubtful(card) and check_digit(card.id_number) == card.id_number[17]


def test_they_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.*") if path.suffix in {".bin", ".jpg", ".avi"}) < 8_000_000


def test_nobody_shows_on_a_citizens_repr() -> None:
    for citizen in citizens().values():
        shown = repr(citizen)
        assert citizen.card.name not in shown
        assert citizen.card.id_number not in shown
