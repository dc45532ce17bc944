"""Adapters that reach the sandbox's departments through each of its gateways, and what is asked of them."""

from __future__ import annotations

import itertools

import pytest
import requests

from kiosk.backoffice import Request
from kiosk.backoffice.irs import IrsAdapter
from kiosk.backoffice.national import NationalAdapter
from kiosk.backoffice.sm import SmAdapter
from kiosk.backoffice.tif import TifAdapter
from kiosk.backoffice.xroad import XRoadAdapter
from kiosk.people import citizens

HEADERS = {"national": NationalAdapter, "tif": TifAdapter, "irs": IrsAdapter}
numbers = itertools.count(1)


@pytest.fixture
def certificate():
    """A write."""

    def make(citizen="c01"):
        answers = {"scope": "all", "period": "2025-01/2025-12", "purpose": "house", "copies": "1"}
        key = f"G{next(numbers):06d}-S"
        return Request(operation="HRSS.issueCert", key=key, station="XM0001", person=citizens()[citizen].card, answers=answers, write=True)

    return make


@pytest.fixture
def decisions():
    """A read."""

    def make():
        key = f"G{next(numbers):06d}-R"
        return Request(operation="PSB-TMS.queryDecision", key=key, station="XM0001", person=citizens()["c02"].card)

    return make


@pytest.fixture
def told(sandbox):
    """What the gateways give out, as an office would by letter."""
    with requests.Session() as session:
        session.trust_env = False
        return session.get(f"{sandbox.url}/_sandbox/gateways", timeout=10).json()


@pytest.fixture
def file(tmp_path):
    def write(name, text):
        path = tmp_path / name
        path.write_text(text + "\n", "utf-8")
        return str(path)

    return write


@pytest.fixture
def reach(sandbox, told, file):
    """An adapter of a department through a gateway, with the keys that the gateway gave out, or with `other` options."""

    def make(scheme, system="HRSS", **other):
        options = {"system": system, "deadline": 5.0}
        if scheme == "xroad":
            names = {"client": told["xroad"]["client"], "service": f"{told['xroad']['provider']}/{system.lower()}"}
            return XRoadAdapter(**{**options, "url": sandbox.url, **names, **other})
        way, _, encoding = scheme.partition("-")
        options |= {"url": f"{sandbox.url}/gw/{way}/{system.lower()}", "app": told["app"]}
        if way != "sm":
            return HEADERS[way](**{**options, "secret_file": file(f"{way}.secret", told["secrets"][way]), **other})
        options |= {"secret_file": file("sm4", told["sm"]["secret"]), "signature": encoding or "der"}
        keys = {"key_file": file("key.pem", told["sm"]["key"]), "peer_key_file": file("peer.pem", told["sm"]["peer_key"])}
        return SmAdapter(**{**options, **keys, **other})

    return make
