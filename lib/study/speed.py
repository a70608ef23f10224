"""The speed challenge: decks of scatter plots to be judged by eye, and what the guesses show.

Two challenges: what r is, and whether a pair is real, spurious or an artefact. Whatever is called
the truth is computed from the points as they are drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from ..charts import number_text
from ..stats import correlate

Challenge = Literal["r", "kind"]
REAL, SPURIOUS, ARTEFACT = "real", "spurious", "artefact"
KINDS = (REAL, SPURIOUS, ARTEFACT)

ROWS = 48
_STRONG, _GONE = 0.5, 0.2
_FAR = 6.0  # median absolute deviations
_FEW_FAR = 2
_FEWEST = 5
_SIGNED = 0.2  # |r|
_LITTLE = 0.005
_TRIES = 200

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Plot:
    """One scatter plot of a deck.

    points    x and y, two decimals each
    groups    the group of each point, from 0
    truth     r, or the place of its kind in `KINDS`
    why       the numbers that decide
    in_words  what is to be seen, for who cannot see it: nothing that gives the answer by its name
    """

    points: tuple[tuple[float, float], ...]
    groups: tuple[int, ...]
    truth: float
    why: str
    in_words: str


def deck(challenge: Challenge, draw: int, plots: int = 40) -> tuple[Plot, ...]:
    """Plots to be judged, the same for everyone who has this draw.

    Examples
    --------
    >>> [plot.truth for plot in deck("r", 3, plots=2)] == [plot.truth for plot in deck("r", 3)[:2]]
    True
    """
    generator = np.random.default_rng([draw, len(challenge)])
    make = _plot_of_r if challenge == "r" else _plot_of_kind
    return tuple(make(generator) for _ in range(plots))


def tolerance(r: float) -> float:
    """How far a guess of r may lie from it: what the eye tells apart grows as |r| falls.

    The slope of 1 - r², by which the sampling error of r grows as well.

    >>> tolerance(1.0), tolerance(0.0)
    (0.05, 0.2)
    """
    return 0.05 + 0.15 * (1 - r**2)


def score(challenge: Challenge, guesses: Sequence[tuple[float, float]]) -> int:
    """How many of the guesses, each a truth and what was said, are right.

    >>> score("r", [(0.9, 0.85), (0.1, 0.5)]), score("kind", [(0, 0), (1, 2)])
    (1, 1)
    """
    if challenge == "r":
        return sum(abs(truth - said) <= tolerance(truth) + 1e-9 for truth, said in guesses)
    return sum(truth == said for truth, said in guesses)


def sensible(
    challenge: Challenge, guesses: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """Those guesses that can have been made: a browser or a file may hold any.

    >>> sensible("kind", [(0, 2), (9, 9), (0.5, 1)]), sensible("r", [(0.5, -1), (2, 0)])
    ([(0, 2)], [(0.5, -1)])
    """
    if challenge == "r":
        return [pair for pair in guesses if all(-1 <= number <= 1 for number in pair)]
    places = range(len(KINDS))
    return [pair for pair in guesses if all(number in places for number in pair)]


def bias(guesses: Sequence[tuple[float, float]]) -> str:
    """What guesses of r show of the one who made them: signs first, then a lean in size.

    Plots with |r| below 0.2 are left out: there either sign is a fair guess. A lean is said only
    where the mean difference lies outside what its standard error allows for, at 95 %.

    Examples
    --------
    >>> bias([(0.8, 0.6), (-0.7, -0.5), (0.5, 0.3), (0.4, 0.2), (-0.6, -0.4)])[-49:]
    'You put |r| lower than it is, by 0.20 on average.'
    """
    if len(guesses) < _FEWEST:
        return f"After {_FEWEST} guesses you see here which way you lean."
    seen = [(truth, said) for truth, said in guesses if abs(truth) >= _SIGNED]
    off = np.array([np.sign(t) * said - abs(t) for t, said in seen if t * said >= 0])
    wrong = len(seen) - len(off)
    signs = f"Of {len(seen)} plots with |r| of at least {_SIGNED} you had "
    signs += f"the sign of {wrong} wrong." if wrong else "no sign wrong."
    return f"{signs} {_lean(off, 'In the others you' if wrong else 'You')}"


def _lean(off: NDArray[np.float64], you: str) -> str:
    if len(off) < _FEWEST:
        return f"That leaves {len(off)}, too few to show which way you lean."
    mean = float(off.mean())
    allowed = float(stdtrit(len(off) - 1, 0.975) * off.std(ddof=1) / np.sqrt(len(off)))
    if abs(mean) <= max(allowed, _LITTLE):
        return (
            f"{you} show no lean: |r| as you said it is off by {number_text(mean)} on average, "
            "which is no more than your guesses scatter."
        )
    way = "lower" if mean < 0 else "higher"
    return f"{you} put |r| {way} than it is, by {number_text(abs(mean))} on average."


def confusions(guesses: Sequence[tuple[float, float]]) -> pd.DataFrame:
    """Counts of what was said (columns) of what is true (rows), of the challenge "kind"."""
    counts = np.zeros((len(KINDS), len(KINDS)), int)
    for truth, said in guesses:
        counts[int(truth), int(said)] += 1
    return pd.DataFrame(counts, [f"is {kind}" for kind in KINDS], [f"said {k}" for k in KINDS])


def r_of(points: Points) -> float:
    """Pearson's r of the two columns."""
    return float(correlate(pd.DataFrame(points), adjust="none").r.to_numpy()[0, 1])


def r_within(points: Points, groups: NDArray[np.int64]) -> float:
    """Pearson's r once each group is centred on its own means."""
    frame = pd.DataFrame(points)
    return r_of((frame - frame.groupby(groups).transform("mean")).to_numpy())


def near(points: Points) -> NDArray[np.bool_]:
    """The points that lie within six median absolute deviations of the medians."""
    away = np.abs(points - np.median(points, axis=0))
    inside: NDArray[np.bool_] = np.all(away <= _FAR * np.median(away, axis=0), axis=1)
    return inside


def kind_of(points: Points, groups: NDArray[np.int64]) -> str:
    """Real, spurious or an artefact; "" where the numbers do not say so clearly.

    Real stays when groups are taken apart, when the one or two points far out are left out, and
    when both is done. Spurious stays without the points far out, and goes when groups are taken
    apart. An artefact stays when groups are taken apart, and goes without the points far out.
    """
    inside = near(points)
    r, without = r_of(points), r_of(points[inside])
    within, both = r_within(points, groups), r_within(points[inside], groups[inside])
    if abs(r) < _STRONG or (~inside).sum() > _FEW_FAR:
        return ""

    def stays(other: float) -> bool:
        return abs(other) >= _STRONG and other * r > 0

    if all(map(stays, (without, within, both))):
        return REAL
    if abs(both) >= _GONE:
        return ""
    if stays(without) and abs(within) < _GONE:
        return SPURIOUS
    return ARTEFACT if stays(within) and abs(without) < _GONE else ""


def _plot_of_r(generator: np.random.Generator) -> Plot:
    wanted = float(generator.uniform(-0.97, 0.97))
    x = generator.normal(size=ROWS)
    y = wanted * x + np.sqrt(1 - wanted**2) * generator.normal(size=ROWS)
    points = np.round(np.column_stack([x, y]), 2)
    r = r_of(points)
    return _plot(points, np.zeros(ROWS, int), round(r, 3), f"r = {number_text(r)}")


def _plot_of_kind(generator: np.random.Generator) -> Plot:
    wanted = str(generator.choice(KINDS))
    makers: dict[str, Callable[[np.random.Generator], tuple[Points, NDArray[np.int64]]]] = {
        REAL: _real,
        SPURIOUS: _spurious,
        ARTEFACT: _artefact,
    }
    for _ in range(_TRIES):
        points, groups = makers[wanted](generator)
        points = np.round(points, 2)
        if kind_of(points, groups) == wanted:
            return _plot(points, groups, KINDS.index(wanted), _reason(points, groups, wanted))
    raise RuntimeError(f"No plot of {_TRIES} is {wanted}.")


def _real(generator: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
    """A line; at times its groups follow each other along it, or a point or two lie far out."""
    sign, slope = generator.choice([-1, 1]), generator.uniform(0.75, 0.95)
    groups = _groups(generator)
    x = generator.normal(size=ROWS) + generator.choice([0, 0.6]) * groups
    y = slope * x + np.sqrt(1 - slope**2) * generator.normal(size=ROWS)
    far = int(generator.choice([0, 1, 1, 2]))
    x[:far] = generator.choice([-1, 1]) * generator.uniform(5, 10, far)
    y[:far] = generator.choice([0, slope, 1]) * x[:far] + generator.normal(0, 0.3, far)
    return np.column_stack([x, sign * y]), groups


def _spurious(generator: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
    """Groups at different places; at times a point far to one side, in line with its group."""
    sign, groups = generator.choice([-1, 1]), _groups(generator)
    shift = generator.uniform(1.8, 2.6) * groups
    points = generator.normal(size=(ROWS, 2)) * 0.7 + np.column_stack([shift, shift])
    if generator.choice([True, False]):
        last, axis = int(np.argmax(groups)), int(generator.integers(2))
        spread = np.median(np.abs(points[:, axis] - np.median(points[:, axis])))
        points[last, axis] = np.median(points[:, axis]) + generator.uniform(6.5, 8) * spread
        points[last, 1 - axis] = shift[last]
    return points * [1, sign], groups


def _artefact(generator: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
    """A cloud, its groups at times side by side, and a point or two that lie far out."""
    sign, count = generator.choice([-1, 1]), int(generator.integers(1, 3))
    groups = _groups(generator)
    points = generator.normal(size=(ROWS, 2))
    points[:, int(generator.integers(2))] += generator.choice([0, 0.6]) * groups
    out = generator.choice([-1, 1]) * generator.uniform(7, 10)
    points[:count] = out * np.array([1, sign]) + generator.normal(0, 0.3, (count, 2))
    return points, groups


def _groups(generator: np.random.Generator) -> NDArray[np.int64]:
    return generator.integers(0, generator.integers(2, 4), ROWS)


def _reason(points: Points, groups: NDArray[np.int64], kind: str) -> str:
    """The r that decides, beside the plain one; of what is real, each that stays."""
    inside = near(points)
    count = int((~inside).sum())
    far = "the point" if count == 1 else f"the {count} points"
    without = f"{number_text(r_of(points[inside]))} without {far} far out"
    within = f"{number_text(r_within(points, groups))} within the groups"
    r = f"r = {number_text(r_of(points))}"
    if kind == ARTEFACT:
        return f"{r}, and {without}"
    return f"{r}, {without}, and {within}" if kind == REAL and count else f"{r}, and {within}"


def _plot(points: Points, groups: NDArray[np.int64], truth: float, why: str) -> Plot:
    return Plot(
        points=tuple((float(x), float(y)) for x, y in points),
        groups=tuple(int(group) for group in groups),
        truth=truth,
        why=why,
        in_words=_in_words(points, groups),
    )


def _in_words(points: Points, groups: NDArray[np.int64]) -> str:
    """The mean of y in each third of x, and of each group where there are several."""
    order = np.argsort(points[:, 0], kind="stable")
    thirds = [points[part, 1].mean() for part in np.array_split(order, 3)]
    said = f"{len(points)} points. Mean of y for low, middle and high x: "
    said += ", ".join(number_text(mean, 1) for mean in thirds) + "."
    for group in np.unique(groups) if groups.any() else ():
        x, y = points[groups == group].mean(axis=0)
        said += f" Group {group + 1}: mean x {number_text(x, 1)}, mean y {number_text(y, 1)}."
    if groups.any() and not near(points).all():
        x, y = points[~near(points)].mean(axis=0)
        count = int((~near(points)).sum())
        said += f" Far out: {count} at about {number_text(x, 1)}, {number_text(y, 1)}."
    return said
