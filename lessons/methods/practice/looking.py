"""Exercises on looking: how strong a cloud is, what one row does to it, what a bent axis."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from lessons.practising import cell, measurements, one_of
from lib.charts import Heatmap, Lines, Scatter, number_text
from lib.course import Arrange, ChooseOne, ClickCell, Exercise, Reply, TwoTier, kind

_Columns = tuple["pd.Series[Any]", "pd.Series[Any]"]


def _cloud(generator: np.random.Generator, n: int, r: float) -> _Columns:
    """A normal cloud whose r is about that."""
    x = generator.normal(size=n)
    y = r * x + np.sqrt(1 - r**2) * generator.normal(size=n)
    return pd.Series(x, name="x"), pd.Series(y, name="y")


def _r(x: Any, y: Any) -> float:
    """Pearson's r at once, for clouds that are drawn until one is fair."""
    return float(np.corrcoef(x, y)[0, 1])


@kind
def clouds_in_order(generator: np.random.Generator) -> Exercise:
    """Putting clouds in order by their r, whatever its sign."""
    n = int(generator.integers(40, 120))
    while True:
        true = generator.uniform(-0.95, 0.95, 4)
        clouds = [_cloud(generator, n, float(r)) for r in true]
        values = [_r(*cloud) for cloud in clouds]
        ordered = sorted(values, key=abs, reverse=True)
        if min(-np.diff(np.abs(ordered))) > 0.14 and ordered != sorted(values, reverse=True):
            break
    names = [f"cloud {letter}" for letter in "ABCD"]
    said = ", ".join(map(number_text, ordered))
    # How far the points stray from the line says as much as the picture does.
    stray = [
        f"{name} {'rises' if r > 0 else 'falls'}, and y strays from its line by "
        f"{np.sqrt(1 - r**2):.0%} of its own spread"
        for name, r in zip(names, values, strict=True)
    ]

    def wrong(order: tuple[int, ...]) -> Reply:
        given = [values[place] for place in order]
        by_sign = given == sorted(values, reverse=True)
        return Reply(
            text="",
            feedback="Rising first, falling last: that is the order of the signs. Strength is how "
            f"close the points lie to their line. In order of it r is {said}."
            if by_sign
            else f"In order of strength r is {said}. Close to the line counts, and neither how "
            "steep it is nor which way it goes.",
            misconception="minus_is_weak" if by_sign else "strength_can_be_guessed",
        )

    return Arrange(
        question=f"Four clouds of {n} points. Put them in order by the size of their r, the "
        "largest |r| first.",
        figures=[
            Scatter(*cloud, title=name.capitalize())
            for name, cloud in zip(names, clouds, strict=True)
        ],
        description="Four scatter plots: " + "; ".join(stray) + ".",
        items=names,
        values=[abs(r) for r in values],
        feedback=f"r is {said}: the closer to the line, the larger its size.",
        wrong=wrong,
    )


_SMALLER, _ALIKE, _LARGER = "|r| is much smaller", "|r| is about the same", "|r| is much larger"


@kind(transfer=True)
def what_one_point_does(generator: np.random.Generator) -> Exercise:
    """What r is without a point that stands far out."""
    answer = one_of(generator, (_SMALLER, _ALIKE, _LARGER))
    n = int(generator.integers(25, 50))
    far = float(generator.uniform(6, 9))
    while True:
        sign = one_of(generator, (-1.0, 1.0))
        r = {_SMALLER: 0.0, _ALIKE: 0.92 * sign, _LARGER: 0.85 * sign}[answer]
        x, y = _cloud(generator, n, r)
        point = {_SMALLER: (far, sign * far), _ALIKE: (far, 0.92 * sign * far)}.get(
            answer, (far, -0.6 * sign * far)
        )
        with_x = pd.concat([x, pd.Series([point[0]], ["the far point"], name="x")])
        with_y = pd.concat([y, pd.Series([point[1]], ["the far point"], name="y")])
        without, together = _r(x, y), _r(with_x, with_y)
        change = abs(without) - abs(together)
        if _said(change) == answer and abs(without) * (answer == _SMALLER) < 0.2:
            break
    numbers = f"with it r is {number_text(together)}, without it {number_text(without)}"

    def first(text: str) -> Reply:
        right = text == answer
        tempting = {
            _SMALLER: "A far point can make an r of its own, and here it does not",
            _ALIKE: f"One point among {n + 1}, one feels, should not matter",
            _LARGER: "A far point can spoil an r, and here it does not",
        }[text]
        return Reply(
            text=text,
            feedback=f"So it is: {numbers}." if right else f"{tempting}: {numbers}.",
            right=right,
            misconception=None
            if right
            else "one_row_is_little"
            if text == _ALIKE
            else "strength_can_be_guessed",
        )

    def why(text: str, belongs: str, right: str, wrong: str) -> Reply:
        is_right = belongs == answer
        return Reply(
            text=text,
            feedback=right if is_right else wrong,
            right=is_right,
            misconception=None if is_right else "every_row_weighs_the_same",
        )

    others = f"without the far point r is {number_text(without)}"
    question = (
        f"{n + 1} points, one of them far out and marked. What becomes of r without that point?"
    )
    return TwoTier(
        question=question,
        figures=[Scatter(with_x, with_y, marked="the far point", line=True)],
        description=f"A scatter plot of {n + 1} points. {n} of them lie within a few units of "
        f"zero; the line through these alone has a slope of {number_text(_slope(x, y))}. The "
        f"marked one lies at x = {point[0]:.1f}, y = {number_text(point[1], 1)}.",
        first=ChooseOne(
            question=question, choices=[first(text) for text in (_SMALLER, _ALIKE, _LARGER)]
        ),
        why=ChooseOne(
            question="Why?",
            choices=[
                why(
                    "the others make no line, and it makes one with their middle",
                    _SMALLER,
                    f"Pearson weighs a point by how far out it is: {numbers}.",
                    f"The others do make a line: {others}.",
                ),
                why(
                    "it lies along the line that the others make",
                    _ALIKE,
                    f"Far out, but where the line leads anyway: {numbers}.",
                    f"The point does not lie along a line of the others: {numbers}.",
                ),
                why(
                    "it lies far from the line that the others make",
                    _LARGER,
                    f"One point pulls the line away from all the others: {numbers}.",
                    f"There is no line of the others that it is far from: {numbers}.",
                ),
            ],
        ),
    )


def _said(change: float) -> str:
    """What happens to |r| without the point; nothing in between is asked."""
    if abs(change) < 0.06:
        return _ALIKE
    if abs(change) < 0.3:
        return ""
    return _LARGER if change > 0 else _SMALLER


def _slope(x: "pd.Series[Any]", y: "pd.Series[Any]") -> float:
    return float(y.cov(x) / x.var())


@kind(transfer=True)
def r_without_each_row(generator: np.random.Generator) -> Exercise:
    """What r recomputed without each row says."""
    case = one_of(generator, ("up", "down", "none"))
    n = int(generator.integers(20, 32))
    row = int(generator.integers(n))
    while True:
        x, y = _cloud(generator, n, {"up": 0.1, "down": 0.75, "none": 0.7}[case])
        if case != "none":
            x[row], y[row] = 6.0, 6.0 if case == "up" else -3.0
        both = np.column_stack([x, y])
        r = _r(x, y)
        without = pd.Series([_r(*np.delete(both, one, axis=0).T) for one in range(n)])
        moves = without - r
        most = int(moves.abs().to_numpy().argmax())
        next_most = float(moves.abs().drop(most).max())
        fair = {
            "up": r > 0.35 and 0 <= without[most] < r - 0.25,
            "down": 0.1 < r < without[most] - 0.25,
            "none": r > 0.4 and abs(moves[most]) < 0.07,
        }[case]
        if fair and (case == "none" or (most == row and next_most < 0.12)):
            break
    numbers = (
        f"With all {n} rows r is {number_text(r)}, and without row {most + 1}, which moves it "
        f"most, {number_text(without[most])}"
    )
    texts = {
        "up": f"row {most + 1} holds r up by more than 0.2",
        "down": f"row {most + 1} holds r down by more than 0.2",
        "none": "no row moves r by more than 0.1",
    }
    falls = moves[most] < 0
    tempting = {
        "up": {
            "down": "It lies apart, which may seem to spoil r. But without it r is lower. ",
            "none": f"One row of {n} may seem to be little. ",
        },
        "down": {
            "up": "A row far out often makes an r. But without this one r is higher. ",
            "none": f"One row of {n} may seem to be little. ",
        },
        "none": {
            "up": "It moves r most, and holds it up, but not by so much. "
            if falls
            else "It moves r most, but holds it down. ",
            "down": f"The line has its {'dip' if falls else 'peak'} there, as it has one for any "
            "rows, but a small one. ",
        },
    }[case]
    misconceptions = {
        "up": "every_row_weighs_the_same",
        "down": "every_row_weighs_the_same",
        "none": "one_row_is_little",
    }
    return ChooseOne(
        question=f"{n} measurements of two things. The line shows what r is without each of the "
        "rows in turn. What does it say?",
        figures=[
            Lines(
                pd.DataFrame(
                    {"without it": without.to_numpy()}, index=pd.Index(range(1, n + 1), name="row")
                ),
                title="r without one row",
                y="r",
                marks={"with all rows": r},
            )
        ],
        description=f"With all rows r is {number_text(r)}. Without each row in turn it is "
        + ", ".join(map(number_text, without))
        + ".",
        choices=[
            Reply(
                text=texts[each],
                feedback=f"{tempting.get(each, '')}{numbers}: it moves by {abs(moves[most]):.2f}.",
                right=each == case,
                misconception=None if each == case else misconceptions[each],
                holds=_moved(float(moves[most])) == case,
            )
            for each in texts
        ],
    )


def _moved(change: float) -> str:
    """What a row that moves r by so much, when it goes, does to it; nothing in between."""
    if abs(change) <= 0.1:
        return "none"
    if abs(change) <= 0.2:
        return ""
    return "down" if change > 0 else "up"


@kind(transfer=True)
def where_measures_part(generator: np.random.Generator) -> Exercise:
    """Finding the pair on which r and rho differ most, on a map of the difference."""
    while True:
        drawn = measurements(generator, 4)
        r, rho = drawn.data.corr(), drawn.data.rank().corr()
        apart = sorted(abs(cell(rho - r, x, y)) for x, y in drawn.pairs)
        # Colours are to be told apart without numbers.
        if 0.1 < apart[-1] < 0.4 and apart[-1] > apart[-2] + 0.05:
            break
    title = f"{len(drawn.data)} {drawn.rows}"
    chart = Heatmap.lower(
        rho - r,
        limits=(-0.4, 0.4),
        decimals=None,
        scale="ρ − r",
        title=f"Spearman minus Pearson, {title}",
    )

    def reply(row: str, column: str) -> Reply:
        gap = abs(cell(rho - r, row, column))
        both = f"r is {number_text(cell(r, row, column))}, ρ {number_text(cell(rho, row, column))}"
        right = gap == apart[-1]
        return Reply(
            text=f"{row} and {column}",
            feedback=f"{both}: {gap:.2f} apart. Whether a bend, a stray or a crowd does it, the "
            "scatter plot will say."
            if right
            else f"{both}: {gap:.2f} apart. Another pair is {apart[-1]:.2f} apart. The neutral "
            "colour says that the measures agree; look for the one farthest from it, on either "
            "side.",
            right=right,
            misconception=None if right else "rank_is_robust_r",
            holds=right or gap < apart[-1] - 0.05,
        )

    return ClickCell(
        question=f"{title}. The map shows Spearman's ρ less Pearson's r. You have time to open one "
        "scatter plot. Click the pair on which the two measures differ most.",
        figures=[chart],
        description="ρ less r of each pair: "
        + ", ".join(f"{x} and {y} {number_text(cell(rho - r, x, y))}" for x, y in drawn.pairs)
        + ".",
        chart=chart,
        cells=[(y, x) for x, y in drawn.pairs],
        reply=reply,
    )


class _Change(NamedTuple):
    words: str
    apply: Callable[["pd.Series[float]"], "pd.Series[float]"]


_CHANGES = (
    _Change("its logarithm", np.log),
    _Change("its square root", np.sqrt),
    _Change("its square", np.square),
    _Change("one divided by it", np.reciprocal),
    _Change("a thousandth of it", lambda column: column / 1000),
    _Change("ten more than twice as much", lambda column: 2 * column + 10),
    _Change("a thousand less it", lambda column: 1000 - column),
)
_BENT, _KEPT, _BENT_AND_TURNED, _TURNED = (
    "r changes, ρ stays",
    "both stay",
    "ρ turns its sign, r changes in size as well",
    "both turn their sign, and keep their size",
)
_TAKEN_FOR = {
    (_KEPT, _BENT): "transform_changes_units_only",
    (_KEPT, _BENT_AND_TURNED): "ranks_ignore_direction",
    (_KEPT, _TURNED): "ranks_ignore_direction",
    (_BENT, _BENT_AND_TURNED): "ranks_ignore_direction",
    (_BENT, _TURNED): "ranks_ignore_direction",
    (_TURNED, _BENT_AND_TURNED): "transform_changes_units_only",
}


@kind(transfer=True)
def what_a_change_does(generator: np.random.Generator) -> Exercise:
    """What r and rho become when one axis is changed."""
    while True:
        drawn, change = measurements(generator, 2), one_of(generator, _CHANGES)
        x, y = (drawn.data[name] for name in drawn.names)
        if x.min() <= 0 or x.max() > 1000:
            continue
        changed = change.apply(x)
        r, rho = _r(x, y), _r(x.rank(), y.rank())
        new_r, new_rho = _r(changed, y), _r(changed.rank(), y.rank())
        answer = _became(r, rho, new_r, new_rho)
        if answer and min(abs(r), abs(rho)) > 0.1:
            break
    numbers = (
        f"r goes from {number_text(r)} to {number_text(new_r)}, ρ from {number_text(rho)} to "
        f"{number_text(new_rho)}"
    )
    name = drawn.names[0]
    return ChooseOne(
        question=f"{len(drawn.data)} {drawn.rows}: {name} and {drawn.names[1]} have r = "
        f"{number_text(r)} and ρ = {number_text(rho)}. Instead of {name}, which is above zero "
        f"throughout, you take {change.words}. What becomes of the two?",
        choices=[
            Reply(
                text=text,
                feedback=f"{_why(text, answer)}: {numbers}.",
                right=text == answer,
                misconception=None
                if text == answer
                else _TAKEN_FOR.get((text, answer), "ranks_move_with_the_axis"),
            )
            for text in (_BENT, _KEPT, _BENT_AND_TURNED, _TURNED)
        ],
    )


_BENDS, _TURNS = {_BENT, _BENT_AND_TURNED}, {_BENT_AND_TURNED, _TURNED}


def _why(said: str, answer: str) -> str:
    """Why it is so; or what tempts to say something else, and what is so instead."""
    if said == answer:
        return {
            _BENT: "It bends the axis and keeps the order",
            _KEPT: "It multiplies or shifts the axis, which bends nothing",
            _BENT_AND_TURNED: "It bends the axis and reverses the order",
            _TURNED: "It reverses the axis and bends nothing",
        }[answer]
    found = []
    if (said in _BENDS) != (answer in _BENDS):
        found.append(
            "It may look like another unit, but it bends the axis, which r minds"
            if answer in _BENDS
            else "Other numbers may seem to make another r, but this only multiplies and shifts"
        )
    if (said in _TURNS) != (answer in _TURNS):
        found.append(
            "Ranks may seem to care for no direction, but the largest is now the smallest"
            if answer in _TURNS
            else "ρ turns only where an order does, and here the largest stays the largest"
        )
    return ". ".join(found)


def _became(r: float, rho: float, new_r: float, new_rho: float) -> str:
    """What happened to both; nothing where r was hardly bent."""
    turned = abs(new_rho + rho) < 1e-9
    moved = abs(new_r + r) if turned else abs(new_r - r)
    if moved < 1e-9:
        return _TURNED if turned else _KEPT
    if moved < 0.03:
        return ""
    return _BENT_AND_TURNED if turned else _BENT


_RHO, _R, _NEITHER = "ρ", "r", "neither: they are within 0.05"


@kind
def which_is_farther_from_zero(generator: np.random.Generator) -> Exercise:
    """Whether r or rho is the larger one, seen from the cloud."""
    answer = one_of(generator, (_RHO, _R, _NEITHER))
    n = int(generator.integers(40, 90))
    while True:
        x, y = _cloud(generator, n, {_RHO: 0.97, _R: 0.1, _NEITHER: 0.8}[answer])
        sign = one_of(generator, (-1, 1))
        if answer == _RHO:
            y = np.exp(2.2 * y)
        if answer == _R:
            x[n - 1] = y[n - 1] = float(generator.uniform(7, 9))
        y = sign * y
        r, rho = _r(x, y), _r(x.rank(), y.rank())
        gap = abs(rho) - abs(r)
        if {_RHO: gap > 0.15, _R: gap < -0.15, _NEITHER: abs(gap) < 0.04}[answer]:
            break
    way = "rises" if sign > 0 else "falls"
    causes = {
        _RHO: {
            _RHO: "The points keep an order and bend, which r alone minds",
            _R: "So clear a shape may seem to suit r. But r asks for a line, and the points bend",
            _NEITHER: f"Both see that it {way}, and may seem to say the same. But the points bend, "
            "which r alone minds",
        },
        _R: {
            _RHO: "ρ passes for the one that sees more. But it takes a point far out for one rank "
            f"of {n}",
            _R: "One point stands far out along both axes, which r weighs and ρ does not",
            _NEITHER: f"One point of {n} may seem too few to matter. But it stands far out along "
            "both axes, which r weighs",
        },
        _NEITHER: {
            _RHO: "A bend would put ρ ahead. But the cloud is straight",
            _R: "A point far out along both axes would put r ahead. But there is none",
            _NEITHER: "A straight cloud without strays: line and order say the same",
        },
    }[answer]
    misconceptions = {
        _RHO: "ranks_see_every_shape",
        _R: "ranks_are_cautious",
        _NEITHER: "rank_is_robust_r",
    }
    seen = {
        _RHO: f"It {way} all the way, slowly at first and then steeper and steeper",
        _R: f"{n - 1} of the points lie around zero in no direction, and one far out",
        _NEITHER: f"It {way} along a straight line, with scatter",
    }[answer]
    return ChooseOne(
        question=f"A cloud of {n} points. Which measure is farther from zero, r or ρ?",
        figures=[Scatter(x, y.rename("y"))],
        description=f"A scatter plot. {seen}.",
        choices=[
            Reply(
                text=text,
                feedback=f"{causes[text]}. r is {number_text(r)}, ρ {number_text(rho)}.",
                right=text == answer,
                misconception=None if text == answer else misconceptions[text],
            )
            for text in (_RHO, _R, _NEITHER)
        ],
    )
