"""Each warning is given on a table that has what it warns of, and not on a clean one."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from lib.lab import instrument
from lib.lab.checks import checks, r_without_each
from lib.tables import Sheet, from_frame


def draw(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def clean() -> pd.DataFrame:
    g = draw()
    x = g.normal(size=200)
    return pd.DataFrame(
        {
            "x": x,
            "y": 0.6 * x + 0.8 * g.normal(size=200),
            "u": g.normal(size=200),
            "group": pd.Categorical(g.choice(list("ab"), 200)),
        }
    )


def confounded() -> pd.DataFrame:
    g = draw(1)
    z = g.normal(size=300)
    return pd.DataFrame(
        {"ice": z + 0.6 * g.normal(size=300), "drowned": z + 0.6 * g.normal(size=300), "heat": z}
    )


def confounded_by_group() -> pd.DataFrame:
    g = draw(2)
    group = np.repeat([0, 1, 2], 60)
    return pd.DataFrame(
        {
            "x": 2.0 * group + g.normal(size=180),
            "y": 2.0 * group + g.normal(size=180),
            "site": pd.Categorical([f"s{code}" for code in group]),
        }
    )


def with_outlier() -> pd.DataFrame:
    g = draw(3)
    table = pd.DataFrame(g.normal(size=(60, 2)), columns=["x", "y"])
    table.loc[17] = [12.0, 12.0]
    return table


def two_crowds() -> pd.DataFrame:
    g = draw(4)
    away = np.repeat([0.0, 8.0], 50)
    return pd.DataFrame({"x": away + g.normal(size=100), "y": away + g.normal(size=100)})


def drifting() -> pd.DataFrame:
    g = draw(9)
    trend = np.arange(150) / 10
    return pd.DataFrame(
        {"x": trend + g.normal(size=150).cumsum() / 4, "y": trend + g.normal(size=150).cumsum() / 4}
    )


def leaking() -> pd.DataFrame:
    table = clean()
    return table.assign(copy=2 * table["x"] + 3 + 0.01 * table["u"])


def coded() -> pd.DataFrame:
    return clean().assign(region=draw(5).integers(1, 6, 200))


def few() -> pd.DataFrame:
    return clean().head(12)


def constant() -> pd.DataFrame:
    return clean().assign(nothing=4.0)


def identified() -> pd.DataFrame:
    return clean().assign(id=[f"A{n:05d}" for n in range(200)])


def pair_of(r: float, n: int) -> pd.DataFrame:
    """Two columns with exactly this correlation."""
    x, e = draw(n).normal(size=(2, n))
    x = (x - x.mean()) / x.std()
    e = e - e.mean() - x * (x * e).mean()
    return pd.DataFrame({"x": x, "y": r * x + np.sqrt(1 - r**2) * e / e.std()})


PLANTED: dict[str, tuple[Callable[[], pd.DataFrame], str]] = {
    "confounder": (confounded, "heat may stand behind ice and drowned"),
    "grouping": (confounded_by_group, "site may stand behind x and y"),
    "outlier": (with_outlier, "One row makes most of Pearson's r between x and y"),
    "crowds": (two_crowds, "x and y lie in two crowds"),
    "drift": (drifting, "x and y drift along the rows"),
    "leak": (leaking, "x and copy say almost the same"),
    "codes": (coded, "region holds a few whole numbers"),
    "few": (few, "Some pairs have 12 rows only"),
    "constant": (constant, "nothing does not vary"),
    "identifier": (identified, "id is left out"),
}


def sheet(frame: pd.DataFrame) -> Sheet:
    return from_frame(frame, "planted")


def beware(slug: str, frame: pd.DataFrame, **values: object) -> list[str]:
    chosen = instrument(slug)
    return chosen.beware(chosen.exhibit(sheet(frame), values))


def found(slug: str, frame: pd.DataFrame, **values: object) -> list[str]:
    chosen = instrument(slug)
    return chosen.found(chosen.exhibit(sheet(frame), values))


@pytest.mark.parametrize(("plant", "words"), PLANTED.values(), ids=PLANTED)
def test_what_is_planted_is_named(plant: Callable[[], pd.DataFrame], words: str) -> None:
    said = beware("association_map", plant())
    assert [text for text in said if text.startswith(words)], said


def test_a_clean_table_is_let_alone() -> None:
    assert beware("association_map", clean().drop(columns="group")) == []


SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.play) for seed in range(1, 8))]


@pytest.mark.parametrize("seed", SEEDS)
def test_unrelated_columns_have_no_story(seed: int) -> None:
    noise = pd.DataFrame(draw(seed).normal(size=(100, 6)), columns=list("abcdef"))
    assert beware("association_map", noise) == []


# The numbers, computed another way


def test_the_correlation_given_a_number_is_that_of_residuals() -> None:
    table = confounded()
    facts = checks(sheet(table), list(table))
    left = [
        table[name] - np.polyval(np.polyfit(table["heat"], table[name], 1), table["heat"])
        for name in ("ice", "drowned")
    ]
    assert facts["given_r"] == pytest.approx(np.corrcoef(*left)[0, 1])
    assert facts["confounded_r"] == pytest.approx(table["ice"].corr(table["drowned"]))


def test_the_correlation_given_a_group_is_that_within_it() -> None:
    table = confounded_by_group()
    facts = checks(sheet(table), list(table))
    parts = [part[["x", "y"]] - part[["x", "y"]].mean() for _, part in table.groupby("site")]
    within = pd.concat(parts)
    assert facts["given_r"] == pytest.approx(within["x"].corr(within["y"]))


def test_the_outlier_is_the_row_that_was_planted() -> None:
    table = with_outlier()
    facts = checks(sheet(table), list(table))
    rest = table.drop(index=17)
    assert facts["outlier_row"] == 18
    assert facts["without_r"] == pytest.approx(rest["x"].corr(rest["y"]))


def test_r_without_each_row_is_that_of_the_others() -> None:
    x, y = draw().normal(size=(2, 25))
    expected = [np.corrcoef(np.delete(x, i), np.delete(y, i))[0, 1] for i in range(25)]
    assert r_without_each(x, y) == pytest.approx(expected)


def test_the_crowds_are_those_that_were_planted() -> None:
    table = two_crowds()
    facts = checks(sheet(table), list(table))
    scores = table / table.std()
    within = scores - scores.groupby(np.repeat([0, 1], 50)).transform("mean")
    assert facts["within_r"] == pytest.approx(within["x"].corr(within["y"]))


# Bewares of single instruments


def test_measures_without_a_sign_are_not_on_a_signed_scale() -> None:
    chosen = instrument("association_map")
    exhibit = chosen.exhibit(sheet(clean()))
    assert any(text.startswith("η and V have no sign") for text in chosen.beware(exhibit))
    assert exhibit.figures[0].limits == (0, 1)
    assert exhibit.figures[0].colours != "house"
    numbers = chosen.exhibit(sheet(clean()), {"method": "Pearson"})
    assert numbers.figures[0].limits == (-1, 1)
    assert numbers.figures[0].colours == "house"


def test_no_correction_is_said() -> None:
    said = beware("association_map", clean().drop(columns="group"), adjust="none")
    assert said == [
        "Nothing is corrected. Among 3 pairs of unrelated columns, about 0.1 would be significant "
        "at 5 % by chance."
    ] or said[0].startswith("Nothing is corrected. Among 3 pairs")


def test_what_a_measure_of_numbers_loses_is_said() -> None:
    said = beware("association_map", clean(), method="Pearson")
    assert any(text.startswith("group is not in the map") for text in said)


def test_of_too_many_columns_those_that_go_together_are_kept() -> None:
    g = draw(6)
    wide = pd.DataFrame(g.normal(size=(40, 320))).add_prefix("c")
    wide["c319"] = wide["c318"] + 0.1 * g.normal(size=40)
    chosen = instrument("association_map")
    exhibit = chosen.exhibit(sheet(wide))
    assert exhibit.facts["left_out"] == 20
    assert {"c318", "c319"} == {exhibit.facts["strong_x"], exhibit.facts["strong_y"]}
    assert any("leaves out 20" in text for text in chosen.beware(exhibit))


def test_the_tutorial_loses_words_keeps_identifiers_and_has_no_middle() -> None:
    table = clean().assign(number=np.arange(1, 201), y=lambda t: -t["y"])
    said = found("as_the_tutorial_draws_it", table)
    assert any(text.startswith("The colours run from") for text in said)
    assert any(text.startswith("Zero is not in the middle") for text in said)
    assert any(text.startswith("group is not on it") for text in said)
    assert any(text.startswith("number is on it") for text in said)
    assert any("no colour tells minus from plus" in text for text in said)
    assert any("It has 16 cells for 6 pairs" in text for text in said)


def test_a_column_that_gives_the_target_away_is_named() -> None:
    said = beware("one_against_all", leaking(), target="x")
    assert any(text.startswith("copy leaves") for text in said)
    assert not any("give away" in text for text in beware("one_against_all", clean(), target="x"))


def test_an_unsure_ranking_is_called_unsure() -> None:
    g = draw(7)
    x = g.normal(size=60)
    alike = pd.DataFrame({"x": x, "a": x + g.normal(size=60), "b": x + g.normal(size=60)})
    assert any(
        "ranking is not sure" in text for text in beware("one_against_all", alike, target="x")
    )
    sure = alike.assign(b=g.normal(size=60))
    assert not any("not sure" in text for text in beware("one_against_all", sure, target="x"))


def test_a_star_in_one_group_alone_is_no_difference() -> None:
    large, small = pair_of(0.4, 110), pair_of(0.4, 15)  # p < 0.001 and p = 0.14
    table = pd.concat([large, small], ignore_index=True)
    table["group"] = pd.Categorical(["large"] * 110 + ["small"] * 15)
    said = beware("two_groups", table)
    assert any("A star here and none there is no difference" in text for text in said)
    assert any("different sizes" in text for text in said)
    apart = pd.concat([pair_of(0.9, 65), pair_of(-0.9, 65)], ignore_index=True)
    apart["group"] = pd.Categorical(["a"] * 65 + ["b"] * 65)
    assert any("differs significantly" in text for text in found("two_groups", apart))
    assert not any("A star here" in text for text in beware("two_groups", apart))


def test_heavy_tails_are_said_where_the_test_minds() -> None:
    table = clean().assign(x=lambda t: t["x"] ** 5)
    assert any("heavy tails" in text for text in beware("two_groups", table))
    assert not any("heavy" in text for text in beware("two_groups", table, method="Spearman"))
    assert not any("heavy" in text for text in beware("two_groups", clean()))


def test_the_third_column_that_explains_most_is_found() -> None:
    g = draw(10)
    z = g.normal(size=300)
    driven = {name: z + 0.7 * g.normal(size=300) for name in "abc"}
    table = pd.DataFrame({**driven, "z": z, "noise": g.normal(size=300)})
    chosen = instrument("partial_map")
    exhibit = chosen.exhibit(sheet(table))
    assert exhibit.facts["held"] == "z"
    assert exhibit.facts["mean_after"] < exhibit.facts["mean_before"] / 2
    assert any("whether z stands behind" in text for text in chosen.beware(exhibit))


def test_what_both_influence_makes_a_correlation() -> None:
    g = draw(11)
    a, b = g.normal(size=(2, 300))
    table = pd.DataFrame({"talent": a, "looks": b, "fame": a + b + 0.3 * g.normal(size=300)})
    said = beware("partial_map", table, fixed="fame")
    assert any(text.startswith("talent and looks grow") for text in said)
    other = beware("partial_map", confounded(), fixed="heat")
    assert not any(" grow from " in text for text in other)


def test_a_total_is_determined_by_its_parts() -> None:
    parts = pd.DataFrame(draw(12).normal(size=(100, 4)), columns=list("abcd"))
    said = beware("redundancy", parts.assign(total=parts.sum(axis=1)))
    assert any("is determined by the others" in text for text in said)
    assert any(text.startswith("Pruning by pairs keeps") for text in said)
    assert not any("determined" in text for text in beware("redundancy", parts))


def test_pruning_depends_on_the_order() -> None:
    said = beware("redundancy", leaking())
    assert any(text.startswith("What is kept depends on the order") for text in said)


def test_rows_that_are_not_complete_are_counted() -> None:
    table = clean()
    table.loc[:49, "u"] = np.nan
    assert any(text.startswith("150 of 200 rows have") for text in beware("redundancy", table))


def gaps() -> pd.DataFrame:
    table = clean()
    table["v"] = draw(13).normal(size=200)
    table.loc[table["x"] > 0.5, ["u", "v"]] = np.nan
    return table


def test_gaps_that_depend_on_a_column_are_named() -> None:
    said = beware("missing_values", gaps())
    assert any(text.startswith("Where u is missing, x is higher") for text in said)
    chance = clean()
    chance.loc[draw(14).choice(200, 30, replace=False), "u"] = np.nan
    said = beware("missing_values", chance)
    assert not any(text.startswith("Where") for text in said)
    assert any("does not mean that they fell by chance" in text for text in said)


def test_gaps_that_go_together_are_named() -> None:
    said = found("missing_values", gaps())
    assert any(text.startswith("u and v tend to be missing in the same rows") for text in said)
    assert "No cell" in instrument("missing_values").fits(sheet(clean()))


def in_two_groups(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    table = pd.concat([first, second], ignore_index=True)
    return table.assign(group=pd.Categorical(["a"] * len(first) + ["b"] * len(second)))


def test_whether_two_maps_differ_at_all_is_tested_where_that_is_asked() -> None:
    apart = in_two_groups(pair_of(0.9, 30), pair_of(-0.9, 30))
    assert not any("at all" in text for text in found("two_groups", apart))
    # No shuffle of the rows makes a difference of 1.8: p is (1 + 0) / (1 + 199).
    (said,) = (
        text for text in found("two_groups", apart, whole="199 shuffles") if "at all" in text
    )
    assert said.startswith("Do the maps differ at all? p = 0.005. Of 199 shuffles")
    assert " 0 make maps" in said
    # Whatever the shuffle, no two maps differ less than two that are one.
    alike = in_two_groups(pair_of(0.4, 30), pair_of(0.4, 30))
    facts = instrument("two_groups").exhibit(sheet(alike), {"whole": "199 shuffles"}).facts
    assert facts["whole_p"] == 1


def test_what_so_few_shuffles_cannot_show_is_said() -> None:
    apart = in_two_groups(pair_of(0.9, 30), pair_of(-0.9, 30))
    words = "it cannot be significant"
    strict = {"whole": "199 shuffles", "level": "0.1 %"}
    assert any(words in text for text in beware("two_groups", apart, **strict))
    assert not any(words in text for text in beware("two_groups", apart, whole="199 shuffles"))
    assert not any(words in text for text in beware("two_groups", apart, level="0.1 %"))


def test_a_whole_map_that_would_take_long_is_left_out_in_words() -> None:
    # 2 columns of 5,002 rows: two rows more than Kendall's tau takes.
    large = in_two_groups(pair_of(0.5, 2501), pair_of(0.5, 2501))
    asked = {"whole": "199 shuffles", "method": "Kendall"}
    assert any(
        "not tested: these are 10,004 cells" in t for t in beware("two_groups", large, **asked)
    )
    assert not any("at all" in text for text in found("two_groups", large, **asked))
    small = in_two_groups(pair_of(0.5, 20), pair_of(0.5, 20))
    assert not any("not tested" in text for text in beware("two_groups", small, **asked))
    assert any("at all" in text for text in found("two_groups", small, **asked))
