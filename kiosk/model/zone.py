"""One country, one time, whatever the machine thinks."""

from __future__ import annotations

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")
