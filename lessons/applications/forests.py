"""Feature importance: what a forest used, what it needs, and what can stand in for what."""

from collections.abc import Callable, Mapping, Sequence
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
    Fact,
    Goal,
    LabAddress,
    Mistake,
    Option,
    Outcome,
    Predict,
    Rows,
    Seed,
    State,
    Step,
    Task,
    Value,
    fill,
    working,
)

MDI = "MDI"
_TRAINING, _TEST = "shuffled, training", "shuffled, test"
_CONTINUOUS, _COIN = "a decimal number", "a coin"
_MEASURED = ("male", "age", "class")
_LEAVES = (1, 20)
_FEW, _MANY = 10, 30
"""Shuffles: of a hundred deep trees, and of two hundred that answer for few women."""

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


def _another_keeps_less(state: State) -> bool:
    """Whether unseen passengers leave less of another feature's share than of the named one's."""
    shares = _shares_of_measured(state["seed"])
    return bool(
        (shares["test"] / shares["mdi"]).min() < state["flattered_test"] / state["flattered_mdi"]
    )


class Noise(Step):
    """
    ### Importance: ask on unseen data

    {passengers} passengers of the Titanic: sex, age, class. We add a column of pure noise, and
    grow a forest of a hundred trees to predict who survived.

    Which features does it need? There are two ways to ask. **MDI**, the default of scikit-learn,
    adds up how well the splits on a feature sorted the *training* passengers into those who
    survived and those who did not. **Shuffling** breaks one column and counts the accuracy that is
    lost.

    The habit. *Normaliser*: accuracy lost on data that the forest has not seen. *Scale*: from zero.
    *Trap*: a picture of what the forest memorised.

    One passenger of the {unseen} whom the forest has not seen is {one_passenger:.3f} of accuracy. A
    few of them more or less are chance: *Draw* makes another column of noise.
    """

    readings = {
        "worth of the noise, at most": "{noise_most:.3f}",
    }

    tables = (TITANIC,)

    asked = Choice("Ask by", (MDI, _TRAINING, _TEST), default=MDI)
    noise = Choice("The noise is", (_CONTINUOUS, _COIN), default=_CONTINUOUS)
    seed = Seed("Draw", high=4, default=2)
    typical = ("noise_mdi", "noise_test", "male_test")
    answers = {"flattered": Choice("MDI flatters it most", _MEASURED, default=None)}

    predict = Predict(
        "Sex, age, class and noise. Where does MDI rank the noise?",
        choices=[
            Option(
                text="Last, near zero",
                value=4,
                tempting=True,
                holds=lambda state: state["noise_mdi"] > state["male_mdi"],
                feedback=(
                    "It should. But a fully grown forest splits until nothing is left to tell "
                    "apart, and a column with as many values as passengers offers a split "
                    "everywhere. MDI gives the noise {noise_mdi:.3f}, more than sex with "
                    "{male_mdi:.3f}."
                ),
                misconception="mdi_is_importance",
            ),
            Option(
                text="First",
                value=1,
                feedback=(
                    "{noise_mdi:.3f}, before sex with {male_mdi:.3f}. The forest is right for "
                    "{on_training:.0%} of the passengers it has seen, and for {on_test:.0%} of the "
                    "others: much of what it learned is those passengers by heart."
                ),
                holds=lambda state: (
                    state["noise_mdi"] > state["male_mdi"] and state["on_training"] > 0.95
                ),
            ),
            Option(
                text="In the middle, ahead of class",
                value=3,
                feedback=(
                    "It does beat class, {class_mdi:.3f}. It also beats everything else: "
                    "{noise_mdi:.3f}."
                ),
                holds=lambda state: state["noise_mdi"] > max(state["class_mdi"], state["male_mdi"]),
                misconception="mdi_is_importance",
            ),
        ],
        answer=lambda exhibit: exhibit.facts["noise_rank"],
    )

    task = Task(
        "Find the way of asking that gives the noise less than {goal:.2f}, however small the "
        "leaves are. Keep the noise a decimal number. Then compare the maps: which of the three "
        "*measured* features loses most of its share when unseen passengers are asked instead of "
        "MDI?",
        goals=[
            Goal(
                "Each passenger has a noise of their own: now {noise_values:,} values for "
                "{passengers:,} passengers",
                met=lambda state: state["noise"] == _CONTINUOUS,
            ),
            Goal(
                "However small the leaves, the noise gets less than {goal:.2f}: now up to "
                "{noise_most:.3f}",
                met=lambda state: state["noise_most"] < state["goal"],
            ),
            Goal(
                "The measured feature that MDI flatters most is named: now {flattered}",
                met=lambda state: state["flattered"] == state["most_flattered"],
            ),
        ],
        solution={"asked": _TEST, "flattered": "age"},
        hints=[
            "What did the forest memorise? The training data. Do not ask it about those.",
            "Look at the fully grown forest, the column of one passenger in the smallest leaf.",
            "Which measured feature offers the most values to split at?",
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
            holds=lambda state: state["noise_grown"] < state["noise_mdi"] / 2,
        ),
        Mistake(
            "Shuffling, but on the data that the forest was grown on: it has learned the noise by "
            "heart, and misses it. {noise_grown:.3f} at the smallest leaves, where unseen "
            "passengers give {noise_test:.3f}.",
            when=lambda state: state["asked"] == _TRAINING,
            example={"asked": _TRAINING},
            misconception="any_data_will_judge",
            holds=lambda state: state["noise_grown"] > state["noise_test"] + 0.1,
        ),
        Mistake(
            "Of what the three measured features get, MDI gives {flattered} {flattered_mdi:.0%}, "
            "and unseen passengers {flattered_test:.0%}. Of the share of another one less is left.",
            when=lambda state: state["flattered"] not in (None, state["most_flattered"]),
            example={"flattered": "male"},
            misconception="mdi_is_importance",
            holds=_another_keeps_less,
        ),
    ]

    learned = [
        Outcome(
            "MDI ranks pure noise first of {features}, {noise_mdi:.3f}. Shuffled on unseen "
            "passengers it costs {noise_test:.3f} of accuracy, and sex {male_test:.3f}. Another "
            "feature of many values, age, goes from {flattered_mdi:.0%} of what the measured "
            "features get to {flattered_test:.0%}.",
            holds=lambda state: (
                state["noise_rank"] == 1
                and state["flattered"] == "age"
                and state["flattered_test"] < state["flattered_mdi"]
                and abs(state["noise_test"]) < state["male_test"] / 4
            ),
        )
    ]

    def appraise(self, exhibit: Exhibit, flattered: str | None) -> Mapping[str, Fact]:
        shares = _shares_of_measured(int(str(exhibit.setting["seed"])))
        return {
            f"flattered_{judge}": float(shares[judge].get(flattered, 0.0)) if flattered else 0.0
            for judge in ("mdi", "test")
        }

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("titanic", "one_against_all", {"target": "survived"})

    def show(self, asked: str, noise: str, seed: int) -> Exhibit:
        is_coin = noise == _COIN
        shown = _judged(asked, is_coin, seed)
        shares = _shares_of_measured(seed)
        row = shown.T["noise"]
        facts: dict[str, Any] = {
            **_noise_facts(seed),
            "noise_values": _values_of_noise(is_coin=is_coin, seed=seed),
            "noise_grown": float(row.iloc[0]),
            "noise_most": float(row.abs().max()),
            "most_flattered": str((shares["test"] / shares["mdi"]).idxmin()),
            "goal": 0.05,
        }
        return Exhibit(
            figures=(
                Heatmap(
                    shown,
                    (min(0.0, float(shown.to_numpy().min())), float(shown.to_numpy().max())),
                    colours="viridis",
                    decimals=3,
                    scale="share of the gain by splits" if asked == MDI else "accuracy lost",
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
def _passengers(*, is_coin: bool, seed: int) -> Split:
    from sklearn.model_selection import train_test_split

    titanic = table("titanic").dropna()
    noise = np.random.default_rng(seed).normal(size=len(titanic))
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


def _values_of_noise(*, is_coin: bool, seed: int) -> int:
    data = _passengers(is_coin=is_coin, seed=seed)
    return int(pd.concat([data.seen["noise"], data.unseen["noise"]]).nunique())


@lru_cache(maxsize=4)  # of a decimal number and of a coin, up to 3 MB each
def _forest(*, is_coin: bool, seed: int, leaf: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    working(0.1, "Growing a forest")
    data = _passengers(is_coin=is_coin, seed=seed)
    model = RandomForestClassifier(100, min_samples_leaf=leaf, random_state=0, n_jobs=1)
    return model.fit(data.seen, data.known)


@cache
def _judged(asked: str, is_coin: bool, seed: int) -> pd.DataFrame:
    """What each feature is worth: a row a feature, a column a size of the smallest leaf."""
    columns = {leaf: _worth(asked, is_coin=is_coin, seed=seed, leaf=leaf) for leaf in _LEAVES}
    return pd.DataFrame(columns).rename_axis(columns="passengers in the smallest leaf")


@cache
def _worth(asked: str, *, is_coin: bool, seed: int, leaf: int) -> "pd.Series[float]":
    """What each feature is worth to the forest with leaves of at least this size."""
    data = _passengers(is_coin=is_coin, seed=seed)
    model = _forest(is_coin=is_coin, seed=seed, leaf=leaf)
    features = data.seen.columns.tolist()
    if asked == MDI:
        return pd.Series(model.feature_importances_, features)
    cases, truth = (data.seen, data.known) if asked == _TRAINING else (data.unseen, data.truth)
    return pd.Series(_one_by_one(cost(model, cases, truth, _FEW), features), features)


@cache
def _noise_facts(seed: int) -> dict[str, Any]:
    """What MDI and unseen passengers say of the decimal noise, in the fully grown forest."""
    data, model = _passengers(is_coin=False, seed=seed), _forest(is_coin=False, seed=seed, leaf=1)
    mdi = _worth(MDI, is_coin=False, seed=seed, leaf=1)
    lost = _worth(_TEST, is_coin=False, seed=seed, leaf=1)
    return {
        "passengers": len(data.seen) + len(data.unseen),
        "unseen": len(data.unseen),
        "one_passenger": 1 / len(data.unseen),
        "features": len(mdi),
        "noise_mdi": float(mdi["noise"]),
        "male_mdi": float(mdi["male"]),
        "class_mdi": float(mdi["class"]),
        "noise_rank": int(mdi.rank(ascending=False)["noise"]),
        "noise_test": float(lost["noise"]),
        "male_test": float(lost["male"]),
        "on_training": float((model.predict(data.seen) == data.known).mean()),
        "on_test": float((model.predict(data.unseen) == data.truth).mean()),
    }


@cache
def _shares_of_measured(seed: int) -> pd.DataFrame:
    """Of what the measured features get, each one's share: by MDI, and on unseen passengers."""
    worth = {
        name: _worth(asked, is_coin=False, seed=seed, leaf=1)[list(_MEASURED)]
        for name, asked in (("mdi", MDI), ("test", _TEST))
    }
    return pd.DataFrame({name: values / values.sum() for name, values in worth.items()})


def cost(model: Any, cases: pd.DataFrame, truth: Labels, shuffles: int) -> Cost:
    """The accuracy that is lost, on average, when columns are shuffled together."""
    values = cases.to_numpy()
    right = float((model.predict(cases) == truth).mean())
    orders = [np.random.default_rng(seed).permutation(len(cases)) for seed in range(shuffles)]

    def lost(names: Sequence[str]) -> float:
        columns = cases.columns.get_indexer(pd.Index(names))
        shuffled, kind = np.unique(values[:, columns], axis=0, return_inverse=True)
        # A column of few values makes few cases that differ, however often it is shuffled.
        made = [np.arange(len(cases)) * len(shuffled) + kind[order] for order in orders]
        distinct, place = np.unique(made, return_inverse=True)
        rows = values[distinct // len(shuffled)]
        rows[:, columns] = shuffled[distinct % len(shuffled)]
        said = model.predict(pd.DataFrame(rows, columns=cases.columns))[place]
        return right - float((said == truth).mean())

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

    MDI has its favourites: `{leader}` leads with {top_mdi:.3f}. But to shuffle one feature asks how
    well the forest does without *that one*, while it keeps the others.

    *Order*: put features that say the same side by side, and ask them together.
    """

    readings = {
        "lost together": "{joint:.3f}",
        "lost one by one, in all": "{sum_alone:.3f}",
        "features shuffled": "{columns}",
    }

    tables = (BREAST_CANCER,)

    asked = Choice("Ask by", (MDI, _TEST), default=MDI)
    together = Rows("Shuffle together", FAMILIES)

    predict = Predict(
        "`{leader}` leads by MDI. Shuffle it on unseen women. The forest is right for "
        "{accuracy:.1%}; how much of that is lost?",
        choices=[
            Option(
                text="About {top_mdi:.0%}, as MDI says",
                value="as much",
                feedback=(
                    "MDI is a share of what all splits achieved, not of the accuracy. Without its "
                    "perimeter the forest still reads radius and area. To shuffle it costs "
                    "{top_alone:.3f}, and the costliest feature costs {largest_alone:.4f}."
                ),
                misconception="mdi_is_importance",
                holds=lambda state: state["top_alone"] < state["top_mdi"] / 5,
                tempting=True,
            ),
            Option(
                text="Less than one point in a hundred",
                value="nothing",
                feedback=(
                    "It costs {top_alone:.3f}: by chance the forest is even right a little more "
                    "often. What the feature says, others say as well. Think of a choir with three "
                    "sopranos: send one home, and nobody hears it."
                ),
                holds=lambda state: state["top_alone"] < 0 and state["largest_alone"] < 0.01,
            ),
            Option(
                text="Most of it: it is the most important feature",
                value="most",
                feedback=(
                    "It leads, and it is not alone. Shuffled, it costs {top_alone:.3f}: what it "
                    "says, others say as well."
                ),
                misconception="zero_cost_is_useless",
                holds=lambda state: state["top_alone"] < state["size_cost"] / 5,
            ),
        ],
        answer=lambda exhibit: "nothing" if float(exhibit.facts["top_alone"]) < 0.01 else "as much",
        seen_at={"asked": "shuffled, test"},
    )

    task = Task(
        "The costliest feature alone costs {largest_alone:.4f}. Make the forest lose more than "
        "{goal:.2f} of its accuracy all the same, by shuffling at most {most_families} families "
        "together. Look at the map of shuffles.",
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
            "{families} families at once cost {joint:.3f}. The more you shuffle, the less is left "
            "to know, and the less it says about any of them. At most {most_families}.",
            when=lambda state: state["families"] > state["most_families"],
            example={"asked": _TEST, "together": FAMILIES},
            misconception="zero_cost_is_useless",
        ),
        Mistake(
            "Shuffled together they cost {joint:.3f}. The map beside it still shows MDI, which "
            "takes each feature by itself: ask by shuffling.",
            when=lambda state: state["joint"] > state["goal"],
            example={"together": _SIZE},
            misconception="mdi_is_importance",
            holds=lambda state: state["asked"] == MDI,
        ),
        Mistake(
            "{joint:.3f} so far. Features outside this choice still tell the forest what these "
            "told it, or these told it little. One by one they lose {sum_alone:.3f} in all.",
            when=lambda state: state["families"] > 0,
            example={"asked": _TEST, "together": ("texture", "smoothness")},
            misconception="groups_add_up",
            holds=lambda state: state["joint"] <= state["goal"],
        ),
    ]

    learned = [
        Outcome(
            "One by one the costliest feature costs {largest_alone:.4f}, and the {columns} "
            "features of your families lose {sum_alone:.3f} in all. Shuffled together they cost "
            "{joint:.3f}. A loss near zero may mean that others stand in for the feature, and not "
            "that it is useless.",
            holds=lambda state: (
                state["joint"] > 5 * max(state["sum_alone"], state["largest_alone"])
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        settings: dict[str, Value] = {"method": "Pearson", "order": "clustered"}
        return LabAddress("breast_cancer", "association_map", settings)

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
                scale="share of the gain by splits",
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
                "Thirty features on a grid of ten families by mean, error and worst. Alone the "
                "costliest costs {largest_alone:.4f} of accuracy; the {families} "
                "{families:family|families} chosen {families:costs|cost} {joint:.3f} together.",
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
    leader = str(importances["mdi"].idxmax())
    return {
        "features": len(importances),
        "women": len(data.test),
        "accuracy": float(tumour_forest().score(data.test, data.test_benign)),
        "leader": leader,
        "top_mdi": float(importances["mdi"][leader]),
        "top_alone": float(importances["alone"][leader]),
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
