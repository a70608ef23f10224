"""Tables that have types: Parquet, and frames in memory."""

import datetime
import decimal
import io

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet

from lib.tables import Limits, Refused, from_frame, read, reading_code

DAY = datetime.date(2024, 1, 2)


def bytes_of(table: pa.Table) -> bytes:
    file = io.BytesIO()
    parquet.write_table(table, file)
    return file.getvalue()


TYPES = {
    "tags": (pa.array([["a"], None, ["b", "c"]]), "ignored", ['["a"]', None, '["b", "c"]']),
    "parts": (pa.array([{"x": 1}, {"x": 2}, None]), "ignored", ['{"x": 1}', '{"x": 2}', None]),
    "large": (
        pa.array([2**60 + 1, None, 2**60 + 3]),
        "identifier",
        ["1152921504606846977", None, "1152921504606846979"],
    ),
    "unsigned": (
        pa.array([2**64 - 1, 1, 2], pa.uint64()),
        "identifier",
        ["18446744073709551615", "1", "2"],
    ),
    "gaps": (pa.array([1, None, 3]), "number", [1.0, None, 3.0]),
    "clock": (pa.array([datetime.time(1, 2, 3), None, datetime.time(4)]), "number",
              [3723.0, None, 14400.0]),
    "lasting": (pa.array([datetime.timedelta(seconds=5)] * 3), "number", [5.0] * 3),
    "infinite": (pa.array([1.5, float("inf"), float("nan")]), "number", [1.5, None, None]),
    "truth": (pa.array([True, None, False]), "category", ["true", None, "false"]),
    "day": (pa.array([DAY, None, DAY]), "date",
            [pd.Timestamp(DAY), None, pd.Timestamp(DAY)]),
    "far": (
        pa.array([datetime.datetime(9999, 12, 31), datetime.datetime(1, 1, 1), None]),
        "date",
        [pd.Timestamp("9999-12-31"), pd.Timestamp("0001-01-01"), None],
    ),
    "zone": (
        pa.array([datetime.datetime(2024, 1, 1)] * 3, pa.timestamp("us", "Europe/Berlin")),
        "date",
        [pd.Timestamp(2024, 1, 1)] * 3,
    ),
    "price": (pa.array([decimal.Decimal("1.50"), None, decimal.Decimal("2.25")]), "number",
              [1.5, None, 2.25]),
    "code": (pa.array(["007", "008", "009"]), "identifier", ["007", "008", "009"]),
    "level": (pa.array(["a", "b", "a"]).dictionary_encode(), "category", ["a", "b", "a"]),
    "half": (pa.array(np.array([1, 2.5, 4], "float16")), "number", [1.0, 2.5, 4.0]),
    "none": (pa.nulls(3), "ignored", [None] * 3),
}  # fmt: skip


def test_every_type_of_parquet(tmp_path, monkeypatch) -> None:
    data = bytes_of(pa.table({name: array for name, (array, _, _) in TYPES.items()}))
    sheet = read(data, "types.parquet")
    for name, (_, kind, cells) in TYPES.items():
        found = [None if pd.isna(cell) else cell for cell in sheet.frame[name]]
        assert (name, sheet.column(name).kind, found) == (name, kind, cells)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "types.parquet").write_bytes(data)
    names: dict[str, object] = {}
    exec(compile(reading_code(sheet), "reading.py", "exec"), names)
    pd.testing.assert_frame_equal(names["table"], sheet.frame)


def test_a_footer_is_read_before_the_rows() -> None:
    data = bytes_of(pa.table({"n": range(100), "m": range(100)}))
    with pytest.raises(Refused, match="100 rows") as refusal:
        read(data, "n.parquet", limits=Limits(rows=10))
    way_out = refusal.value.way_out
    assert len(read(data, "n.parquet", reading=way_out, limits=Limits(rows=10)).frame) == 10
    with pytest.raises(Refused, match="2 columns"):
        read(data, "n.parquet", limits=Limits(columns=1))


def test_numbers_of_a_parquet_file_are_not_copied() -> None:
    data = bytes_of(pa.table({"a": np.arange(5) / 2, "b": np.arange(5) / 3}))
    sheet = read(data, "ab.parquet")
    assert not sheet.frame["a"].to_numpy().flags.owndata


@pytest.mark.parametrize(
    ("frame", "columns", "kinds"),
    [
        (pd.DataFrame({"a": [1, 2]}, index=["x", "y"]), ["row", "a"], ["category", "number"]),
        (
            pd.DataFrame({"a": [1.5, 2]}, index=pd.Index(["x", "x"], name="site")),
            ["site", "a"],
            ["category", "number"],
        ),
        (pd.DataFrame([[1, 2], [3, 4]], columns=["a", "a"]), ["a", "a (2)"], ["number"] * 2),
        (pd.DataFrame({("a", "b"): [1, 2]}), ["a b"], ["number"]),
        (pd.DataFrame({7: [True, False]}), ["7"], ["category"]),
        (pd.DataFrame({"a": [1.5, 2]}, pd.RangeIndex(5, 7)), ["a"], ["number"]),
        (
            pd.DataFrame({"a": [1.5, 2]}, pd.RangeIndex(1950, 1952, name="year")),
            ["year", "a"],
            ["number"] * 2,
        ),
        (
            pd.DataFrame({"a": [1.5, 2]}, pd.period_range("2020Q1", periods=2, freq="Q")),
            ["row", "a"],
            ["date", "number"],
        ),
        (
            pd.DataFrame({"a": [1.5, 2]}, pd.date_range("2020", periods=2, tz="Europe/Berlin")),
            ["row", "a"],
            ["date", "number"],
        ),
    ],
)
def test_a_frame_becomes_a_sheet(frame, columns, kinds) -> None:
    sheet = from_frame(frame, "frame")
    assert list(sheet.frame) == columns
    assert [column.kind for column in sheet.columns] == kinds
    names: dict[str, object] = {"table": frame}
    exec(compile(reading_code(sheet), "reading.py", "exec"), names)
    pd.testing.assert_frame_equal(names["table"], sheet.frame)


def test_an_order_of_pandas_is_kept() -> None:
    grades = pd.Categorical(["b", "a"], categories=["b", "a"], ordered=True)
    sheet = from_frame(pd.DataFrame({"grade": grades}), "grades")
    assert sheet.column("grade").levels == ("b", "a")
    assert sheet.column("grade").kind == "ordered"


NAMES = ("id", "USER_ID", "patient_id", "patient id", "patientId", "userID", "plz", "tel")
MEASURES = ("lwid", "LWID", "grid", "Grid", "bid", "humid", "width", "ideal")


def kinds_of(names: tuple[str, ...], values: list[int]) -> list[set[str]]:
    """The kinds of columns of these names in memory, and in a file; the code does the same."""
    frame = pd.DataFrame(dict.fromkeys(names, values))
    sheets = from_frame(frame, "frame"), read(frame.to_csv(index=False).encode(), "frame.csv")
    variables: dict[str, object] = {"table": frame}
    exec(compile(reading_code(sheets[0]), "reading.py", "exec"), variables)
    pd.testing.assert_frame_equal(variables["table"], sheets[0].frame)
    return [{column.kind for column in sheet.columns} for sheet in sheets]


def test_numbers_whose_name_says_so_are_names_and_group_the_rows_where_they_repeat() -> None:
    assert kinds_of(NAMES, [417, 388, 902, 115, 640, 733]) == [{"identifier"}] * 2
    assert kinds_of(NAMES, [7, 7, 9, 9, 8, 8]) == [{"category"}] * 2


def test_other_names_that_end_alike_measure() -> None:
    assert kinds_of(MEASURES, [12, 10, 13, 11, 12, 9]) == [{"number"}] * 2


@pytest.mark.parametrize(
    ("periods", "begin"),
    [
        (pd.PeriodIndex(["2020Q2", None], freq="Q"), "2020-04-01"),
        (pd.PeriodIndex(["2020-01-01", None], freq="W"), "2019-12-30"),  # a Wednesday
        (pd.PeriodIndex(["2020-01-01 05:00", None], freq="h"), "2020-01-01 05:00"),
    ],
)
def test_a_period_is_the_date_at_which_it_begins(periods: pd.PeriodIndex, begin: str) -> None:
    sheet = from_frame(pd.DataFrame({"on": periods}), "periods")
    assert sheet.frame["on"].tolist() == [pd.Timestamp(begin), pd.NaT]
    assert (sheet.column("on").kind, sheet.column("on").missing) == ("date", 1)


@pytest.mark.parametrize("frame", [pd.DataFrame(), pd.DataFrame({"a": pd.Series(dtype=float)})])
def test_a_parquet_file_without_rows_is_refused_as_a_csv_is(frame: pd.DataFrame) -> None:
    file = io.BytesIO()
    frame.to_parquet(file)
    with pytest.raises(Refused, match="has no rows"):
        read(file.getvalue(), "none.parquet")


def test_lines_of_all_lengths_are_called_so() -> None:
    lines = ["a,b,c", *(",".join("12345678"[: 1 + row % 6]) for row in range(30))]
    words = "from 1 to 6 cells, and 3 names stand above them; line 5 is the first with too many"
    with pytest.raises(Refused, match=words):
        read("\n".join(lines).encode(), "ragged.csv")
