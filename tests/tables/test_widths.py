"""How many cells each record of a text has, beside Python's own reader."""

import csv
import io

import pytest

from lib.tables.dialect import Dialect, widths_of
from lib.tables.scales import order_of


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("blanks_after", [False, True])
def test_lines_without_quotes_have_the_cells_that_a_reader_cuts(
    delimiter: str, end: str, blanks_after: bool
) -> None:
    lines = ["a,b,c", "1, 2,3", "", "  ", ",,", "4,it's,\u2028", "5,6,7,8", "9"]
    text = end.join(lines).replace(",", delimiter)
    dialect = Dialect(delimiter, blanks_after=blanks_after)
    for whole in (text, text + end, text + end + end):
        rows = csv.reader(
            io.StringIO(whole, newline=""), delimiter=delimiter, skipinitialspace=blanks_after
        )
        assert widths_of(whole, dialect) == [len(row) for row in rows]


def test_quoted_lines_are_cut_as_before() -> None:
    text = 'a,b\n"1,2","x\ny"\n'
    assert widths_of(text, Dialect(",")) == [2, 2]
    assert widths_of(text, Dialect(",", quote="")) == [2, 3, 1]


def test_no_scale_is_longer_than_its_words() -> None:
    many = [f"place {number}" for number in range(5000)]
    assert order_of(many) is None
    assert order_of(["high", "low", "medium"]) == ("low", "medium", "high")
