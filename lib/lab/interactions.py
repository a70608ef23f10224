"""What a model of a column makes of the others: its worth, its interactions, and a surface."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..charts import Chart, Heatmap, significant_text
from ..course import Choice, Columns, Exhibit, Fact, Value, fill, one_call, working
from ..course.remembered import remembered
from ..stats import Strengths, Surface, interaction_strengths, partial_dependence
from .columns import categories, everything, is_clock, listed, numbers, varies
from .instrument import Instrument, Remark, table_of
from .variance import without_variance

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..course.outcome import State
    from ..tables import Sheet

LINEAR, FOREST, BOOSTING = "linear", "forest", "boosting"
STRONGEST = "the strongest pair"

MOST_ROWS = 2000
MOST_FEATURES = 15
BACKGROUND = 100
FEWEST = 30
SIZE = 15
MOST_TREES = 40
_FOLDS = 5
_FEWEST_OF_A_KIND = 5
_MOST_ROWS_OF_A_TREE = 400
_ROWS_OF_A_FOREST = 10_000  # of all its trees together
_TREES_OF_A_STRETCH = 12  # about as many as have not seen a row, out of bag
_ITS_CUTS = {"max_bins": 32, "min_samples_leaf": 5, "random_state": 0}
_FITS = 16  # of all visitors together: a forest has some megabytes
_NEARLY = 0.99
_LITTLE = 0.1
_LITTLE_AREA = 0.6  # under the ROC curve: 0.5 is chance
_CLEARLY = 1.5  # times what the model has of a target that adds up
_FEW_VALUES = 7
_ECHO = 0.5
_TOGETHER = 0.7
_ROUNDING = 1e-9  # of the predictions' spread: less is no interaction


@dataclass(frozen=True, eq=False)
class Case:
    """A target and its features, as a model takes them.

    positive   the level that is told from all others; "" where the target is a number
    words      features that are categories of more than two levels, which are left out
    """

    features: pd.DataFrame
    target: pd.Series[Any]
    positive: str
    words: pd.DataFrame
    features_left_out: int
    rows_left_out: int
    sampled_from: int


@dataclass(frozen=True, eq=False)
class Fit:
    """A model of a case, what it is worth for rows that it has not seen, and its interactions.

    score           R², or of a category the area under the ROC curve: a forest's out of bag, which
                    takes no other forest; that of any other model by cross-validation
    base_score      the same of what knows no feature
    echo            how much a row's target resembles the one before; 0 where that is no matter
    stretch_score   then the score in folds of unbroken stretches of rows, else NaN
    stretch_count   and in how many of them
    floor           the strongest interaction where the same model is taught a target that adds up
    """

    model: Any
    score: float
    base_score: float
    echo: float
    stretch_score: float
    stretch_count: int
    strengths: Strengths
    floor: float


def modelled(table: pd.DataFrame) -> list[str]:
    """The columns of numbers and of categories that vary, in the table's order."""
    takes = {*numbers(table), *categories(table)}
    return [name for name in everything(table) if name in takes and varies(table[name])]


def targets(table: pd.DataFrame) -> list[str]:
    """The same, those last that have few numbers, which may be codes, or that count time."""

    def is_unlikely(name: str) -> tuple[bool, bool]:
        column = table[name]
        is_number = not isinstance(column.dtype, pd.CategoricalDtype)
        return is_clock(column), is_number and column.nunique() <= _FEW_VALUES

    return sorted(modelled(table), key=is_unlikely)


def features_first(table: pd.DataFrame) -> list[str]:
    """The choice of the strongest pair, and then every column that a model takes."""
    return [STRONGEST, *modelled(table)]


def _is_echoed(state: Mapping[str, Any]) -> bool:
    """Whether the model tells less where it has not seen the neighbours of what it is asked."""
    return bool(state["echo"] >= _ECHO and state["stretch_score"] < state["score"])


class Interactions(Instrument):
    """The strengths of all pairs as a map, and the surface of one of them."""

    title = "Model interactions"
    question = "Which two columns together say more of a third than each by itself?"
    lesson = ("interactions", "pairs")
    example = "un"
    foremost = ("target", "model")

    target = Choice("Target", targets, default="")
    features = Columns("Features", modelled, default=())
    model = Choice("Model", (LINEAR, FOREST, BOOSTING), default=FOREST)
    across = Choice("Surface, across", features_first, default=STRONGEST)
    upwards = Choice("Surface, upwards", features_first, default=STRONGEST)

    findings = (
        Remark(
            "In five folds of cross-validation the model has R² = {score:.2f}. The mean alone has "
            "{base_score:.2f}.",
            when=lambda s: s["n"] > 0 and not s["positive"] and s["model"] != FOREST,
            holds=lambda s: s["base_score"] <= 0,
        ),
        Remark(
            "Each of {tree_count} trees grows from {draw_count} rows drawn by lot. Asked about "
            "each row, those that grew without it have R² = {score:.2f}: this is out of bag. The "
            "mean of all other rows has {base_score:.2f}.",
            when=lambda s: s["n"] > 0 and not s["positive"] and s["model"] == FOREST,
            holds=lambda s: s["base_score"] < 0 < s["tree_count"],
        ),
        Remark(
            "In five folds of cross-validation the model has an AUC of {score:.2f}: of two rows, "
            "one {positive} and one of the rest, it gives the first the higher chance of "
            "{positive} in {score:.0%} of all such pairs. A guess has {base_score:.2f}.",
            when=lambda s: bool(s["positive"]) and s["model"] != FOREST,
            holds=lambda s: 0 <= s["score"] <= 1 and s["base_score"] == 0.5,
        ),
        Remark(
            "Each of {tree_count} trees grows from {draw_count} rows drawn by lot. Asked about "
            "each row, those that grew without it have an AUC of {score:.2f}: this is out of bag. "
            "Of two rows, one {positive} and one of the rest, they give the first the higher "
            "chance of {positive} in {score:.0%} of all such pairs. A guess has {base_score:.2f}.",
            when=lambda s: bool(s["positive"]) and s["model"] == FOREST,
            holds=lambda s: 0 <= s["score"] <= 1 and s["base_score"] == 0.5,
        ),
        Remark(
            "Of {pair_count} {pair_count:pair|pairs}, {strong_x} and {strong_y} interact most: "
            "typically by {strong_rms:.3g} {unit}. Together the two move the mean prediction by "
            "{strong_spread:.3g}, so it is {strong_h:.0%} of that. The middle one of all pairs has "
            "{middle_rms:.3g}.",
            when=lambda s: s["n"] > 0 and s["model"] != LINEAR,
            holds=lambda s: s["strong_rms"] >= s["middle_rms"],
        ),
        Remark(
            "A linear model adds its features up. It has no interactions, whatever the table has.",
            when=lambda s: s["n"] > 0 and s["model"] == LINEAR,
            holds=lambda s: s["strong_rms"] == 0,
        ),
    )
    bewares = (
        Remark(
            "{leak} alone nearly tells {target}: {leak_strength:.3f}, where 1 is without error. "
            "Was it known before {target} was? If not, it is a leak, and the score is worth "
            "nothing.",
            when=lambda s: bool(s["leak"]),
            holds=lambda s: s["leak_strength"] >= _NEARLY,
        ),
        Remark(
            "{leak_word} is left out, and its levels alone nearly tell {target}: "
            "{leak_word_strength:.3f}, where 1 is without error. The model does not know it. Is "
            "{target} made from it, or it from {target}?",
            when=lambda s: bool(s["leak_word"]),
            holds=lambda s: s["leak_word_strength"] >= _NEARLY,
        ),
        Remark(
            "The model hardly tells {positive} from the rest: an AUC of 0.5 is to guess. Its "
            "interactions are likely to be those of noise.",
            when=lambda s: bool(s["positive"]) and s["score"] < _LITTLE_AREA,
            holds=lambda s: s["score"] < 0.6,
        ),
        Remark(
            "The model tells little of new rows: 1 would be without error, and 0 is to know their "
            "mean. Its interactions are likely to be those of noise.",
            when=lambda s: not s["positive"] and s["score"] < _LITTLE,
            holds=lambda s: s["score"] < 0.1,
        ),
        Remark(
            "Trees interact a little where nothing does. Taught a target that only adds up what "
            "the features say, with the same scatter, the model has {floor:.3g} for its strongest "
            "pair. {strong_rms:.3g} is not clearly more.",
            when=lambda s: s["n"] > 0 and 0 < s["strong_rms"] < _CLEARLY * s["floor"],
            holds=lambda s: s["model"] != LINEAR and s["strong_rms"] < 1.5 * s["floor"],
        ),
        Remark(
            "Rows beside each other resemble each other: from one to the next, {target} has r = "
            "{echo:.2f}. If they stand in an order of time or place, the model has seen the "
            "neighbours of what it is asked wherever rows are left out by lot. Then believe the "
            "R² = {stretch_score:.2f} of five unbroken stretches of rows. If somebody only sorted "
            "them, believe the {score:.2f}: a stretch then asks for what the model never saw.",
            when=lambda s: not s["positive"] and _is_echoed(s),
            holds=lambda s: s["echo"] >= 0.5 and s["stretch_score"] < s["score"],
        ),
        Remark(
            "Rows beside each other resemble each other: from one to the next, {positive} has r = "
            "{echo:.2f}. If they stand in an order of time or place, the model has seen the "
            "neighbours of what it is asked wherever rows are left out by lot. Then believe the "
            "AUC of {stretch_score:.2f} in unbroken stretches of rows, of which {stretch_count} of "
            "five {stretch_count:has|have} both kinds. If somebody only sorted them, believe the "
            "{score:.2f}.",
            when=lambda s: bool(s["positive"]) and _is_echoed(s),
            holds=lambda s: s["stretch_score"] < s["score"] and 1 <= s["stretch_count"] <= 5,
        ),
        Remark(
            "{surface_x} and {surface_y} go together, r = {surface_r:.2f}. In the hatched "
            "{hatched:.0%} of the surface there are no rows: there the model was never taught.",
            when=lambda s: abs(s["surface_r"]) >= _TOGETHER,
            holds=lambda s: abs(s["surface_r"]) >= _TOGETHER,
        ),
        Remark(
            "{numbering} is another whole number in each row: it may number the rows. What a model "
            "learns from it, no new row will repeat.",
            when=lambda s: bool(s["numbering"]),
            holds=lambda s: bool(s["numbering"]),
        ),
        Remark(
            "{identifier_names} {identifier_count:is|are} no {identifier_count:feature|features}: "
            "{identifier_count:it names|they name} the rows.",
            when=lambda s: s["identifier_count"] > 0,
            holds=lambda s: bool(s["identifier_names"]),
        ),
        Remark(
            "{word_names} {word_count:is|are} left out: the model takes numbers, ordered "
            "categories and those of two levels.",
            when=lambda s: s["word_count"] > 0,
            holds=lambda s: bool(s["word_names"]),
        ),
        Remark(
            "{flat_names} {flat_count:does|do} not vary, and {flat_count:is|are} left out.",
            when=lambda s: s["flat_count"] > 0,
            holds=lambda s: bool(s["flat_names"]),
        ),
        Remark(
            "Of {sampled_from:,} rows, {n:,} were drawn by lot, so that the answer comes at once.",
            when=lambda s: s["sampled_from"] > 0,
            holds=lambda s: s["sampled_from"] > s["n"],
        ),
        Remark(
            "Only the first {feature_count} features are used, {features_left_out:,} "
            "{features_left_out:is|are} left out: choose which.",
            when=lambda s: s["features_left_out"] > 0,
            holds=lambda s: s["feature_count"] == MOST_FEATURES,
        ),
        Remark(
            "{rows_left_out:,} {rows_left_out:row|rows} with a missing value "
            "{rows_left_out:is|are} left out.",
            when=lambda s: s["rows_left_out"] > 0,
            holds=lambda s: s["rows_left_out"] > 0,
        ),
    )

    def fits(self, sheet: Sheet) -> str:
        table = table_of(sheet)
        if len(modelled(table)) < 3 or len(numbers(table)) < 2:
            return (
                "A model needs a target and two features of numbers. Change the kind of a column, "
                "or take another table."
            )
        if len(sheet.frame) < FEWEST:
            return f"A model needs {FEWEST} rows at least, and this table has fewer."
        return ""

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:
        case = _case(sheet, values["target"], tuple(values["features"]))
        return {
            "used": tuple(everything(case.features)),
            "positive": case.positive,
            "identifiers": tuple(sheet.of_kind("identifier")),
            "words": tuple(everything(case.words)),
            "flat": tuple(_flat(sheet)),
            "features_left_out": case.features_left_out,
        }

    def idle(self, state: State) -> Sequence[str]:
        drawn = {"across": state.get("surface_x"), "upwards": state.get("surface_y")}
        # Of a pair that cannot be drawn as it was chosen, neither half is looked at.
        return () if all(state[name] == drawn[name] for name in drawn) else tuple(drawn)

    def measure(
        self,
        sheet: Sheet,
        *,
        target: str,
        features: Sequence[str],
        model: str,
        across: str,
        upwards: str,
    ) -> Exhibit:
        case = _case(sheet, target, tuple(features))
        if reason := _refused(case, target):
            return _stopped(reason)
        fit = _fit(case, model)
        pairs = _pairs(fit.strengths)
        x, y = _pair(across, upwards, case, pairs)
        working(0.8, "Drawing the surface")
        surface = partial_dependence(fit.model, case.features, x, y, size=SIZE)
        facts = {
            "score": fit.score,
            "base_score": fit.base_score,
            "echo": fit.echo,
            "stretch_score": fit.stretch_score,
            "stretch_count": fit.stretch_count,
            "floor": fit.floor,
            **_about(case, sheet),
            **_strongest(fit.strengths, pairs),
            **_of_surface(case, surface, x, y),
            **_leak(case),
        }
        return Exhibit(
            facts=facts,
            table=pairs,
            description=_described(facts, target, model),
            readings=_readings(case, model),
            figures=(_map(fit.strengths, facts), _painted(surface, facts, target)),
            # Of a line, the Lab has log-odds where the library would ask for probabilities.
            call="" if model == LINEAR else one_call("interactions", "chosen", "some"),
        )


def _readings(case: Case, model: str) -> dict[str, str]:
    score, base = ("AUC", "of a guess") if case.positive else ("R²", "of the mean")
    return {
        f"{score}, {_asked(model)}": "{score:.2f}",
        f"{score} {base}": "{base_score:.2f}",
        "strongest interaction": "{strong_rms:.3g}",
    }


def _asked(model: str) -> str:
    """How the model is asked about rows that it has not seen."""
    return "out of bag" if model == FOREST else "cross-validated"


@remembered(_FITS)
def _case(sheet: Sheet, target: str, chosen: tuple[str, ...]) -> Case:
    table = table_of(sheet)
    usable, words = [], []
    for name in chosen:
        column = table[name]
        if name == target:
            continue
        is_word = isinstance(column.dtype, pd.CategoricalDtype)
        if is_word and not column.cat.ordered and column.nunique() != 2:
            words.append(name)
        else:
            usable.append(name)
    used = usable[:MOST_FEATURES]
    features = pd.DataFrame({name: _as_numbers(table[name]) for name in used}, table.index)
    outcome, positive = _outcome(table[target])
    whole = features.notna().all(axis=1) & outcome.notna()
    features, outcome = features[whole], outcome[whole]
    sampled_from = len(features) if len(features) > MOST_ROWS else 0
    if sampled_from:
        features = features.sample(MOST_ROWS, random_state=0).sort_index()
        outcome = outcome.loc[features.index]
    return Case(
        features,
        outcome.astype(int) if positive else outcome,
        positive,
        table.loc[features.index, words],
        features_left_out=len(usable) - len(used),
        rows_left_out=int((~whole).sum()),
        sampled_from=sampled_from,
    )


def _flat(sheet: Sheet) -> list[str]:
    table = table_of(sheet)
    return [name for name in everything(table) if not varies(table[name])]


def _as_numbers(column: pd.Series[Any]) -> pd.Series[Any]:
    """Categories by the place of their level among those that occur."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype(float)
    codes = column.cat.remove_unused_categories().cat.codes
    return codes.where(codes >= 0).astype(float)


def _outcome(column: pd.Series[Any]) -> tuple[pd.Series[Any], str]:
    """A number as it is; of a category, whether it is the second of two or the most frequent."""
    if not isinstance(column.dtype, pd.CategoricalDtype):
        return column.astype(float), ""
    levels = column.cat.remove_unused_categories().cat.categories
    if len(levels) < 2:
        return pd.Series(np.nan, column.index), ""
    positive = levels[1] if len(levels) == 2 else column.value_counts().index[0]
    return (column == positive).astype(float).where(column.notna()), str(positive)


def _refused(case: Case, target: str) -> str:
    rows, width = case.features.shape
    if width < 2:
        return "A model needs two features besides its target. Choose more columns."
    if rows < FEWEST:
        return (
            f"Only {rows} rows have the target and all features, and {FEWEST} are needed. Choose "
            "fewer features, or another target."
        )
    if case.target.nunique() < 2:
        return f"{target} does not vary in these rows. Choose another target."
    if case.positive and case.target.value_counts().min() < _FEWEST_OF_A_KIND:
        return f"{case.positive} or the rest has fewer than {_FEWEST_OF_A_KIND} rows: too few."
    flat = [str(name) for name in case.features if case.features[name].nunique() < 2]
    if flat:
        verb = "does" if len(flat) == 1 else "do"
        return f"{listed(flat)} {verb} not vary in these rows. Choose other features."
    if beyond := without_variance(case.features.assign(**{target: case.target})):
        return f"{listed(beyond)}: too large or too small to compute with. Change the unit."
    return ""


def _model(model: str, case: Case) -> Any:
    """A model that is not fitted yet, small enough to be fitted while somebody waits.

    A tree of the forest grows from 400 draws of a row at most, and all of them from ten thousand;
    boosting cuts between 32 classes of a feature. So neither takes much longer for 2,000 rows than
    for 400, and planted pairs stand out among the others as they do in models of five times the
    work.
    """
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
    from sklearn.linear_model import LinearRegression, LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    if model == LINEAR:
        line = LogisticRegression() if case.positive else LinearRegression()
        return make_pipeline(StandardScaler(), line)
    if model == FOREST:
        forest = RandomForestClassifier if case.positive else RandomForestRegressor
        count, rows = _trees(case)
        return forest(n_estimators=count, min_samples_leaf=5, max_samples=rows, random_state=0)
    return _boosted(case, max_depth=3, max_iter=30, learning_rate=0.25)


def _trees(case: Case) -> tuple[int, int]:
    """How many trees a forest has, and how many draws of a row each of them grows from."""
    rows = min(len(case.features), _MOST_ROWS_OF_A_TREE)
    return min(MOST_TREES, _ROWS_OF_A_FOREST // rows), rows


def _boosted(case: Case, **settings: float) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    kind = HistGradientBoostingClassifier if case.positive else HistGradientBoostingRegressor
    return kind(**_ITS_CUTS, **settings)


@remembered(_FITS)
def _fit(case: Case, model: str) -> Fit:
    """Remembered: another surface is of the same model."""
    working(0.1, "Teaching the model")
    fitted = _model(model, case)
    if model == FOREST:
        fitted.set_params(oob_score=True)
    fitted.fit(case.features, case.target)
    score, base_score = _scores(case, model, fitted)
    echo, stretch_score, stretch_count = _neighbours(case, model)
    working(0.5, "Measuring all pairs")
    strengths = _strengths(fitted, model, case)
    working(0.7, "Measuring a target that adds up")
    return Fit(
        model=fitted,
        score=score,
        base_score=base_score,
        echo=echo,
        stretch_score=stretch_score,
        stretch_count=stretch_count,
        strengths=strengths,
        floor=_floor(case, model),
    )


def _strengths(fitted: Any, model: str, case: Case) -> Strengths:
    background = case.features
    if len(background) > BACKGROUND:
        background = background.sample(BACKGROUND, random_state=0)
    if model == LINEAR:
        return _of_line(fitted, background, case.positive)
    return interaction_strengths(fitted, background)


def _of_line(fitted: Any, background: pd.DataFrame, positive: str) -> Strengths:
    """What `interaction_strengths` finds where features add up: their slopes tell it, unasked."""
    scaler, line = fitted
    parts = background * (line.coef_.ravel() / scaler.scale_)
    together = parts.cov(ddof=0)
    own = np.diag(together)
    spread = np.sqrt((own[:, np.newaxis] + own + 2 * together).clip(lower=0))
    nothing = (0 * spread).mask(np.eye(len(own), dtype=bool))
    return Strengths(
        h=nothing,
        rms=nothing,
        max=nothing,
        spread=spread,
        scale="log-odds" if positive else "response",
        n=len(background),
        exact=True,
    )


def _floor(case: Case, model: str) -> float:
    """The strongest interaction that the model finds where the target adds up.

    Boosted trees of one cut each add their features up. What they leave is shuffled, so that it
    scatters as much and tells nothing; a category is drawn with their probabilities.
    """
    if model == LINEAR:
        return 0.0
    generator = np.random.default_rng(0)
    sums = _boosted(case, max_depth=1, max_iter=50, learning_rate=0.2).fit(
        case.features, case.target
    )
    if case.positive:
        chance = sums.predict_proba(case.features)[:, 1]
        target = (generator.random(len(chance)) < chance).astype(int)
        if target.min() == target.max():
            return 0.0
    else:
        added = sums.predict(case.features)
        target = added + generator.permutation(case.target - added)
    fitted = _model(model, case).fit(case.features, target)
    return float(_pairs(_strengths(fitted, model, case))["rms"].iloc[0])


def _scores(case: Case, model: str, fitted: Any) -> tuple[float, float]:
    """Of the model and of what knows no feature, asked in the same way."""
    from sklearn.dummy import DummyRegressor
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import KFold, StratifiedKFold

    n = len(case.features)
    if model == FOREST and case.positive:
        return float(roc_auc_score(case.target, fitted.oob_decision_function_[:, 1])), 0.5
    if model == FOREST:
        return float(fitted.oob_score_), 1 - (n / (n - 1)) ** 2  # of each row by all others
    kind = StratifiedKFold if case.positive else KFold
    folds = list(kind(_FOLDS, shuffle=True, random_state=0).split(case.features, case.target))
    base_score = 0.5 if case.positive else _validated(DummyRegressor(), case, folds)
    return _validated(_model(model, case), case, folds), base_score


def _validated(model: Any, case: Case, folds: Sequence[Any]) -> float:
    from sklearn.model_selection import cross_val_score

    scoring = "roc_auc" if case.positive else "r2"
    scores = cross_val_score(model, case.features, case.target, cv=folds, scoring=scoring)
    return float(scores.mean())


def _neighbours(case: Case, model: str) -> tuple[float, float, int]:
    """The echo, and the score in stretches of rows, as `Fit` has them."""
    from sklearn.model_selection import KFold

    target = case.target
    echo = float(target.astype(float).autocorr())
    folds = list(KFold(_FOLDS).split(target))
    if case.positive:  # no ROC curve is of one class alone
        folds = [fold for fold in folds if varies(target.iloc[fold[1]])]
    taught = all(varies(target.iloc[rows]) for rows, _ in folds)
    if not echo >= _ECHO or not folds or not taught:
        return 0.0, np.nan, 0
    asked = _model(model, case)
    if model == FOREST:
        fewest = min(len(rows) for rows, _ in folds)
        asked.set_params(
            n_estimators=_TREES_OF_A_STRETCH, max_samples=min(fewest, asked.max_samples)
        )
    return echo, _validated(asked, case, folds), len(folds)


def _pair(across: str, upwards: str, case: Case, pairs: pd.DataFrame) -> tuple[str, str]:
    """The chosen pair where both are features; else the strongest."""
    if across != upwards and {across, upwards} <= set(case.features):
        return across, upwards
    return str(pairs["x"].iloc[0]), str(pairs["y"].iloc[0])


def _about(case: Case, sheet: Sheet) -> dict[str, Fact]:
    identifiers = sheet.of_kind("identifier")
    numbering = [str(name) for name in case.features if _may_number(case.features[name])]
    return {
        "n": len(case.features),
        "tree_count": _trees(case)[0],
        "draw_count": _trees(case)[1],
        "feature_count": case.features.shape[1],
        "positive": case.positive,
        "word_count": case.words.shape[1],
        "word_names": listed(everything(case.words)),
        "flat_count": len(_flat(sheet)),
        "flat_names": listed(_flat(sheet)),
        "features_left_out": case.features_left_out,
        "rows_left_out": case.rows_left_out,
        "sampled_from": case.sampled_from,
        "identifier_count": len(identifiers),
        "identifier_names": listed(identifiers),
        "numbering": numbering[0] if numbering else "",
    }


def _may_number(column: pd.Series[Any]) -> bool:
    return bool(column.is_unique and (column % 1 == 0).all())


def _pairs(strengths: Strengths) -> pd.DataFrame:
    """All pairs, the strongest first; where there is nothing but rounding, in their order."""
    pairs = strengths.pairs()
    is_nothing = pairs["rms"] <= _ROUNDING * pairs["spread"].max()
    pairs.loc[is_nothing, ["h", "rms", "max"]] = 0.0
    place = {name: number for number, name in enumerate(strengths.rms)}
    pairs["place"] = [place[x] * len(place) + place[y] for x, y in pairs[["x", "y"]].to_numpy()]
    by_size = pairs.sort_values(["rms", "place"], ascending=[False, True], ignore_index=True)
    return by_size.drop(columns="place")


def _strongest(strengths: Strengths, pairs: pd.DataFrame) -> dict[str, Fact]:
    first = pairs.iloc[0]
    units = {
        "probability": "of probability",
        "log-odds": "of log-odds",
        "response": "in units of the target",
    }
    return {
        "pair_count": len(pairs),
        "strong_x": str(first["x"]),
        "strong_y": str(first["y"]),
        "strong_rms": float(first["rms"]),
        "strong_h": float(first["h"]),
        "strong_spread": float(first["spread"]),
        "middle_rms": float(pairs["rms"].median()),
        "prediction_spread": float(pairs["spread"].max()),
        "unit": units[strengths.scale],
        "background": strengths.n,
    }


def _of_surface(case: Case, surface: Surface, x: str, y: str) -> dict[str, Fact]:
    values = surface.values.to_numpy()
    assert surface.support is not None
    return {
        "surface_x": x,
        "surface_y": y,
        "surface_r": float(case.features[x].corr(case.features[y])),
        "hatched": float(surface.support.outside.to_numpy().mean()),
        "surface_low": float(values.min()),
        "surface_high": float(values.max()),
    }


def _leak(case: Case) -> dict[str, Fact]:
    """The feature that alone tells the target best, if that is nearly without error.

    And the same of the categories that are left out.
    """
    features = _told(case)
    words = {str(name): _told_by_others(case.words[name], case) for name in case.words}
    facts: dict[str, Fact] = {}
    for which, told in (("leak", features), ("leak_word", words)):
        best = max(told, key=told.__getitem__, default="")
        strength = told.get(best, 0.0)
        facts |= {which: best if strength >= _NEARLY else "", f"{which}_strength": strength}
    return facts


def _told(case: Case) -> dict[str, float]:
    """Of each feature the best of |r|, |rho| and what the nearest rows tell; or of areas."""
    features, target = case.features, case.target
    if case.positive:
        areas = [_area(features[name], target) for name in features]
        alone = [max(area, 1 - area) for area in areas]
    else:
        r, rho = features.corrwith(target), features.rank().corrwith(target.rank())
        alone = np.maximum(r.abs(), rho.abs()).tolist()
    return {
        str(name): max(by_itself, _told_by_others(features[name], case))
        for name, by_itself in zip(features, alone, strict=True)
    }


def _area(feature: pd.Series[Any], target: pd.Series[Any]) -> float:
    """Under the ROC curve, by the ranks of the ones."""
    ranks = feature.rank()[target == 1]
    ones, zeros = len(ranks), len(feature) - len(ranks)
    return float((ranks.sum() - ones * (ones + 1) / 2) / (ones * zeros))


def _told_by_others(feature: pd.Series[Any], case: Case) -> float:
    """How well each row's target is told by the rows that are nearest in one feature.

    By the mean of the other rows with the same value; where there are none, by a line between the
    next smaller and the next larger value, which a category does not have. It finds what bends, as
    no r does. The root of the share of the variance that it explains, which compares with |r|, or
    the area under the ROC curve; 0 where fewer than half of the rows are told.
    """
    is_word = isinstance(feature.dtype, pd.CategoricalDtype)
    present = feature.notna()
    y = case.target[present].astype(float)
    values = feature.cat.codes[present] if is_word else feature[present]
    found, place, sizes = np.unique(values.to_numpy(), return_inverse=True, return_counts=True)
    sums = np.bincount(place, y)
    between = np.full(len(found), np.nan)
    if not is_word and len(found) > 2:
        means = sums / sizes
        along = (found[1:-1] - found[:-2]) / (found[2:] - found[:-2])
        between[1:-1] = means[:-2] + along * (means[2:] - means[:-2])
    others = (sums[place] - y.to_numpy()) / np.maximum(sizes[place] - 1, 1)
    told = pd.Series(np.where(sizes[place] > 1, others, between[place]), y.index).dropna()
    y = y[told.index]
    if 2 * len(told) < len(case.target) or y.nunique() < 2:
        return 0.0
    if case.positive:
        return _area(told, y)
    left = ((y - told) ** 2).sum() / ((y - y.mean()) ** 2).sum()
    return float(np.sqrt(max(1 - left, 0.0)))


def _map(strengths: Strengths, facts: Mapping[str, Fact]) -> Chart:
    rounding = _ROUNDING * float(facts["prediction_spread"])
    rms = strengths.rms.where(strengths.rms.isna() | (strengths.rms > rounding), 0.0)
    top = float(facts["strong_rms"]) or 1.0
    title = fill("What two do beyond their sum, from {background} rows", facts)
    return Heatmap.lower(
        rms,
        limits=(0, top),
        colours="viridis",
        text=rms.map(significant_text),
        scale=f"typical size, {facts['unit']}",
        title=title,
    )


def _painted(surface: Surface, facts: Mapping[str, Fact], target: str) -> Chart:
    values = surface.values.iloc[::-1]  # upwards on the page is upwards in y
    assert surface.support is not None
    outside = surface.support.outside.iloc[::-1]
    rows, columns = (_short(axis) for axis in (values.index, values.columns))
    named = pd.DataFrame(values.to_numpy(), rows, columns)
    scale = {"in units of the target": target, "of probability": "P({positive})"}
    text = scale.get(str(facts["unit"]), "log-odds of {positive}")
    return Heatmap(
        named,
        limits=None,
        colours="viridis",
        decimals=None,
        hatched=pd.DataFrame(outside.to_numpy(), rows, columns),
        scale=text.replace("{positive}", str(facts["positive"])),
        title="The mean prediction; hatched is farther out than any row",
    )


def _short(values: pd.Index[Any]) -> pd.Index[Any]:
    """Short numbers along a side, no two alike."""
    texts = [f"{value:.3g}" for value in values]
    if len(set(texts)) < len(texts):
        texts = [repr(float(value)) for value in values]
    return pd.Index(texts, name=values.name)


def _stopped(reason: str) -> Exhibit:
    counts = ("n", "word_count", "flat_count", "features_left_out", "rows_left_out", "sampled_from")
    return Exhibit(
        facts={
            **dict.fromkeys((*counts, "identifier_count"), 0),
            **dict.fromkeys(("score", "base_score", "surface_r", "echo", "stretch_score"), np.nan),
            **dict.fromkeys(("positive", "leak", "leak_word", "numbering"), ""),
        },
        table=pd.DataFrame({"reason": [reason]}),
        description=f"There is no figure. {reason}",
        readings={"rows": "{n}"},
        stopped=reason,
    )


def _described(facts: Mapping[str, Fact], target: str, model: str) -> str:
    return fill(
        "A map of how strongly each two of {feature_count} features interact in a {model} model "
        "of {target}, strongest {strong_x} and {strong_y}; and the surface of {surface_x} and "
        "{surface_y}. The {kind} is {score:.2f}, {asked}, against {base_score:.2f}.",
        {
            **facts,
            "target": target,
            "model": model,
            "kind": "AUC" if facts["positive"] else "R²",
            "asked": _asked(model),
        },
    )
