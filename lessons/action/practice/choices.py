"""Exercises on choosing columns: by a rule, by the folds, by the calendar."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lessons.action.practice.maps import SmallMap, drawn_map
from lessons.practising import fair
from lib.charts import Bars
from lib.course import Band, ChooseOne, ClickCell, Exercise, Reply, TypeNumber, kind
from lib.stats import prune, target_encode

Floats = npt.NDArray[np.float64]


def _kept(drawn: SmallMap, threshold: float, names: list[str]) -> list[str]:
    return list(prune(drawn.data, threshold, priority=names).kept)


def _is_clear(drawn: SmallMap, threshold: float) -> bool:
    """Whether no |r| lies so near the threshold that rounding could decide."""
    return all(abs(drawn.size(cell) - threshold) > 0.01 for cell in drawn.pairs)


@kind(transfer=True)
def how_many_stay(generator: np.random.Generator) -> Exercise:
    """How many columns a greedy rule keeps, and that the order decides."""
    threshold = float(generator.choice([0.5, 0.6, 0.7]))
    is_forwards = bool(generator.integers(2))

    def in_order(drawn: SmallMap) -> list[str]:
        return drawn.names if is_forwards else drawn.names[::-1]

    drawn = fair(
        lambda: drawn_map(generator, 6),
        lambda one: _is_clear(one, threshold) and len(one.above(threshold)) > 2,
    )
    names = in_order(drawn)
    kept, other = _kept(drawn, threshold, names), _kept(drawn, threshold, names[::-1])
    strong = len(drawn.above(threshold))
    shown = "Kept: " + ", ".join(f"`{name}`" for name in kept)
    is_minus = any(drawn.known[cell] < 0 for cell in drawn.above(threshold))
    ways = (
        f"The other way round it keeps {len(other)}"
        if len(other) != len(kept)
        else f"The other way round it keeps {len(other)} as well, "
        + ("the same ones" if set(other) == set(kept) else "and not the same ones")
    )
    start = "first" if is_forwards else "last"
    return TypeNumber(
        question=f"A rule goes through these columns from the {start} to the "
        f"{'last' if is_forwards else 'first'}: {', '.join(f'`{name}`' for name in names)}. It "
        f"drops each one whose |r| with a column already kept is above {threshold:g}. How many "
        "columns stay?",
        figures=[drawn.chart()],
        description=drawn.described(),
        value=len(kept),
        tolerance=0,
        low=0,
        high=6,
        unit="columns",
        feedback=f"{shown}. {ways}.",
        bands=[
            Band(
                low=0,
                high=len(kept),
                feedback=f"{{said}} is too few. What was dropped drops nothing itself: only the "
                f"columns that are kept count. {shown}, {len(kept)} in all.",
                misconception="pruning_has_one_answer",
            ),
            Band(
                low=len(kept),
                high=7,
                feedback=f"{{said}} is too many. On this map {strong} pairs are above "
                f"{threshold:g}, by size and whatever the sign. {shown}, {len(kept)} in all.",
                misconception="minus_is_weak" if is_minus else "pruning_has_one_answer",
            ),
        ],
    )


@kind
def first_to_go(generator: np.random.Generator) -> Exercise:
    """Which cell makes a greedy rule drop its first column."""
    threshold = float(generator.choice([0.5, 0.6, 0.7]))

    starts_so = int(generator.integers(4)) == 0

    def barred(one: SmallMap, name: str) -> list[tuple[str, str]]:
        return [cell for cell in one.above(threshold) if cell[0] == name]

    def first(one: SmallMap) -> str:
        return next((name for name in one.names if barred(one, name)), "")

    drawn = fair(
        lambda: drawn_map(generator, 6),
        lambda one: (
            _is_clear(one, threshold)
            and bool(name := first(one))
            and len(barred(one, name)) == 1
            and len(one.above(threshold)) > 2
            and one.strongest != barred(one, name)[0]
            and (barred(one, name)[0] == one.pairs[0]) == starts_so
        ),
    )
    name = first(drawn)
    right = barred(drawn, name)[0]
    because = f"`{name}` is the first whose |r| with a column already kept is above {threshold:g}"

    def reply(row: str, column: str) -> Reply:
        text, told = f"{column} and {row}", drawn.told((row, column))
        if (row, column) == right:
            return Reply(
                text=text,
                feedback=f"{told}, and `{column}` is kept: so `{row}` goes. The strongest pair of "
                f"the map, {drawn.told(drawn.strongest)}, comes later.",
                right=True,
            )
        if drawn.size((row, column)) > threshold:
            return Reply(
                text=text,
                feedback=f"{told} is above {threshold:g}, but the rule comes there later. It asks "
                f"which column stands first, not which pair is strongest. {because}: "
                f"{drawn.told(right)}.",
                misconception="pruning_has_one_answer",
            )
        return Reply(
            text=text,
            feedback=f"{told} is not above {threshold:g} in size, and drops nothing. {because}: "
            f"{drawn.told(right)}.",
            misconception="pruning_has_one_answer",
        )

    order = ", ".join(f"`{one}`" for one in drawn.names)
    return ClickCell(
        question=f"A rule goes through the columns in this order: {order}. It drops each one whose "
        f"|r| with a column already kept is above {threshold:g}. Click the cell that drops the "
        "first column.",
        figures=[chart := drawn.chart()],
        description=drawn.described(),
        chart=chart,
        cells=drawn.pairs,
        reply=reply,
    )


class _Story(NamedTuple):
    """What is to be predicted, when, and columns with the day on which they are known."""

    asked: str
    honest: tuple[tuple[str, str], ...]
    late: tuple[str, str]


_STORIES = (
    _Story(
        "Which customers will cancel within a year? The prediction is due when the year begins.",
        (
            ("months", "months as a customer, counted when the year begins"),
            ("calls", "calls to the service in the year before"),
            ("price", "the price of the plan when the year begins"),
        ),
        ("letters", "letters to win the customer back, counted when the year ends"),
    ),
    _Story(
        "How long will a patient stay in hospital? The prediction is due on the day of admission.",
        (
            ("age", "the age on admission"),
            ("pulse", "the pulse on admission"),
            ("visits", "visits to the hospital in the year before"),
        ),
        ("meals", "meals served, as the bill says"),
    ),
    _Story(
        "How much will a house sell for? The prediction is due when it is put on the market.",
        (
            ("area", "the living area, as the register says"),
            ("built", "the year in which it was built"),
            ("street", "the mean price in the street in the year before"),
        ),
        ("tax", "the tax on the sale, as it was paid"),
    ),
    _Story(
        "Which loans will not be paid back? The prediction is due when the loan is asked for.",
        (
            ("income", "the income, as the form says"),
            ("debts", "other debts on the day of the form"),
            ("years", "years in the same job on the day of the form"),
        ),
        ("reminders", "reminders sent while the loan ran"),
    ),
    _Story(
        "How many bicycles will be hired tomorrow? The prediction is due this evening.",
        (
            ("forecast", "the warmth that is forecast for tomorrow"),
            ("before", "hires on the same weekday a week ago"),
            ("today", "hires of today up to the evening"),
        ),
        ("rain", "the rain that falls tomorrow, as the gauge will have it"),
    ),
    _Story(
        "How well will a student do in the exam? The prediction is due in the first week.",
        (
            ("school", "the mean mark at the end of school"),
            ("work", "hours of paid work a week, as told in the first week"),
            ("way", "minutes from home to the lecture"),
        ),
        ("sheets", "sheets of paper that were filled in the exam"),
    ),
)


@kind(transfer=True)
def column_that_comes_too_late(generator: np.random.Generator) -> Exercise:
    """Which column the model may not have, however weak or strong it is."""
    story = _STORIES[generator.integers(len(_STORIES))]
    columns = [*story.honest, story.late]
    rows = int(generator.integers(200, 900))

    def draw() -> "pd.Series[float]":
        outcome = generator.standard_normal(rows)
        wanted = np.append(generator.uniform(0.05, 0.6, 3), generator.uniform(0.15, 0.8))
        noise = generator.standard_normal((4, rows))
        made = wanted[:, np.newaxis] * outcome + np.sqrt(1 - wanted**2)[:, np.newaxis] * noise
        r = [np.corrcoef(column, outcome)[0, 1] for column in made]
        return pd.Series(np.abs(r), [name for name, _ in columns], name="|r|")

    strengths = fair(draw, lambda one: bool(np.diff(np.sort(one.to_numpy())).min() > 0.05))
    late, strongest = story.late[0], str(strengths.idxmax())

    def reply(name: str, known: str) -> Reply:
        strength = f"|r| = {strengths[name]:.2f}"
        text = f"`{name}`: {known}"
        if name == late:
            place = (
                "It is the strongest here"
                if name == strongest
                else f"`{strongest}` is stronger, with {strengths[strongest]:.2f}"
            )
            return Reply(
                text=text,
                feedback=f"{strength}, and it is known only when the outcome is. {place}; that is "
                "not the point. On the day of the prediction the column is empty.",
                right=True,
            )
        told = f"`{late}` comes too late: {story.late[1]}"
        if name == strongest:
            return Reply(
                text=text,
                feedback=f"{strength} is the largest here, and known when the prediction is due. "
                f"That is what one hopes for. {told}. With |r| = {strengths[late]:.2f} it does "
                "not stand out, and has to go.",
                misconception="one_map_one_decision",
                holds=strengths[late] < strengths[name],
            )
        return Reply(
            text=text,
            feedback=f"{strength}, and known when the prediction is due: it may stay, weak or "
            f"not. {told}.",
            misconception="dropping_is_free",
        )

    bars = Bars(strengths.to_frame(), title="|r| with the outcome", x="")
    return ChooseOne(
        question=f"{story.asked} Which column may the model not have?",
        figures=[bars],
        description="Bars of the size of r with the outcome: "
        + ", ".join(f"{name} {value:.2f}" for name, value in strengths.items())
        + ".",
        choices=[reply(*column) for column in columns],
    )


class _Errors(NamedTuple):
    same_rows: float
    chosen_before: float
    chosen_inside: float
    mean: float


_ROWS, _FOLDS = 40, 5


def _best(table: Floats, outcome: Floats, best: int) -> npt.NDArray[np.intp]:
    centred = table - table.mean(axis=0)
    r = (outcome - outcome.mean()) @ centred / np.sqrt((centred**2).sum(axis=0))
    return np.argsort(-np.abs(r))[:best]


def _predicted(known: Floats, outcome: Floats, new: Floats) -> Floats:
    design = np.column_stack([np.ones(len(known)), known])
    weights = np.linalg.lstsq(design, outcome, rcond=None)[0]
    predicted: Floats = weights[0] + new @ weights[1:]
    return predicted


def _errors(table: Floats, outcome: Floats, best: int) -> _Errors:
    """Roots of mean squared errors of the strongest columns of a table of noise."""
    before = _best(table, outcome, best)
    squares = np.zeros((4, len(outcome)))
    squares[0] = (outcome - _predicted(table[:, before], outcome, table[:, before])) ** 2
    for fold in range(_FOLDS):
        test = np.arange(len(outcome)) % _FOLDS == fold
        known, seen = table[~test], outcome[~test]
        inside = _best(known, seen, best)
        for place, chosen in ((1, before), (2, inside)):
            guess = _predicted(known[:, chosen], seen, table[test][:, chosen])
            squares[place, test] = (outcome[test] - guess) ** 2
        squares[3, test] = (outcome[test] - seen.mean()) ** 2
    return _Errors(*(float(error) for error in np.sqrt(squares.mean(axis=1))))


@kind
def error_of_a_choice(generator: np.random.Generator) -> Exercise:
    """Which error of chosen columns is honest, and what flatters the others."""
    noise, best = int(generator.choice([60, 100, 200])), int(generator.integers(3, 7))
    asks_honest = bool(generator.integers(2))
    errors = fair(
        lambda: _errors(
            generator.standard_normal((_ROWS, noise)), generator.standard_normal(_ROWS), best
        ),
        lambda one: (
            one.same_rows + 0.03 < one.chosen_before < one.mean - 0.05
            and one.chosen_inside > one.mean + 0.02
        ),
    )
    question = (
        "Which of the three errors is one to expect on new rows, roughly?"
        if asks_honest
        else "In which of the three did the fit not see the rows that it is judged by, while the "
        "choice did?"
    )
    mean = f"the mean alone errs by {errors.mean:.2f}"
    return ChooseOne(
        question=f"{_ROWS} rows, {noise} columns, all of them noise, and an outcome that is noise "
        f"as well. A regression takes the {best} columns with the largest |r|; {mean}. {question}",
        choices=[
            Reply(
                text=f"{errors.chosen_inside:.2f}: columns chosen and fitted anew in each fold, "
                "judged by the rows outside",
                feedback=f"Nothing saw the rows that judge. It says what is so: {best} columns of "
                f"noise do worse than nothing, since {mean}."
                if asks_honest
                else "Here the choice did not see them either. That is why it is the largest: "
                f"{mean}.",
                right=asks_honest,
                misconception=None if asks_honest else "chosen_after_looking",
            ),
            Reply(
                text=f"{errors.chosen_before:.2f}: columns chosen on all rows, then fitted in each "
                "fold and judged by the rows outside",
                feedback="The coefficients did not see the rows that judge. The choice did, and so "
                f"noise seems to be better than {errors.mean:.2f}. Chosen inside it is "
                f"{errors.chosen_inside:.2f}.",
                right=not asks_honest,
                misconception="chosen_after_looking" if asks_honest else None,
            ),
            Reply(
                text=f"{errors.same_rows:.2f}: columns chosen on all rows, fitted to all rows, "
                "judged by the same rows",
                feedback="Choice and fit have both seen the rows that judge. That flatters most: "
                f"{mean}, and on rows outside it is {errors.chosen_inside:.2f}.",
                misconception="noise_costs_nothing" if asks_honest else "chosen_after_looking",
                holds=errors.same_rows < errors.chosen_before,
            ),
        ],
    )


@kind(transfer=True)
def outcome_from_its_code(generator: np.random.Generator) -> Exercise:
    """How a leave-one-out code gives an outcome away."""
    people = int(generator.integers(3, 8))

    def draw() -> "pd.Series[int]":
        return pd.Series(generator.integers(1, 30, people), name="outcome")

    def codes(outcomes: "pd.Series[int]") -> "pd.Series[float]":
        towns = pd.Series("town", outcomes.index)
        return target_encode(towns, outcomes, leave_one_out=True)

    # A mean and a code that can be written down exactly.
    outcomes = fair(
        draw,
        lambda one: (
            one.sum() % people == 0
            and (one.sum() - one[0]) % (people - 1) == 0
            and one[0] * people != one.sum()
        ),
    )
    code, mean, value = codes(outcomes)[0], outcomes.mean(), int(outcomes[0])
    counted = (
        f"All {people} outcomes add up to {people} × {mean:.0f} = {outcomes.sum()}, those of the "
        f"others to {people - 1} × {code:.0f} = {outcomes.sum() - value}. That leaves {value}"
    )
    return TypeNumber(
        question=f"A town of {people} people has a mean outcome of {mean:.0f}. Each person's "
        f"code is the mean of the others, leave-one-out. Somebody's code is {code:.0f}. What "
        "was that person's own outcome?",
        value=value,
        tolerance=0,
        low=0,
        high=300,
        feedback=f"{counted}. Who knows the town can work the outcome out of the code, and so can "
        "a model.",
        bands=[
            Band(
                low=0,
                high=value,
                feedback="The code is made of the others alone, and so it looks safe. It is not. "
                f"{counted}: with {{said}} the mean of all would be below {mean:.0f}.",
                misconception="leave_one_out_is_safe",
            ),
            Band(
                low=value,
                high=301,
                feedback="The code is made of the others alone, and so it looks safe. It is not. "
                f"{counted}: with {{said}} the mean of all would be above {mean:.0f}.",
                misconception="leave_one_out_is_safe",
            ),
        ],
    )
