"""What a notebook gets: whole figures with their sentences, and nothing else changed."""

from itertools import combinations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.figure import Figure
from plotly.graph_objects import Figure as PlotlyFigure
from scipy import stats
from scipy.cluster import hierarchy
from sklearn.ensemble import RandomForestRegressor
from sklearn.linear_model import LinearRegression

from datasets import load
from lib.notebook import Drawn, clustermap, compare, heatmap, interactions

HIGHWAY = load("highway").select_dtypes("number")
IRIS = load("iris")


@pytest.fixture(scope="module")
def forest() -> tuple[RandomForestRegressor, pd.DataFrame]:
    features = HIGHWAY[["len", "adt", "slim", "acpt"]]
    return RandomForestRegressor(5, random_state=0).fit(features, HIGHWAY["rate"]), features


def every_map(forest, backend) -> dict[str, Drawn]:
    some, flowers = HIGHWAY.iloc[:, :5], IRIS.iloc[::10]
    long = some.rename(columns=lambda name: f"the {name} of a very long section of highway")
    return {
        "long names": heatmap(long, title="Long names", backend=backend),
        "strip": clustermap(flowers, side="rows", strip="species", title="Iris", backend=backend),
        "two groups": compare(
            HIGHWAY.iloc[:20, :4], HIGHWAY.iloc[20:, :4], permutations=9, backend=backend
        ),
        "model": interactions(*forest, backend=backend),
    }


def test_nothing_on_paper_is_cut_and_no_sentence_lies_on_anything(forest):
    before = dict(mpl.rcParams)
    for name, drawn in every_map(forest, "matplotlib").items():
        figure = drawn.figure
        assert isinstance(figure, Figure)
        figure.draw_without_rendering()
        caption = figure.texts[-1]
        assert " ".join(caption.get_text().replace("\xa0", " ").split()) == " ".join(drawn.says)
        page, said = figure.bbox, caption.get_window_extent()
        parts = [*figure.axes, *figure.legends]
        boxes = [part.get_tightbbox() for part in parts]
        for box in [said, *boxes]:
            assert box.x0 >= page.x0 - 1, name
            assert box.x1 <= page.x1 + 1, name
            assert box.y0 >= page.y0 - 1, name
            assert box.y1 <= page.y1 + 1, name
        assert not any(said.overlaps(box) for box in boxes), name
        for legend in figure.legends:
            legend_box = legend.get_window_extent()
            assert not any(legend_box.overlaps(axes.get_tightbbox()) for axes in figure.axes)
        assert drawn._repr_png_()[:4] == b"\x89PNG"
        assert drawn._repr_html_() is None
    assert pyplot.get_fignums() == []
    changed = {key for key in before if mpl.rcParams[key] != before[key]}
    assert changed <= {"text.parse_math", "font.sans-serif", "svg.hashsalt"}


def test_plotly_has_the_sentences_under_the_figure_and_the_keys_where_they_were(forest):
    for drawn in every_map(forest, "plotly").values():
        figure = drawn.figure
        assert isinstance(figure, PlotlyFigure)
        assert drawn._repr_png_() is None
        title = figure.layout.title
        lines = title.text.split("<br>")
        assert lines[0].startswith("<b>") == (drawn.says[0][:7] not in lines[0])
        words = " ".join(line for line in lines if not line.startswith("<b>"))
        assert words.replace("\xa0", " ").replace("&#x27;", "'").replace("&#37;", "%") == " ".join(
            drawn.says
        )
        # All its lines lie between the plot's lower edge and the figure's.
        below = title.y * figure.layout.height
        assert 17 * len(lines) <= below <= figure.layout.margin.b
        (bar,) = (each["colorbar"] for each in figure.to_dict()["data"] if "colorbar" in each)
        from_top = (1 - bar["y"]) * figure.layout.height
        assert 0 <= from_top <= figure.layout.margin.t
        assert "plotly" in drawn._repr_html_()


def test_a_figure_is_saved_whole_by_its_ending(tmp_path):
    drawn = heatmap(HIGHWAY[["rate", "len", "adt"]])
    for ending, begins in (("png", b"\x89PNG"), ("pdf", b"%PDF"), ("svg", b"<?xml")):
        path = tmp_path / f"map.{ending}"
        drawn.save(path)
        assert path.read_bytes().startswith(begins)
    with pytest.raises(ValueError, match="Unknown ending 'gif': choose from png, svg, pdf"):
        drawn.save(tmp_path / "map.gif")
    page = tmp_path / "map.html"
    heatmap(HIGHWAY[["rate", "len"]], backend="plotly").save(str(page))
    assert "Plotly.newPlot" in page.read_text(encoding="utf-8")


def test_a_clustermap_has_scipys_order_and_height():
    drawn = clustermap(HIGHWAY, linkage="complete")
    apart = 1 - HIGHWAY.corr().abs().to_numpy()
    condensed = apart[np.triu_indices(len(apart), 1)]
    tree = hierarchy.linkage(condensed, "complete")
    assert drawn.found.order == HIGHWAY.columns[hierarchy.leaves_list(tree)].tolist()
    cophenetic = hierarchy.cophenet(tree, condensed)[0]
    assert f"correlate with the distances by {cophenetic:.2f}." in drawn.says[3]


def test_rows_are_standardised_and_those_with_gaps_told():
    table = load("airquality").select_dtypes("number")
    drawn = clustermap(table, side="rows")
    whole = table.dropna()
    standard = (whole - whole.mean()) / whole.std()
    tree = hierarchy.linkage(standard.to_numpy(), "average")
    assert np.allclose(drawn.found.linkage[:, 2], tree[:, 2], rtol=1e-9)
    missing = len(table) - len(whole)
    assert f"{missing} rows have a missing value and are left out." in drawn.says


@pytest.mark.parametrize(
    ("table", "wrong", "words"),
    [
        (HIGHWAY, {"strip": "rate"}, "pass side='rows'"),
        (HIGHWAY, {"side": "rows", "strip": "kind"}, "There is no column 'kind'"),
        (HIGHWAY, {"side": "both"}, "Unknown side 'both'"),
        (HIGHWAY, {"distance": "cosine"}, "Unknown distance 'cosine'"),
        (HIGHWAY.assign(rate=1), {"side": "rows"}, "'rate' cannot be standardised"),
        (pd.DataFrame(np.eye(2001)[:, :3]), {"side": "rows"}, "2,001 rows cannot be seen"),
        (pd.concat([HIGHWAY, HIGHWAY]), {"side": "rows"}, "reset_index"),
    ],
)
def test_what_has_no_clustermap_is_refused_in_one_sentence(table, wrong, words):
    with pytest.raises(ValueError, match=r"\.$") as refused:
        clustermap(table, **wrong)
    assert words in str(refused.value)


def z(rows: pd.DataFrame, x: str, y: str) -> float:
    return float(np.arctanh(rows[x].corr(rows[y])))


def test_a_comparison_tests_the_differences_by_fishers_z():
    table = load("breast_cancer")
    columns = [name for name in table if str(name).startswith("mean")][:5]
    drawn = compare(table[[*columns, "diagnosis"]], groups="diagnosis", permutations=0)
    one, other = (table.loc[table["diagnosis"] == each, columns] for each in drawn.found.names)
    error = np.sqrt(1 / (len(one) - 3) + 1 / (len(other) - 3))
    p = [
        2
        * stats.norm.sf(
            abs(np.arctanh(one[x].corr(one[y])) - np.arctanh(other[x].corr(other[y]))) / error
        )
        for x, y in combinations(columns, 2)
    ]
    count = int((np.sort(p) * np.arange(len(p), 0, -1) < 0.05).cumprod().sum())  # Holm's way
    assert f"{count} of {len(p)} differences" in drawn.says[-1]
    assert f"Where diagnosis is {drawn.found.names[0]}, each pair has {len(one)} rows." in (
        drawn.says
    )
    titles = [axes.get_title(loc="left") for axes in drawn.figure.axes[:3]]
    first, second = drawn.found.names
    assert titles == [
        f"diagnosis: {first} less {second}",
        f"diagnosis: {first}",
        f"diagnosis: {second}",
    ]


@pytest.fixture(scope="module")
def cars() -> Drawn:
    return compare(load("mtcars").select_dtypes("number"), groups="am", permutations=0)


def test_no_difference_is_cut_and_each_is_written(cars):
    table = load("mtcars").select_dtypes("number")
    one, other = (table[table["am"] == code].drop(columns="am").corr() for code in (0, 1))
    differences = (one - other).to_numpy()[np.tril_indices(len(one), -1)]
    largest = np.abs(differences).max()
    assert largest > 1
    maps = cars.figure.axes[:3]
    low, high = maps[0].collections[0].get_clim()
    assert low == -high
    assert largest <= high <= largest + 0.1
    assert {axes.collections[0].get_clim() for axes in maps} == {(low, high)}
    assert (
        f"The colours run from −{high:g} to {high:g}, as far as the differences go,"
        in (cars.says[1])
    )
    written = [float(text.get_text().replace("−", "-")) for text in maps[0].texts]
    assert np.allclose(written, differences, atol=0.0051)


def test_differences_within_one_keep_the_limits_of_r():
    drawn = compare(HIGHWAY.iloc[:20, :3], HIGHWAY.iloc[20:, :3], permutations=0)
    assert drawn.found.difference.abs().max().max() < 1
    assert drawn.figure.axes[0].collections[0].get_clim() == (-1, 1)
    assert drawn.says[:2] == (
        "The first map is r in the first table less r in the second table.",
        "The colours run from −1 to 1 and are neutral at 0.",
    )
    assert drawn.says[2].startswith("In the first table, each pair has 20 rows")


def test_the_maps_of_a_comparison_name_the_same_rows_and_columns():
    table = load("breast_cancer")
    drawn = compare(table[[*table.columns[:25], "diagnosis"]], groups="diagnosis", permutations=0)
    maps = drawn.figure.axes[:3]
    for labels in ("get_yticklabels", "get_xticklabels"):
        named = [[each.get_text() for each in getattr(axes, labels)()] for axes in maps]
        assert named[0] == named[1] == named[2]
        sizes = {each.get_fontsize() for axes in maps for each in getattr(axes, labels)()}
        assert len(sizes) == 1


def test_a_model_that_adds_up_has_no_interaction_and_is_said_to_have_none():
    features = HIGHWAY[["len", "adt", "slim"]]
    drawn = interactions(LinearRegression().fit(features, HIGHWAY["rate"]), features)
    assert "No two features do anything together: the model adds up what each does alone." in (
        drawn.says
    )
    assert [text.get_text() for text in drawn.figure.axes[0].texts] == ["0.00"] * 3


def test_the_strongest_interaction_is_the_one_that_was_built_in():
    table = pd.DataFrame(np.random.default_rng(1).uniform(-1, 1, (300, 3)), columns=list("abc"))
    target = 3 * table["a"] * table["b"] + table["c"]
    model = RandomForestRegressor(30, min_samples_leaf=3, random_state=0).fit(table, target)
    drawn = interactions(model, table)
    assert "The strongest pair is a and b: " in drawn.says[2]
    shown = drawn.found.rms.loc["a", "b"]
    assert f"{shown:.3g}" in drawn.says[2]
