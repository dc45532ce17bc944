"""The driver on a pty: the contract, and everything that can go wrong on a line."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from kiosk.devices.id_card_reader import codec, sam
from kiosk.devices.id_card_reader.sam_serial import SamSerial
from kiosk.devices.id_card_reader.simulated import SamSimulator
from kiosk.devices.id_card_reader.simulated_sam import SAM_NUMBER
from kiosk.log import CATALOGUE
from kiosk.model.faults import Fault, Remedy
from kiosk.model.health import State
from kiosk.model.person import IdCard
from kiosk.people import cards
from kiosk.testing.id_card_reader import CARD, OTHER_CARD, IdCardReaderContract, names_nobody


class SimulatorHands:
    def __init__(self, simulator: SamSimulator) -> None:
        self.simulator = simulator

    def put(self, card: IdCard) -> None:
        self.simulator.put(card)

    def lift(self) -> None:
        self.simulator.lift_card()

    def unplug(self) -> None:
        self.simulator.unplug()

    def plug_in(self) -> None:
        self.simulator.plug_in()


@pytest.fixture
def simulator() -> Iterator[SamSimulator]:
    simulator = SamSimulator()
    simulator.start()
    yield simulator
    simulator.stop()


class TestSamSerial(IdCardReaderContract):
    @pytest.fixture
    def reader(self, simulator: SamSimulator) -> SamSerial:
        return SamSerial(simulator.path)

    @pytest.fixture
    def hands(self, simulator: SamSimulator) -> SimulatorHands:
        return SimulatorHands(simulator)


@pytest_asyncio.fixture
async def reader(simulator: SamSimulator) -> AsyncIterator[SamSerial]:
    reader = SamSerial(simulator.path)
    await reader.open()
    yield reader
    await reader.close()


async def read(reader: SamSerial) -> IdCard:
    assert await reader.find() is True
    return await reader.read()


def fault_of(caught: pytest.ExceptionInfo[Fault]) -> tuple[str, Remedy]:
    assert names_nobody(repr(caught.value))
    return caught.value.code.removeprefix("id_card_reader."), caught.value.remedy


@pytest.mark.parametrize("baud", [57600, 38400, 19200, 9600])
async def test_a_slower_reader_is_found_and_read(baud: int) -> None:
    simulator = SamSimulator(baud=baud)
    reader = SamSerial(simulator.start())
    await reader.open()
    assert (reader.speed, reader.serial) == (baud, SAM_NUMBER)
    simulator.put(CARD)
    assert await read(reader) == CARD
    await reader.close()
    simulator.stop()


async def test_a_port_with_nobody_behind_it_is_absent(simulator: SamSimulator) -> None:
    simulator.spoil("silence", 10)
    reader = SamSerial(simulator.path)
    with pytest.raises(Fault) as caught:
        await reader.open()
    assert fault_of(caught) == ("absent", Remedy.STAFF)
    assert reader.health.state is State.ABSENT
    await reader.close()


@pytest.mark.parametrize("path", ["/dev/no-such-port", "/dev/null", "/"])
async def test_what_is_no_serial_port_is_absent(path: str) -> None:
    reader = SamSerial(path)
    with pytest.raises(Fault) as caught:
        await reader.open()
    assert fault_of(caught) == ("absent", Remedy.STAFF)
    await reader.close()


async def test_two_programs_do_not_share_a_line(simulator: SamSimulator, reader: SamSerial) -> None:
    second = SamSerial(simulator.path)
    with pytest.raises(Fault) as caught:
        await second.open()
    assert fault_of(caught) == ("absent", Remedy.STAFF)
    await second.close()
    assert await reader.find() is False


async def test_a_card_read_once_is_not_found_again_until_it_is_lifted(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.put(CARD)
    assert await read(reader) == CARD
    assert await reader.find() is False
    simulator.put(CARD)
    assert await read(reader) == CARD


@pytest.mark.parametrize(
    ("lever", "word", "remedy"),
    [
        ("put_forged_card", "not_genuine", Remedy.OTHER_WAY),
        ("put_wrong_card", "wrong_card", Remedy.RETRY),
        ("put_damaged_card", "damaged", Remedy.OTHER_WAY),
        ("lift_while_reading", "moved", Remedy.RETRY),
    ],
)
async def test_a_card_that_cannot_be_read(simulator: SamSimulator, reader: SamSerial, lever: str, word: str, remedy: Remedy) -> None:
    simulator.put(CARD)
    getattr(simulator, lever)()
    with pytest.raises(Fault) as caught:
        await read(reader)
    assert fault_of(caught) == (word, remedy)
    assert reader.health.state is State.READY
    simulator.put(CARD)
    assert await read(reader) == CARD


@pytest.mark.parametrize(("lever", "word"), [("unauthorise", "unauthorised"), ("fail_self_test", "hardware")])
async def test_a_module_that_refuses_is_hardware(simulator: SamSimulator, reader: SamSerial, lever: str, word: str) -> None:
    getattr(simulator, lever)()
    for attempt in (reader.find, reader.open):
        with pytest.raises(Fault) as caught:
            await attempt()
        assert fault_of(caught) == (word, Remedy.STAFF)
        assert (reader.health.state, reader.health.code) == (State.HARDWARE_ERROR, f"id_card_reader.{word}")
    simulator.mend()
    assert (await reader.check()).health.state is State.HARDWARE_ERROR, "the failed open has hung up"
    await reader.open()
    assert reader.health.state is State.READY


@pytest.mark.parametrize("how", ["garbage", "four_aa", "checksum", "length", "truncated", "extra", "timed_out", "silence"])
async def test_one_spoilt_reply_is_asked_for_again(simulator: SamSimulator, reader: SamSerial, how: str) -> None:
    simulator.put(CARD)
    simulator.spoil(how)
    assert await reader.find() is True
    simulator.spoil(how)
    assert await reader.read() == CARD


@pytest.mark.parametrize("how", ["garbage", "four_aa"])
async def test_noise_around_the_card_itself_does_no_harm(simulator: SamSimulator, reader: SamSerial, how: str) -> None:
    simulator.put(CARD)
    simulator.spoil(how, 3)
    assert await read(reader) == CARD


async def test_a_card_spoilt_on_its_way_is_put_again(simulator: SamSimulator, reader: SamSerial) -> None:
    # The module has given this card away and gives it no second time before it is lifted.
    simulator.put(CARD)
    assert await reader.find() is True
    simulator.spoil("four_aa")  # select
    simulator.spoil("checksum")  # read
    with pytest.raises(Fault) as caught:
        await reader.read()
    assert fault_of(caught) == ("moved", Remedy.RETRY)
    simulator.put(CARD)
    assert await read(reader) == CARD


async def test_a_reader_that_only_garbles_is_garbled_not_absent(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.spoil("truncated", 3)
    with pytest.raises(Fault) as caught:
        await reader.find()
    assert fault_of(caught) == ("garbled", Remedy.RETRY)
    assert reader.health.state is State.READY
    assert await reader.find() is False


async def test_a_reader_that_falls_silent_is_absent(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.spoil("silence", 4)
    with pytest.raises(Fault) as caught:
        await reader.find()
    assert fault_of(caught) == ("absent", Remedy.STAFF)
    assert reader.health.state is State.ABSENT
    await reader.open()
    assert reader.health.state is State.READY


async def test_pieces_of_one_byte(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.piecewise()
    simulator.put(CARD)
    assert await read(reader) == CARD


async def test_a_stale_reply_is_nobodys(simulator: SamSimulator, reader: SamSerial) -> None:
    # The whole card of the one before arrives while the next command is under way: it is neither an answer nor a card.
    simulator.put(OTHER_CARD)
    assert await reader.find() is True
    simulator.spoil("four_aa")  # select passes
    simulator.spoil("late")  # read
    reading = asyncio.create_task(reader.read())
    while not simulator._late:
        await asyncio.sleep(0.005)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    simulator.put(CARD)
    assert await read(reader) == CARD


async def test_a_late_answer_to_find_is_still_one(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.put(CARD)
    simulator.spoil("late")
    assert await read(reader) == CARD


async def test_what_arrived_between_two_commands_answers_neither(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.put(CARD)
    simulator.spoil("late")
    assert await reader.find() is True  # two answers came; one of them is left over
    await asyncio.sleep(0.05)
    simulator.lift_card()
    assert await reader.find() is False


@pytest.mark.parametrize("count", [0, 1, 4, 6, 7, 8, 11, 14, 200, 271, 1293, 1294])
async def test_unplugged_in_the_middle_of_the_card_gives_no_part_of_it(simulator: SamSimulator, reader: SamSerial, count: int) -> None:
    simulator.put(CARD)
    assert await reader.find() is True
    simulator.unplug_after(19 + count)
    with pytest.raises(Fault) as caught:
        await reader.read()
    assert fault_of(caught) == ("absent", Remedy.STAFF)
    assert reader.health.state is State.ABSENT
    assert not any(reader._parser._buffer)
    simulator.plug_in()
    await reader.open()
    simulator.put(CARD)
    assert await read(reader) == CARD


async def test_a_kind_nobody_knows_is_refused_by_kind(simulator: SamSimulator, reader: SamSerial) -> None:
    text = bytearray(" ".encode("utf-16-le") * 128)
    text[248:250] = b"Z\0"
    block = codec.Reply(sw1=0, sw2=0, sw3=0x90, data=bytearray(bytes.fromhex("01000400") + text + bytes(1024)))
    simulator.put_block(block.encode())
    with pytest.raises(Fault) as caught:
        await read(reader)
    assert fault_of(caught) == ("kind_unsupported", Remedy.OTHER_WAY)


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("person", ["c01", "n01", "n02", "n03"])
async def test_a_module_that_sends_fingerprints_too(simulator: SamSimulator, person: str, count: int) -> None:
    reader = SamSerial(simulator.path, prints=True)
    await reader.open()
    simulator.carry_prints(count)
    simulator.put_card(person)
    assert await read(reader) == cards()[person]
    await reader.close()


async def test_added_addresses_follow_the_card(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.put(CARD)
    assert await read(reader) == CARD
    assert await reader.addresses() == ()
    simulator.add_address("福建省厦门市湖里区示例路2号")
    simulator.add_address("福建省厦门市海沧区示例路4号")
    assert await reader.addresses() == ("福建省厦门市湖里区示例路2号", "福建省厦门市海沧区示例路4号")
    simulator.lift_card()
    with pytest.raises(Fault) as caught:
        await reader.addresses()
    assert fault_of(caught) == ("moved", Remedy.RETRY)


async def test_a_card_that_was_read_is_still_seen_to_lie_there(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.put(CARD)
    assert await read(reader) == CARD
    assert await reader.find() is False  # which does not prove that it was lifted
    assert await reader.lying() is True
    simulator.lift_card()
    assert await reader.lying() is False


async def test_a_module_that_finds_slowly_is_asked_twice(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.put(CARD)
    simulator.find_slowly()
    assert await reader.find() is True


async def test_a_card_put_and_lifted_while_nobody_looks(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.put_card_later("c01", 0.0)
    assert await reader.find() is True
    simulator.lift_card_later(0.0)
    with pytest.raises(Fault) as caught:
        await reader.read()
    assert fault_of(caught) == ("moved", Remedy.RETRY)


async def test_another_module_behind_the_same_plug_is_told(
    simulator: SamSimulator, reader: SamSerial, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(sam.log, "info", lambda event, **fields: told.append((event, fields)))
    simulator.unplug()
    simulator.plug_in()
    await reader.open()
    assert told == []
    simulator.exchange_module("05.01-20200115-0000012346-0000000007")
    await reader.open()
    assert told == [("id_card_reader.another", {"role": "id_card_reader", "before": SAM_NUMBER, "now": reader.serial})]
    assert set(told[0][1]) <= CATALOGUE[told[0][0]]


async def test_only_the_reader_that_is_meant(simulator: SamSimulator) -> None:
    other = SamSerial(simulator.path, sam_number="05.01-20200115-0000012346-0000000007")
    with pytest.raises(Fault) as caught:
        await other.open()
    assert fault_of(caught) == ("absent", Remedy.STAFF)
    assert other.serial == ""
    await other.close()
    this = SamSerial(simulator.path, sam_number=SAM_NUMBER)
    await this.open()
    assert this.serial == SAM_NUMBER
    await this.close()


async def test_a_module_whose_speed_was_changed_is_found_again(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.set_speed(19200)
    with pytest.raises(Fault):
        await reader.find()
    await reader.open()
    assert reader.speed == 19200
    assert await reader.find() is False


async def test_plugged_is_a_look_at_the_node(simulator: SamSimulator, reader: SamSerial) -> None:
    assert await reader.plugged() is True
    simulator.unplug()
    assert await reader.plugged() is False


@pytest.mark.parametrize(("sw3", "word"), [("24", "hardware"), ("47", "hardware"), ("21", "hardware"), ("23", "unauthorised")])
async def test_a_status_word_in_the_middle_of_a_reading(simulator: SamSimulator, reader: SamSerial, sw3: str, word: str) -> None:
    simulator.put(CARD)
    assert await reader.find() is True
    simulator.answer_next(sw3)
    with pytest.raises(Fault) as caught:
        await reader.read()
    assert fault_of(caught) == (word, Remedy.STAFF)


async def test_a_module_that_knows_no_added_addresses_has_none_and_is_well(simulator: SamSimulator, reader: SamSerial) -> None:
    simulator.put(CARD)
    assert await read(reader) == CARD
    simulator.answer_next("21")
    assert await reader.addresses() == ()
    assert reader.health.state.usable
