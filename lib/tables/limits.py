"""What is too large to be read, and how a refusal is said."""

from dataclasses import dataclass

from .reading import Reading


class Refused(ValueError):  # noqa: N818 (it is said to people, who made no error)
    """A file that is not read: one sentence that says why, and the way out.

    `way_out` is a reading with which the same file is read, where there is one.
    """

    def __init__(self, words: str, *, way_out: Reading | None = None) -> None:
        super().__init__(words)
        self.way_out = way_out


@dataclass(frozen=True)
class Limits:
    """The most that is read: bytes of the file, rows and columns of its table.

    `unpacked` is the most that the parts of a workbook may hold once they are unpacked.
    """

    bytes: int = 50_000_000
    rows: int = 500_000
    columns: int = 1_000
    unpacked: int = 250_000_000


LIMITS = Limits()


def check_size(data: bytes, limits: Limits) -> None:
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"):
        raise Refused("The file is empty: choose one that has a table in it.")
    if len(data) > limits.bytes:
        raise Refused(
            f"The file has {len(data) / 1e6:.0f} MB and at most {limits.bytes / 1e6:.0f} MB are"
            " read: leave out rows or columns that you do not need, or save it as Parquet."
        )


def check_columns(columns: int, limits: Limits) -> None:
    if columns > limits.columns:
        raise Refused(
            f"The table has {columns:,} columns and at most {limits.columns:,} are read: keep the"
            " columns that you want to compare, and save them as a file of their own."
        )


def check_rows(rows: int, limits: Limits, reading: Reading) -> None:
    if rows > limits.rows and reading.sample is None:
        raise Refused(
            f"The table has {rows:,} rows and at most {limits.rows:,} are read: save fewer rows, or"
            f" take a sample of {limits.rows:,} rows that are drawn at random.",
            way_out=reading.sampled(),
        )
