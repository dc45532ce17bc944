"""Pairs into scores: as the verifier judges them, or around the mean of everybody who is not in the pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kiosk.evaluation.pictures import Pair, Shot
from kiosk.evaluation.statistics import Scores
from kiosk.identity.network import NUMBERS, Embedding


@dataclass(frozen=True, kw_only=True)
class Compared:
    """Scores, and who stands in each pair (None where the pairs do not say)."""

    genuine: Scores
    impostor: Scores
    people: tuple[NDArray[np.str_], NDArray[np.str_]] | None


def compared(
    found: Sequence[Pair], embeddings: Mapping[Shot, Embedding], distance: Callable[[Pair, Embedding, Embedding], float]
) -> Compared:
    """Of all pairs of which both pictures could be acquired."""
    usable = [pair for pair in found if pair.reference in embeddings and pair.live in embeddings]
    scored = [(pair, distance(pair, embeddings[pair.reference], embeddings[pair.live])) for pair in usable]
    named = all(pair.reference.person for pair in usable)
    return Compared(
        genuine=np.array([score for pair, score in scored if pair.same]),
        impostor=np.array([score for pair, score in scored if not pair.same]),
        people=(
            np.array([pair.live.person for pair in usable if pair.same]),
            np.array([(pair.reference.person, pair.live.person) for pair in usable if not pair.same]).reshape(-1, 2),
        )
        if named
        else None,
    )


class Centred:
    """1 - cosine around the mean of the other people: what a calibration on so many people is worth to somebody who was not in it."""

    def __init__(self, embeddings: Mapping[Shot, Embedding]) -> None:
        self._cards, self._live = _means(embeddings, card=True), _means(embeddings, card=False)
        if not self._cards:
            self._cards = self._live  # no cards in this set: both sides are live pictures
        self.people = len(self._live)

    @property
    def means(self) -> tuple[Embedding, Embedding]:
        """Of everybody: the card's and the live one, each person counted once."""
        return (np.mean(list(self._cards.values()), axis=0), np.mean(list(self._live.values()), axis=0))

    def distance(self, pair: Pair, reference: Embedding, live: Embedding) -> float:
        without = {pair.reference.person, pair.live.person}
        one = reference - _mean_without(self._cards if pair.reference.card else self._live, without)
        other = live - _mean_without(self._live, without)
        return 1.0 - float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


def _means(embeddings: Mapping[Shot, Embedding], *, card: bool) -> dict[str, Embedding]:
    of: dict[str, list[Embedding]] = defaultdict(list)
    for shot, embedding in embeddings.items():
        if shot.card is card and shot.person:
            of[shot.person].append(embedding)
    return {person: np.mean(shots, axis=0) for person, shots in of.items()}


def _mean_without(means: Mapping[str, Embedding], people: set[str]) -> Embedding:
    total = sum(means.values(), start=np.zeros(NUMBERS))
    left_out = [means[person] for person in people if person in means]
    return np.asarray((total - sum(left_out, start=np.zeros(NUMBERS))) / max(1, len(means) - len(left_out)))
