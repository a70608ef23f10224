"""What a step says of lines that are none of its examples: of those, too, it has to be true."""

import pandas as pd
import pytest

from lessons import COURSE

MEANS = 'means = chicks.groupby("feed")["weight"].transform("mean")\n'
ETA = 'np.sqrt(means.var() / chicks["weight"].var())'
PAIR = 'pair = roads[["adt", "rate"]]\n'

UNTRUE = [
    ("methods", "write_the_ranks", "nations.fillna(nations.mean()).rank()", "one ranked column"),
    ("methods", "write_the_ranks", "nations * 0", "r is ρ"),
    ("methods", "write_the_ratio", "0.736", "is not η"),
    ("methods", "write_the_ratio", f"{MEANS}round({ETA}, 4)", "is not η"),
    ("time_series", "write_the_season_out", "town.rolling(12).mean()", "the year before"),
    ("time_series", "write_the_season_out", "town.diff(12).diff()", "the year before"),
    (
        "time_series",
        "move_the_second",
        'pair.assign(river=pair["river"].shift(-2).ffill())',
        "at the beginning",
    ),
    ("significance", "write_holm", "p * 0.05", "0.1 times"),
    ("significance", "write_the_rows", "air.notna().T @ air.notna() * 200", "are the measurements"),
    ("applications", "write_how_unusual", "(orders - orders.mean()) / orders.std()", "subtracted"),
    ("applications", "write_the_recall", "counts * 0 + 0.25", "accuracy"),
    ("categorical", "write_the_residuals", "counts * 0", "wrong sign"),
    ("categorical", "write_the_shares", "counts.div([2691, 1000], axis=0)", "there were more men"),
    ("clustermaps", "write_the_distance", "1.1 - r.abs()", "likeness"),
    ("clustermaps", "write_the_scaling", "genes.div(2 * genes.std(axis=1), axis=0)", "1.0 times"),
    ("action", "write_the_vif", "1 / (1 - x.corr().abs().max() ** 2)", "are right"),
    ("action", "write_within", f"{PAIR}pair * 0 + 3", "means of the kinds"),
]


@pytest.mark.parametrize(("lesson", "slug", "lines", "untrue"), UNTRUE)
def test_of_other_lines_it_says_nothing_untrue(
    lesson: str, slug: str, lines: str, untrue: str
) -> None:
    judgement = COURSE.lesson(lesson).step(slug).judge({"lines": lines})
    assert judgement.text
    assert untrue not in judgement.text


def test_the_number_on_the_map_is_the_one_that_is_named() -> None:
    air = pd.read_csv("datasets/airquality.csv")
    r = air["Ozone"].corr(air["Solar.R"])
    said = COURSE.lesson("significance").step("write_the_rows").judge({"lines": "air.corr()"}).text
    assert f"your map says {r:.4f}." in said
