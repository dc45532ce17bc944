"""A disk that remembers every operation, and what may be left of it when the plug is pulled (RELIABILITY §4)."""

from __future__ import annotations

import errno
import hashlib
import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from pathlib import Path

import apsw

SECTOR = 512  # what a disk writes whole or not at all
_STARTS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL  # SQLite syncs the folder with the first sync of these
_RECORDERS: list[Recorder] = []  # SQLite keeps pointing at each of them


@dataclass(frozen=True)
class Op:
    """`kind`: create, write, truncate, sync, delete, and folder: that one is synced. `file` is one file from its making to its deletion."""

    kind: str
    file: int = 0
    name: str = ""
    offset: int = 0
    data: bytes = b""


class Recorder(apsw.VFS):
    """A VFS over the operating system's own that logs what changes a file, below the encryption."""

    def __init__(self) -> None:
        name = f"recorder-{len(_RECORDERS)}"
        super().__init__(name, "unix")
        _RECORDERS.append(self)
        self._cipher = f"multipleciphers-{name}"  # SQLite3MultipleCiphers puts itself above any VFS under this name
        self.log: list[Op] = []
        self.broken = False  # from now on the disk takes no sync
        self.refused = 0
        self._files: dict[str, int] = {}
        self._count = 0

    def connect(self, path: Path) -> apsw.Connection:
        """A connection whose every operation is logged; alone with its file, since apsw's shim has no shared memory."""
        connection = apsw.Connection(str(path), vfs=self._cipher)
        connection.pragma("locking_mode", "EXCLUSIVE")
        return connection

    def xOpen(self, name: apsw.URIFilename | str | None, flags: list[int]) -> _File:
        file = _File(name, flags, self)
        path = Path(str(name.filename() if isinstance(name, apsw.URIFilename) else name)).name
        if path not in self._files:
            self._count += 1
            self._files[path] = self._count
            self.log.append(Op("create", self._count, path))
        file.number, file.begins = self._files[path], bool(flags[0] & _STARTS)
        return file

    def xDelete(self, name: str, folder_too: bool) -> None:
        super().xDelete(name, folder_too)
        path = Path(name).name
        self.log.append(Op("delete", self._files.pop(path), path))
        if folder_too:
            self.log.append(Op("folder"))


class _File(apsw.VFSFile):
    number = 0
    begins = False

    def __init__(self, name: apsw.URIFilename | str | None, flags: list[int], recorder: Recorder) -> None:
        super().__init__("unix", name, flags)
        self._recorder = recorder
        self._log = recorder.log

    def xWrite(self, data: bytes, offset: int) -> None:
        super().xWrite(data, offset)
        self._log.append(Op("write", self.number, offset=offset, data=bytes(data)))

    def xTruncate(self, size: int) -> None:
        super().xTruncate(size)
        self._log.append(Op("truncate", self.number, offset=size))

    def xSync(self, flags: int) -> None:
        if self._recorder.broken:
            self._recorder.refused += 1
            raise OSError(errno.EIO, "this disk is broken")
        super().xSync(flags)
        self._log.append(Op("sync", self.number))
        if self.begins:
            self._log.append(Op("folder"))
        self.begins = False

    def xFileControl(self, op: int, pointer: int) -> bool:
        # Batch writes of a file system would go past the log; every other question is the operating system's.
        return False if op == apsw.SQLITE_FCNTL_BEGIN_ATOMIC_WRITE else super().xFileControl(op, pointer)


Files = dict[str, bytes]
Keep = Callable[[list[Op]], list[Op]]
"""Which of the operations that were not synced took place."""


@dataclass
class Disk:
    """What is surely there, and what was asked for since: the disk may have done all of it, nothing, or parts."""

    safe: dict[int, bytes] = field(default_factory=dict)
    folder: dict[str, int] = field(default_factory=dict)
    asked: dict[int, list[Op]] = field(default_factory=dict)
    names: list[Op] = field(default_factory=list)  # creations and deletions the folder may not know yet

    def do(self, op: Op) -> None:
        match op.kind:
            case "create" | "delete":
                self.names.append(op)
            case "sync":
                self.safe[op.file] = _after(self.safe.get(op.file, b""), self.asked.pop(op.file, []))
            case "folder":
                self.folder, self.names = _named(self.folder, self.names), []
            case _:
                self.asked.setdefault(op.file, []).append(op)

    def cut(self, rng: random.Random) -> Iterator[tuple[str, Files]]:
        """What may be found after the plug was pulled now, each with its name. Some may be equal."""
        yield "kept", self._found(_all, _all)
        yield "dropped", self._found(_none, _all)
        yield "dropped, and the folder too", self._found(_none, _none)
        yield "kept, but the folder dropped", self._found(_all, _none)
        yield "torn", self._found(lambda ops: _torn(ops, rng), _all)
        yield "torn, with a part of the folder", self._found(lambda ops: _torn(ops, rng), lambda ops: ops[: rng.randint(0, len(ops))])

    def _found(self, writes: Keep, names: Keep) -> Files:
        folder = _named(self.folder, names(self.names))
        return {name: _after(self.safe.get(file, b""), writes(self.asked.get(file, []))) for name, file in folder.items()}


def _all(ops: list[Op]) -> list[Op]:
    return ops


def _none(ops: list[Op]) -> list[Op]:
    return []


def _torn(ops: list[Op], rng: random.Random) -> list[Op]:
    """Any sectors of any writes, in whatever order the disk liked; a truncation took place or did not."""
    kept = []
    for op in ops:
        if op.kind == "truncate":
            if rng.random() < 0.5:
                kept.append(op)
            continue
        first = -op.offset % SECTOR or SECTOR  # up to the next border of a sector
        borders = [0, *range(first, len(op.data), SECTOR), len(op.data)]
        for start, end in pairwise(borders):
            if rng.random() < 0.5:
                kept.append(Op("write", op.file, offset=op.offset + start, data=op.data[start:end]))
    return kept


def _after(content: bytes, ops: list[Op]) -> bytes:
    if not ops:
        return content
    changed = bytearray(content)
    for op in ops:
        if op.kind == "truncate":
            del changed[op.offset :]
            continue
        changed.extend(bytes(max(0, op.offset - len(changed))))  # a hole reads as zeros
        changed[op.offset : op.offset + len(op.data)] = op.data
    return bytes(changed)


def _named(folder: dict[str, int], ops: list[Op]) -> dict[str, int]:
    changed = dict(folder)
    for op in ops:
        if op.kind == "create":
            changed[op.name] = op.file
        elif changed.get(op.name) == op.file:
            del changed[op.name]
    return changed


def states(log: Sequence[Op], seeds: Sequence[int], told: Sequence[int] = ()) -> Iterator[tuple[int, str, Files]]:
    """(how many operations were done, name of the variant, what is found) for every cut point.

    `told`: after how many operations somebody was told something; what is found twice between two of these comes once.
    """
    disk, seen = Disk(), set[tuple[int, bytes]]()
    for count in range(len(log) + 1):
        if count:
            disk.do(log[count - 1])
        for variant, files in chain.from_iterable(disk.cut(random.Random(f"{seed}/{count}")) for seed in seeds):
            digest = hashlib.sha256()
            for name, content in sorted(files.items()):
                digest.update(f"{name} {len(content)} ".encode() + content)
            mark = (bisect_right(told, count), digest.digest())
            if mark not in seen:
                seen.add(mark)
                yield count, variant, files
