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

from lib.stats import correlate

Challenge = Literal["r", "kind"]
REAL, SPURIOUS, ARTEFACT = "real", "spurious", "artefact"
KINDS = (REAL, SPURIOUS, ARTEFACT)

ROWS = 48
_STRONG, _GONE = 0.5, 0.2
_FAR = 6.0  # median absolute deviations
_FEW_FAR = 2
_FEWEST = 5
_LITTLE = 0.03
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
    """What guesses of r show of the one who made them.

    Examples
    --------
    >>> bias([(0.8, 0.6), (-0.7, -0.5), (0.5, 0.3), (0.4, 0.2), (-0.6, -0.4)])
    'Over 5 plots you put |r| lower than it is, by 0.20 on average.'
    """
    if len(guesses) < _FEWEST:
        return f"After {_FEWEST} guesses you see here which way you lean."
    off = float(np.mean([abs(said) - abs(truth) for truth, said in guesses]))
    over = f"Over {len(guesses)} plots you"
    if abs(off) < _LITTLE:
        return f"{over} lean to neither side: on average |r| as you said it is off by {off:+.2f}."
    way = "lower" if off < 0 else "higher"
    return f"{over} put |r| {way} than it is, by {abs(off):.2f} on average."


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

    Real stays when groups are taken apart and when points far out are left out; spurious goes when
    groups are taken apart; an artefact goes when points far out are left out.
    """
    inside = near(points)
    r, within = r_of(points), r_within(points[inside], groups[inside])
    without = r_of(points[inside])
    if abs(r) < _STRONG:
        return ""
    if not inside.all():
        few = (~inside).sum() <= _FEW_FAR
        return ARTEFACT if few and abs(without) < _GONE else ""
    if abs(within) < _GONE:
        return SPURIOUS
    return REAL if abs(within) > _STRONG and within * r > 0 else ""


def _plot_of_r(generator: np.random.Generator) -> Plot:
    wanted = float(generator.uniform(-0.97, 0.97))
    x = generator.normal(size=ROWS)
    y = wanted * x + np.sqrt(1 - wanted**2) * generator.normal(size=ROWS)
    points = np.round(np.column_stack([x, y]), 2)
    r = r_of(points)
    return _plot(points, np.zeros(ROWS, int), round(r, 3), f"r = {r:.2f}")


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
    sign, slope = generator.choice([-1, 1]), generator.uniform(0.7, 0.9)
    x = generator.normal(size=ROWS)
    y = sign * (slope * x + np.sqrt(1 - slope**2) * generator.normal(size=ROWS))
    return np.column_stack([x, y]), generator.integers(0, 3, ROWS)


def _spurious(generator: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
    sign, count = generator.choice([-1, 1]), int(generator.integers(2, 4))
    groups = generator.integers(0, count, ROWS)
    shift = generator.uniform(1.6, 2.4) * groups
    points = generator.normal(size=(ROWS, 2)) * 0.7
    return points + np.column_stack([shift, sign * shift]), groups


def _artefact(generator: np.random.Generator) -> tuple[Points, NDArray[np.int64]]:
    sign, count = generator.choice([-1, 1]), int(generator.integers(1, 3))
    points = generator.normal(size=(ROWS, 2))
    points[:count] = generator.uniform(7, 10) * np.array([1, sign])
    return points, generator.integers(0, 3, ROWS)


def _reason(points: Points, groups: NDArray[np.int64], kind: str) -> str:
    r, inside = r_of(points), near(points)
    if kind == ARTEFACT:
        count = int((~inside).sum())
        far = "the point" if count == 1 else f"the {count} points"
        return f"r = {r:.2f}, and {r_of(points[inside]):.2f} without {far} far out"
    return f"r = {r:.2f}, and {r_within(points, groups):.2f} within the groups"


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
    said += ", ".join(f"{mean:.1f}" for mean in thirds) + "."
    for group in np.unique(groups) if groups.any() else ():
        x, y = points[groups == group].mean(axis=0)
        said += f" Group {group + 1}: mean x {x:.1f}, mean y {y:.1f}."
    if groups.any() and not near(points).all():
        x, y = points[~near(points)].mean(axis=0)
        said += f" Far out: {int((~near(points)).sum())} at about {x:.1f}, {y:.1f}."
    return said
