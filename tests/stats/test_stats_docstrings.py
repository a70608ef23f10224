"""What README says of every docstring and every result."""

import dataclasses
import inspect
import re

import numpy as np
import pytest
from every_function import OF_COLUMNS, TABLE_FUNCTIONS, columns_for, fitted, numbers
from sklearn.linear_model import LinearRegression

import datasets
import lib.stats
from lib.stats import associate_ordered, polychoric_correlate, slice_grid, stratified_odds_ratio

FUNCTIONS = [name for name in lib.stats.__all__ if inspect.isfunction(getattr(lib.stats, name))]
# Plain arithmetic, or what the docstring says in full.
WITHOUT_A_SOURCE = {
    *("correlated_pairs", "deseasonalise", "detrend", "heteroscedastic_pairs", "noise"),
    *("neighbour_similarity", "noise_tables", "prune", "seasons", "trends"),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_says_what_it_takes_gives_and_refuses(name):
    text = inspect.getdoc(getattr(lib.stats, name))
    titles = re.findall(r"^(\w+)\n-+$", text, flags=re.MULTILINE)
    wanted = ["Parameters", "Returns", "Raises", "References", "Examples"]
    if name in WITHOUT_A_SOURCE:
        wanted.remove("References")
    assert [title for title in titles if title in wanted] == wanted
    parameters = text.split("Parameters\n", 1)[1].split("\nReturns\n", 1)[0]
    entries = re.findall(r"^(\w[\w, ]*)$", parameters, flags=re.MULTILINE)
    described = {entry for line in entries for entry in line.split(", ")}
    assert {*inspect.signature(getattr(lib.stats, name)).parameters} <= described


def results():
    table = numbers(gaps=False)
    for function, call in TABLE_FUNCTIONS.items():
        is_of_numbers = function.startswith("numbers: ")
        yield call(table if is_of_numbers else table.gt(0).astype("str"))
    for function, call in OF_COLUMNS.items():
        yield call(*columns_for(function))
    yield slice_grid(*fitted(LinearRegression), "x", "y", size=4)


def test_no_result_shows_arrays_where_it_is_shown():
    shown = [result for result in results() if dataclasses.is_dataclass(result)]
    assert len({type(result) for result in shown}) > 15
    for result in shown:
        assert "array(" not in repr(result), type(result).__name__


def written_out(function):
    """The code that a docstring gives for a table of counts."""
    text = " ".join(inspect.getdoc(function).split())
    return re.search(r"``(?:rows = )?(table\.loc\[.*?)``", text)[1]


def value_of(code, table):
    space = {"table": table}
    exec(f"value = {code}", space)
    return space["value"]


def test_counts_are_written_out_for_an_odds_ratio():
    """Bickel, Hammel and O'Connell's 4526 applications; 24 rows of counts say nothing."""
    rows = value_of(written_out(stratified_odds_ratio), datasets.load("ucb_admissions"))
    found = stratified_odds_ratio(rows["gender"], rows["admit"], rows["dept"])
    assert found.n == 4526
    assert found.crude == pytest.approx(1198 * 1278 / (1493 * 557), rel=1e-12)


@pytest.mark.parametrize("function", [associate_ordered, polychoric_correlate])
def test_counts_are_written_out_for_ordered_columns(function):
    table = numbers(gaps=False)[["n", "lit"]].value_counts().reset_index()
    table = table.astype({"n": "category"})
    table["n"] = table["n"].cat.as_ordered()
    found = function(value_of(written_out(function), table)).pairs()
    assert found["n"].tolist() == [24]
    assert np.isfinite(found["low"]).all()
