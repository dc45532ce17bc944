"""The looks a screen is audited in: language × mode × size of the text × shape of the glass; all, or few that cover every pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from kiosk import i18n
from kiosk.screens.window import Ways

MODES = {
    "normal": Ways(),
    "care": Ways(care=True, voice=True),
    "contrast": Ways(contrast=True),
    "low": Ways(low=True),
    "all": Ways(care=True, voice=True, contrast=True, low=True),
}
SIZES = (0, 1, 2, 3)
SHAPES = {"portrait": (1080, 1920), "landscape": (1920, 1080)}


@dataclass(frozen=True, kw_only=True)
class Look:
    language: str
    mode: str
    size: int
    shape: str

    @property
    def ways(self) -> Ways:
        usual = MODES[self.mode]
        return Ways(care=usual.care, voice=usual.voice, contrast=usual.contrast, low=usual.low, size=self.size)

    def __str__(self) -> str:
        return f"{self.language} {self.shape} {self.mode} size {self.size}"


def grid(languages: Sequence[str] = i18n.LANGUAGES) -> list[Look]:
    return [
        Look(language=language, mode=mode, size=size, shape=shape)
        for shape, language, mode, size in product(SHAPES, languages, MODES, SIZES)
    ]


def covering(scenes: Iterable[str], looks: Sequence[Look]) -> Iterator[tuple[str, Look]]:
    """Each scene in so few looks that it is seen in every language, mode, size and shape; and over all of them, every pair of two is.

    The same for the same input: the look that was needed least so far comes first.
    """
    seen: Counter[tuple[object, object]] = Counter()
    for scene in scenes:
        missing = {part for look in looks for part in _parts(look)}
        while missing:
            best = max(looks, key=lambda look: (len(missing & _parts(look)), -sum(seen[pair] for pair in _pairs(look))))
            missing -= _parts(best)
            seen.update(_pairs(best))
            yield scene, best


def _parts(look: Look) -> set[tuple[str, object]]:
    return {("language", look.language), ("mode", look.mode), ("size", look.size), ("shape", look.shape)}


def _pairs(look: Look) -> Iterator[tuple[object, object]]:
    return combinations(sorted(_parts(look), key=str), 2)
