"""What lies exactly on a border: the Lab and its script decide alike, and once."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from playing import check_script, play

from lib.lab import instrument
from lib.tables import from_frame

pytestmark = pytest.mark.usefixtures("undrawn")


def played(slug: str, frame: pd.DataFrame, **setting: Any) -> Any:
    """The exhibit, whose script has found the same, and its instrument."""
    tool, sheet = instrument(slug), from_frame(frame, "planted")
    exhibit = play(tool, sheet, setting)
    check_script(exhibit, sheet)
    return tool, exhibit


@pytest.mark.parametrize("scale", [1.0, 0.1, 1 / 3, 7e5])
def test_an_r_at_the_threshold_is_not_above_it(scale: float) -> None:
    # Each row twice: of 1, 2, 3, 4, 5 and 2, 1, 4, 3, 5 r is exactly 0.8.
    x, y = np.array([1.0, 2, 3, 4, 5] * 2), np.array([2.0, 1, 4, 3, 5] * 2)
    frame = pd.DataFrame({"x": scale * x, "y": scale * y + 0.1})
    _, exhibit = played("redundancy", frame, threshold=0.8)
    assert exhibit.facts["kept_count"] == 2
    _, below = played("redundancy", frame, threshold=0.79)
    assert below.facts["kept_count"] == 1


@pytest.mark.parametrize("slug", ["association_map", "one_against_all"])
def test_where_groups_leave_nothing_unexplained_there_is_no_interval(slug: str) -> None:
    words = pd.Categorical(list("xyyxyxxyxy"))
    frame = pd.DataFrame({"told": words.codes.astype(float), "words": words})
    frame["noise"] = np.random.default_rng(0).normal(size=10)
    _, exhibit = played(slug, frame, **({"target": "told"} if slug == "one_against_all" else {}))
    (pair,) = exhibit.table[exhibit.table["value"].round(9) == 1].to_dict("records")
    assert pair["measure"] == "correlation ratio"
    assert np.isnan(pair["low"])
    assert np.isnan(pair["high"])


@pytest.mark.parametrize("shift", [0.0, 0.1, 1 / 3])
def test_an_r_of_zero_is_not_negative(shift: float) -> None:
    x = np.array([-2.0, -1, 0, 1, 2] * 2) + shift
    frame = pd.DataFrame({"x": x, "y": (x - shift) ** 2 + shift, "z": x**3})
    _, exhibit = played("as_the_tutorial_draws_it", frame[["x", "y"]])
    assert exhibit.facts["negative_count"] == 0
    _, exhibit = played("as_the_tutorial_draws_it", frame.assign(z=-frame["z"]))
    assert exhibit.facts["negative_count"] >= 1


def days(when: pd.DatetimeIndex) -> pd.DataFrame:
    random = np.random.default_rng(1)
    return pd.DataFrame(
        {"day": when, **dict(zip("xy", random.normal(size=(2, len(when))), strict=True))}
    )


def test_a_weekend_is_no_gap_between_working_days_and_a_holiday_is() -> None:
    when = pd.bdate_range("2024-01-01", periods=60)
    tool, exhibit = played("two_series", days(when))
    assert (exhibit.facts["gap_count"], exhibit.facts["unit"]) == (0, "working days")
    assert not any("gap" in words for words in tool.beware(exhibit))
    tool, exhibit = played("two_series", days(when.delete([11, 12])))
    assert (exhibit.facts["gap_count"], exhibit.facts["longest"]) == (1, 3)
    assert any("in working days, the usual step is 1" in words for words in tool.beware(exhibit))
    _, exhibit = played("two_series", days(pd.date_range("2024-01-01", periods=60).delete(11)))
    assert (exhibit.facts["gap_count"], exhibit.facts["unit"]) == (1, "days")


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        (["x", "y", "group"], "η has no sign"),
        (["group", "other"], "V has no sign"),
        (["x", "group", "other"], "η and V have no sign"),
    ],
)
@pytest.mark.parametrize("slug", ["association_map", "one_against_all"])
def test_the_measures_without_a_sign_are_those_on_the_screen(
    slug: str, columns: list[str], words: str
) -> None:
    random = np.random.default_rng(2)
    frame = pd.DataFrame(random.normal(size=(80, 2)), columns=["x", "y"])
    frame["group"] = pd.Categorical(random.choice(list("ab"), 80))
    frame["other"] = pd.Categorical(random.choice(list("pqr"), 80))
    setting = {"target": columns[-2] if "y" not in columns else "x"}
    tool, exhibit = played(slug, frame[columns], **(setting if slug != "association_map" else {}))
    assert any(words in said for said in tool.beware(exhibit)), tool.beware(exhibit)


def test_one_leak_is_said_once() -> None:
    random = np.random.default_rng(3)
    frame = pd.DataFrame(random.normal(size=(100, 3)), columns=["x", "y", "z"])
    frame["copy"] = 2 * frame["x"] + random.normal(0, 0.01, 100)
    tool, exhibit = played("one_against_all", frame, target="x")
    said = [words for words in tool.beware(exhibit) if "copy" in words and "r =" in words]
    unexplained = [words for words in tool.beware(exhibit) if "unexplained" in words]
    assert exhibit.facts["leak_x"]
    assert not said
    assert len(unexplained) == 1


@pytest.mark.parametrize("chosen", [["sex", "ill"], ["sex", "people"], ["sex", "ill", "people"]])
def test_a_table_of_counts_is_told_by_its_categories_as_well(chosen: list[str]) -> None:
    frame = pd.DataFrame({"sex": list("ffmm"), "ill": list("ynyn")}, dtype="category")
    frame["people"] = [30, 90, 20, 80]
    tool, exhibit = played("association_map", frame, columns=chosen)
    assert any("table of counts" in words for words in tool.beware(exhibit))
    assert any("become 220." in words for words in tool.beware(exhibit))
