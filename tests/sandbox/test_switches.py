"""Every system of the sandbox can be made to misbehave, and one of them alone."""

from __future__ import annotations

import pytest
import requests

from kiosk.sandbox.misdeeds import SYSTEMS

HEADERS = {"X-Request-Id": "r" * 16, "X-Station": "XM0001", "X-Operation": "TEST.test", "Idempotency-Key": "KEY-0001"}


@pytest.fixture
def described(sandbox):
    """system → the path of one of its operations"""
    paths = requests.get(f"{sandbox.url}/openapi.json", timeout=30).json()["paths"]
    return {system: next(path for path, one in paths.items() if path.startswith(f"/{system}/") and "post" in one) for system in SYSTEMS}


def test_every_system_sleeps_breaks_babbles_and_loses_its_replies(described, sandbox):
    with requests.Session() as session:
        session.trust_env = False

        def ask(system, headers=HEADERS):
            return session.post(sandbox.url + described[system], json=[], headers=headers, timeout=10)

        for system in SYSTEMS:
            well = ask(system)
            assert well.status_code in (200, 400) and well.json()["message"], system  # some ask for nothing
            for fault, status in (("asleep", 503), ("error_500", 500), ("html", 200)):
                sandbox.switch(system, fault, times=1)
                assert ask(system).status_code == status, (system, fault)
            sandbox.switch(system, "lost_reply", times=1)
            with pytest.raises(requests.ConnectionError):
                ask(system)
            sandbox.switch(system, "truncated", times=1)
            with pytest.raises(ValueError):
                ask(system).json()
            other = "hrss" if system != "hrss" else "tax"
            sandbox.switch(system, "asleep")
            assert ask(other).status_code == 400 and ask(system).status_code == 503
            sandbox.switch(system, "none")


def test_somebody_elses_reply_of_every_department_is_bound_to_somebody_else(described, sandbox):
    with requests.Session() as session:
        session.trust_env = False
        for system in sorted(set(SYSTEMS) - {"pay", "counter"}):  # the first is bound by order and amount: tests/payments

            def binding(path=described[system]):
                return session.post(sandbox.url + path, json=[], headers=HEADERS, timeout=10).json()["binding"]

            mine = binding()
            sandbox.switch(system, "other_person", times=1)
            assert binding() != mine == binding(), system
