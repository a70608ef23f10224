"""What a class's homework showed, by the critic's table: for the digest, beside the votes."""

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from io import StringIO

from .model import RoomError

MOST_BYTES = 1_000_000
_COLUMNS = {"file", "belief", "times"}


@dataclass(frozen=True)
class Homework:
    """How many handed in, and how many of them showed each belief. No names are in it.

    files  how many
    shown  by the slug of the misconception, in how many of them it was found
    """

    files: int
    shown: Mapping[str, int]


NONE = Homework(0, {})


def read_homework(table: bytes, known: Collection[str]) -> Homework:
    r"""Read the critic's table; beliefs that are not known are left out.

    Raises
    ------
    RoomError
        If it is no such table, or too large.

    >>> read_homework(b"file,belief,times\na.py,tight,2\nb.py,,0\n", {"tight"})
    Homework(files=2, shown={'tight': 1})
    """
    if len(table) > MOST_BYTES:
        raise RoomError(f"The table has more than {MOST_BYTES:,} bytes.")
    try:
        rows = list(csv.DictReader(StringIO(table.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise RoomError("This is no table of the critic.") from error
    if not rows or not rows[0].keys() >= _COLUMNS:
        raise RoomError("This is no table of the critic.")
    pairs = {(row["file"], row["belief"]) for row in rows if (row["times"] or "").strip("0")}
    beliefs = [belief for _, belief in pairs if belief in known]
    return Homework(
        files=len({row["file"] for row in rows}),
        shown={belief: beliefs.count(belief) for belief in sorted(set(beliefs))},
    )
