"""Exercises on how a model is asked: which class, which way up, at which row, about whom."""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.practising import Slip, bands, fair, listed
from lessons.tables import table
from lib.charts import Scatter, number_text
from lib.course import ChooseOne, Exercise, Reply, TypeNumber, kind
from lib.stats import Surface

Floats = npt.NDArray[np.float64]

_LINES = (
    "s - s.to_numpy().mean()",
    "s.sub(s.mean(axis=1), axis=0)",
    "s.sub(s.mean(axis=0), axis=1)",
    "s.sub(s.mean(axis=1), axis=0).sub(s.mean(axis=0), axis=1) + s.to_numpy().mean()",
)
_FEATURES = ("age", "dose", "radius", "texture", "income", "distance")


def _run(line: str, s: pd.DataFrame) -> Floats:
    """What the line of _LINES gives."""
    rows, columns, mean = s.mean(axis=1), s.mean(axis=0), float(s.to_numpy().mean())
    without_rows, without_columns = s.sub(rows, axis=0), s.sub(columns, axis=1)
    results = [s - mean, without_rows, without_columns, without_rows.sub(columns, axis=1) + mean]
    return results[_LINES.index(line)].to_numpy()


def _spreads(left: Floats) -> tuple[float, float]:
    """How far the means of rows, and those of columns, differ."""
    return float(np.ptp(left.mean(axis=1))), float(np.ptp(left.mean(axis=0)))


@kind
def what_a_line_leaves(generator: np.random.Generator) -> Exercise:
    """What a line of pandas leaves of a surface."""
    line = str(generator.choice(_LINES))
    down, across = generator.permutation(_FEATURES)[:2].tolist()
    numbers = (
        generator.integers(40, 60)
        + generator.permutation([0, 4, int(generator.integers(8, 15))])[:, np.newaxis]
        + generator.permutation([0, 3, 5, int(generator.integers(8, 15))])
        + np.outer(generator.permutation([-1, 0, 1]), generator.permutation([-3, -1, 1, 3]))
    )
    s = pd.DataFrame(numbers.astype(np.float64))
    texts = {
        each: f"{left}, and the interaction" if left else "The interaction alone"
        for each, left in zip(
            _LINES,
            ("Both main effects", f"The effect of {across}", f"The effect of {down}", ""),
            strict=True,
        )
    }
    before, after = _spreads(s.to_numpy()), _spreads(_run(line, s))
    rest = f"What is left: {texts[line][0].lower()}{texts[line][1:]}."
    found = (
        f"Tried on a surface of numbers: the means of the rows differed by up to {before[0]:.0f} "
        f"and then by {abs(after[0]):.0f}, those of the columns by {before[1]:.0f} and then by "
        f"{abs(after[1]):.0f}. {rest}"
    )
    leaves = dict(
        zip(_LINES, [(True, True), (False, True), (True, False), (False, False)], strict=True)
    )

    def refuted(each: str) -> str:
        """Why that answer is tempting, and which means it gets wrong."""
        both, *_, none = _LINES
        tempting = {
            both: "What is taken off may look like a mere shift.",
            none: "With means taken off, the rest may look like the interaction.",
        }.get(
            each,
            {
                both: "One mean that is taken off may look like one effect.",
                none: "Two effects are taken off, and the second is easily overlooked.",
            }.get(line, "Which way `axis` points is easily read the wrong way round."),
        )
        misread = [
            f"the means of the {side} would {'still differ' if claimed else 'be alike'}, but they "
            f"differ by {'up to ' if not claimed else ''}{abs(spread):.0f}"
            for side, claimed, so, spread in zip(
                ("rows", "columns"), leaves[each], leaves[line], after, strict=True
            )
            if claimed != so
        ]
        return f"{tempting} Then {', and '.join(misread)}. {rest}"

    return ChooseOne(
        question=f"`s` is a surface of predictions, a frame: *{down}* along its rows, *{across}* "
        f"along its columns. What is left in it after `{line}`?",
        choices=[
            Reply(
                text=text,
                feedback=found if each == line else refuted(each),
                right=each == line,
                misconception=None if each == line else "map_is_interaction",
                holds=(after[0] > 1, after[1] > 1) == leaves[line]
                and np.ptp(Surface(s).interaction().to_numpy()) > 1,
            )
            for each, text in texts.items()
        ],
    )


_AXES = (
    ("radius", 7, 27), ("age", 20, 80), ("depth", 40, 680), ("temperature", -10, 35),
    ("income", 12, 90), ("dose", 1, 50),
)  # fmt: skip


@kind
def which_end_is_up(generator: np.random.Generator) -> Exercise:
    """Which row of a surface stands at the top."""
    name, low, high = _AXES[generator.integers(len(_AXES))]
    low += int(generator.integers(0, 5))
    is_reversed, is_inverted = (bool(turn) for turn in generator.random(2) < 0.5)
    if generator.random() < 0.3:
        return _sorted_by_prediction(name, low, high, int(generator.integers(low + 1, high)),
                                     is_inverted)  # fmt: skip
    what = "s[::-1]" if is_reversed else "s"
    lines = f"`ax = sns.heatmap({what})`"
    lines += ", then `ax.invert_yaxis()`" if is_inverted else ""
    rows = [low, high][:: -1 if is_reversed else 1]
    top = rows[-1] if is_inverted else rows[0]
    turns = is_reversed + is_inverted
    steps = ["The first row of a heatmap is at the top"]
    if is_reversed:
        steps.append("`[::-1]` puts the last row first")
    if is_inverted:
        steps.append("`invert_yaxis()` turns the drawing over")
    turned = {0: "Nothing turns it", 1: "It is turned once", 2: "Two turns undo each other"}[turns]
    said = f"{'; '.join(steps)}. {turned}: {top} is at the top, {low + high - top} at the bottom."
    belief = "heatmap_is_a_plot"
    return ChooseOne(
        question=f"The rows of `s` are values of *{name}*, from {low} in the first row to {high} "
        f"in the last. {lines}. What is at the top?",
        choices=[
            *(
                Reply(
                    text=f"{name} {end}",
                    feedback=said
                    if end == top
                    else f"On the axis of a plot it would be. {said}"
                    if end == high
                    else f"It is the first row of `s`, but did not stay on top. {said}",
                    right=end == top,
                    misconception=None if end == top else belief,
                    holds=(top == high) == (turns == 1),
                )
                for end in (low, high)
            ),
            Reply(
                text=_HIGHEST,
                feedback=f"Rows keep their order, whatever is in them. {said}",
                misconception=belief,
            ),
        ],
    )


_HIGHEST = "The highest prediction"


def _sorted_by_prediction(name: str, low: int, high: int, best: int, is_inverted: bool) -> Exercise:
    """The same, of rows that were put in the order of what is in them."""
    lines = f'`ax = sns.heatmap(s.sort_values("p", ascending={is_inverted}))`'
    lines += ", then `ax.invert_yaxis()`" if is_inverted else ""
    first = "the lowest prediction first, and the drawing is turned over" if is_inverted else (
        "the highest prediction first, and the first row is at the top"
    )  # fmt: skip
    said = f"`sort_values` puts {first}: {name} {best} is at the top."
    return ChooseOne(
        question=f"The rows of `s` are values of *{name}*, from {low} in the first row to {high} "
        f"in the last. Its only column, `p`, is what a model predicts, and is highest at {best}. "
        f"{lines}. What is at the top?",
        choices=[
            Reply(
                text=f"{name} {low}",
                feedback=f"It is the first row of `s`, as long as nothing moves it. {said}",
                misconception="heatmap_is_a_plot",
                holds=low < best,
            ),
            Reply(
                text=f"{name} {high}",
                feedback=f"On the axis of a plot it would be. {said}",
                misconception="heatmap_is_a_plot",
                holds=best < high,
            ),
            Reply(
                text=_HIGHEST,
                feedback=f"Here the rows were put in the order of what is in them. {said}",
                right=True,
            ),
        ],
    )


_OUTCOMES = (
    ("ill", "healthy"), ("no", "yes"), ("died", "survived"), ("spam", "mail"),
    ("default", "paid"), ("stays", "leaves"), ("benign", "malignant"), ("pass", "fail"),
)  # fmt: skip


@kind(transfer=True)
def column_one_of_predict_proba(generator: np.random.Generator) -> Exercise:
    """Which class a column of predict_proba is about."""
    names = generator.permutation(_OUTCOMES[generator.integers(len(_OUTCOMES))]).tolist()
    counts = dict(zip(names, generator.integers(20, 400, 2).tolist(), strict=True))
    labels = np.repeat(names, list(counts.values()))
    classes = np.unique(labels).tolist()
    column = int(generator.integers(2))
    if generator.random() < 0.3:
        return _larger_column(classes, names, counts)
    right = classes[column]
    said = (
        f"Words are sorted, whatever their order in the table: `classes_` is "
        f"{classes[0]}, {classes[1]}. Column {column} is *{right}*, {counts[right]} rows."
    )
    wrong = classes[1 - column]
    place = ("first", "second")[column]
    tempting = (
        f"*{wrong}* is the {place} in the table."
        if names[column] == wrong
        else f"Python counts from 0, and column 1 is the {place}."
        if column == 1
        else f"Column 0 is the {place}, and *{wrong}*, {counts[wrong]} rows, is column 1."
    )
    return ChooseOne(
        question=f"{_forest_of(names, counts)} `predict_proba(X)[:, {column}]` is the probability "
        "of ...",
        choices=[
            *(
                Reply(
                    text=name,
                    feedback=said if name == right else f"{tempting} {said}",
                    right=name == right,
                    misconception=None if name == right else "class_one_is_the_disease",
                    holds=classes == sorted(names),
                )
                for name in classes
            ),
            Reply(
                text=_PREDICTED,
                feedback=f"A column is one class, in every row. {said}",
                misconception="class_one_is_the_disease",
            ),
        ],
    )


_PREDICTED = "whichever of the two is predicted"


def _forest_of(names: list[str], counts: dict[str, int]) -> str:
    return (
        f"A random forest of scikit-learn is fitted to a column of words: the table begins with "
        f"{counts[names[0]]} rows of *{names[0]}*, then come {counts[names[1]]} of *{names[1]}*."
    )


def _larger_column(classes: list[str], names: list[str], counts: dict[str, int]) -> Exercise:
    """The same, of what is no column: the larger of both, row by row."""
    return ChooseOne(
        question=f"{_forest_of(names, counts)} `predict_proba(X).max(axis=1)` is the probability "
        "of ...",
        choices=[
            *(
                Reply(
                    text=name,
                    feedback=f"That is one column, `predict_proba(X)[:, {place}]`. `max(axis=1)` "
                    f"takes it only in the rows in which *{name}* is the likelier of the two.",
                    misconception="class_one_is_the_disease",
                    holds=classes == sorted(names),
                )
                for place, name in enumerate(classes)
            ),
            Reply(
                text=_PREDICTED,
                feedback="`max(axis=1)` takes the larger one in every row, and a forest predicts "
                f"the class that has it: here *{classes[0]}*, there *{classes[1]}*.",
                right=True,
            ),
        ],
    )


@kind(transfer=True)
def held_at_one_value(generator: np.random.Generator) -> Exercise:
    """How far a map moves when a third feature is held."""

    def attempt(generator: np.random.Generator) -> tuple[int, int, int, int, int] | None:
        own, product = generator.integers(2, 7), generator.choice([-3, -2, 2, 3])
        held, other = generator.integers(0, 6, 2)
        steps = generator.integers(2, 6)
        moves = [(own + product * z) * steps for z in (held, other)]
        is_fair = abs(moves[0] - moves[1]) > 4 and moves[0] != own * steps and held > 0
        return (int(own), int(product), int(held), int(other), int(steps)) if is_fair else None

    own, product, held, other, steps = fair(lambda: attempt(generator))
    right, elsewhere = ((own + product * z) * steps for z in (held, other))
    sign = "+" if product > 0 else "−"
    slope = f"({own} {sign} {abs(product)} · {held}) · {steps}"
    worked = f"With z at {held} each step of x counts {own} {sign} {abs(product)} · {held}: "
    worked += f"{slope} = {number_text(right, 0)}"
    return TypeNumber(
        question=f"A model predicts 10 + {own}·x {sign} {abs(product)}·x·z. A map moves x from 0 "
        f"to {steps} and holds z at its mean, which is {held}. By how much does the prediction "
        "change from one end of the map to the other?",
        value=right,
        tolerance=0,
        low=-200,
        high=200,
        feedback=f"{worked}. For a row with z = {other} it would be {number_text(elsewhere, 0)}: "
        "the map speaks of the value at which z is held.",
        holds=right != elsewhere,
        bands=bands(
            right,
            200,
            {
                own * steps: Slip(
                    f"That leaves z out, as if it were held at zero. {worked}.",
                    "filler_does_not_matter",
                ),
                right + 10: Slip(
                    f"That is the prediction at the far end. It begins at 10. {worked}.",
                    "map_is_interaction",
                ),
                (own + product) * steps: Slip(
                    f"That holds z at one. {worked}.", "filler_does_not_matter"
                ),
            },
            Slip(
                f"{{said}} is too low. The {own} before x catches the eye, and z at {held} changes "
                f"it. {worked}.",
                "filler_does_not_matter",
            ),
            Slip(
                f"{{said}} is too high. The {own} before x is not its whole slope: z at {held} "
                f"has a say. {worked}.",
                "filler_does_not_matter",
            ),
            low=-200,
            near=0.4,
        ),
    )


class _Pair(NamedTuple):
    table: str
    rows: str
    x: str
    y: str


_PAIRS = (
    _Pair("diabetes", "patients", "s1", "s2"),
    _Pair("diabetes", "patients", "s3", "s4"),
    _Pair("quakes", "earthquakes", "mag", "stations"),
    _Pair("un", "countries", "fertility", "infantMortality"),
    _Pair("un", "countries", "lifeExpF", "infantMortality"),
    _Pair("mtcars", "cars", "disp", "wt"),
    _Pair("mtcars", "cars", "mpg", "wt"),
    _Pair("airquality", "days", "Temp", "Ozone"),
)


@cache
def _both(pair: _Pair) -> pd.DataFrame:
    return table(pair.table)[[pair.x, pair.y]].dropna()


class _Rows(NamedTuple):
    """Four invented rows, and how far each is from the middle."""

    pair: _Pair
    r: float
    points: list[tuple[float, float]]
    single: Floats
    distances: Floats


def _invented(generator: np.random.Generator) -> _Rows | None:
    pair = _PAIRS[generator.integers(len(_PAIRS))]
    data = _both(pair)
    r = float(data[pair.x].corr(data[pair.y]))
    z = generator.uniform(0.9, 1.3, 4)[:, np.newaxis] * np.array(
        [[1, 1], [-1, -1], [1, -1], [0.4, 0.4]]
    )
    z[0] *= 1.3
    z *= generator.choice([-1, 1], (4, 1))
    z[:, 1] *= np.sign(r)
    places = data.mean().to_numpy() + generator.permutation(z) * data.std().to_numpy()
    points = [(float(f"{x:.3g}"), float(f"{y:.3g}")) for x, y in places]
    is_within = (data.min().to_numpy() <= points).all() and (points <= data.max().to_numpy()).all()
    away = np.array(points) - data.mean().to_numpy()
    single = np.abs(away / data.std().to_numpy()).max(axis=1)
    distances = np.sqrt((away @ np.linalg.inv(data.cov().to_numpy()) * away).sum(axis=1))
    first, second = np.sort(distances)[:-3:-1]
    is_apart = first > 1.4 * second and len(set(points)) == len(points)
    is_fair = is_apart and distances.argmax() != single.argmax()
    return _Rows(pair, r, points, single, distances) if is_within and is_fair else None


@kind(transfer=True)
def the_row_that_nobody_is(generator: np.random.Generator) -> Exercise:
    """Which invented row is farthest from all real ones."""
    drawn = fair(lambda: _invented(generator))
    pair, data = drawn.pair, _both(drawn.pair)
    right = int(drawn.distances.argmax())

    def words(place: int) -> str:
        x, y = drawn.points[place]
        return f"`{pair.x}` {x:g}, `{pair.y}` {y:g}"

    farthest = f"{words(right)} is {drawn.distances[right]:.1f} away by Mahalanobis distance"
    ends = listed(
        [f"`{name}` from {data[name].min():g} to {data[name].max():g}" for name in data.columns]
    )
    return ChooseOne(
        question=f"{len(data)} {pair.rows}: {ends}, r = {number_text(drawn.r)}. Which of these "
        "invented rows is farthest from the real ones, if it counts how the two go together?",
        figures=(Scatter(data[pair.x], data[pair.y], title=f"{len(data)} {pair.rows}"),),
        description=f"A scatter plot of {pair.y} against {pair.x}. The mean is "
        f"{data[pair.x].mean():.3g}, {data[pair.y].mean():.3g}; the standard deviations are "
        f"{data[pair.x].std():.3g} and {data[pair.y].std():.3g}; r is {number_text(drawn.r)}.",
        choices=[
            Reply(
                text=words(place),
                feedback=(
                    f"Each of the two is within what was measured. Together they are rare: "
                    f"{farthest}, the next {np.sort(drawn.distances)[-2]:.1f}."
                    if place == right
                    else f"{words(place)} is {drawn.distances[place]:.1f} away by Mahalanobis "
                    f"distance, and in single columns up to {drawn.single[place]:.1f} standard "
                    "deviations. "
                    f"{farthest}: there the two do not go together as r says."
                ),
                right=place == right,
                misconception=None if place == right else "range_is_enough",
                holds=drawn.distances[place] <= drawn.distances[right],
            )
            for place in range(4)
        ],
    )
