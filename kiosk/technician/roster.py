"""Who may open the service door, and who volunteers: enrolled on a shell, in a file that only this user reads. PINs as Argon2id."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from pathlib import Path

import pyotp
from argon2 import PasswordHasher

from kiosk import whole_file

ID = re.compile(r"[a-z][a-z0-9-]{1,30}")
PIN_DIGITS = 6


class Role(Enum):
    """Stands beside every entry in the journal. Technicians and administrators see the same at the glass; who may enrol and unlock is
    decided by the shell. A volunteer helps citizens and sees nothing of theirs: no technician's screen opens for one."""

    TECHNICIAN = "technician"
    ADMINISTRATOR = "administrator"
    VOLUNTEER = "volunteer"


SERVICE = frozenset({Role.TECHNICIAN, Role.ADMINISTRATOR})  # whom the service door opens for


@dataclass(frozen=True, kw_only=True)
class Technician:
    id: str
    role: Role
    pin_hash: str = field(repr=False)
    totp_secret: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """Shown once and never again: the PIN, and the address an authenticator app reads as a QR."""

    pin: str = field(repr=False)
    otpauth: str = field(repr=False)


class BadRoster(Exception):
    """The file cannot be trusted: open to others, or not what we wrote. Says why, never what it holds."""


class Roster:
    """The file at `path`; absent = nobody. Read anew at every question: it is small, and another process may enrol."""

    def __init__(self, path: Path, hasher: PasswordHasher | None = None) -> None:
        self._path = path
        self.hasher = hasher or PasswordHasher()

    def technicians(self) -> Mapping[str, Technician]:
        """By id. Raises BadRoster."""
        try:
            if self._path.stat().st_mode & 0o077:
                raise BadRoster("the file of technicians is open to others")
            found = json.loads(self._path.read_bytes())
            people = [Technician(**{**one, "role": Role(one["role"])}) for one in found]
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise BadRoster(f"the file of technicians cannot be read: {type(error).__name__}") from None
        return {one.id: one for one in people}

    def enrol(self, id: str, role: Role, station: str) -> Enrolled:
        """A new PIN and secret; whoever was enrolled under `id` before is so no longer. ValueError for an id that is none."""
        if not ID.fullmatch(id):
            raise ValueError("two to 31 small letters, digits and hyphens, a letter first")
        pin = "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))
        secret = pyotp.random_base32()
        there = dict(self.technicians())
        there[id] = Technician(id=id, role=role, pin_hash=self.hasher.hash(pin), totp_secret=secret)
        self._save(there)
        return Enrolled(pin=pin, otpauth=pyotp.TOTP(secret).provisioning_uri(name=id, issuer_name=f"e-gov kiosk {station}"))

    def remove(self, id: str) -> bool:
        """False for an id that nobody has."""
        there = dict(self.technicians())
        if there.pop(id, None) is None:
            return False
        self._save(there)
        return True

    def _save(self, people: Mapping[str, Technician]) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        data = [{**asdict(one), "role": one.role.value} for one in people.values()]
        whole_file.write(self._path, json.dumps(data, indent=1).encode(), mode=0o600)
