"""Writes `mutated_frames.txt`: the worked examples, each mutated in many ways, with what the decoder says of each. Synthetic people only.

Run it after a change that is meant: `python tests/devices/id_card_reader/make_mutated_frames.py`, and read the difference.
"""

from __future__ import annotations

import base64
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

from kiosk.devices.id_card_reader import codec
from kiosk.devices.id_card_reader.card_layout import decode_addresses, decode_read, encode_addresses
from kiosk.devices.id_card_reader.codec import FrameParser, Reply
from kiosk.model.faults import Fault

FILE = Path(__file__).with_name("mutated_frames.txt")


def outcome(stream: bytes) -> str:
    """What a host that has asked for a card makes of `stream`: `card <kind>`, the fault's last word, or `nothing`."""
    said = "nothing"
    for body in FrameParser().feed(stream):
        reply = Reply.of(body)
        try:
            if codec.READ.answered_by(reply) and reply.sw3 == codec.SUCCESS:
                said = f"card {decode_read(reply.data).kind.name}"
            elif codec.READ_PRINTS.answered_by(reply) and reply.sw3 == codec.SUCCESS:
                said = f"card {decode_read(reply.data, prints=True).kind.name}"
            elif codec.ADDRESSES.answered_by(reply) and reply.sw3 == codec.SUCCESS:
                said = f"addresses {len(decode_addresses(reply.data))}"
            else:
                said = codec.fault(codec.READ, reply).code.rpartition(".")[2]
        except Fault as fault:
            said = fault.code.rpartition(".")[2]
    return said


def mutations(frame: bytes, dice: random.Random) -> Iterator[tuple[str, bytes]]:
    yield "whole", frame
    yield "four_aa", b"\xaa" + frame
    yield "twice", frame + frame
    yield "extra", frame + b"\x55"
    yield "preamble_before", codec.PREAMBLE + frame
    yield "half", frame[: len(frame) // 2]
    yield "one_short", frame[:-1]
    yield "no_check", frame[:-1] + bytes([frame[-1] ^ 0xFF])
    yield "length_ffff", frame[:5] + b"\xff\xff" + frame[7:]
    yield "length_one_more", frame[:6] + bytes([frame[6] + 1 & 0xFF]) + frame[7:]
    yield "length_one_less", frame[:6] + bytes([frame[6] - 1 & 0xFF]) + frame[7:]
    for count in range(4):  # flips that the XOR of a frame does not see
        first, second = sorted(dice.sample(range(14 if len(frame) > 300 else 7, min(270, len(frame) - 1)), 2))
        bit = 1 << dice.randrange(8)
        flipped = bytearray(frame)
        flipped[first] ^= bit
        flipped[second] ^= bit
        yield f"two_flips_{count}", bytes(flipped)
    if len(frame) > 300:
        for name, place, value in (("kind_unknown", 14 + 248, b"Q\0"), ("kind_other", 14 + 248, b"I\0"), ("text_length", 10, b"\xff\xff")):
            yield name, mended(frame[:place] + value + frame[place + 2 :])


def mended(frame: bytes) -> bytes:
    """With the check byte that belongs to it: what a broken or hostile chip could make a module send."""
    return frame[:-1] + bytes([codec.checksum(frame[5:-1])])


def lines() -> list[str]:
    from specimens import BLOCKS, reply_of, reply_with_prints

    dice = random.Random(19)  # the same frames every time
    texts = {kind: bytes.fromhex(text) for kind, (text, _) in BLOCKS.items()}
    frames = {kind: reply_of(text) for kind, text in texts.items()}
    frames |= {"M+prints": reply_with_prints(texts["M"], 1024), "addresses": encode_addresses(("福建省厦门市思明区示例路1号",))}
    frames["empty"] = codec.frame(bytes.fromhex("000091"))
    found = []
    for name, frame in frames.items():
        for how, mutated in mutations(frame, dice):
            packed = base64.b85encode(zlib.compress(mutated, 9)).decode()
            found.append(f"{name}\t{how}\t{outcome(mutated)}\t{packed}")
    return found


def unpacked(line: str) -> tuple[str, str, bytes]:
    """(which and how, outcome, frame) of a line."""
    name, how, said, packed = line.split("\t")
    return f"{name} {how}", said, zlib.decompress(base64.b85decode(packed))


if __name__ == "__main__":
    FILE.write_text("\n".join(lines()) + "\n", "utf-8")
