"""Model interactions: a planted one is found, and what spoils a model is said."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from playing import bundled, check_charts, check_script, play
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.inspection import partial_dependence
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from lib.course import Exhibit
from lib.lab import instrument, interactions
from lib.tables import Sheet, from_frame

pytestmark = pytest.mark.usefixtures("undrawn")

MODEL = instrument("interactions")


def columns(n: int = 120, seed: int = 0) -> pd.DataFrame:
    """z is a product of a and b, and a little of c."""
    generator = np.random.default_rng(seed)
    frame = pd.DataFrame(generator.uniform(-1, 1, (n, 3)), columns=list("abc"))
    product = 3 * frame["a"] * frame["b"] + 0.5 * frame["c"]
    return frame.assign(z=product + generator.normal(0, 0.1, n))


def sheet(frame: pd.DataFrame) -> Sheet:
    return from_frame(frame, "planted")


def clean() -> Sheet:
    return sheet(columns())


def twins() -> Sheet:
    frame = columns()
    frame["b"] = frame["a"] + np.random.default_rng(1).normal(0, 0.1, 120)
    return sheet(frame.assign(z=frame["a"] * frame["b"]))


def words() -> Sheet:
    return sheet(columns().assign(kind=pd.Categorical(list("pqr") * 40)))


def many() -> Sheet:
    more = np.random.default_rng(2).normal(size=(120, 14))
    wide = pd.DataFrame(more, columns=[f"m{place}" for place in range(14)])
    return sheet(pd.concat([columns(), wide], axis=1))


def walk() -> Sheet:
    """A column that changes little from row to row."""
    steps = np.random.default_rng(4).normal(size=120)
    return sheet(columns().assign(walk=steps.cumsum()))


def in_stretches() -> pd.DataFrame:
    """Half of the rows are late, and a tells which, but for the rows where it begins."""
    late = np.repeat([False, True], 60)
    a = late + np.random.default_rng(12).normal(0, 0.3, 120)
    a[48:72] = 0.5
    words = pd.Categorical(np.where(late, "yes", "no"))
    return columns().drop(columns="z").assign(a=a, late=words)


def adding_up(n: int = 120, seed: int = 0) -> pd.DataFrame:
    """z is a sum of a, b and c: nothing interacts."""
    generator = np.random.default_rng(seed)
    frame = pd.DataFrame(generator.normal(size=(n, 3)), columns=list("abc"))
    return frame.assign(z=3 * frame["a"] + 3 * frame["b"] + frame["c"] + generator.normal(size=n))


def of_places() -> pd.DataFrame:
    """Each of thirty places has its own z, and four rows."""
    place = np.arange(120) % 30
    of_each = np.random.default_rng(9).normal(size=30)
    words = pd.Categorical([f"p{number}" for number in place])
    return columns().assign(z=of_each[place], place=words)


def constant_but_for_gaps(name: str) -> pd.DataFrame:
    """A column that varies in the first row alone, where another one is missing."""
    frame = columns().assign(**{name: 1.0})
    frame.loc[0, [name, "a"]] = 2.0, np.nan
    return frame


def squares() -> np.ndarray:
    """Whole numbers in no order, no two alike."""
    return np.random.default_rng(5).permutation(np.arange(120) ** 2)


Z: dict[str, Any] = {"target": "z", "model": "linear"}
BOOSTED = {"target": "z", "model": "boosting"}
PLANTED: dict[str, tuple[Callable[[], Sheet], dict[str, Any]]] = {
    "c alone nearly tells z": (lambda: sheet(columns().assign(z=lambda f: f["c"] ** 3)), Z),
    "place is left out, and its levels alone nearly tell z: 1.000": (
        lambda: sheet(of_places()),
        {"target": "z", "model": "linear", "features": ["a", "b", "c", "place"]},
    ),
    "The model hardly tells q from the rest": (
        lambda: sheet(columns().assign(side=pd.Categorical(list("pqqp") * 30))),
        {"target": "side", "features": ["a", "b"], "model": "linear"},
    ),
    "The model tells little of new rows": (
        clean,
        {"target": "c", "features": ["a", "b"], "model": "linear"},
    ),
    "from one to the next, walk has r = 0.91": (walk, {"target": "walk", "model": "linear"}),
    "from one to the next, yes has r = 0.98": (
        lambda: sheet(in_stretches()),
        {"target": "late", "model": "linear"},
    ),
    "Trees interact a little where nothing does.": (lambda: sheet(adding_up()), BOOSTED),
    "a and b go together, r = 0.99": (twins, BOOSTED),
    "size is another whole number": (lambda: sheet(columns().assign(size=squares())), Z),
    "row is no feature": (lambda: sheet(columns().assign(row=range(120))), Z),
    "kind is left out": (words, Z),
    "Of 2,100 rows, 2,000 were drawn": (lambda: sheet(columns(2100)), Z),
    "Only the first 15 features are used, 2 are": (many, Z),
    "flat does not vary, and is left out": (lambda: sheet(columns().assign(flat=1.0)), Z),
    "1 row with a missing value is left out": (
        lambda: sheet(columns().assign(c=lambda f: f["c"].where(f.index != 7))),
        Z,
    ),
}


@cache
def boosted() -> Exhibit:
    return play(MODEL, clean(), BOOSTED)


@pytest.mark.parametrize("words", PLANTED)
def test_what_is_planted_is_said(words: str) -> None:
    make, setting = PLANTED[words]
    assert words in " ".join(MODEL.beware(play(MODEL, make(), setting)))


def test_every_beware_has_its_planted_table_and_a_clean_one_has_none() -> None:
    assert len(PLANTED) == len(MODEL.bewares)
    assert not MODEL.beware(boosted())


@pytest.mark.parametrize(
    "setting",
    [
        {"target": "z", "model": "boosting", "features": ["a", "b"]},
        {"target": "z", "model": "linear", "across": "c", "upwards": "a"},
        {"target": "side", "model": "forest", "features": ["a", "b"]},
        {"target": "z", "model": "forest", "features": ["a", "b"]},
        {"target": "side", "model": "linear", "features": ["a", "b", "c"]},
    ],
)
def test_the_script_finds_the_same(setting: dict[str, Any]) -> None:
    frame = columns(60)
    side = pd.Categorical(np.where(frame["z"] + frame["c"] > 0, "up", "down"))
    table = sheet(frame.assign(side=side))
    exhibit = play(MODEL, table, setting)
    check_script(exhibit, table)
    check_charts(exhibit)


def test_the_planted_pair_interacts_most() -> None:
    facts = boosted().facts
    assert {facts["strong_x"], facts["strong_y"]} == {"a", "b"}
    assert facts["strong_rms"] > 3 * facts["middle_rms"]
    assert facts["strong_h"] > 0.8


def test_scores_are_those_of_scikit_learn() -> None:
    frame = columns()
    facts = MODEL.exhibit(clean(), Z).facts
    folds = KFold(5, shuffle=True, random_state=0)
    expected = cross_val_score(LinearRegression(), frame[list("abc")], frame["z"], cv=folds)
    assert facts["score"] == pytest.approx(expected.mean())
    means = [
        1
        - ((frame["z"].iloc[test] - frame["z"].iloc[train].mean()) ** 2).sum()
        / ((frame["z"].iloc[test] - frame["z"].iloc[test].mean()) ** 2).sum()
        for train, test in folds.split(frame)
    ]
    assert facts["base_score"] == pytest.approx(np.mean(means))


@pytest.mark.parametrize("target", ["z", "side"])
def test_a_forest_is_asked_about_rows_by_trees_that_did_not_see_them(target: str) -> None:
    frame = columns(450)
    frame["side"] = pd.Categorical(np.where(frame["z"] > 0, "up", "down"))
    setting = {"target": target, "model": "forest", "features": ["a", "b", "c"]}
    exhibit = play(MODEL, sheet(frame), setting)
    facts, x = exhibit.facts, frame[list("abc")]
    assert (facts["tree_count"], facts["draw_count"]) == (25, 400)
    kind = RandomForestRegressor if target == "z" else RandomForestClassifier
    y = frame["z"] if target == "z" else frame["side"] == "up"
    forest = kind(25, min_samples_leaf=5, max_samples=400, random_state=0).fit(x, y)
    said, trees = np.zeros(450), np.zeros(450)
    for tree, seen in zip(forest.estimators_, forest.estimators_samples_, strict=True):
        asked = np.setdiff1d(np.arange(450), seen)
        values = x.iloc[asked].to_numpy()
        said[asked] += tree.predict(values) if target == "z" else tree.predict_proba(values)[:, 1]
        trees[asked] += 1
    said /= trees
    if target == "z":
        means = (y.sum() - y) / 449
        errors = [((y - told) ** 2).sum() / ((y - y.mean()) ** 2).sum() for told in (said, means)]
        assert (facts["score"], facts["base_score"]) == pytest.approx(
            (1 - errors[0], 1 - errors[1])
        )
    else:
        higher = said[y][:, np.newaxis] - said[~y]
        assert facts["score"] == pytest.approx((higher > 0).mean() + (higher == 0).mean() / 2)
    assert any("this is out of bag" in words for words in MODEL.found(exhibit))
    assert not any("five folds" in words for words in MODEL.found(exhibit))


def test_a_line_tells_its_spreads_as_its_predictions_do() -> None:
    frame = columns()
    side = pd.Categorical(np.where(frame["z"] + frame["c"] > 0, "up", "down"))
    table = sheet(frame.assign(side=side, d=frame["a"] - frame["c"]))
    for target in ("z", "side"):
        setting = {"target": target, "model": "linear", "features": ["a", "b", "d"]}
        shown = MODEL.exhibit(table, setting).table.set_index(["x", "y"])["spread"]
        assert shown.to_dict() == pytest.approx(_spreads(table.frame, target))


def _spreads(frame: pd.DataFrame, target: str) -> dict[tuple[str, str], float]:
    """Of the mean predictions with two features set to those of each row, one by one."""
    x = frame[["a", "b", "d"]]
    line = LinearRegression() if target == "z" else LogisticRegression()
    fitted = make_pipeline(StandardScaler(), line).fit(x, frame[target])
    ask = fitted.predict if target == "z" else fitted.decision_function
    some = x.sample(100, random_state=0)
    spreads = {}
    for pair in combinations(x, 2):
        means = [ask(some.assign(**row[list(pair)])).mean() for _, row in some.iterrows()]
        spreads[pair] = float(np.std(means))
    return spreads


def test_a_linear_model_shows_no_interaction() -> None:
    exhibit = play(MODEL, clean(), Z)
    assert float(np.nanmax(exhibit.figures[0].values.to_numpy())) == 0
    assert any("no interactions, whatever the table has" in each for each in MODEL.found(exhibit))


def test_the_surface_is_that_of_scikit_learn_and_y_runs_upwards() -> None:
    frame = columns()
    chart = MODEL.exhibit(clean(), Z | {"across": "c", "upwards": "a"}).figures[1]
    fitted = LinearRegression().fit(frame[list("abc")], frame["z"])
    expected = partial_dependence(
        fitted,
        frame[list("abc")],
        ["a", "c"],
        grid_resolution=15,
        percentiles=(0, 1),
        method="brute",
    )["average"][0]
    assert chart.values.to_numpy() == pytest.approx(expected[::-1])
    assert [float(tick) for tick in chart.values.index] == sorted(
        (float(tick) for tick in chart.values.index), reverse=True
    )


def test_a_category_is_told_from_all_others() -> None:
    exhibit = play(MODEL, bundled("iris"), {"target": "species", "model": "linear"})
    assert exhibit.facts["positive"] == "setosa"
    assert exhibit.facts["base_score"] == 0.5
    assert exhibit.facts["score"] == 1
    assert any("petal" in words for words in MODEL.beware(exhibit))


@pytest.mark.parametrize(
    ("frame", "setting", "reason"),
    [
        (columns(), {"target": "z", "features": ["a", "z"]}, "two features besides"),
        (columns().assign(c=[1.0, 2.0, *118 * [np.nan]]), {"target": "z"}, "Only 2 rows"),
        (constant_but_for_gaps("z"), {"target": "z"}, "z does not vary"),
        (constant_but_for_gaps("c"), {"target": "z"}, "c does not vary"),
        (
            columns().assign(c=lambda f: 1e-300 * f["c"]),
            {"target": "z"},
            "c: too large or too small",
        ),
        (
            columns().assign(z=pd.Categorical(["p", "p", *118 * ["q"]])),
            {"target": "z"},
            "has fewer than 5 rows",
        ),
    ],
)
def test_what_cannot_be_modelled_is_said(frame: pd.DataFrame, setting: dict, reason: str) -> None:
    assert reason in play(MODEL, sheet(frame), setting).stopped


def test_a_table_without_features_is_refused_with_a_way_out() -> None:
    assert "two features of numbers" in MODEL.fits(bundled("hair_eye"))
    assert "30 rows" in MODEL.fits(bundled("anscombe"))
    assert not MODEL.fits(bundled("iris"))


def test_a_date_is_neither_target_nor_feature() -> None:
    frame = columns().assign(when=pd.date_range("2024-01-01", periods=120))
    controls = MODEL.controls_on(sheet(frame[["when", "z", "a", "b"]]))
    assert controls["target"].named == controls["features"].named == ("z", "a", "b")


def test_another_surface_is_of_the_same_model(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(8)
    table = pd.DataFrame(random.normal(size=(60, 3)), columns=list("abc"))
    sheet = from_frame(table.assign(y=table["a"] * table["b"]), "planted")
    setting = {"target": "y", "features": ("a", "b", "c"), "model": "linear"}
    first = MODEL.exhibit(sheet, {**setting, "across": "a", "upwards": "b"})
    with monkeypatch.context() as patch:
        patch.setattr(interactions, "_scores", None)
        other = MODEL.exhibit(sheet, {**setting, "across": "a", "upwards": "c"})
    assert (other.facts["surface_x"], other.facts["surface_y"]) == ("a", "c")
    assert other.facts["score"] == first.facts["score"]
    pd.testing.assert_frame_equal(other.table, first.table)
    anew = MODEL.exhibit(replace(sheet), {**setting, "across": "a", "upwards": "c"})
    assert anew.facts == other.facts


def rare(n: int = 400) -> pd.DataFrame:
    """Few rows are yes, and a tells them apart well."""
    generator = np.random.default_rng(10)
    frame = pd.DataFrame(generator.normal(size=(n, 3)), columns=list("abc"))
    chance = 1 / (1 + np.exp(4 - 1.5 * frame["a"]))
    yes = np.where(generator.random(n) < chance, "yes", "no")
    return frame.assign(rare=pd.Categorical(yes))


def test_a_model_of_a_rare_level_is_judged_by_its_order_of_rows() -> None:
    frame = rare()
    y = (frame["rare"] == "yes").to_numpy()
    assert y.mean() < 0.1
    exhibit = play(MODEL, sheet(frame), {"target": "rare", "model": "linear"})
    areas = []
    for train, test in StratifiedKFold(5, shuffle=True, random_state=0).split(frame, y):
        some = frame[list("abc")].iloc[train]
        line = LogisticRegression().fit((some - some.mean()) / some.std(ddof=0), y[train])
        asked = (frame[list("abc")].iloc[test] - some.mean()) / some.std(ddof=0)
        chance = line.predict_proba(asked)[:, 1]
        ones, zeros = chance[y[test]][:, np.newaxis], chance[~y[test]]
        areas.append((ones > zeros).mean() + (ones == zeros).mean() / 2)
    assert exhibit.facts["score"] == pytest.approx(np.mean(areas))
    assert np.mean(areas) > 0.75
    assert not any("hardly" in text for text in MODEL.beware(exhibit))


def test_stretches_of_one_level_alone_have_no_score_and_are_counted() -> None:
    table = sheet(in_stretches())
    exhibit = play(MODEL, table, {"target": "late", "model": "linear"})
    assert exhibit.facts["stretch_count"] == 1
    assert any("of which 1 of five has both" in text for text in MODEL.beware(exhibit))
    check_script(exhibit, table)


def test_rows_that_were_only_sorted_have_both_numbers_said() -> None:
    frame = adding_up().sort_values("z", ignore_index=True)
    exhibit = play(MODEL, sheet(frame), Z)
    facts = exhibit.facts
    assert facts["stretch_score"] < 0.9 < facts["score"]
    (said,) = (text for text in MODEL.beware(exhibit) if text.startswith("Rows beside"))
    assert f"believe the R² = {facts['stretch_score']:.2f}".replace("-", "−") in said
    assert f"only sorted them, believe the {facts['score']:.2f}" in said


@pytest.mark.parametrize("model", ["boosting", pytest.param("forest", marks=pytest.mark.play)])
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.play)])
def test_a_sum_interacts_no_more_than_a_sum_does(model: str, seed: int) -> None:
    words = "Trees interact a little"
    setting = {"target": "z", "model": model}
    found = play(MODEL, sheet(adding_up(200, seed)), setting)
    assert any(text.startswith(words) for text in MODEL.beware(found))
    strong = play(MODEL, sheet(columns(200, seed)), setting)
    assert not any(text.startswith(words) for text in MODEL.beware(strong))


@pytest.mark.parametrize("name", ["side", pytest.param("z", marks=pytest.mark.play)])
def test_a_floor_and_what_levels_tell_are_those_of_the_script(name: str) -> None:
    frame = of_places().assign(z=adding_up()["z"].where(lambda z: z.index % 9 > 0))
    side = pd.Categorical(np.where(frame["z"] > frame["a"], "up", "down"))
    table = sheet(frame.assign(side=side))
    features = ["a", "b", "place"]
    setting = {"target": name, "model": "boosting", "features": features}
    exhibit = play(MODEL, table, setting)
    assert exhibit.facts["floor"] > 0
    check_script(exhibit, table)


def test_what_follows_from_a_feature_by_a_curve_is_a_leak() -> None:
    frame = columns().drop(columns="z")
    bent = frame["a"] ** 2 + np.random.default_rng(11).normal(0, 0.001, 120)
    assert abs(bent.corr(frame["a"])) < 0.2
    inside = pd.Categorical(np.where(frame["a"].abs() < 0.5, "in", "out"))
    setting = {"target": "target", "model": "linear"}
    for target in (bent, inside):
        assert play(MODEL, sheet(frame.assign(target=target)), setting).facts["leak"] == "a"
    loose = frame["a"] ** 2 + 0.2 * frame["b"]
    assert not play(MODEL, sheet(frame.assign(target=loose)), setting).facts["leak"]


def test_a_target_is_at_first_no_code_and_no_clock() -> None:
    assert MODEL.setting(bundled("us_macro"))["target"] not in ("year", "quarter")
    frame = columns().assign(year=2000 + np.arange(120) // 2, code=np.arange(120) % 4)
    named = MODEL.controls_on(sheet(frame[["year", "code", "z", "a"]]))["target"].named
    assert named == ("z", "a", "code", "year")
