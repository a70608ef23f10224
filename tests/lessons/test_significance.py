"""The numbers of lesson three, against R, scipy, statsmodels and plain loops."""

import gc
import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests

import datasets
from lessons.significance import LESSON
from lessons.significance.stars import most_stars
from lib.charts import LIGHT
from lib.course import Exhibit, Standing

REFERENCE = json.loads(
    (Path(__file__).parents[1] / "stats" / "reference" / "highway.json").read_text("utf-8")
)
UPPER = np.triu_indices(20, 1)
PROCEDURES = {"Bonferroni": "bonferroni", "Holm": "holm", "BH": "fdr_bh", "BY": "fdr_by"}


def facts(step: str, **values) -> dict:
    return LESSON.step(step).exhibit(values).facts


def standing(step: str, **values) -> Standing:
    return LESSON.step(step).judge(values).standing


def p_of(table: np.ndarray) -> np.ndarray:
    """The p of every pair of columns, from the t distribution."""
    rows = len(table)
    r = np.corrcoef(table, rowvar=False)[np.triu_indices(table.shape[1], 1)]
    return 2 * stats.t.sf(np.abs(r) * np.sqrt((rows - 2) / (1 - r**2)), rows - 2)


def kept(p: np.ndarray, adjust: str, alpha: float = 0.05) -> np.ndarray:
    if adjust == "none":
        return p < alpha
    return multipletests(p, alpha, PROCEDURES[adjust])[0]


@pytest.fixture(scope="module", autouse=True)
def quick_holm() -> Iterator[None]:
    """statsmodels collects garbage at every call of Holm; so there is little for it to look at."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def noise(seed: int, tables: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(tables, 100, 20))


# Noise


def test_stars_of_noise_are_those_of_a_plain_loop() -> None:
    found = facts("noise", draws=3)
    last = noise(111, 1)[0]
    p = [stats.pearsonr(last[:, i], last[:, j]).pvalue for i, j in zip(*UPPER, strict=True)]
    assert found["stars"] == np.sum(np.array(p) < 0.05)
    counts = [np.sum(p_of(noise(seed, 1)[0]) < 0.05) for seed in range(109, 112)]
    assert found["mean"] == pytest.approx(np.mean(counts))
    assert found["largest"] == pytest.approx(np.abs(np.corrcoef(last.T)[UPPER]).max())


def test_noise_earns_its_level() -> None:
    found = facts("noise", draws=200)
    assert found["expected"] == 9.5
    assert (found["low"], found["high"]) == (4, 16)
    # The standard error of this mean is near .22.
    assert found["mean"] == pytest.approx(9.5, abs=0.9)
    assert 0.27 < found["mean_largest"] < 0.31


def test_the_first_draw_is_like_most() -> None:
    found = facts("noise")
    low, high = stats.binom.ppf([0.25, 0.75], 190, 0.05)
    assert low <= found["stars"] <= high
    assert 0.26 < found["largest"] < 0.32


def test_the_axis_of_stars_has_room_for_nearly_every_table() -> None:
    for pairs, level in ((10, 0.05), (190, 0.05), (190, 0.1)):
        assert most_stars(pairs, level) == stats.binom.isf(1e-5, pairs, level)


def test_the_largest_of_many_has_a_star_at_every_size() -> None:
    for rows in ("20", "100", "1000"):
        found = facts("noise", draws=50, rows=rows)
        r, n = found["mean_largest"], int(rows)
        t = r * np.sqrt((n - 2) / (1 - r**2))
        assert found["largest_p"] == pytest.approx(2 * stats.t.sf(t, n - 2))
        assert found["largest_p"] < 0.02


@pytest.mark.parametrize(("rows", "columns"), [("20", 20), ("1000", 20), ("100", 5)])
def test_the_level_holds_at_every_size(rows: str, columns: int) -> None:
    found = facts("noise", draws=60, rows=rows, columns=columns)
    assert found["mean"] / found["pairs"] == pytest.approx(0.05, abs=0.02)


# Adjusted


@pytest.mark.parametrize("adjust", ["none", *PROCEDURES])
def test_tables_of_noise_with_a_star(adjust: str) -> None:
    seed = 3
    found = facts("adjusted", adjust=adjust, seed=seed)
    stars = np.array([kept(p_of(table), adjust).sum() for table in noise(seed, 1000)])
    assert found["starred"] == np.sum(stars > 0)
    assert found["mean"] == pytest.approx(stars.mean())
    assert found["most"] == stars.max()


def test_any_adjustment_is_wrong_about_as_often_as_agreed() -> None:
    starred = [facts("adjusted", adjust="Holm", seed=seed)["starred"] for seed in range(4)]
    # 4000 tables at about 4.9 %: the standard error is near .34 %.
    assert sum(starred) / 4000 == pytest.approx(0.05, abs=0.015)
    assert facts("adjusted")["starred"] > 990


# Survivors


@pytest.mark.parametrize(
    ("adjust", "count"), [("none", 21), ("Bonferroni", 10), ("Holm", 10), ("BH", 19), ("BY", 13)]
)
def test_what_is_left_of_the_highway(adjust: str, count: int) -> None:
    found = facts("survivors", adjust=adjust)
    assert found["kept"] == count
    p = np.array([pair["p"] for pair in REFERENCE["pairs"]])
    starred = kept(p, adjust)
    in_r = {
        frozenset((pair["a"], pair["b"]))
        for pair, is_kept in zip(REFERENCE["pairs"], starred, strict=True)
        if is_kept
    }
    assert {frozenset(name.split("–")) for name in found["stars"].split()} == in_r


def test_the_strongest_pair_that_bh_drops() -> None:
    found = facts("survivors", adjust="BH")
    assert found["dropped"] == "shld–itg"
    assert found["dropped_r"] == pytest.approx(REFERENCE["pearson"]["shld"]["itg"], abs=1e-9)
    roads = datasets.load("highway")
    interval = stats.pearsonr(roads["shld"], roads["itg"]).confidence_interval()
    assert (found["dropped_low"], found["dropped_high"]) == pytest.approx(tuple(interval))


def test_the_interval_of_one_pair_among_many() -> None:
    found = facts("survivors", adjust="BH")
    roads = datasets.load("highway")
    pair = stats.pearsonr(roads["shld"], roads["itg"])
    interval = pair.confidence_interval(confidence_level=1 - 0.05 / 55)
    assert (found["all_low"], found["all_high"]) == pytest.approx(tuple(interval))


@pytest.mark.parametrize(
    ("level", "gained"), [("10 %", "rate–len"), ("5 %", "rate–len"), ("1 %", "rate–trks")]
)
def test_who_asks_about_one_column_pays_for_its_pairs_alone(level: str, gained: str) -> None:
    found = facts("survivors", level=level)
    p = pd.Series({f"{pair['a']}–{pair['b']}": pair["p"] for pair in REFERENCE["pairs"]})
    of_rate = p[p.index.str.contains("rate")]
    assert found["asked"] == len(of_rate) == 10
    assert found["gained"] == gained
    by_holm, by_holm_of_all = (
        pd.Series(multipletests(tests, method="holm")[1], tests.index)[gained]
        for tests in (of_rate, p)
    )
    assert found["gained_p"] == pytest.approx(by_holm)
    assert found["gained_p_of_all"] == pytest.approx(by_holm_of_all)
    assert by_holm < float(level.removesuffix(" %")) / 100 < by_holm_of_all


def rate_alone(**values: str) -> Exhibit:
    return LESSON.step("survivors").exhibit({"tested": "rate alone", **values})


@pytest.mark.parametrize("adjust", ["none", "Bonferroni", "Holm", "BH", "BY"])
def test_rate_alone_is_a_map_of_one_column(adjust: str) -> None:
    exhibit = rate_alone(adjust=adjust)
    roads = datasets.load("highway").select_dtypes("number")
    others = list(roads.columns.drop("rate"))
    tests = [stats.pearsonr(roads["rate"], roads[name]) for name in others]
    starred = kept(np.array([test.pvalue for test in tests]), adjust)

    (chart,) = exhibit.figures
    assert chart.shape == (10, 1)
    assert chart.visible.to_numpy().all()
    found = chart.values.loc[others, "rate"]
    np.testing.assert_allclose(found, [test.statistic for test in tests], rtol=1e-12)
    has_star = chart.text.loc[others, "rate"].str.endswith("★")
    np.testing.assert_array_equal(has_star, starred)
    assert exhibit.facts["kept_of_rate"] == starred.sum() > 0
    assert exhibit.read()["of rate alone"] == f"{starred.sum()} of 10"
    assert f"{starred.sum()} survive" in exhibit.description
    assert chart.title == f"{starred.sum()} of 10 pairs are left"
    assert len(exhibit.table) == 10


def test_a_cell_of_rate_alone_opens_its_pair() -> None:
    opened = rate_alone().behind_cell(0)("slim", "rate")
    roads = datasets.load("highway")
    test = stats.pearsonr(roads["slim"], roads["rate"])
    assert opened.sentence.startswith(f"r = −{-test.statistic:.2f} over 39 sections")
    assert (opened.chart.x.name, opened.chart.y.name) == ("rate", "slim")


def test_the_column_of_rate_is_written_alike_on_screen_and_on_paper() -> None:
    (chart,) = rate_alone(adjust="Holm").figures
    screen = {
        row: text
        for trace in chart.screen(LIGHT, width=900).data
        for row, text in zip(trace.get("y", []), trace.get("text", []), strict=False)
    }
    paper = [text.get_text() for text in chart.paper().axes[0].texts]
    stars = chart.text["rate"].tolist()
    assert [screen[row] for row in chart.values.index] == stars == paper
    assert sum(text.endswith("★") for text in paper) == 5


def test_each_mark_shows_the_same_pairs() -> None:
    stars, faded, hatched = (
        LESSON.step("survivors").exhibit({"adjust": "BH", "mark": mark}).figures[0]
        for mark in ("stars", "faded", "hatched")
    )
    triangle = ~stars.hidden.to_numpy(dtype=bool)
    starred = stars.text.map(lambda text: text.endswith("★")).to_numpy()
    assert starred[triangle].sum() == 19
    np.testing.assert_array_equal(~faded.faded.to_numpy()[triangle], starred[triangle])
    np.testing.assert_array_equal(~hatched.hatched.to_numpy()[triangle], starred[triangle])


# Truth known


def test_adjustments_are_marked_as_a_plain_loop_marks_them() -> None:
    found = facts("truth_known", seed=4, r_true=0.4)
    tables = np.random.default_rng(4).normal(size=(500, 100, 20))
    even = tables[:, :, 0:20:2]
    tables[:, :, 1:20:2] = 0.4 * even + np.sqrt(1 - 0.4**2) * tables[:, :, 1:20:2]
    is_true = [i % 2 == 0 and j == i + 1 for i, j in zip(*UPPER, strict=True)]
    true, false, share = [], [], []
    for table in tables:
        stars = kept(p_of(table), "BH")
        true.append(np.sum(stars & is_true))
        false.append(np.sum(stars & np.logical_not(is_true)))
        share.append(false[-1] / max(1, true[-1] + false[-1]))
    assert found["bh_found"] == pytest.approx(np.mean(true))
    assert found["bh_wrong"] == pytest.approx(np.mean(false))
    assert found["bh_share"] == pytest.approx(100 * np.mean(share))
    assert found["bh_any"] == pytest.approx(100 * np.mean(np.array(false) > 0))


@pytest.mark.parametrize(("r_true", "adjust"), [(0.2, "bh"), (0.3, "none"), (0.4, "none")])
def test_a_share_of_false_stars_is_one_tables_and_not_that_of_all_stars(
    r_true: float, adjust: str
) -> None:
    """So no sentence may give it beside the counts as if it were their ratio."""
    found = facts("truth_known", r_true=r_true)
    true, false = found[f"{adjust}_found"], found[f"{adjust}_wrong"]
    assert 100 * false / (true + false) > found[f"{adjust}_share"] + 1
    step = LESSON.step("truth_known")
    texts = [option.feedback for option in step.predict.choices]
    texts += [outcome.text for outcome in step.learned]
    for text in texts:
        for share in re.findall(r"\{\w+_share:\.\df\} %(.{16})", text):
            assert share == " of a table's st", text


def test_what_each_adjustment_finds() -> None:
    found = facts("truth_known")
    assert found["none_found"] == pytest.approx(9.9, abs=0.1)
    assert found["none_wrong"] == pytest.approx(9.0, abs=0.3)
    assert found["none_share"] == pytest.approx(46, abs=2)
    assert found["holm_found"] == pytest.approx(7.0, abs=0.2)
    assert found["bh_found"] == pytest.approx(8.7, abs=0.2)
    assert found["bh_share"] == pytest.approx(5, abs=1)
    assert found["best"] == "BH"


# Enough rows


def test_of_strong_links_any_adjustment_finds_all() -> None:
    """Then none is too strict for a screening; of weaker links Holm misses some."""
    jobs = {"screening": "Holm", "claim": "Holm"}
    assert standing("truth_known", r_true=0.6, **jobs) is Standing.PASSED
    assert standing("truth_known", r_true=0.4, **jobs) is Standing.MISTAKE


def test_weaker_links_leave_half_of_the_stars_empty() -> None:
    """Expected: 5 % of the 180 empty pairs, and the power of Fisher's z for the ten true ones."""
    found = facts("truth_known", r_true=0.3)
    star = stats.t.isf(0.025, 98) / np.sqrt(98 + stats.t.isf(0.025, 98) ** 2)
    power = stats.norm.sf((np.arctanh(star) - np.arctanh(0.3)) * np.sqrt(97))
    assert found["none_share"] == pytest.approx(100 * 9 / (9 + 10 * power), abs=2)


def test_year_and_vocabulary() -> None:
    found = facts("enough_rows")
    people = datasets.load("vocab")
    r, p = stats.pearsonr(people["year"], people["vocabulary"])
    assert found["all_people"] == len(people) == 30351
    assert (found["all_r"], found["all_p"]) == pytest.approx((r, p))
    assert (round(r, 4), round(p, 3), round(r**2, 4)) == (0.0154, 0.007, 0.0002)


def test_what_else_there_is_to_say_of_year_and_vocabulary() -> None:
    found = facts("enough_rows")
    people = datasets.load("vocab")
    year, education, words = (people[name] for name in ("year", "education", "vocabulary"))
    groups = [part.to_numpy() for _, part in words.groupby(year)]
    between = sum(len(part) * (part.mean() - words.mean()) ** 2 for part in groups)
    assert found["eta2_percent"] == pytest.approx(
        100 * between / ((words - words.mean()) ** 2).sum()
    )
    residuals = [
        values - np.polyval(np.polyfit(education, values, 1), education) for values in (year, words)
    ]
    assert found["held_r"] == pytest.approx(stats.pearsonr(*residuals).statistic)
    assert year.corr(education) > 0.15
    # If whole surveys were drawn: clustered errors, and the means of the years say the same.
    model = sm.OLS(words, sm.add_constant(year)).fit(
        cov_type="cluster", cov_kwds={"groups": year}, use_t=True
    )
    assert found["surveys_p"] == pytest.approx(model.pvalues["year"])
    means = words.groupby(year).mean()
    assert stats.pearsonr(means.index, means).pvalue > 0.1


def test_rows_for_a_star() -> None:
    found = facts("enough_rows")

    def p(r: float, rows: int) -> float:
        return 2 * stats.t.sf(r * np.sqrt((rows - 2) / (1 - r**2)), rows - 2)

    assert found["needed"] == 9605
    assert p(0.02, 9605) < 0.05 < p(0.02, 9604)
    assert found["highway_critical"] == pytest.approx(0.316, abs=5e-4)
    assert p(found["highway_critical"], 39) == pytest.approx(0.05)
    ten_thousand = LESSON.step("enough_rows").state({"answer": 10_000})
    assert ten_thousand["answer_critical"] == pytest.approx(0.0196, abs=5e-5)


def test_few_people_seldom_have_a_star() -> None:
    starred = [facts("enough_rows", people="39", seed=seed)["is_starred"] for seed in range(100)]
    # 4.4 % by the syllabus; the standard error over 100 samples is 2 %.
    assert 0 < np.mean(starred) < 0.1


# Width


@pytest.mark.parametrize(
    ("rows", "expected"),
    [("ten", (-0.19, 0.86)), ("highway", (0.22, 0.70)), ("many", (0.45, 0.55))],
)
def test_how_far_off_a_half_may_be(rows: str, expected: tuple[float, float]) -> None:
    found = facts("width")
    assert (round(found[f"low_{rows}"], 2), round(found[f"high_{rows}"], 2)) == expected


def test_an_interval_is_scipys() -> None:
    """Two columns whose r is .5 exactly: noise, and what it leaves of other noise."""
    rows = 40
    x, e = np.random.default_rng(0).normal(size=(2, rows))
    x = stats.zscore(x)
    e = stats.zscore(e - x * (x @ e) / rows)
    pair = stats.pearsonr(x, 0.5 * x + np.sqrt(0.75) * e)
    assert pair.statistic == pytest.approx(0.5)
    found = facts("width", rows=rows)
    assert (found["low"], found["high"]) == pytest.approx(tuple(pair.confidence_interval()))


def test_half_the_width_takes_four_times_the_rows() -> None:
    for rows in (220, 250, 400):
        for factor, expected in ((2, Standing.MISTAKE), (4, Standing.PASSED)):
            assert standing("width", rows=rows, half=factor * rows) is expected
        assert standing("width", rows=rows, half=5 * rows) is Standing.MISTAKE
        assert standing("width", rows=rows) is not Standing.PASSED


def test_one_interval_in_twenty_misses() -> None:
    missed = sum(facts("width", rows=100, seed=seed)["missed"] for seed in range(100))
    assert missed / 2000 == pytest.approx(0.05, abs=0.015)


# Gaps


def test_the_printed_loop_loses_five_pairs() -> None:
    found = facts("gaps")
    assert (found["days"], found["ozone_missing"], found["sun_missing"]) == (153, 37, 7)
    assert (found["pairs"], found["without"]) == (6, 5)


def test_ozone_and_wind() -> None:
    found = facts("gaps")
    air = datasets.load("airquality")[["Ozone", "Solar.R", "Wind", "Temp"]]
    own = air[["Ozone", "Wind"]].dropna()
    complete = air.dropna()
    assert found["own_n"] == len(own) == 116
    assert found["complete_n"] == len(complete) == 111
    assert found["own_r"] == pytest.approx(stats.pearsonr(own["Ozone"], own["Wind"]).statistic)
    assert found["complete_r"] == pytest.approx(
        stats.pearsonr(complete["Ozone"], complete["Wind"]).statistic
    )
    assert round(found["own_r"], 3) == -0.602
    assert round(found["complete_r"], 3) == -0.612


def test_the_repaired_loop_adjusts_by_holm() -> None:
    loop = "each pair's own days"
    values = {"loop": loop, "diagonal": "fill a copy", "adjust": True}
    table = LESSON.step("gaps").exhibit(values).table
    air = datasets.load("airquality")[list(table.columns)]
    pairs = [(a, b) for i, a in enumerate(air) for b in list(air)[i + 1 :]]
    p = [stats.pearsonr(*air[list(pair)].dropna().to_numpy().T).pvalue for pair in pairs]
    adjusted = multipletests(p, method="holm")[1]
    for (a, b), expected in zip(pairs, adjusted, strict=True):
        assert table.loc[a, b] == table.loc[b, a] == pytest.approx(expected, abs=5e-5)
    assert np.isnan(np.diagonal(table)).all()


def test_writing_into_values_is_refused_by_pandas() -> None:
    exhibit = LESSON.step("gaps").exhibit({"diagonal": "fill p.values"})
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the message is what is compared
        np.fill_diagonal(pd.DataFrame(np.ones((2, 2))).values, 0)
    assert exhibit.stopped == f"ValueError: {refused.value}"
    assert exhibit.figures == ()


# Shuffles


def test_a_shuffled_p_is_scipys() -> None:
    roads = datasets.load("highway")
    found = facts("shuffles")
    r, p = stats.pearsonr(roads["sigs1"], roads["acpt"])
    assert (found["all_r"], found["all_t_p"]) == pytest.approx((r, p))
    shuffled = stats.permutation_test(
        (roads["sigs1"].to_numpy(),),
        lambda x, axis: np.abs(stats.zscore(x, axis=axis) @ stats.zscore(roads["acpt"]) / 39),
        permutation_type="pairings",
        vectorized=True,
        n_resamples=5000,
        alternative="greater",
        rng=1,
    )
    # Both have a standard error: .0003 and .0010.
    assert found["all_p"] == pytest.approx(shuffled.pvalue, abs=0.003)
    assert 0.0036 < found["all_p"] < 0.0056


def test_one_section_makes_chance_lopsided() -> None:
    roads = datasets.load("highway")
    skews = {}
    for left_out in ([], [25]):
        x, y = (stats.zscore(roads.drop(index=left_out)[name]) for name in ("sigs1", "acpt"))
        orders = np.random.default_rng(0).permuted(np.tile(x, (20_000, 1)), axis=1)
        skews[len(left_out)] = stats.skew(orders @ y / len(y))
    assert skews[0] > 0.6 > 0.4 > skews[1]


def test_section_25_makes_the_star() -> None:
    found = facts("shuffles", left_out=("25",), shuffles="9999")
    roads = datasets.load("highway").drop(index=25)
    r, p = stats.pearsonr(roads["sigs1"], roads["acpt"])
    assert (found["r"], found["t_p"]) == pytest.approx((r, p))
    assert found["p"] == pytest.approx(p, abs=0.02)


@pytest.mark.parametrize("row", [str(number) for number in range(1, 40) if number != 25])
def test_no_other_section_passes(row: str) -> None:
    assert standing("shuffles", left_out=(row,), shuffles="9999") is Standing.MISTAKE


def test_intervals_are_named_by_their_own_rows():
    figure = LESSON.step("width").exhibit({"rows": 250}).figures[0]
    assert list(figure.values.index) == ["10 rows", "39 rows", "250 rows", "1000 rows"]
    widths = figure.values["high"] - figure.values["low"]
    assert widths.is_monotonic_decreasing


def test_a_cell_of_thousands_speaks_of_all_of_them() -> None:
    """The picture holds a part, chosen by lot; r and p are those of the map."""
    asked = LESSON.step("enough_rows").exhibit({"people": "everybody"})
    table = datasets.load("vocab")
    r, p = stats.pearsonr(table["year"], table["vocabulary"])
    behind = asked.behind("vocabulary", "year")
    assert f"r = {r:.2f} over {len(table):,} people" in behind.sentence
    assert f"p = {p:.3f}" in behind.sentence
    assert len(behind.chart.x) == 1000
    assert set(behind.chart.x) == set(table["year"])


def test_what_noise_earns_is_asked_of_all_columns_however_few_are_shown() -> None:
    """5 % of the 190 pairs of twenty columns are 9.5; of five columns' ten pairs, one half."""
    for answer, met in ((10, True), (9, True), (1, False)):
        goals = LESSON.step("noise").judge({"columns": 5, "draws": 10, "answer": answer}).goals
        assert goals[-1].met is met


def test_no_map_is_no_estimate_where_one_is_expected() -> None:
    """BH at 1 % leaves stars on 0.9 % of tables: of 400 maps 3.6 are expected."""
    setting = {"adjust": "BH", "level": "1 %"}
    assert facts("adjusted", **setting)["starred_percent"] * 4 > 1
    assert standing("adjusted", **setting, answer=0) is Standing.MISTAKE
    assert standing("adjusted", **setting, answer=4) is Standing.PASSED


# On your own: the cars


def test_a_map_of_cars_has_the_stars_of_a_plain_loop() -> None:
    cars = datasets.load("mtcars")
    p = [
        stats.pearsonr(cars[x], cars[y]).pvalue
        for i, x in enumerate(cars)
        for y in list(cars)[i + 1 :]
    ]
    for adjust in ("none", *PROCEDURES):
        for level in (0.1, 0.05, 0.01):
            found = facts("on_your_own_cars", adjust=adjust, level=f"{100 * level:.0f} %")
            assert found["stars"] == kept(np.array(p), adjust, level).sum()
            assert found["raw"] == np.sum(np.array(p) < level)
    assert found["pairs"] == len(p)


def test_as_many_cars_as_are_needed_settle_an_open_pair() -> None:
    cars = datasets.load("mtcars")
    setting = {"adjust": "Holm", "level": "5 %", "open_pair": "mpg–qsec"}
    state = LESSON.step("on_your_own_cars").state(setting)
    r = state["open_r"]
    assert r == pytest.approx(cars["mpg"].corr(cars["qsec"]))

    def p_at(rows: int) -> float:
        return 2 * stats.t.sf(abs(r) * np.sqrt((rows - 2) / (1 - r**2)), rows - 2)

    fewest = state["fewest"]
    assert 55 * p_at(fewest) < 0.05 <= 55 * p_at(fewest - 1)
    for needed, expected in ((fewest - 1, Standing.MISTAKE), (fewest, Standing.PASSED)):
        assert standing("on_your_own_cars", **setting, needed=needed) is expected
    other = {"open_pair": "gear–carb", "needed": fewest}
    assert standing("on_your_own_cars", **{**setting, **other}) is Standing.MISTAKE


# Lines that learners write


@pytest.mark.parametrize(
    "lines",
    [
        "times = np.arange(len(p), 0, -1)\n(p * times).cummax().clip(upper=1)",
        "np.minimum(1, np.maximum.accumulate(p.to_numpy() * np.arange(55, 0, -1)))",
        "left = len(p) + 1 - p.rank()\nnp.minimum((p * left).cummax(), 1)",
    ],
)
def test_any_way_to_write_holm_counts(lines: str) -> None:
    assert standing("write_holm", lines=lines) is Standing.PASSED


def test_holm_is_that_of_statsmodels() -> None:
    highway = datasets.load("highway").select_dtypes("number")
    p = p_of(highway.to_numpy())
    found = facts("write_holm")
    assert found["raw"] == found["stars"] == kept(p, "none").sum()
    assert found["holm"] == kept(p, "Holm").sum()


@pytest.mark.parametrize(
    "lines",
    [
        "seen = air.notna().astype(float)\nseen.T.dot(seen)",
        "seen = air.notna().to_numpy().astype(int)\nseen.T @ seen",
        'seen = air.notna().astype(int)\n(seen.T @ seen).mask(np.eye(4).astype("bool"))',
    ],
)
def test_any_way_to_count_the_rows_counts(lines: str) -> None:
    assert standing("write_the_rows", lines=lines) is Standing.PASSED


def test_rows_behind_a_cell_are_those_of_dropna() -> None:
    air = datasets.load("airquality")
    found = facts("write_the_rows")
    assert found["own_n"] == len(air[["Ozone", "Wind"]].dropna())
    assert found["fewest"] == len(air[["Ozone", "Solar.R"]].dropna())


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("(1 - (1 - p) ** np.arange(len(p), 0, -1)).cummax()", "counted rightly"),
        ("1 - (1 - p) ** len(p)", "counted rightly"),
        (
            "(p * np.arange(len(p), 0, -1))[::-1].cummin()[::-1].clip(upper=1)",
            "factors are right",
        ),
        ("p * 11", "so many tests were made"),
    ],
)
def test_what_is_not_holm_is_told_why_not(lines: str, reason: str) -> None:
    found = LESSON.step("write_holm").judge({"lines": lines})
    assert found.standing is Standing.MISTAKE
    assert reason in found.text
