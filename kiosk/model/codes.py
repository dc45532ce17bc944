"""What a code that somebody holds up may say: one grammar a kind, so that nothing else reaches a department (RELIABILITY F-13)."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class CodeKind:
    """`name` begins its words: `code.<name>.other_code`, what is said to whoever holds up something else."""

    name: str
    longest: int
    pattern: str

    def reads(self, text: str) -> bool:
        return len(text) <= self.longest and re.fullmatch(self.pattern, text) is not None


# 网证: a scheme before a base64 body, or the body alone; never an address, never a bare number.
NET_CERT = CodeKind(
    name="net_cert",
    longest=512,
    pattern=r"[A-Z][A-Z0-9]{1,7}:[A-Za-z0-9+/_-]{1,500}={0,2}|(?=.*[A-Za-z])[A-Za-z0-9+/_-]{43,510}={0,2}",
)
BADGE = CodeKind(name="badge", longest=20, pattern=r"VOL-\d{4,8}")
# 付款码 of WeChat (10 … 15, 18 digits) and Alipay (25 … 30, 16 to 24 digits): as good as money, to be put away again.
PAYMENT = CodeKind(name="payment", longest=24, pattern=r"1[0-5]\d{16}|(?:2[5-9]|30)\d{14,22}")
