"""The driver on USB, in both flavours, over a bus with true descriptors and packets: the contract, and what can go wrong there."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from kiosk.devices.id_card_reader.sam_usb import SamUsb
from kiosk.devices.id_card_reader.simulated_sam import SAM_NUMBER
from kiosk.model.faults import Fault
from kiosk.model.health import State
from kiosk.model.person import IdCard
from kiosk.testing.id_card_reader import CARD, OTHER_CARD, IdCardReaderContract, names_nobody
from kiosk.testing.sam_usb import PAIR, SPLIT, UsbBus, UsbModule

ANOTHER = "05.01-20200115-0000012346-0000000007"


def reader_on(*modules: UsbModule, **options: object) -> SamUsb:
    reader = SamUsb(**options)  # type: ignore[arg-type]
    reader.backend = UsbBus(*modules)
    return reader


class ModuleHands:
    def __init__(self, module: UsbModule) -> None:
        self._module = module

    def put(self, card: IdCard) -> None:
        self._module.sam.put(card)

    def lift(self) -> None:
        self._module.sam.lift_card()

    def unplug(self) -> None:
        self._module.unplug()

    def plug_in(self) -> None:
        self._module.plug_in()


@pytest.fixture(params=[SPLIT, PAIR], ids=["split", "whole"])
def module(request: pytest.FixtureRequest) -> UsbModule:
    return UsbModule(request.param)


class TestSamUsb(IdCardReaderContract):
    @pytest.fixture
    def reader(self, module: UsbModule) -> SamUsb:
        return reader_on(module)

    @pytest.fixture
    def hands(self, module: UsbModule) -> ModuleHands:
        return ModuleHands(module)


@pytest_asyncio.fixture
async def reader(module: UsbModule) -> AsyncIterator[SamUsb]:
    reader = reader_on(module)
    await reader.open()
    yield reader
    await reader.close()


async def fault_of(reader: SamUsb) -> Fault:
    with pytest.raises(Fault) as caught:
        await reader.open()
    assert reader.health.state is State.ABSENT
    await reader.close()
    return caught.value


async def test_the_descriptor_says_which_flavour_it_is(module: UsbModule, reader: SamUsb) -> None:
    assert (await reader.check()).facts == {"usb": "split" if module.pipes == SPLIT else "whole", "sam_number": SAM_NUMBER}
    module.sam.put(CARD)
    assert await reader.find() is True
    module.fetched.clear()
    assert await reader.read() == CARD
    assert module.fetched == ({0x81: 2 * 7, 0x85: 12 + 1288} if module.pipes == SPLIT else {0x82: 19 + 1295})


async def test_with_fingerprints_a_frame_is_longer_than_any_buffer_guess(module: UsbModule) -> None:
    reader = reader_on(module, prints=True)
    await reader.open()
    for count in (0, 1, 2):
        module.sam.carry_prints(count)
        module.sam.put(CARD)
        assert await reader.find() is True
        assert await reader.read() == CARD
    await reader.close()


@pytest.mark.parametrize("noise", [b"\x55", b"\xaa", bytes(7), bytes(64), b"\xaa\xaa\xaa\x96\x69\xff\xff"])
async def test_noise_costs_one_repeat(module: UsbModule, reader: SamUsb, noise: bytes) -> None:
    module.sam.put(CARD)
    module.noise = noise
    assert await reader.find() is True
    assert await reader.read() == CARD


async def test_a_stale_reply_is_nobodys(module: UsbModule, reader: SamUsb) -> None:
    module.sam.put(OTHER_CARD)
    assert await reader.find() is True
    assert await reader.read() == OTHER_CARD
    module.late = True
    assert await reader.find() is False
    module.sam.put(CARD)
    assert await reader.find() is True
    assert await reader.read() == CARD


@pytest.mark.parametrize("count", [0, 6, 7, 18, 19, 25, 26, 63, 64, 700, 1313])
async def test_unplugged_in_the_middle_there_is_no_part_of_a_card(module: UsbModule, reader: SamUsb, count: int) -> None:
    module.sam.put(CARD)
    assert await reader.find() is True
    module.breaks_after = count
    with pytest.raises(Fault) as caught:
        await reader.read()
    assert caught.value.code == "id_card_reader.absent" and names_nobody(repr(caught.value))
    assert (reader.health.state, await reader.plugged()) == (State.ABSENT, False)
    assert not any(reader._parser._buffer)
    module.plug_in()
    assert await reader.plugged() is True
    await reader.open()
    module.sam.put(CARD)
    assert await reader.find() is True
    assert await reader.read() == CARD


async def test_one_that_falls_silent_is_absent(module: UsbModule, reader: SamUsb) -> None:
    module.silent = True
    with pytest.raises(Fault) as caught:
        await reader.find()
    assert caught.value.code == "id_card_reader.absent"
    assert not module.held


async def test_of_several_readers_the_one_that_is_meant() -> None:
    first, second = UsbModule(SPLIT, address=1), UsbModule(PAIR, vendor=0x0483, product=0x5652, address=2)
    second.sam.exchange_module(ANOTHER)
    second.sam.put(CARD)
    reader = reader_on(first, second, sam_number=ANOTHER)
    await reader.open()
    assert (reader.serial, first.held, second.held) == (ANOTHER, False, True)
    assert await reader.find() is True
    await reader.close()
    reader = reader_on(first, second)
    await reader.open()
    assert reader.serial == SAM_NUMBER
    await reader.close()
    assert (await fault_of(reader_on(first, sam_number=ANOTHER))).code == "id_card_reader.absent"
    assert not first.held


async def test_one_that_is_broken_does_not_hide_the_one_that_is_meant() -> None:
    broken, meant = UsbModule(SPLIT, address=1), UsbModule(SPLIT, address=2)
    broken.sam.unauthorise()
    reader = reader_on(broken, meant, sam_number=SAM_NUMBER)
    await reader.open()
    assert meant.held and not broken.held
    await reader.close()


@pytest.mark.parametrize(
    ("refused", "detail"), [(errno.EACCES, "udev rule"), (errno.EBUSY, "another program"), (errno.EIO, "does not open")]
)
async def test_what_cannot_be_opened_says_what_to_do(module: UsbModule, refused: int, detail: str) -> None:
    module.refused = refused
    assert detail in (await fault_of(reader_on(module))).detail


async def test_a_kernel_driver_in_the_way_is_sent_off(module: UsbModule) -> None:
    module.kernel_driver = True
    reader = reader_on(module)
    await reader.open()
    await reader.close()
    assert not module.held


async def test_two_programs_do_not_share_a_reader(module: UsbModule, reader: SamUsb) -> None:
    assert "another program" in (await fault_of(reader_on(module))).detail
    assert await reader.find() is False


async def test_what_is_no_reader_is_left_alone() -> None:
    mouse = UsbModule(PAIR, vendor=0x046D, product=0xC077)
    assert "no USB device" in (await fault_of(reader_on(mouse))).detail
    assert not mouse.held and not mouse.fetched
    assert "does not open" in (await fault_of(reader_on(UsbModule((0x81,))))).detail


@pytest.mark.parametrize("wrong", ["0400", "0400-c35a", "400:c35a", "0400:c35g"])
def test_a_number_of_another_shape_is_refused_at_boot(wrong: str) -> None:
    with pytest.raises(ValueError, match="vendor:product"):
        SamUsb(devices=(wrong,))
