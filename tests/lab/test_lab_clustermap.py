"""The clustermap of any table: what its blocks are worth is said, and only where it is true."""

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from playing import bundled, check_charts, check_script, play, run
from scipy.cluster import hierarchy
from scipy.spatial.distance import pdist
from sklearn.metrics import adjusted_rand_score

from lib.lab import instrument
from lib.tables import Sheet, from_frame

MAP = instrument("clustermap")


def clouds(n: int = 36, seed: int = 0) -> pd.DataFrame:
    """Three clouds far from each other in four columns."""
    generator = np.random.default_rng(seed)
    kind = np.arange(n) % 3
    centres = np.array([[0, 0, 0, 0], [6, 6, 5, 6], [12, 11, 12, 12]])
    frame = pd.DataFrame(centres[kind] + generator.normal(size=(n, 4)), columns=list("abcd"))
    return frame.assign(kind=pd.Categorical(np.array(["low", "mid", "high"])[kind]))


def sheet(frame: pd.DataFrame) -> Sheet:
    return from_frame(frame, "planted")


def clean() -> Sheet:
    return sheet(clouds())


def metres_and_millimetres() -> Sheet:
    return sheet(clouds().assign(a=lambda frame: 1000 * frame["a"]))


def noise() -> Sheet:
    return sheet(pd.DataFrame(np.random.default_rng(4).normal(size=(40, 5)), columns=list("abcde")))


def gaps() -> Sheet:
    frame = clouds()
    frame.loc[[3, 8], "b"] = np.nan
    return sheet(frame)


def wide() -> Sheet:
    strong = np.linspace(0, 1, 5)[:, np.newaxis] + np.random.default_rng(0).normal(0, 0.1, (5, 210))
    return sheet(pd.DataFrame(strong, columns=[f"c{place}" for place in range(210)]))


def one_apart() -> Sheet:
    frame = sheet_of_one_cloud()
    frame.iloc[0], frame.iloc[1] = 9, -9
    return sheet(frame)


def sheet_of_one_cloud() -> pd.DataFrame:
    """Rows of one cloud, whose columns have something in common."""
    generator = np.random.default_rng(6)
    common = generator.normal(size=(40, 1))
    return pd.DataFrame(common + generator.normal(size=(40, 5)), columns=list("abcde"))


def many_words() -> Sheet:
    words = pd.Categorical([f"w{place % 8}" for place in range(36)])
    return sheet(clouds().assign(word=words))


PLANTED: dict[str, tuple[Callable[[], Sheet], dict[str, Any]]] = {
    "The scale decides. a has 100 %": (metres_and_millimetres, {"scaled": "as it is"}),
    "Here the mean |r| of two columns": (noise, {"side": "columns"}),
    "Here the 3 groups explain": (noise, {}),
    "One group holds 38 of 40 rows.": (one_apart, {}),
    "No group of this cut lasts": (noise, {"side": "columns"}),
    "Not every group of this cut lasts": (lambda: sheet(sheet_of_one_cloud()), {"linkage": "ward"}),
    "e does not vary": (lambda: sheet(clouds().assign(e=1.0)), {}),
    "Of 240 rows, 200 were drawn": (lambda: sheet(clouds(240)), {}),
    "Of 26,000 rows, 25,000 were drawn by lot, so": (
        lambda: sheet(clouds(26_000)),
        {"side": "columns"},
    ),
    "2 rows with a missing value are left out": (gaps, {}),
    "10 are left out": (wide, {}),
    "word has 8 levels": (many_words, {"strip": "word"}),
}


@pytest.mark.parametrize("words", PLANTED)
def test_what_is_planted_is_said(words: str, undrawn: None) -> None:
    make, setting = PLANTED[words]
    table = make()
    exhibit = play(MAP, table, setting)
    assert words in " ".join(MAP.beware(exhibit))
    check_script(exhibit, table)


def test_every_beware_has_its_planted_table_and_a_clean_one_has_none() -> None:
    assert len(PLANTED) == len(MAP.bewares)
    for setting in ({}, {"scaled": "as it is"}, {"side": "columns"}, {"strip": "kind"}):
        assert not MAP.beware(play(MAP, clean(), setting))


@pytest.mark.parametrize(
    "setting",
    [
        {"strip": "kind", "order": "by name"},
        {"side": "columns", "k": 2, "distance": "1 − r"},
        {"distance": "1 − |r|", "linkage": "complete", "order": "as filed"},
        {"scaled": "as it is", "linkage": "ward", "k": 5},
        {"side": "columns", "linkage": "single", "strip": "kind"},
    ],
)
def test_the_script_finds_the_same(setting: dict[str, Any], undrawn: None) -> None:
    table = clean()
    exhibit = play(MAP, table, setting)
    check_script(exhibit, table)
    check_charts(exhibit)


@pytest.mark.play
def test_the_script_draws_the_map_with_its_strip() -> None:
    table = clean()
    run(MAP.exhibit(table, {"strip": "kind"}), table)
    assert len(plt.gcf().axes) >= 4
    plt.close()


def test_three_clouds_are_found_again_and_agree_with_their_names() -> None:
    facts = play(MAP, clean(), {"strip": "kind"}).facts
    assert (facts["smallest"], facts["largest"]) == (12, 12)
    assert facts["rand"] == 1
    assert facts["weakest"] > 0.9


def tetrahedron(columns: int = 3) -> Sheet:
    """Four crowds, whose columns do not go together: r of each two is nearly 0."""
    corners = 5.0 * np.array([[1, 1, 1], [1, -1, -1], [-1, 1, -1], [-1, -1, 1]])[:, :columns]
    kind = np.arange(60) % 4
    rows = corners[kind] + np.random.default_rng(0).normal(size=(60, columns))
    words = pd.Categorical(np.array(list("pqrs"))[kind])
    return sheet(pd.DataFrame(rows, columns=list("abc")[:columns]).assign(kind=words))


@pytest.mark.parametrize("columns", [2, 3])
def test_crowds_of_rows_are_no_noise_though_no_columns_go_together(
    columns: int, undrawn: None
) -> None:
    table = tetrahedron(columns)
    exhibit = play(MAP, table, {"k": 4, "strip": "kind"})
    assert table.frame[list("abc")[:columns]].corr().to_numpy()[0, 1] == pytest.approx(0, abs=0.1)
    assert exhibit.facts["rand"] == exhibit.facts["weakest"] == 1
    said = MAP.beware(exhibit)
    assert bool(said) == (columns == 2)  # there each corner of the square is in both columns
    assert not any("lasts" in words for words in said)
    check_script(exhibit, table)


def test_what_the_groups_explain_is_their_share_of_the_variance() -> None:
    facts = MAP.exhibit(clean(), {"scaled": "as it is"}).facts
    values, kind = clouds()[list("abcd")], clouds()["kind"]
    means = values.groupby(kind, observed=True).transform("mean")
    share = means.var(ddof=0).sum() / values.var(ddof=0).sum()
    assert facts["explained"] == pytest.approx(share)


def test_the_cut_and_its_agreement_are_those_of_scipy_and_scikit_learn() -> None:
    table = bundled("iris")
    exhibit = play(MAP, table, {"strip": "species", "linkage": "complete"})
    values = table.frame.select_dtypes("number")
    standard = (values - values.mean()) / values.std()
    tree = hierarchy.linkage(pdist(standard), "complete")
    expected = hierarchy.fcluster(tree, 3, "maxclust")
    found = exhibit.table["group"].reindex([f"row {place}" for place in range(1, 151)])
    assert adjusted_rand_score(expected, found) == 1
    assert exhibit.facts["rand"] == pytest.approx(
        adjusted_rand_score(table.frame["species"], expected)
    )
    assert exhibit.facts["cophenetic"] == pytest.approx(
        hierarchy.cophenet(tree, pdist(standard))[0]
    )


def test_the_line_cuts_the_tree_into_as_many_groups_as_were_asked_for() -> None:
    for k in (2, 3, 8):
        chart = MAP.exhibit(clean(), {"k": k}).figures[0]
        assert chart.rows.cut(chart.cut).nunique() == k


def test_rows_bear_the_names_that_a_column_gives_them() -> None:
    chart = MAP.exhibit(bundled("mtcars"), {"k": 2}).figures[0]
    assert "Ford Pantera L" in chart.rows.order


def test_columns_stand_in_the_order_that_was_asked_for() -> None:
    frame = clouds()[["b", "d", "a", "c", "kind"]]
    shown = {
        order: list(MAP.exhibit(sheet(frame), {"order": order}).figures[0].shown)
        for order in ("as filed", "by name", "clustered")
    }
    assert shown["as filed"] == ["b", "d", "a", "c"]
    assert shown["by name"] == ["a", "b", "c", "d"]
    assert sorted(shown["clustered"]) == ["a", "b", "c", "d"]


def test_the_strip_has_the_word_of_each_row() -> None:
    exhibit = MAP.exhibit(clean(), {"strip": "kind"})
    strips, kinds = exhibit.figures[0].strips, clouds()["kind"]
    assert [strips.loc[f"row {place + 1}", "kind"] for place in range(36)] == kinds.to_list()


@pytest.mark.parametrize(
    ("frame", "setting", "reason"),
    [
        (clouds(), {"linkage": "ward", "distance": "1 − r"}, "Ward's linkage"),
        (clouds(), {"side": "columns", "k": 5}, "There are 4 columns"),
        (clouds(), {"columns": ["a", "b"], "distance": "1 − r"}, "r needs three columns"),
        (clouds().assign(a=1.0, b=2.0, c=3.0), {}, "Fewer than two of these columns vary"),
        (clouds().assign(a=[1.0, *35 * [np.nan]]), {}, "Only 1 rows"),
        (clouds().assign(a=lambda frame: 1e300 * frame["a"]), {}, "a: too large"),
    ],
)
def test_what_cannot_be_clustered_is_said(frame: pd.DataFrame, setting: dict, reason: str) -> None:
    exhibit = play(MAP, sheet(frame), setting)
    assert reason in exhibit.stopped


def test_a_table_without_two_numbers_is_refused_with_a_way_out() -> None:
    assert "two columns of numbers" in MAP.fits(bundled("hair_eye"))
    assert not MAP.fits(bundled("iris"))


def test_a_branch_says_in_how_many_trees_it_recurs() -> None:
    exhibit = MAP.exhibit(clean())
    lows = tuple(f"row {place}" for place in range(1, 37, 3))
    opened = exhibit.members(lows)
    frame = clouds()
    values = frame[list("abcd")]
    standard = ((values - values.mean()) / values.std()).to_numpy()
    generator, there = np.random.default_rng(0), 0
    for draw in generator.integers(4, size=(100, 4)):
        tree = hierarchy.linkage(pdist(standard[:, draw]), "average")
        parts = [{leaf} for leaf in range(36)]
        for first, second in tree[:, :2].astype(int):
            parts.append(parts[first] | parts[second])
        there += set(range(0, 36, 3)) in parts
    assert "12 rows hang together at a height of" in opened.sentence
    assert f"Of 100 trees from columns drawn again, {there} % have exactly this" in opened.sentence
    apart = (values[frame["kind"] == "low"].mean() - values.mean()) / values.std()
    assert opened.chart.values["mean"].to_dict() == pytest.approx(apart.to_dict())


def test_a_branch_of_columns_opens_their_correlations() -> None:
    exhibit = MAP.exhibit(clean(), {"side": "columns", "k": 2})
    members = exhibit.figures[0].rows.order[-2:]
    r = clouds()[members].corr().iloc[1, 0]
    assert exhibit.members(tuple(members)).chart.values.iloc[0, 0] == pytest.approx(r)
