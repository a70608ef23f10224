"""Exercises on importance: on which rows it is asked, and what stands in for what."""

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.practising import Slip, bands, cell, fair, one_of
from lessons.tables import table
from lib.charts import Heatmap, number_text
from lib.course import Arrange, ChooseOne, ClickCell, Exercise, Reply, TypeNumber, kind

Floats = npt.NDArray[np.float64]

_SHUFFLES = 8


def _lost(
    far: Sequence[Floats],
    right: npt.NDArray[np.bool_],
    orders: npt.NDArray[np.int64],
    together: int,
) -> dict[tuple[int, ...], float]:
    """The accuracy that is lost when up to so many columns are shuffled together.

    far      for each column the squared distances of the rows (down) to what they are compared with
    right    whether that would be the right answer to the row
    orders   in which the rows are shuffled, a row each
    """
    whole = np.sum(far, axis=0)
    rows = np.arange(len(right))

    def accuracy(distances: Floats) -> float:
        return float(right[rows, distances.argmin(axis=-1)].mean())

    def lost(group: tuple[int, ...]) -> float:
        theirs = np.sum([far[column] for column in group], axis=0)
        return before - accuracy(whole - theirs + theirs[orders])

    before = accuracy(whole)
    columns = range(len(far))
    return {
        group: lost(group)
        for size in range(1, together + 1)
        for group in combinations(columns, size)
    }


def _orders(generator: np.random.Generator, rows: int) -> npt.NDArray[np.int64]:
    return generator.permuted(np.tile(np.arange(rows), (_SHUFFLES, 1)), axis=1)


_GUESSES = (
    ("Which houses are sold within a month", ("price", "size", "age", "distance", "floor")),
    ("Which seeds sprout", ("weight", "moisture", "warmth", "depth", "light")),
    ("Which trains are late", ("length", "stops", "rain", "load", "hour")),
)


class _Diced(NamedTuple):
    """Columns of which one says nothing, and an outcome; half of the rows are known."""

    measured: Floats
    outcome: npt.NDArray[np.bool_]
    noise: int
    orders: npt.NDArray[np.int64]

    def lost(self, part: slice) -> Floats:
        """What shuffling each column costs who answers with the nearest known row."""
        cases, known = self.measured[part], self.measured[_KNOWN]
        far = [(cases[:, [column]] - known[:, column]) ** 2 for column in range(known.shape[1])]
        right = self.outcome[part][:, None] == self.outcome[_KNOWN]
        return np.array(list(_lost(far, right, self.orders, 1).values()))


_ROWS = 60
_KNOWN, _NEW = slice(0, _ROWS), slice(_ROWS, None)


def _diced(generator: np.random.Generator) -> _Diced:
    measured = generator.normal(size=(2 * _ROWS, 4))
    noise = int(generator.integers(4))
    pulls = generator.uniform(0.6, 1.6, 4)
    pulls[noise] = 0
    outcome = measured @ pulls + generator.normal(scale=0.3, size=2 * _ROWS) > 0
    # Columns in wider units count for more among the distances, whether they say anything or not.
    units = generator.uniform(0.6, 1.2, 4)
    units[noise] = generator.uniform(1, 1.8)
    return _Diced(measured * units, outcome, noise, _orders(generator, _ROWS))


@kind(transfer=True)
def which_column_was_diced(generator: np.random.Generator) -> Exercise:
    """Telling noise from a feature, by what shuffling costs."""
    question, words = one_of(generator, _GUESSES)
    names = [words[place] for place in generator.permutation(len(words))[:4]]

    def is_fair(diced: _Diced) -> bool:
        new = diced.lost(_NEW)
        others = np.delete(new, diced.noise)
        return bool(
            abs(new[diced.noise]) < 0.04
            and others.min() > new[diced.noise] + 0.05
            and diced.lost(_KNOWN).argmin() != diced.noise
        )

    diced = fair(lambda: _diced(generator), is_fair)
    noise = names[diced.noise]
    lost = pd.DataFrame({"known rows": diced.lost(_KNOWN), "new rows": diced.lost(_NEW)}, names)
    least = str(lost["known rows"].idxmin())
    new = {name: cell(lost, name, "new rows") for name in names}
    known = {name: cell(lost, name, "known rows") for name in names}

    said = number_text

    def reply(name: str) -> Reply:
        if name == noise:
            return Reply(
                text=name,
                feedback=f"On new rows it costs {said(new[name])}, and the cheapest of the "
                f"others {said(sorted(new.values())[1])}. On known rows it costs "
                f"{said(known[name])}: there the model has learned the dice by heart.",
                right=True,
                holds=known[name] > new[name],
            )
        if name == least:
            feedback = (
                f"On known rows it costs least, {said(known[name])}. The model has those by heart, "
                f"dice and all. On new rows it costs {said(new[name])}, and {noise} "
                f"{said(new[noise])}."
            )
        else:
            feedback = (
                f"On new rows {name} costs {said(new[name])}, so the model needs it there. To "
                f"shuffle {noise} costs {said(new[noise])}."
            )
        return Reply(
            text=name,
            feedback=feedback,
            misconception="any_data_will_judge",
            holds=new[name] > new[noise] + 0.05,
        )

    words_of_map = "; ".join(
        f"{name}: {said(known[name])} on known rows, {said(new[name])} on new rows"
        for name in names
    )
    return ChooseOne(
        question=f"{question}? A model answers with the most similar row that it knows. Three of "
        "its columns were measured, and one was filled by dice. The map says what accuracy is lost "
        "when a column is shuffled. Which one was diced?",
        figures=[
            Heatmap(
                lost,
                (min(0.0, float(lost.to_numpy().min())), float(lost.to_numpy().max())),
                colours="viridis",
                scale="accuracy lost",
                title="Shuffled one by one",
            )
        ],
        description=f"A map of accuracy lost. {words_of_map}.",
        choices=[reply(name) for name in names],
    )


_TABLES = {
    "wine": ("cultivar", {"alcohol": "alcohol", "malic_acid": "malic acid", "hue": "hue",
                          "flavanoids": "flavanoids", "total_phenols": "phenols",
                          "color_intensity": "colour", "proline": "proline"},
             "wines by their cultivar"),
    "iris": ("species", {"sepal length (cm)": "sepal length", "sepal width (cm)": "sepal width",
                         "petal length (cm)": "petal length", "petal width (cm)": "petal width"},
             "irises by their species"),
    "salaries": ("rank", {"yrs.since.phd": "since PhD", "yrs.service": "service",
                          "salary": "salary"},
                 "professors by their rank"),
}  # fmt: skip


@cache
def _standard(name: str) -> tuple[Floats, npt.NDArray[np.int64]]:
    classes, columns, _ = _TABLES[name]
    rows = table(name)[[classes, *columns]].dropna()
    measured = rows[list(columns)].to_numpy(float)
    codes, _ = pd.factorize(rows[classes].astype(str))
    return (measured - measured.mean(axis=0)) / measured.std(axis=0), codes.astype(np.int64)


class _Costs(NamedTuple):
    """What shuffling costs: of each column alone, and of each pair, named by its row first."""

    name: str
    rows: int
    lost: dict[tuple[str, ...], float]

    @property
    def names(self) -> list[str]:
        """The columns."""
        return [group[0] for group in self.lost if len(group) == 1]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every pair once."""
        return [(group[0], group[1]) for group in self.lost if len(group) == 2]

    def added(self, pair: tuple[str, str]) -> float:
        """What two cost one by one, added."""
        return self.lost[pair[:1]] + self.lost[pair[1:]]

    def beyond(self, pair: tuple[str, str]) -> float:
        """What two cost together beyond that."""
        return self.lost[pair] - self.added(pair)

    @property
    def none_helps(self) -> bool:
        """Whether no column alone, when shuffled, makes the model clearly better."""
        return min(self.lost[name,] for name in self.names) > -0.01

    @property
    def title(self) -> str:
        """What is named, and of how many rows."""
        return f"{self.rows} unseen {_TABLES[self.name][2]}"

    @property
    def chart(self) -> Heatmap:
        """Single columns on the diagonal, pairs below it."""
        lost = pd.DataFrame(np.zeros((len(self.names),) * 2), self.names, self.names)
        for group, value in self.lost.items():
            lost.loc[group[0], group[-1]] = value
        most = max(self.lost.values())
        above = np.triu(np.ones(lost.shape, bool), 1)
        return Heatmap(
            lost,
            (-most, most),
            hidden=pd.DataFrame(above, lost.index, lost.columns),
            decimals=3,
            scale="accuracy lost",
            title=self.title,
        )

    @property
    def in_words(self) -> str:
        """Every cell of the map."""
        alone = ", ".join(f"{name} {self.lost[name,]:.3f}" for name in self.names)
        both = ", ".join(f"{' and '.join(pair)} {self.lost[pair]:.3f}" for pair in self.pairs)
        return f"A map of accuracy lost. Alone: {alone}. Together: {both}."


def _costs(generator: np.random.Generator) -> _Costs:
    """A half of the rows gives the means of the classes, the other is named by the nearest."""
    name = one_of(generator, list(_TABLES))
    measured, codes = _standard(name)
    words = list(_TABLES[name][1].values())
    chosen = generator.permutation(len(words))[:4]
    seen = generator.random(len(codes)) < 0.5
    means = np.array([measured[seen & (codes == each)].mean(axis=0) for each in set(codes)])
    unseen, truth = measured[~seen], codes[~seen]
    far = [(unseen[:, [one]] - means[:, one]) ** 2 for one in chosen]
    right = truth[:, None] == np.arange(len(means))
    lost = {
        tuple(words[chosen[column]] for column in reversed(group)): value
        for group, value in _lost(far, right, _orders(generator, len(unseen)), 2).items()
    }
    return _Costs(name, len(unseen), lost)


@kind(transfer=True)
def missed_together(generator: np.random.Generator) -> Exercise:
    """Finding two columns that are missed most when both are gone."""

    def is_fair(costs: _Costs) -> bool:
        beyond = sorted((costs.beyond(pair) for pair in costs.pairs), reverse=True)
        return beyond[0] > 0.06 and beyond[0] > beyond[1] + 0.03 and costs.none_helps

    costs = fair(lambda: _costs(generator), is_fair)
    pairs = costs.pairs
    best = max(pairs, key=lambda pair: costs.beyond(pair))
    costliest = max(pairs, key=lambda pair: costs.lost[pair])

    def sums(pair: tuple[str, str]) -> str:
        alone = [costs.lost[name,] for name in pair]
        return f"{costs.lost[pair]:.3f} together, and {alone[0]:.3f} and {alone[1]:.3f} one by one"

    def reply(row: str, column: str) -> Reply:
        pair = (row, column)
        text = f"{row} and {column}"
        if pair == best:
            return Reply(
                text=text,
                feedback=f"{sums(pair)}. Each is missed less as long as the other is there.",
                right=True,
            )
        if pair == costliest:
            lead = "No pair costs more. That is because of what the two cost by themselves: "
        else:
            lead = "Compare what they cost together with the sum of both: "
        return Reply(
            text=text,
            feedback=f"{lead}{sums(pair)}. For {best[0]} and {best[1]} it is {sums(best)}.",
            misconception="groups_add_up",
            holds=costs.beyond(pair) < costs.beyond(best) - 0.02,
        )

    chart = costs.chart
    return ClickCell(
        question=f"A model names {costs.title}. The diagonal says what accuracy is lost when a "
        "column is shuffled alone, the other cells what two cost together. Click the pair that "
        "costs most beyond the sum of what its two columns cost alone.",
        figures=[chart],
        description=costs.in_words,
        chart=chart,
        cells=pairs,
        reply=reply,
    )


@kind
def cases_behind_a_loss(generator: np.random.Generator) -> Exercise:
    """How many rows an importance stands for."""
    things = one_of(generator, ("passengers", "tumours", "loans", "letters"))
    unseen = 10 * int(generator.integers(12, 60))
    known = unseen * int(generator.integers(2, 5))
    cases = int(generator.integers(2, 15))
    loss = cases / unseen
    how = f"The accuracy is that of the {unseen} unseen ones, and {loss:.4f} of those are {cases}"
    miss = Slip(f"{how}.", "any_data_will_judge")
    return TypeNumber(
        question=f"A forest was grown on {known} {things}, and judged on {unseen} others. To "
        f"shuffle a column of the unseen ones costs {loss:.4f} of the accuracy. How many more "
        f"{things} does the forest then name wrongly?",
        value=cases,
        tolerance=0,
        low=0,
        high=2000,
        unit=things,
        feedback=f"{how}. One of them is {1 / unseen:.4f} of the accuracy.",
        bands=bands(
            cases,
            2000,
            {
                round(loss * known): Slip(
                    f"That would be {loss:.4f} of the {known} that it was grown on. {how}.",
                    "any_data_will_judge",
                ),
                round(loss * (known + unseen)): Slip(
                    f"That would be {loss:.4f} of all {known + unseen}. {how}.",
                    "any_data_will_judge",
                ),
            },
            miss,
            miss,
        ),
        holds=round(round(loss, 4) * unseen) == cases,
    )


@kind
def dispensable_first(generator: np.random.Generator) -> Exercise:
    """Putting groups of columns in order, by what the model loses without them."""

    def is_fair(joint: Floats, added: Floats) -> bool:
        return bool(
            np.diff(np.sort(joint)).min() > 0.04
            and np.diff(np.sort(added)).min() > 0.005
            and list(joint.argsort()) != list(added.argsort())
        )

    def fair_threes(costs: _Costs) -> list[list[int]]:
        joint = np.array([costs.lost[pair] for pair in costs.pairs])
        added = np.array([costs.added(pair) for pair in costs.pairs])
        places = (list(three) for three in combinations(range(len(joint)), 3))
        return [three for three in places if is_fair(joint[three], added[three])]

    costs = fair(
        lambda: _costs(generator), lambda drawn: drawn.none_helps and bool(fair_threes(drawn))
    )
    three = one_of(generator, fair_threes(costs))
    pairs = [costs.pairs[place] for place in generator.permutation(three)]
    joint = [costs.lost[pair] for pair in pairs]
    order = np.argsort(joint)[::-1]
    added = np.argsort([costs.added(pair) for pair in pairs])[::-1]
    told = "; ".join(
        f"{' and '.join(pairs[place])} {joint[place]:.3f}, one by one "
        f"{costs.added(pairs[place]):.3f} in all"
        for place in order
    )

    def wrong(given: tuple[int, ...]) -> Reply:
        lead = (
            "That is the order of what the columns cost one by one, added."
            if given == tuple(added)
            else "Look at the cells where two columns meet."
        )
        return Reply(text="", feedback=f"{lead} Together: {told}.", misconception="groups_add_up")

    return Arrange(
        question=f"A model names {costs.title}. The diagonal says what accuracy is lost when a "
        "column is shuffled alone, the other cells what two cost together. Put the pairs in order: "
        "first the one that the model can least do without.",
        figures=[costs.chart],
        description=costs.in_words,
        items=[" and ".join(pair) for pair in pairs],
        values=joint,
        feedback=f"A pair is asked for, so both are shuffled together: {told}.",
        wrong=wrong,
    )
