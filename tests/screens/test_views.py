"""Every View has its screen and its sample. What is on them is the audit's (tests/audit)."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest
from hands import controls, settled
from PySide6.QtQuick import QQuickItem

from kiosk import i18n
from kiosk.flow import views
from kiosk.flow.stage import View
from kiosk.model.words import Word
from kiosk.screens.samples import samples
from kiosk.screens.stage import picture
from kiosk.screens.technician import folder as technicians_folder
from kiosk.screens.views import folder
from kiosk.screens.window import Glass
from kiosk.technician.glass import views as technicians

ROOMS = {views: folder(), technicians: technicians_folder()}  # where the classes stand, and their files
BASES = (View, technicians.TechnicianView)


def classes(room: ModuleType) -> set[str]:
    return {name for name, one in vars(room).items() if isinstance(one, type) and issubclass(one, View) and one not in BASES}


SHAPES = [(1080, 1920), (1920, 1080)]
LOOKS = [(language, shape, care) for language in i18n.LANGUAGES for shape in SHAPES for care in (False, True)]


def test_every_view_has_its_file_and_its_sample() -> None:
    for room, files in ROOMS.items():
        assert {path.stem for path in files.glob("*.qml")} == classes(room)
    assert {name.partition("-")[0] for name in samples("en")} == set().union(*map(classes, ROOMS))


@pytest.mark.parametrize(("language", "shape", "care"), LOOKS)
def test_ways_to_be_known_and_both_answers_of_a_consent_have_the_same_size(
    make_glass: Callable[..., Glass], language: str, shape: tuple[int, int], care: bool
) -> None:
    """No way is pressed on anybody by its size (人脸识别技术应用安全管理办法 arts 10, 12)."""
    glass = make_glass(width=shape[0], height=shape[1], language=language, care=care)
    given = samples(language)
    for name in ("WaysView", "ConsentView", "ConsentView-guardian"):
        glass.paint("")
        glass.paint(picture(given[name]))
        settled(glass)
        alike = [one for id, one in controls(glass).items() if id.startswith(("way:", "consent:"))]
        assert len(alike) >= 2, name
        for sizes in ([one.width() for one in alike], [one.height() for one in alike]):
            assert max(sizes) - min(sizes) <= 1, name  # columns share odd pixels


@pytest.mark.parametrize(("language", "shape", "care"), LOOKS)
def test_that_faces_are_not_calibrated_here_stands_whole_on_the_glass(
    make_glass: Callable[..., Glass], language: str, shape: tuple[int, int], care: bool
) -> None:
    glass = make_glass(width=shape[0], height=shape[1], language=language, care=care)
    wanted = i18n.say(Word("face.uncalibrated"), language)
    glass.paint(picture(samples(language)["FaceView"]))
    settled(glass)
    words = [one for one in visible(glass) if one.property("text") == wanted and one.property("truncated") is not None]
    assert words
    for one in words:
        place = one.mapRectToScene(one.boundingRect())
        assert glass.root.boundingRect().contains(place), place
        assert one.property("truncated") is False


def visible(glass: Glass) -> list[QQuickItem]:
    todo, found = [glass.root], []
    while todo:
        item = todo.pop()
        if item.isVisible():
            found.append(item)
            todo += item.childItems()
    return found
