"""A folder of Parquet: which tables lie in it, by their footers; nothing outside can be named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from .limits import Refused

if TYPE_CHECKING:
    from pyarrow import dataset

_MOST_TABLES = 500


@dataclass(frozen=True)
class Stored:
    """A table in the folder: one file, or a sub-folder of files.

    name      of the file or the sub-folder
    files     those that it is read from, all of them inside the folder
    changed   when each was changed, in nanoseconds: another time is another table
    trouble   why it cannot be read, in a sentence; "" if it can
    """

    name: str
    root: Path
    files: tuple[Path, ...]
    changed: tuple[int, ...]
    rows: int
    columns: int
    bytes: int
    trouble: str = ""

    def opened(self) -> dataset.Dataset:
        """All of its files as one table, whose folders may be hive partitions.

        Raises
        ------
        Refused
            Where it is no longer there, or is no Parquet.
        """
        return _opened(self.files, self.root)


def stored_in(folder: Path) -> tuple[Stored, ...]:
    """The tables in a folder, by name, of which footers alone are read.

    Files that end in .parquet, and sub-folders that have such files. What is hidden, and what a
    link leads out of the folder to, is not among them.

    Raises
    ------
    Refused
        Where the folder is not there, or may not be read.

    >>> stored_in(Path("no such folder"))
    Traceback (most recent call last):
    ...
    lib.tables.limits.Refused: The folder of tables is not there, or may not be read.
    """
    try:
        root = folder.resolve(strict=True)
        entries = sorted(each for each in root.iterdir() if not _is_hidden(each.name))
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        raise Refused("The folder of tables is not there, or may not be read.") from error
    found = (_stored(entry, root) for entry in entries[:_MOST_TABLES])
    return tuple(table for table in found if table is not None)


def _stored(entry: Path, root: Path) -> Stored | None:
    """The table of an entry; None where there is none, or has gone meanwhile."""
    try:
        files = tuple(_files(entry, root))
        states = [file.stat() for file in files]
    except (OSError, RuntimeError):
        return None
    if not files:
        return None
    changed = tuple(state.st_mtime_ns for state in states)
    size = sum(state.st_size for state in states)
    rows = columns = 0
    trouble = ""
    try:
        rows, columns = _counted(files, root, changed)
    except Refused as refused:
        trouble = str(refused)
    return Stored(entry.name, root, files, changed, rows, columns, size, trouble)


def _files(entry: Path, root: Path) -> Iterator[Path]:
    """The Parquet of an entry: where it really lies, if that is inside of the folder."""
    # A link that leads back to the folder, or above it, is no table of its own.
    if root.is_relative_to(entry.resolve()):
        return
    for file in sorted(entry.rglob("*.parquet")) if entry.is_dir() else [entry]:
        inner = file.relative_to(root).parts
        if file.suffix != ".parquet" or any(map(_is_hidden, inner)) or not file.is_file():
            continue
        if file.resolve().is_relative_to(root):
            yield file


def _is_hidden(name: str) -> bool:
    return name.startswith((".", "_"))


@lru_cache(maxsize=_MOST_TABLES)
def _counted(files: tuple[Path, ...], root: Path, changed: tuple[int, ...]) -> tuple[int, int]:  # noqa: ARG001
    """Rows and columns; `changed` has it counted anew."""
    table = _opened(files, root)
    try:
        return table.count_rows(), len(table.schema)
    except (OSError, ValueError) as error:
        raise _unreadable(files, root) from error


def _opened(files: tuple[Path, ...], root: Path) -> dataset.Dataset:
    from pyarrow import dataset

    try:
        return dataset.dataset(
            [str(file) for file in files],
            format="parquet",
            partitioning="hive",
            partition_base_dir=str(root),
        )
    except (OSError, ValueError) as error:
        raise _unreadable(files, root) from error


def _unreadable(files: tuple[Path, ...], root: Path) -> Refused:
    name = files[0].relative_to(root).parts[0]
    if any(map(_has_names_twice, files)):
        return Refused(f"{name} has two columns of one name: rename one of them.")
    what = name if len(files) == 1 else f"{name} has {len(files)} files, of which one"
    return Refused(f"{what} cannot be read as Parquet, or is not there any more.")


def _has_names_twice(file: Path) -> bool:
    from pyarrow import parquet

    try:
        names = parquet.read_schema(file).names
    except (OSError, ValueError):
        return False
    return len(set(names)) < len(names)
