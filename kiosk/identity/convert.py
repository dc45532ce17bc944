"""Set-up only: the face_recognition package's own network, out of dlib's file, as ONNX for OpenCV. `kiosk identity convert`.

Architecture: dlib's `anet_type` (examples/dnn_face_recognition_ex.cpp, Boost licence): 29 convolutions, 14 residual blocks. The numbers are
the package's; nothing is trained or changed here but that each scaling is folded into the convolution beside it. `onnx` is needed
here alone; at run time OpenCV reads the file (`kiosk/identity/network.py`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 150  # pixels of a chip
MEAN = (122.782, 117.001, 104.298)  # of red, green, blue; dlib's input_rgb_image_sized
SCALE = 256.0
NUMBERS = 128  # of a descriptor
# Blocks by filters, from the picture to the descriptor; "down" halves height and width and widens to the filters.
BLOCKS = (
    *((32, False),) * 3,
    (64, True), *((64, False),) * 3,
    (128, True), *((128, False),) * 2,
    (256, True), *((256, False),) * 2,
    (256, True),
)  # fmt: skip

Tensor = NDArray[np.float32]


class NotThatNetwork(ValueError):
    """The file is not dlib's face recognition network, version 1."""


@dataclass(frozen=True, kw_only=True)
class Convolution:
    """`weights`: filters × channels × height × width; `bias`: one for each filter. The scaling behind it is in both."""

    weights: Tensor
    bias: Tensor


@dataclass(frozen=True, kw_only=True)
class Network:
    """`convolutions` from the picture to the descriptor; `last`: channels × 128."""

    convolutions: tuple[Convolution, ...]
    last: Tensor


def read(weights: bytes) -> Network:
    """Raises NotThatNetwork."""
    found = tuple(_layers(weights))
    kinds = "".join(kind[0] for kind, _ in found)
    if kinds != "ca" * 29 + "f":
        raise NotThatNetwork(f"{kinds.count('c')} convolutions and {kinds.count('a')} scalings")
    tensors = [numbers for _, numbers in found]
    channels, convolutions = 3, []
    for index, (filters, size) in enumerate(_shapes()):
        flat, scaling = tensors[2 * index], tensors[2 * index + 1]
        taken = filters * channels * size * size
        if flat.size != taken + filters or scaling.size != 2 * filters:
            raise NotThatNetwork(f"convolution {index + 1} has {flat.size} numbers")
        gamma, beta = scaling[:filters], scaling[filters:]
        folded = flat[:taken].reshape(filters, channels, size, size) * gamma[:, None, None, None]
        convolutions.append(Convolution(weights=folded, bias=flat[taken:] * gamma + beta))
        channels = filters
    convolutions[0] = _from_pixels(convolutions[0])
    if tensors[-1].size != channels * NUMBERS:
        raise NotThatNetwork(f"the last layer has {tensors[-1].size} numbers")
    return Network(convolutions=tuple(convolutions), last=tensors[-1].reshape(channels, NUMBERS))


def _from_pixels(first: Convolution) -> Convolution:
    """The first one takes pixels as they are, 0 to 255: what dlib subtracts and divides by is in its numbers (it has no padding)."""
    weights = first.weights / np.float32(SCALE)
    return Convolution(weights=weights, bias=first.bias - np.einsum("fchw,c->f", weights, np.array(MEAN, np.float32)))


def _shapes() -> Iterator[tuple[int, int]]:
    yield 32, 7
    for filters, _ in BLOCKS:
        yield filters, 3
        yield filters, 3


def _layers(weights: bytes) -> Iterator[tuple[str, Tensor]]:
    """Every layer that has numbers, in the order of the file, which is that of the computation."""
    at = 0
    names = {b"\x01\x05con_4": ("con", 0), b"\x01\x07affine_": ("affine", 0), b"\x01\x04fc_2": ("fc", 2)}
    while True:
        hits = [(place, name) for name in names if (place := weights.find(name, at)) >= 0]
        if not hits:
            return
        place, name = min(hits)
        kind, sizes = names[name]
        at = place + len(name)
        for _ in range(sizes):
            _, at = _whole(weights, at)
        numbers, at = _tensor(weights, at)
        yield kind, numbers


def _tensor(weights: bytes, at: int) -> tuple[Tensor, int]:
    """dlib's resizable_tensor: a version, four sizes, and its numbers as they are in memory."""
    sizes = []
    for _ in range(5):
        size, at = _whole(weights, at)
        sizes.append(size)
    count = int(np.prod(sizes[1:], dtype=np.int64))
    if sizes[0] != 2 or not 0 < count <= (len(weights) - at) // 4:
        raise NotThatNetwork(f"a tensor of version {sizes[0]} and {count} numbers")
    return np.frombuffer(weights, "<f4", count, at), at + 4 * count


def _whole(weights: bytes, at: int) -> tuple[int, int]:
    """A whole number as dlib writes it: a count of bytes, then the bytes, the lowest first."""
    if at + 9 > len(weights):
        raise NotThatNetwork("it is cut off")
    width = weights[at] & 0x0F
    return int.from_bytes(weights[at + 1 : at + 1 + width], "little"), at + 1 + width


def to_onnx(network: Network) -> bytes:
    """Input `chips`: n × 3 × 150 × 150, red green blue, pixels from 0 to 255; output `descriptors`: n × 128."""
    return _Graph(network).model()


class _Graph:
    def __init__(self, network: Network) -> None:
        from onnx import helper, numpy_helper

        self._helper, self._numpy_helper = helper, numpy_helper
        self._network = network
        self._left = list(network.convolutions)
        self._nodes: list[Any] = []
        self._weights: list[Any] = []
        self._count = 0

    def model(self) -> bytes:
        from onnx import TensorProto, checker

        flow, side, channels = "chips", SIDE, 3
        flow, side = self._convolve(flow, side, stride=2, pad=0)
        flow = self._node("Relu", flow)
        flow, side = self._node("MaxPool", flow, kernel_shape=[3, 3], strides=[2, 2]), (side - 3) // 2 + 1
        channels = 32
        for filters, down in BLOCKS:
            flow, side = self._block(flow, side, channels, filters, down=down)
            channels = filters
        flow = self._node("GlobalAveragePool", flow)
        flow = self._node("Flatten", flow)
        self._node("MatMul", flow, self._constant(self._network.last), output="descriptors")
        graph = self._helper.make_graph(
            self._nodes,
            "dlib_face_recognition_resnet_model_v1",
            [self._helper.make_tensor_value_info("chips", TensorProto.FLOAT, ["n", 3, SIDE, SIDE])],
            [self._helper.make_tensor_value_info("descriptors", TensorProto.FLOAT, ["n", NUMBERS])],
            self._weights,
        )
        model = self._helper.make_model(graph, opset_imports=[self._helper.make_opsetid("", 13)], ir_version=8, producer_name="kiosk")
        checker.check_model(model)
        return bytes(model.SerializeToString(deterministic=True))

    def _block(self, flow: str, side: int, channels: int, filters: int, *, down: bool) -> tuple[str, int]:
        """Two convolutions beside a way past them; where they differ in size, dlib adds nothing at the right and the bottom."""
        past, past_side = flow, side
        if down:
            past, past_side = self._node("AveragePool", flow, kernel_shape=[2, 2], strides=[2, 2]), (side - 2) // 2 + 1
            if filters > channels:
                past = self._pad(past, channels=filters - channels)
        flow, side = self._convolve(flow, side, stride=2 if down else 1, pad=0 if down else 1)
        flow = self._node("Relu", flow)
        flow, side = self._convolve(flow, side, stride=1, pad=1)
        if past_side > side:
            flow = self._pad(flow, edge=past_side - side)
        return self._node("Relu", self._node("Add", flow, past)), past_side

    def _convolve(self, flow: str, side: int, *, stride: int, pad: int) -> tuple[str, int]:
        one = self._left.pop(0)
        size = one.weights.shape[2]
        name = self._node(
            "Conv",
            flow,
            self._constant(one.weights),
            self._constant(one.bias),
            kernel_shape=[size, size],
            strides=[stride, stride],
            pads=[pad] * 4,
        )
        return name, (side + 2 * pad - size) // stride + 1

    def _pad(self, flow: str, *, channels: int = 0, edge: int = 0) -> str:
        return self._node("Pad", flow, self._constant(np.array([0, 0, 0, 0, 0, channels, edge, edge], np.int64)))

    def _constant(self, numbers: NDArray[np.float32] | NDArray[np.int64]) -> str:
        name = f"w{len(self._weights)}"
        self._weights.append(self._numpy_helper.from_array(np.ascontiguousarray(numbers), name))
        return name

    def _node(self, kind: str, *given: str, output: str = "", **more: Any) -> str:
        self._count += 1
        output = output or f"x{self._count}"
        self._nodes.append(self._helper.make_node(kind, list(given), [output], **more))
        return output


def convert(weights: Path, into: Path) -> tuple[str, str]:
    """Writes the ONNX file and, beside it, three digests: of what it was made from, of itself, and of this converter.

    Returns the first two. Nothing is done where they are there and right. Whole or not at all. Raises NotThatNetwork, OSError.
    """
    record = into.with_suffix(".sha256")
    source, converter = weights.read_bytes(), _digest(Path(__file__).read_bytes())
    if into.exists() and record.exists():
        made = (_digest(source), _digest(into.read_bytes()))
        if record.read_text("ascii").split() == [*made, converter]:
            return made
    model = to_onnx(read(source))
    made = (_digest(source), _digest(model))
    into.parent.mkdir(parents=True, exist_ok=True)
    for path, data in ((into, model), (record, " ".join((*made, converter)).encode("ascii"))):
        beside = path.with_name(f".{path.name}.part")
        beside.write_bytes(data)
        beside.replace(path)
    return made


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
