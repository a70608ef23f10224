"""Feature importance: what a forest used, what it needs, and what can stand in for what."""

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lessons.tables import BREAST_CANCER, TITANIC, table, tumours
from lib.charts import Bars, Heatmap
from lib.course import (
    Choice,
    Exhibit,
    Goal,
    Mistake,
    Option,
    Outcome,
    Predict,
    Rows,
    Step,
    Task,
    fill,
    working,
)

MDI = "MDI"
_TRAINING, _TEST = "shuffled, training", "shuffled, test"
_CONTINUOUS, _COIN = "a decimal number", "a coin"
_LEAVES = (1, 20)
_FEW, _MANY = 10, 30
"""Shuffles: of three hundred deep trees, and of two hundred that answer for few women."""

FAMILIES = (
    "radius", "texture", "perimeter", "area", "smoothness",
    "compactness", "concavity", "concave points", "symmetry", "fractal dimension",
)  # fmt: skip
_SIZE, _DENTS = ("radius", "perimeter", "area"), ("concavity", "concave points")

Labels = NDArray[np.integer[Any]]
Cost = Callable[[Sequence[str]], float]
"""Given the names of columns, the accuracy that is lost when they are shuffled together."""


class Split(NamedTuple):
    """A table in two parts, with what is to be predicted of each."""

    seen: pd.DataFrame
    unseen: pd.DataFrame
    known: Labels
    truth: Labels


class Noise(Step):
    """
    ### Importance: ask on unseen data

    {passengers} passengers of the Titanic: sex, age, class. We add a column of pure noise, and
    grow a forest of three hundred trees to predict who survived.

    Which features does it need? There are two ways to ask. **MDI**, the default of scikit-learn,
    adds up how much each feature tidied the *training* data. **Shuffling** breaks one column and
    counts the accuracy that is lost.

    The habit. *Normaliser*: accuracy lost on data that the forest has not seen. *Scale*: from zero.
    *Trap*: a picture of what the forest memorised.
    """

    tables = (TITANIC,)

    asked = Choice("Ask by", (MDI, _TRAINING, _TEST), default=MDI)
    noise = Choice("The noise is", (_CONTINUOUS, _COIN), default=_CONTINUOUS)

    predict = Predict(
        "Sex, age, class and noise. Where does MDI rank the noise?",
        choices=[
            Option(
                text="Last, near zero",
                value=4,
                feedback=(
                    "It should. But a fully grown forest splits until every passenger is alone, "
                    "and a column with as many values as passengers is the best tool for that. MDI "
                    "gives the noise {noise_mdi:.3f}, more than sex with {male_mdi:.3f}."
                ),
                misconception="mdi_is_importance",
            ),
            Option(
                text="First",
                value=1,
                feedback=(
                    "{noise_mdi:.3f}, before sex with {male_mdi:.3f}. The forest is right for "
                    "{on_training:.0%} of the passengers it has seen, and for {on_test:.0%} of the "
                    "others. Shuffled on those, the noise costs {noise_test:.3f}."
                ),
            ),
            Option(
                text="In the middle, ahead of class",
                value=3,
                feedback=(
                    "It does beat class, {class_mdi:.3f}. It also beats everything else: "
                    "{noise_mdi:.3f}."
                ),
                misconception="mdi_is_importance",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["noise_rank"],
    )

    task = Task(
        "Find the way of asking that gives the noise less than {goal:.2f}, however small the "
        "leaves are. Keep the noise a decimal number.",
        goals=[
            Goal(
                "The noise is a decimal number: now it is {noise}",
                met=lambda state: state["noise"] == _CONTINUOUS,
            ),
            Goal(
                "However small the leaves, the noise gets less than {goal:.2f}: now up to "
                "{noise_most:.3f}",
                met=lambda state: state["noise_most"] < state["goal"],
            ),
        ],
        solution={"asked": _TEST},
        hints=[
            "What did the forest memorise? The training data. Do not ask it about those.",
        ],
    )

    mistakes = [
        Mistake(
            "A coin has two values, and so offers a forest few places to split: {noise_grown:.3f} "
            "at the smallest leaves. That is no merit of the judge. The decimal noise had "
            "{noise_mdi:.3f} by MDI.",
            when=lambda state: state["noise"] == _COIN,
            example={"noise": _COIN},
            misconception="mdi_is_importance",
        ),
        Mistake(
            "Shuffling, but on the data that the forest was grown on: it has learned the noise by "
            "heart, and misses it. {noise_grown:.3f} at the smallest leaves, where unseen "
            "passengers give {noise_test:.3f}.",
            when=lambda state: state["asked"] == _TRAINING,
            example={"asked": _TRAINING},
            misconception="any_data_will_judge",
        ),
    ]

    learned = [
        Outcome(
            "MDI ranks pure noise first of {features}, {noise_mdi:.3f}. Shuffled on unseen "
            "passengers it costs {noise_test:.3f} of accuracy, and sex {male_test:.3f}."
        )
    ]

    def show(self, asked: str, noise: str) -> Exhibit:
        is_coin = noise == _COIN
        shown = _judged(asked, is_coin)
        row = shown.T["noise"]
        facts: dict[str, Any] = {
            **_noise_facts(),
            "noise_grown": float(row.iloc[0]),
            "noise_most": float(row.abs().max()),
            "goal": 0.01,
        }
        return Exhibit(
            figures=(
                Heatmap(
                    shown,
                    (min(0.0, float(shown.to_numpy().min())), float(shown.to_numpy().max())),
                    colours="viridis",
                    decimals=3,
                    scale="share of the tidying" if asked == MDI else "accuracy lost",
                    title=asked,
                ),
            ),
            facts=facts,
            table=shown.round(4),
            description=fill(
                "Importance of four features for two sizes of the smallest leaf. The noise has "
                "{noise_grown:.3f} in the fully grown forest and at most {noise_most:.3f} in any.",
                facts,
            ),
        )


@cache
def _passengers(*, is_coin: bool) -> Split:
    from sklearn.model_selection import train_test_split

    titanic = table("titanic").dropna()
    noise = np.random.default_rng(0).normal(size=len(titanic))
    features = pd.DataFrame(
        {
            "male": (titanic["sex"] == "male").astype(float),
            "age": titanic["age"],
            "class": titanic["passengerClass"].str[0].astype(float),
            "noise": (noise > 0).astype(float) if is_coin else noise,
        }
    )
    survived = (titanic["survived"] == "yes").to_numpy().astype(int)
    return Split(
        *train_test_split(features, survived, test_size=0.3, random_state=0, stratify=survived)
    )


@lru_cache(maxsize=2)  # up to 7 MB each
def _forest(*, is_coin: bool, leaf: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    working(0.1, "Growing a forest")
    data = _passengers(is_coin=is_coin)
    model = RandomForestClassifier(300, min_samples_leaf=leaf, random_state=0, n_jobs=1)
    return model.fit(data.seen, data.known)


@cache
def _judged(asked: str, is_coin: bool) -> pd.DataFrame:
    """What each feature is worth: a row a feature, a column a size of the smallest leaf."""
    data = _passengers(is_coin=is_coin)
    features = data.seen.columns.tolist()
    cases, truth = (data.seen, data.known) if asked == _TRAINING else (data.unseen, data.truth)
    columns = {}
    for leaf in _LEAVES:
        model = _forest(is_coin=is_coin, leaf=leaf)
        columns[leaf] = (
            model.feature_importances_
            if asked == MDI
            else _one_by_one(cost(model, cases, truth, _FEW), features)
        )
    return pd.DataFrame(
        columns, pd.Index(features), pd.Index(_LEAVES, name="passengers in the smallest leaf")
    )


@cache
def _noise_facts() -> dict[str, Any]:
    """What MDI and unseen passengers say of the decimal noise, in the fully grown forest."""
    data, model = _passengers(is_coin=False), _forest(is_coin=False, leaf=1)
    mdi = pd.Series(model.feature_importances_, data.seen.columns)
    lost = cost(model, data.unseen, data.truth, _FEW)
    return {
        "passengers": len(data.seen) + len(data.unseen),
        "features": len(mdi),
        "noise_mdi": float(mdi["noise"]),
        "male_mdi": float(mdi["male"]),
        "class_mdi": float(mdi["class"]),
        "noise_rank": int(mdi.rank(ascending=False)["noise"]),
        "noise_test": lost(["noise"]),
        "male_test": lost(["male"]),
        "on_training": float((model.predict(data.seen) == data.known).mean()),
        "on_test": float((model.predict(data.unseen) == data.truth).mean()),
    }


def cost(model: Any, cases: pd.DataFrame, truth: Labels, shuffles: int) -> Cost:
    """The accuracy that is lost, on average, when columns are shuffled together."""
    values = cases.to_numpy()
    right = float((model.predict(cases) == truth).mean())
    orders = [np.random.default_rng(seed).permutation(len(cases)) for seed in range(shuffles)]

    def lost(names: Sequence[str]) -> float:
        shuffled = np.tile(values, (shuffles, 1, 1))
        columns = cases.columns.get_indexer(pd.Index(names))
        for copy, order in zip(shuffled, orders, strict=True):
            copy[:, columns] = values[order][:, columns]
        said = model.predict(pd.DataFrame(np.concatenate(shuffled), columns=cases.columns))
        return right - float((said == np.tile(truth, shuffles)).mean())

    return lost


def _one_by_one(lost: Cost, names: Sequence[str]) -> list[float]:
    """The accuracy that is lost when each column is shuffled by itself."""
    losses = []
    for number, name in enumerate(names):
        working(number / len(names), "Shuffling one column after the other")
        losses.append(lost([name]))
    return losses


class Together(Step):
    """
    ### Importance: shuffle what belongs together

    A forest reads {features} measurements of a tumour and is right for {accuracy:.1%} of {women}
    women that it has not seen. The map has a place for each: ten families, and of each the mean,
    the error and the worst.

    MDI has its favourites; `worst perimeter` leads with {top_mdi:.3f}. Now shuffle each one on
    unseen data. None seems to matter.

    Then think of a choir with three sopranos. Send one home, and nobody hears it. *Order*: put
    features that say the same side by side, and ask them together.
    """

    tables = (BREAST_CANCER,)

    asked = Choice("Ask by", (MDI, _TEST), default=MDI)
    together = Rows("Shuffle together", FAMILIES)

    predict = Predict(
        "`worst perimeter` leads by MDI. Shuffle it on unseen women. The forest is right for "
        "{accuracy:.1%}; how much of that is lost?",
        choices=[
            Option(
                text="About {top_mdi:.0%}, as MDI says",
                value="as much",
                feedback=(
                    "MDI is a share of the tidying, not of the accuracy. Without its perimeter the "
                    "forest reads radius and area: {top_alone:.3f} lost, and {largest_alone:.3f} "
                    "at most for any feature."
                ),
                misconception="mdi_is_importance",
            ),
            Option(
                text="Less than one point in a hundred",
                value="nothing",
                feedback=(
                    "{top_alone:.3f}. And no feature alone costs more than {largest_alone:.4f}. "
                    "Others say the same, so the forest does not miss it."
                ),
            ),
            Option(
                text="Most of it: it is the most important feature",
                value="most",
                feedback=(
                    "It leads, and it is not alone. Shuffled, it costs {top_alone:.3f}. All "
                    "of size together cost {size_cost:.3f}."
                ),
                misconception="zero_cost_is_useless",
            ),
        ],
        answer=lambda exhibit: (
            "nothing" if float(exhibit.facts["largest_alone"]) < 0.01 else "as much"
        ),
    )

    task = Task(
        "Make the forest lose more than {goal:.2f} of its accuracy by shuffling at most "
        "{most_families} families together, where none of their features costs anything to speak "
        "of alone. Look at the map of shuffles.",
        goals=[
            Goal(
                "What is asked is what shuffling costs where the forest has not learned: now "
                "{asked}",
                met=lambda state: state["asked"] == _TEST,
            ),
            Goal(
                "At most {most_families} families are shuffled together: now {families}",
                met=lambda state: state["families"] <= state["most_families"],
            ),
            Goal(
                "Together they cost more than {goal:.2f}: now {joint:.2f}",
                met=lambda state: state["joint"] > state["goal"],
            ),
        ],
        solution={"asked": _TEST, "together": _SIZE},
        hints=[
            "Which families measure the same thing in other units?",
            "A circle has a radius, a perimeter and an area.",
        ],
    )

    mistakes = [
        Mistake(
            "{families} families at once cost {joint:.3f}. Shuffle everything and nothing is left "
            "to know; that says little about any of them. At most {most_families}.",
            when=lambda state: state["families"] > state["most_families"],
            example={"asked": _TEST, "together": FAMILIES},
            misconception="zero_cost_is_useless",
        ),
        Mistake(
            "Shuffled together they cost {joint:.3f}. The map beside it still shows MDI, which "
            "knows nothing of that: ask by shuffling.",
            when=lambda state: state["joint"] > state["goal"],
            example={"together": _SIZE},
            misconception="mdi_is_importance",
        ),
        Mistake(
            "Only {joint:.3f}. One by one their features lose {sum_alone:.3f} in all. These do "
            "not stand in for each other, or somebody outside stands in for them.",
            when=lambda state: state["families"] > 0,
            example={"asked": _TEST, "together": ("texture", "smoothness")},
            misconception="groups_add_up",
        ),
    ]

    learned = [
        Outcome(
            "One by one no feature costs more than {largest_alone:.4f}. Size together costs "
            "{size_cost:.3f}, with the dents of the outline {with_dents_cost:.3f}. Near zero means"
            " replaceable, not useless."
        )
    ]

    def show(self, asked: str, together: tuple[str, ...]) -> Exhibit:
        importances = _importances()
        chosen = _columns_of(together)
        alone = importances["alone"]
        joint = joint_cost(together) if together else 0.0
        facts: dict[str, Any] = {
            **_together_facts(),
            "families": len(together),
            "columns": len(chosen),
            "joint": joint,
            "sum_alone": float(alone[chosen].sum()),
            "most_alone": float(alone[chosen].max()) if together else 0.0,
            "goal": 0.25,
            "most_families": 3,
        }
        shown = as_grid(alone if asked == _TEST else importances["mdi"])
        heatmap = (
            Heatmap(shown, (-0.02, 0.02), decimals=3, scale="accuracy lost", title="Alone, test")
            if asked == _TEST
            else Heatmap(
                shown,
                (0.0, 0.15),
                colours="viridis",
                decimals=3,
                scale="share of the tidying",
                title=MDI,
            )
        )
        lost = pd.DataFrame(
            {"accuracy lost": [facts["sum_alone"], joint]}, ["one by one, added", "together"]
        )
        bars = Bars(lost, title="Chosen families", x="", marks={"goal": facts["goal"]})
        return Exhibit(
            figures=(heatmap, bars) if together else (heatmap,),
            across=2,
            facts=facts,
            table=shown.round(4),
            description=fill(
                "Thirty features on a grid of ten families by mean, error and worst. Alone none "
                "costs more than {largest_alone:.4f} of accuracy; the {families} families chosen "
                "cost {joint:.3f} together.",
                facts,
            ),
        )


@cache
def tumour_forest() -> Any:
    """The forest that reads all thirty measurements."""
    from sklearn.ensemble import RandomForestClassifier

    working(0.1, "Growing a forest")
    data = tumours()
    model = RandomForestClassifier(200, random_state=42, n_jobs=1)
    return model.fit(data.train, data.train_benign)


@cache
def _importances() -> pd.DataFrame:
    """Of each measurement: its MDI, and the accuracy that is lost when it alone is shuffled."""
    features = tumours().train.columns
    alone = _one_by_one(_tumour_cost(), features.tolist())
    return pd.DataFrame({"mdi": tumour_forest().feature_importances_, "alone": alone}, features)


def alone_on_unseen() -> "pd.Series[float]":
    """The accuracy that is lost when one measurement is shuffled."""
    return _importances()["alone"]


@cache
def _tumour_cost() -> Cost:
    return cost(tumour_forest(), tumours().test, tumours().test_benign.to_numpy(), _MANY)


@lru_cache(maxsize=256)
def joint_cost(families: tuple[str, ...]) -> float:
    """The accuracy that is lost when all columns of these families are shuffled together."""
    return _tumour_cost()(_columns_of(families))


@cache
def _together_facts() -> dict[str, Any]:
    data, importances = tumours(), _importances()
    return {
        "features": len(importances),
        "women": len(data.test),
        "accuracy": float(tumour_forest().score(data.test, data.test_benign)),
        "top_mdi": float(importances["mdi"]["worst perimeter"]),
        "top_alone": float(importances["alone"]["worst perimeter"]),
        "largest_alone": float(importances["alone"].max()),
        "size_cost": joint_cost(_SIZE),
        "with_dents_cost": joint_cost((*_SIZE, *_DENTS)),
    }


def _columns_of(families: Sequence[str]) -> list[str]:
    return [name for name in tumours().train.columns if _family(name) in families]


def _family(name: str) -> str:
    return name.removeprefix("mean ").removeprefix("worst ").removesuffix(" error")


def as_grid(importances: "pd.Series[float]") -> pd.DataFrame:
    """The thirty measurements as ten families by mean, error and worst."""
    grid = importances.to_numpy().reshape(3, len(FAMILIES)).T
    return pd.DataFrame(grid, pd.Index(FAMILIES), pd.Index(["mean", "error", "worst"]))
