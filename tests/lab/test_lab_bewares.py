"""Each warning is given on a table that has what it warns of, and not on a clean one."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from playing import check_script, play
from scipy import stats
from statsmodels.api import OLS, add_constant

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
    assert any(text.startswith("η has no sign") for text in chosen.beware(exhibit))
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
    for method in ("Spearman", "Kendall"):
        said = beware("two_groups", table, method=method)
        assert any(f"By {method} the test minds them much less" in text for text in said)
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


def bent(n: int = 300) -> pd.DataFrame:
    """x and y follow from the square of z, and from nothing else."""
    g = draw(15)
    z = g.normal(size=n)
    x, y = z**2 + 0.5 * g.normal(size=(2, n))
    return pd.DataFrame({"x": x, "y": y, "z": z})


def by_code() -> pd.DataFrame:
    """Six regions, numbered in no order, have means of their own."""
    g = draw(16)
    region = g.integers(1, 7, 300)
    x, y = np.array([0, 3, -2, 1, -3, 2])[region - 1] + 0.5 * g.normal(size=(2, 300))
    return pd.DataFrame({"x": x, "y": y, "region": region})


def test_a_line_that_takes_little_is_called_a_line_and_a_curve_is_tried() -> None:
    table = bent()
    exhibit = instrument("partial_map").exhibit(sheet(table), {"fixed": "z"})
    facts = exhibit.facts
    assert (facts["bend_x"], facts["bend_y"]) == ("x", "y")
    assert facts["bend_line"] > 0.8
    square = table["z"] ** 2  # the truth, given which chance alone is left
    given = [table[name] - np.polyval(np.polyfit(square, table[name], 1), square) for name in "xy"]
    assert facts["bend_left"] == pytest.approx(np.corrcoef(*given)[0, 1], abs=0.05)
    said = instrument("partial_map").found(exhibit)
    assert any(text.startswith("What is held fixed is a straight line") for text in said)
    assert any("A curve in z takes more away" in each for each in beware("partial_map", table))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("n", [12, 40, 300])
def test_where_a_line_is_all_no_curve_is_named(seed: int, n: int) -> None:
    g = draw(seed)
    z = g.normal(size=n)
    values = z[:, np.newaxis] + g.normal(size=(n, 6))
    table = pd.DataFrame(values, columns=list("abcdef")).assign(z=z)
    assert not any("A curve" in text for text in beware("partial_map", table, fixed="z"))


def test_codes_that_are_held_fixed_are_named() -> None:
    table, chosen = by_code(), instrument("partial_map")
    exhibit = chosen.exhibit(sheet(table), {"fixed": "region"})
    said = chosen.beware(exhibit)
    assert any(text.startswith("region holds a few whole numbers") for text in said)
    within = table[["x", "y"]] - table.groupby("region")[["x", "y"]].transform("mean")
    assert exhibit.facts["bend_left"] == pytest.approx(within.corr().iloc[0, 1])
    words = table.assign(region=pd.Categorical(table["region"].map("r{}".format)))
    exhibit = chosen.exhibit(sheet(words), {"fixed": "region"})
    assert not any("whole numbers" in text for text in chosen.beware(exhibit))
    assert any("held fixed is a group" in text for text in chosen.found(exhibit))


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("plant", [bent, by_code])
def test_the_script_finds_the_same_curve(plant: Callable[[], pd.DataFrame]) -> None:
    for table in (plant(), plant().assign(x=lambda t: t["x"].where(t.index % 7 > 0))):
        setting = {"fixed": table.columns[2]}
        check_script(play(instrument("partial_map"), sheet(table), setting), sheet(table))


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


def test_noise_of_few_rows_follows_from_nothing() -> None:
    noise = pd.DataFrame(draw(17).normal(size=(30, 25))).add_prefix("c")
    chosen = instrument("redundancy")
    exhibit = chosen.exhibit(sheet(noise))
    facts = exhibit.facts
    assert facts["worst_vif"] >= 10  # though no column has to do with another
    assert facts["high_count"] == 0
    model = OLS(noise[facts["worst"]], add_constant(noise.drop(columns=facts["worst"]))).fit()
    assert facts["worst_share"] == pytest.approx(model.rsquared)
    assert facts["worst_adjusted"] == pytest.approx(max(model.rsquared_adj, 0))
    assert facts["noise_share"] == pytest.approx(24 / 29)
    few = "30 rows are few for 25 columns. Of a column of pure noise the others would explain 83 %"
    assert any(text.startswith(few) for text in chosen.beware(exhibit))
    many = pd.DataFrame(draw(18).normal(size=(300, 25))).add_prefix("c")
    assert not any("are few for" in text for text in beware("redundancy", many))


def test_what_the_others_explain_is_said_below_the_limit_too() -> None:
    x, e = draw(19).normal(size=(2, 400))
    table = pd.DataFrame({"x": x, "y": x + e / 2.6, "u": draw(20).normal(size=400)})
    (said,) = (text for text in found("redundancy", table) if "variance inflation" in text)
    r2 = OLS(table["x"], add_constant(table[["y", "u"]])).fit().rsquared
    assert 0.85 < r2 < 0.9
    assert said.startswith(f"The others explain {100 * r2:.0f} % of ")


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


# What a table of several kinds or shapes would hide


def many_sites() -> pd.DataFrame:
    """A real pair, and noise in 25 sites of two or three rows."""
    g = draw(21)
    table = pair_of(0.37, 60)
    return table.assign(site=pd.Categorical(g.permutation([f"s{i % 25}" for i in range(60)])))


@pytest.mark.parametrize("seed", range(3))
def test_many_levels_of_few_rows_are_no_strength(seed: int) -> None:
    table = many_sites()
    table["site"] = draw(seed).permutation(table["site"].astype(str))
    pairs = instrument("association_map").exhibit(sheet(table)).table.set_index(["x", "y"])
    for name in "xy":
        model = smf.ols(f"{name} ~ C(site)", table).fit()
        eta = pairs.loc[(name, "site"), "value"]
        assert eta == pytest.approx(np.sqrt(max(0, model.rsquared_adj)), abs=1e-9)
        assert pairs.loc[(name, "site"), "low"] <= eta <= pairs.loc[(name, "site"), "high"]
        assert eta < np.sqrt(model.rsquared) - 0.2


def test_noise_in_many_levels_is_not_the_strongest_pair() -> None:
    said = found("association_map", many_sites())
    assert any(text.startswith("The strongest pair is x and y: r = 0.37") for text in said)
    assert any(
        "without what chance adds" in text for text in beware("association_map", many_sites())
    )
    said = found("one_against_all", many_sites(), target="y")
    assert said[0].startswith("x goes together most strongly with y")


def test_what_was_not_tested_is_not_denied() -> None:
    x = np.linspace(-2, 2, 81)
    curve = pd.DataFrame({"x": x, "y": x**2 + 0.2 * draw(22).normal(size=81)})
    said = found("association_map", curve)
    assert said[:2] == [
        "No pair is significant at 5 %.",
        "Two numbers are tested for a straight line, and for nothing else: a curve or a season "
        "may relate them all the same.",
    ]
    assert any(
        t.startswith("Ranks are tested") for t in found("association_map", curve, method="Kendall")
    )
    assert not any(
        "for nothing else" in text for text in found("association_map", pair_of(0.8, 40))
    )


def test_what_a_correction_takes_is_said() -> None:
    """Of six pairs, one has p = 0.017: Holm's way asks for less than 0.05 / 6."""
    noise = pd.DataFrame(draw(6).normal(size=(40, 4)), columns=list("abcd"))
    raw = [stats.pearsonr(noise[x], noise[y]).pvalue for x, y in combinations("abcd", 2)]
    below = sum(p < 0.05 for p in raw)
    assert below > 0
    assert min(raw) > 0.05 / 6
    said = found("association_map", noise)
    assert said[0] == (
        "No pair is significant at 5 % after the correction by Holm for 6 pairs. Without it, "
        f"{below} would be. Of as many pairs of unrelated columns, about 0.3 would be."
    )


def test_a_curve_is_named_with_what_a_line_and_what_classes_explain() -> None:
    x = np.linspace(-2, 2, 200)
    table = pd.DataFrame({"x": x, "y": x**2 + 0.3 * draw(22).normal(size=200)})
    (said,) = (t for t in beware("association_map", table) if "along a curve" in t)
    assert said.startswith("y follows x along a curve")
    facts = checks(sheet(table), ["x", "y"])
    classes = pd.Series(np.repeat(range(10), 20), name="classes")
    model = smf.ols("y ~ C(classes)", table.assign(classes=classes)).fit()
    assert facts["curve_share"] == pytest.approx(model.rsquared_adj)
    assert facts["curve_line"] == pytest.approx(smf.ols("y ~ x", table).fit().rsquared)
    season = pd.DataFrame({"month": np.tile(np.arange(1, 13), 20)})
    season["heat"] = -np.cos(2 * np.pi * (season["month"] - 1) / 12) + 0.2 * draw().normal(size=240)
    assert any(t.startswith("heat follows month") for t in beware("association_map", season))
    line = pair_of(0.6, 200)
    assert not any("along a curve" in text for text in beware("association_map", line))


def ranking(r_first: float, r_second: float, n: int) -> pd.DataFrame:
    """Two columns with exactly these correlations with x, which are .97 with each other."""
    wanted = np.array([[1, r_first, r_second], [r_first, 1, 0.97], [r_second, 0.97, 1]])
    z = draw(23).normal(size=(n, 3))
    q, _ = np.linalg.qr(z - z.mean(axis=0))
    return pd.DataFrame(q @ np.linalg.cholesky(wanted).T, columns=["x", "a", "b"])


def test_a_ranking_is_unsure_by_the_test_of_the_two_and_not_by_their_intervals() -> None:
    """The two intervals of 400 rows overlap; Williams' t, by hand, is 3.38."""
    table = ranking(0.940, 0.926, 400)
    low = np.tanh(np.arctanh(0.940) - 1.96 / np.sqrt(397))
    assert low < np.tanh(np.arctanh(0.926) + 1.96 / np.sqrt(397))
    assert not any("not sure" in t for t in beware("one_against_all", table, target="x"))
    facts = instrument("one_against_all").exhibit(sheet(table), {"target": "x"}).facts
    rest = np.linalg.det(table.corr())
    t = 0.014 * np.sqrt(399 * 1.97 / (2 * 399 / 397 * rest + 0.933**2 * 0.03**3))
    assert round(t, 2) == 3.38
    assert facts["rival_p"] == pytest.approx(2 * stats.t.sf(t, 397), rel=1e-6)
    unsure = ranking(0.940, 0.926, 20)
    assert any("ranking is not sure" in t for t in beware("one_against_all", unsure, target="x"))
    minus = unsure.assign(b=-unsure["b"])
    facts = instrument("one_against_all").exhibit(sheet(unsure), {"target": "x"}).facts
    turned = instrument("one_against_all").exhibit(sheet(minus), {"target": "x"}).facts
    assert turned["rival_p"] == pytest.approx(facts["rival_p"])


def test_two_that_are_equally_strong_are_called_so() -> None:
    x = draw(24).normal(size=30)
    table = pd.DataFrame({"x": x, "y": 2 * x, "z": 3 * x + 1})
    said = found("one_against_all", table, target="x")
    assert said[0].startswith("2 columns go together equally strongly with x")
    assert "y and z" in said[0]
    assert not any("second" in text for text in beware("one_against_all", table, target="x"))
    said = found("association_map", table)
    assert any(text.startswith("3 pairs are equally strong") for text in said)


def test_what_is_measured_in_two_ways_is_not_ranked() -> None:
    g = draw(26)
    group = np.repeat([0, 1, 2], 40)
    x = group + g.normal(size=120)
    table = pd.DataFrame(
        {"x": x, "y": x + g.normal(size=120), "group": pd.Categorical(group.astype(str))}
    )
    said = beware("one_against_all", table, target="x")
    assert any("they share no scale" in text for text in said)
    assert not any("not sure" in text for text in said)


def test_frequencies_are_rows_and_bewares_say_that_they_do_not_weigh() -> None:
    table = pd.DataFrame(
        {
            "x": [1.0, 2.0, 3.0, 4.0, 5.0, 14.0],
            "y": [2.0, 1.0, 4.0, 3.0, 5.5, 15.0],
            "times": [300.0, 200.0, 200.0, 150.0, 100.0, 50.0],
        }
    )
    asked = {"columns": ("x", "y"), "weights": "times", "weights_are": "counts of rows"}
    exhibit = instrument("association_map").exhibit(sheet(table), asked)
    assert exhibit.facts["fewest_n"] == 1000
    said = instrument("association_map").beware(exhibit)
    assert not any("rows only" in text for text in said)
    weighed = beware("association_map", with_outlier().assign(w=1.0), weights="w")
    assert any("counts each row once, and not by w" in text for text in weighed)
    assert not any("counts each row" in text for text in beware("association_map", with_outlier()))
    ranks = beware("association_map", with_outlier(), method="Spearman")
    assert any(text.startswith("One row makes most of Pearson's r") for text in ranks)


def test_one_column_has_the_bewares_of_its_own_pairs() -> None:
    said = beware("one_against_all", with_outlier(), target="x")
    assert any(text.startswith("One row makes most") for text in said)
    aside = pd.concat([with_outlier(), pair_of(0.5, 61).add_prefix("other ")], axis=1)
    said = beware("one_against_all", aside, target="other x")
    assert not any("One row makes" in text for text in said)


def test_a_clock_drifts_with_nothing_and_nothing_stands_behind_it() -> None:
    g = draw(27)
    steps = g.normal(size=200).cumsum() / 3 + np.arange(200) / 10
    table = pd.DataFrame({"day": pd.date_range("2020", periods=200), "price": steps})
    table["other"] = steps + 2 * g.normal(size=200)
    said = beware("association_map", table)
    assert any(text.startswith("day never falls from row to row") for text in said)
    assert not any("may stand behind day" in t or "behind price and day" in t for t in said)
    days = np.arange(200.0)
    left = steps - np.polyval(np.polyfit(days, steps, 1), days)
    facts = checks(sheet(table), ["day", "price"])
    assert facts["left_r"] == pytest.approx(np.corrcoef(left[:-1], left[1:])[0, 1])
    heat = np.cos(2 * np.pi * days / 25) + 0.2 * g.normal(size=200)  # a season without a trend
    said = beware("association_map", table[["day"]].assign(heat=heat))
    assert any(text.startswith("day never falls from row to row") for text in said)
    steady = table.assign(price=np.arange(200) / 50 + g.normal(size=200))
    steady = steady[["day", "price"]]
    assert not any("never falls" in text for text in beware("association_map", steady))
    assert not any("drift along" in text for text in beware("association_map", steady))


@pytest.mark.parametrize("slug", ["partial_map", "redundancy", "two_groups"])
def test_drift_is_said_by_whoever_shows_pairs(slug: str) -> None:
    table = drifting().assign(u=draw().normal(size=150))
    table["group"] = pd.Categorical(np.tile(["a", "b"], 75))
    assert any("x and y drift along the rows" in text for text in beware(slug, table))


def reversed_by_group() -> pd.DataFrame:
    """Simpson's reversal: down within each of three groups that go up."""
    g = draw(28)
    group = np.repeat([0, 1, 2], 50)
    x = g.normal(size=150)
    return pd.DataFrame(
        {
            "x": x + 5.0 * group,
            "y": 5.0 * group - x + 0.4 * g.normal(size=150),
            "ward": pd.Categorical([f"w{code}" for code in group]),
        }
    )


def test_what_turns_round_within_groups_is_said_with_both_numbers() -> None:
    table = reversed_by_group()
    parts = [part[["x", "y"]] - part[["x", "y"]].mean() for _, part in table.groupby("ward")]
    within = pd.concat(parts)
    facts = checks(sheet(table), list(table))
    assert facts["turned_r"] == pytest.approx(table["x"].corr(table["y"]))
    assert facts["turned_given"] == pytest.approx(within["x"].corr(within["y"]))
    assert facts["turned_r"] > 0.8
    assert facts["turned_given"] < -0.8
    said = beware("association_map", table)
    assert any(text.startswith("Within the levels of ward, x and y") for text in said)
    by_number = table.assign(
        ward=table["ward"].cat.codes.astype(float) + draw().normal(size=150) / 9
    )
    said = beware("association_map", by_number)
    assert any(text.startswith("Given ward, x and y go together the other way") for text in said)
    assert not any("other way" in text for text in beware("association_map", confounded_by_group()))


def test_heavy_tails_are_said_of_pairs_whose_intervals_mind() -> None:
    g = draw(29)
    x, e = g.normal(size=(2, 200))
    table = pd.DataFrame({"x": np.exp(1.2 * x), "y": np.exp(0.8 * x + 0.6 * e)})
    for slug, asked in (("association_map", {}), ("one_against_all", {"target": "x"})):
        assert any("x and y have heavy tails" in text for text in beware(slug, table, **asked))
    assert not any("heavy" in t for t in beware("association_map", table, method="Spearman"))
    apart = pd.DataFrame({"x": np.exp(1.2 * x), "y": np.exp(e)})
    assert not any("heavy" in text for text in beware("association_map", apart))


def test_codes_are_no_crowds() -> None:
    away = np.repeat([0.0, 1.0], 50)
    table = pd.DataFrame({"vs": away, "y": 3 * away + 0.3 * draw(30).normal(size=100)})
    assert not any("two crowds" in text for text in beware("association_map", table))


def test_tails_are_looked_at_within_the_groups() -> None:
    g = draw(31)
    tails = pd.DataFrame(g.standard_t(3, size=(400, 2)), columns=["x", "y"])
    both = in_two_groups(tails[:200], tails[200:] + 25)
    assert any("heavy tails within the groups" in text for text in beware("two_groups", both))
    normal = pd.DataFrame(g.normal(size=(210, 2)), columns=["x", "y"])
    away = in_two_groups(normal[:200], normal[200:] + 25)
    assert not any("heavy" in text for text in beware("two_groups", away))


def test_the_fewest_rows_are_those_of_a_group() -> None:
    table = in_two_groups(pair_of(0.5, 40), pair_of(0.4, 12))
    assert any(
        text.startswith("Within a group, some pairs have 12 rows")
        for text in beware("two_groups", table)
    )
    table.loc[40:49, "x"] = np.nan
    assert any("fewer than three rows" in text for text in beware("two_groups", table))


def test_a_smaller_spread_of_the_same_slope_is_named() -> None:
    g = draw(32)
    wide, narrow = 3 * g.normal(size=80), g.normal(size=80)
    first = pd.DataFrame({"x": wide, "y": wide + g.normal(size=80)})
    second = pd.DataFrame({"x": narrow, "y": narrow + g.normal(size=80)})
    table = in_two_groups(first, second)
    (said,) = (text for text in beware("two_groups", table) if "varies" in text)
    assert said.startswith(f"x varies {wide.std() / narrow.std():.1f} times as much in a.")
    facts = instrument("two_groups").exhibit(sheet(table)).facts
    assert facts["slope_first"] == pytest.approx(np.polyfit(first["x"], first["y"], 1)[0])
    assert facts["slope_second"] == pytest.approx(np.polyfit(second["x"], second["y"], 1)[0])
    alike = in_two_groups(pair_of(0.9, 60), pair_of(0.2, 61))
    assert not any("varies" in text for text in beware("two_groups", alike))


SCRIPTED: dict[str, tuple[str, Callable[[], pd.DataFrame], dict[str, object]]] = {
    "a reversal": ("association_map", reversed_by_group, {}),
    "many levels": ("association_map", many_sites, {}),
    "two ranks": ("one_against_all", lambda: ranking(0.94, 0.926, 20), {"target": "x"}),
    "a spread": ("two_groups", lambda: in_two_groups(3 * pair_of(0.9, 40), pair_of(0.2, 41)), {}),
    "counts": (
        "association_map",
        lambda: with_outlier().assign(times=np.arange(60.0) % 4),
        {"columns": ("x", "y"), "weights": "times", "weights_are": "counts of rows"},
    ),
    "a clock": (
        "one_against_all",
        lambda: drifting().assign(day=pd.date_range("2020", periods=150)),
        {"target": "day"},
    ),
}


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(("slug", "plant", "asked"), SCRIPTED.values(), ids=SCRIPTED)
def test_the_script_finds_what_is_planted(
    slug: str, plant: Callable[[], pd.DataFrame], asked: dict[str, object]
) -> None:
    chosen, table = instrument(slug), sheet(plant())
    check_script(chosen.exhibit(table, asked), table)
