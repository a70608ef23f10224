"""Every instrument plays on bundled tables: runs, speaks true, draws, and its script agrees."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playing import (
    WAYS,
    bundled,
    check_charts,
    check_script,
    play,
    run,
    settings,
)

from lessons import COURSE
from lib.charts import DARK, LIGHT, Theme
from lib.course import Exhibit
from lib.course.outcome import always
from lib.lab import Instrument, instruments, said, slugs
from lib.lab.instrument import Remark
from lib.tables import Sheet, from_frame

INSTRUMENTS = {instrument.slug: instrument for instrument in instruments()}
Ways = Callable[[Instrument, Sheet], Iterator[dict[str, Any]]]
TABLES = ("salaries", "airquality")

each_instrument = pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=INSTRUMENTS)
on_each_table = pytest.mark.parametrize("table", TABLES)


def fitting(instrument: Instrument) -> list[Sheet]:
    return [sheet for sheet in map(bundled, TABLES) if not instrument.fits(sheet)]


@cache
def at_its_defaults(instrument: Instrument, table: str) -> Exhibit:
    return play(instrument, bundled(table), {})


def test_the_list_names_each_instrument_by_its_module() -> None:
    assert tuple(INSTRUMENTS) == slugs()
    folder = Path(__file__).parents[2] / "lib" / "lab"
    assert all((folder / f"{slug}.py").exists() for slug in slugs())


@each_instrument
def test_an_instrument_fits_its_example(instrument: Instrument) -> None:
    assert not instrument.fits(bundled(instrument.example))


@each_instrument
def test_an_instrument_asks_one_question_and_a_step_explains_it(instrument: Instrument) -> None:
    assert instrument.title
    assert instrument.question.endswith("?")
    assert instrument.question.count("?") == 1
    lesson, step = instrument.lesson
    assert COURSE.lesson(lesson).step(step).slug == step


@pytest.mark.parametrize("ways", WAYS)
@pytest.mark.parametrize(
    "instrument",
    [
        pytest.param(each, marks=pytest.mark.play if slug == "interactions" else ())  # fits models
        for slug, each in INSTRUMENTS.items()
    ],
    ids=INSTRUMENTS,
)
def test_it_plays_at_each_option_of_each_control(instrument: Instrument, ways: Ways) -> None:
    first, *others = fitting(instrument)
    for setting in ways(instrument, first):
        play(instrument, first, setting)
    for sheet in others:
        at_its_defaults(instrument, sheet.name)


@each_instrument
@on_each_table
def test_why_it_does_not_fit_is_said_in_a_sentence(instrument: Instrument, table: str) -> None:
    reason = instrument.fits(bundled(table))
    assert not reason or (len(reason.split()) > 8 and reason.endswith("."))


@each_instrument
@pytest.mark.parametrize("theme", [LIGHT, pytest.param(DARK, marks=pytest.mark.play)])
def test_its_charts_fit_the_schema(instrument: Instrument, theme: Theme) -> None:
    check_charts(at_its_defaults(instrument, fitting(instrument)[0].name), theme)


@each_instrument
def test_its_cells_open(instrument: Instrument) -> None:
    for sheet in fitting(instrument):
        exhibit = at_its_defaults(instrument, sheet.name)
        for number, figure in enumerate(exhibit.figures):
            opens = exhibit.behind_cell(number)
            if opens is None:
                continue
            names = figure.values
            for row in (names.index[0], names.index[-1]):
                for column in (names.columns[0], names.columns[-1]):
                    behind = opens(row, column)
                    assert behind.chart.screen
                    assert behind.sentence.endswith((".", "expected."))


@each_instrument
@pytest.mark.usefixtures("undrawn")
def test_its_script_computes_the_facts(instrument: Instrument) -> None:
    sheet = fitting(instrument)[0]
    last = {
        name: values[-1]
        for name, values in _values(instrument, sheet).items()
        if name not in ("weights", "columns", "against")
    }
    for exhibit in (at_its_defaults(instrument, sheet.name), play(instrument, sheet, last)):
        if not exhibit.stopped:
            check_script(exhibit, sheet)


def _values(instrument: Instrument, sheet: Sheet) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {}
    for setting in settings(instrument, sheet):
        for name, value in setting.items():
            values.setdefault(name, []).append(value)
    return values


@pytest.mark.play
@each_instrument
def test_its_script_draws(instrument: Instrument) -> None:
    sheet = fitting(instrument)[0]
    import matplotlib.pyplot as plt

    plt.close("all")
    run(instrument.exhibit(sheet), sheet)
    assert plt.get_fignums()
    plt.close("all")


@pytest.mark.play
@each_instrument
@on_each_table
@pytest.mark.usefixtures("undrawn")
def test_its_script_computes_the_facts_at_every_option(instrument: Instrument, table: str) -> None:
    sheet = bundled(table)
    if instrument.fits(sheet):
        return
    for setting in settings(instrument, sheet):
        exhibit = play(instrument, sheet, setting)
        if not exhibit.stopped:
            check_script(exhibit, sheet)


HOSTILE = {
    "empty": pd.DataFrame({"a": pd.Series([], dtype=float), "b": pd.Series([], dtype=float)}),
    "one row": pd.DataFrame({"a": [1.0], "b": [2.0], "kind": ["x"]}),
    "one column": pd.DataFrame({"a": [1.0, 2.0, 3.5, 4.0]}),
    "constant": pd.DataFrame({"a": [1.0] * 20, "b": [2.0] * 20, "c": [3.0] * 20}),
    "all missing but one": pd.DataFrame({"a": [np.nan] * 19 + [1.0], "b": [1.0] + [np.nan] * 19}),
    "few shared": pd.DataFrame(
        {"a": [1.0, 2.5, 3.0] + [np.nan] * 9, "b": [np.nan, 3.0, 1.0] + [4.0, 2.5, 7.0] * 3}
    ),
    "names": pd.DataFrame(
        {
            "{x}": range(12),
            "a*b_<b>$": [1.5, 2, 1, 4, 3, 6, 5, 8, 7, 9, 2, 1],
            "kind": list("ab") * 6,
        }
    ),
    "huge": pd.DataFrame({"a": [1e300, -1e300, 1.0] * 5, "b": [1e-300, 2e-300, 0.0] * 5}),
}


@each_instrument
@pytest.mark.parametrize("frame", HOSTILE.values(), ids=HOSTILE)
def test_any_table_is_measured_or_refused_in_words(
    instrument: Instrument, frame: pd.DataFrame
) -> None:
    sheet = from_frame(frame, "hostile")
    if reason := instrument.fits(sheet):
        assert reason.endswith(".")
        with pytest.raises(ValueError, match=r"\."):
            instrument.exhibit(sheet)
        return
    play(instrument, sheet, {})


def test_what_is_not_allowed_on_a_table_becomes_the_default() -> None:
    instrument = INSTRUMENTS["one_against_all"]
    setting = instrument.setting(bundled("salaries"), {"target": "Ozone", "level": "1 %"})
    assert setting == {"target": "rank", "adjust": "Holm", "level": "1 %"}


def test_identifiers_are_no_option() -> None:
    controls = INSTRUMENTS["association_map"].controls_on(bundled("un"))
    assert "country" not in controls["columns"].named


def test_names_from_the_table_are_spelled_where_a_page_says_them() -> None:
    sheet = from_frame(HOSTILE["names"], "names")
    exhibit = INSTRUMENTS["association_map"].exhibit(sheet)
    remark = Remark("{strong_x}", when=always, holds=always)
    assert said([remark], exhibit, spell=lambda text: f"«{text}»")[0] in (
        "«{x}»",
        "«a*b_<b>$»",
        "«kind»",
    )


def test_a_very_long_name_is_shortened_in_sentences() -> None:
    x = np.arange(12.0)
    sheet = from_frame(pd.DataFrame({"x" * 5000: x, "b": x**2}), "long")
    for slug in ("association_map", "one_against_all", "clustermap"):
        instrument = INSTRUMENTS[slug]
        exhibit = instrument.exhibit(sheet)
        said = [exhibit.description, exhibit.stopped, *instrument.found(exhibit)]
        assert not any("x" * 200 in text for text in said)
        assert "x" * 5000 in exhibit.code.recipe


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("method", ["Spearman", "Kendall"])
def test_the_script_of_two_small_groups_counts_all_orders(method: str) -> None:
    """Of six rows a p from all orders and one from a curve lie on two sides of a level."""
    for seed in (2, 7):
        g = np.random.default_rng(seed)
        frame = pd.DataFrame(g.normal(size=(12, 4)), columns=list("abcd"))
        frame["a"] += 2 * frame["b"]
        frame["d"] = frame["a"].round()
        frame["group"] = pd.Categorical(["u", "v"] * 6)
        sheet = from_frame(frame, "small")
        setting = {"method": method, "adjust": "none"}
        check_script(play(INSTRUMENTS["two_groups"], sheet, setting), sheet)
