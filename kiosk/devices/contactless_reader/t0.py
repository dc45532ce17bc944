"""What a card leaves to whoever asks (ISO 7816-4, 5.3.4): `61xx` more is waiting, `6Cxx` the length should have been this.

Under T=0 a command cannot carry data and ask for data at once: its answer is fetched. pcscd leaves that to the program.
"""

from __future__ import annotations

from collections.abc import Callable

from kiosk.model.faults import Fault, Remedy

MORE, LENGTH_IS = 0x61, 0x6C
MOST = 16  # answers in a row to one command; a card that goes on longer is none that we know


def exchange(transmit: Callable[[bytes], bytes], apdu: bytes, *, t0: bool) -> bytes:
    """The whole answer to one short command, its data and the last two status bytes.

    A command that carries data may have been done and is sent once, whatever is answered; only one that asks for data is asked again.
    """
    if t0 and len(apdu) > 5 and len(apdu) == 5 + apdu[4] + 1:
        apdu = apdu[:-1]  # what is expected is not sent along: the card tells
    data = b""
    for _ in range(MOST):
        answer = transmit(apdu)
        data += answer[:-2]
        first, second = answer[-2:]
        if first == MORE:
            apdu = bytes([apdu[0] & 0x03 if apdu[0] < 0x40 else 0x00, 0xC0, 0x00, 0x00, second])  # GET RESPONSE, on the same channel
        elif first == LENGTH_IS and len(answer) == 2 and len(apdu) == 5:  # asks for data only
            apdu = apdu[:4] + bytes([second])
        else:
            return data + answer[-2:]
    raise Fault("contactless_reader.unknown_card", Remedy.RETRY, f"no end of {first:02x}xx")
