"""A binding: one visit, one person, nothing that tells who."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.model.binding import NONCE, Binding, fresh
from kiosk.model.item import Assurance, Item, Kind
from kiosk.model.person import Person
from kiosk.model.session import Session

HER = Person(name="林秀英", id_number="350203196805120028")
HIM = Person(name="王小明", id_number="350203199001010012")
ITEM = Item(id="a-b", department="c", kind=Kind.QUERY, assurance=Assurance.NONE, operation="X.y", unit="z")


def test_the_same_visit_and_person_are_the_same_and_nothing_else_is():
    nonce = fresh()
    hers = Binding.of(nonce, HER)
    assert hers.same(Binding.of(nonce, replace(HER, name="林秀瑛")))  # the number is the person
    for other in (Binding.of(nonce, HIM), Binding.of(nonce, None), Binding.of(fresh(), HER), replace(hers, nonce=fresh())):
        assert not hers.same(other) and not other.same(hers)


def test_each_visit_draws_its_own_nonce_and_keeps_it():
    one, two = (Session(visit="V", item=ITEM) for _ in range(2))
    assert len(one.nonce) == NONCE and one.nonce != two.nonce
    assert replace(one, person=HER).nonce == one.nonce
    assert not one.binding.same(replace(one, person=HER).binding)


def test_nothing_of_a_person_or_a_nonce_can_be_seen():
    binding = Binding.of(fresh(), HER)
    shown = repr(binding) + repr(Session(visit="V", item=ITEM, person=HER)) + binding.seal("V-C1", b"%PDF-")
    for secret in (HER.id_number, HER.name, binding.nonce.hex(), binding.owner.hex(), repr(binding.nonce), repr(binding.owner)):
        assert secret not in shown


def test_a_seal_is_of_one_job_with_these_bytes_of_this_visit():
    binding = Binding.of(fresh(), HER)
    seals = {
        binding.seal("V-C1", b"%PDF-1"),
        binding.seal("V-C2", b"%PDF-1"),
        binding.seal("V-C1", b"%PDF-2"),
        Binding.of(binding.nonce, HIM).seal("V-C1", b"%PDF-1"),
        Binding.of(fresh(), HER).seal("V-C1", b"%PDF-1"),
    }
    assert len(seals) == 5 and all(len(seal) == 64 for seal in seals)
    assert binding.seal("V-C1", b"%PDF-1") in seals


@pytest.mark.parametrize("nonce", [b"", b"0" * 31])
def test_what_is_no_nonce_is_a_bug(nonce):
    with pytest.raises(ValueError):
        Binding.of(nonce, HER)
