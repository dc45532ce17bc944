"""Which systems there are, and how each can misbehave. Words alone, for those who stand outside the server too."""

from __future__ import annotations

from enum import StrEnum

# The first part of a path: one for each system of the catalogue, the officers' desk, and the counter of the store.
SYSTEMS = (
    "psb-pop", "psb-res", "psb-exit", "psb-tms", "hrss", "trans", "rail", "ecard", "hpf", "hsa", "tax", "rerc", "mca", "edu", "util",
    "pay", "ctid", "ecert", "eseal", "sms", "eval", "courier", "officer", "city", "counter",
)  # fmt: skip


class Misdeed(StrEnum):
    """What a system does to the next requests. The first block happens before the deed, so that nothing is done."""

    NONE = "none"
    ASLEEP = "asleep"  # 503 with Retry-After
    BUSY = "busy"  # 429
    REFUSE_CONNECTION = "refuse_connection"  # the socket is closed at once
    HTML = "html"  # 200 with a web page: a captive portal
    REDIRECT = "redirect"  # 302 to another host
    HANG = "hang"  # never a byte
    SLOW_HEADERS = "slow_headers"  # one byte of the head a second
    ERROR_500 = "error_500"
    HUGE = "huge"  # 50 MB
    HUGE_DECLARED = "huge_declared"  # Content-Length says so already
    ENDLESS = "endless"
    # The deed is done; its reply is spoilt.
    LOST_REPLY = "lost_reply"  # the connection drops before the reply
    TRUNCATED = "truncated"  # half of the JSON, as if it were whole
    CUT = "cut"  # the connection drops in the middle of the body
    LATE = "late"  # the right reply, three seconds late
    SLOW_LORIS = "slow_loris"  # one byte of the body a second
    GZIP_BOMB = "gzip_bomb"  # compressed though nobody asked
    GBK = "gbk"
    WRONG_TYPES = "wrong_types"
    MISSING_FIELD = "missing_field"
    EXTRA_FIELD = "extra_field"
    NULL = "null"
    NAN = "nan"
    NEGATIVE = "negative"
    DEEP = "deep"
    DUPLICATE_KEYS = "duplicate_keys"
    OTHER_PERSON = "other_person"  # bound to somebody else, or (pay) about another order
    OTHER_AMOUNT = "other_amount"  # pay: the order with other money
    STALE = "stale"  # the reply to the request before
    DUPLICATE = "duplicate"  # the reply twice on the wire
