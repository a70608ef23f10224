"""Exercises on the matrix: how often a pair stands in it, and words made columns."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from lessons.highway import r_between
from lessons.practising import Slip, bands, one_of
from lessons.tables import table
from lib.charts import number_text
from lib.course import Band, ChooseOne, Exercise, Reply, TwoTier, TypeNumber, kind


@kind
def pairs_of_a_matrix(generator: np.random.Generator) -> Exercise:
    """How many different pairs a matrix shows."""
    columns = int(generator.integers(5, 31))
    cells, pairs = columns**2, columns * (columns - 1) // 2
    return TypeNumber(
        question=f"A correlation matrix of {columns} columns is drawn whole. How many different "
        "pairs of columns does it show?",
        value=pairs,
        tolerance=0,
        low=0,
        high=2000,
        unit="pairs",
        feedback=f"Each of {columns} columns meets {columns - 1} others, and each pair is met "
        f"twice: {columns} × {columns - 1} / 2 = {pairs}.",
        bands=[
            Band(
                low=0,
                high=pairs,
                feedback=f"{{said}} is too few. One pair for each column would be {columns}. But "
                f"each meets all {columns - 1} others: that makes {pairs} pairs.",
                misconception="pairs_go_with_columns",
            ),
            Band(
                low=pairs,
                high=cells - columns,
                feedback=f"{{said}} is more than there are: {columns} × {columns - 1} / 2 = "
                f"{pairs}.",
                misconception="pairs_go_with_columns",
            ),
            Band(
                low=cells - columns,
                high=2001,
                feedback=f"The picture has {cells} cells. {columns} of them compare a column with "
                f"itself, and the others say everything twice: {pairs} pairs remain.",
                misconception="every_cell_is_a_finding",
            ),
        ],
    )


@kind
def pairs_that_columns_add(generator: np.random.Generator) -> Exercise:
    """How many pairs a few more columns add."""
    columns, more = int(generator.integers(5, 21)), int(generator.integers(1, 4))
    after = columns + more
    new = after * (after - 1) // 2 - columns * (columns - 1) // 2
    column = "column" if more == 1 else "columns"
    each = "The new column meets" if more == 1 else "Each of the new ones meets"
    among = more * (more - 1) // 2
    count = (
        f"{new} new pairs"
        if more == 1
        else f"{more} × {columns} pairs. Among themselves they make {among} more: {new}"
    )
    slips = {
        more: Slip(
            f"That many columns. {each} all {columns} old ones, so there are {new} new pairs.",
            "pairs_go_with_columns",
        ),
        after**2 - columns**2: Slip(
            f"That many cells, from {columns**2} to {after**2}. Some of the new ones stand on the "
            f"diagonal, and the others say everything twice: {new} new pairs.",
            "every_cell_is_a_finding",
        ),
        new + more: Slip(
            f"That counts the diagonal along. A column makes no pair with itself: {new} new pairs.",
            "diagonal_is_a_finding",
        ),
    }
    other = Slip(
        f"There were {columns} × {columns - 1} / 2 pairs, and now there are {after} × "
        f"{after - 1} / 2. The difference is {new}.",
        "pairs_go_with_columns",
    )
    return TypeNumber(
        question=f"A table has {columns} numeric columns. You add {more} {column} of dummies. By "
        "how many does the number of different pairs grow?",
        value=new,
        tolerance=0,
        low=0,
        high=400,
        unit="pairs",
        feedback=f"{each} the {columns} old ones, which makes {count}.",
        bands=bands(new, 400, slips, other, other),
        holds=new == more * columns + among,
    )


class _Shape(NamedTuple):
    text: str
    side: int | None
    """None where pandas stops."""


@kind
def what_a_call_returns(generator: np.random.Generator) -> Exercise:
    """What a call of corr makes of words, and of True and False."""
    numbers, truths = int(generator.integers(3, 9)), int(generator.integers(1, 3))
    words = int(generator.integers(0, 3))
    call = one_of(
        generator, ("corr()", "corr(numeric_only=True)", 'select_dtypes("number").corr()')
    )
    frame = _mixed(generator, numbers, truths, words)
    outcome = _side(frame, call)
    shapes = [
        _Shape(f"{side} × {side}" if side else "an error", side)
        for side in dict.fromkeys([numbers, numbers + truths, numbers + truths + words, None])
    ]
    found = f"`{call}` gives {outcome} × {outcome}" if outcome else f"`{call}` stops"
    have = f"{truths} of True and False"
    have = f", {have} and {words} of words" if words else f" and {have}"

    def reply(shape: _Shape) -> Reply:
        if shape.side == outcome:
            return Reply(text=shape.text, feedback=_why(call, words), right=True)
        if shape.side is None:
            reason = (
                "Words would make `corr()` stop, and there are none here."
                if not words
                else "Here the words are left out before r is computed."
            )
            feedback, misconception = f"{reason} {found}.", "every_column_is_a_number"
        elif shape.side == numbers:
            feedback = f"So it would be if True and False were left out. {_why(call, words)}"
            misconception = "corr_skips_words"
        elif shape.side == numbers + truths:
            feedback = f"True and False count as one and zero in some calls. {_why(call, words)}"
            misconception = "booleans_are_numbers" if outcome else "corr_skips_words"
        else:
            feedback = f"No call makes numbers of words by itself. {_why(call, words)}"
            misconception = "corr_codes_words"
        return Reply(text=shape.text, feedback=feedback, misconception=misconception)

    return ChooseOne(
        question=f"A table has {numbers} columns of numbers{have}. What does `table.{call}` give "
        "on the pandas of today?",
        choices=[reply(shape) for shape in shapes],
    )


def _mixed(generator: np.random.Generator, numbers: int, truths: int, words: int) -> pd.DataFrame:
    values = generator.normal(size=(6, numbers))
    columns: dict[str, object] = {f"number {place}": values[:, place] for place in range(numbers)}
    columns |= {f"truth {place}": values[:, place] > 0 for place in range(truths)}
    columns |= {f"word {place}": list("abcdef") for place in range(words)}
    return pd.DataFrame(columns)


def _side(frame: pd.DataFrame, call: str) -> int | None:
    """The side of the matrix that a call gives; None where it stops."""
    entering = frame.select_dtypes("number") if call.startswith("select") else frame
    try:
        return len(entering.corr(numeric_only="numeric_only" in call))
    except ValueError:
        return None


def _why(call: str, words: int) -> str:
    if call.startswith("select"):
        return (
            '`select_dtypes("number")` keeps columns of a number type, and True and False are of '
            "none."
        )
    if "numeric_only" in call:
        return "`numeric_only=True` leaves out words, and takes True and False for one and zero."
    if words:
        return "`corr()` leaves nothing out, and at the first word it stops with a ValueError."
    return "`corr()` leaves nothing out. True and False become one and zero, and no word is there."


_WORDS = (
    ("titanic", "sex", "passengers of the Titanic"),
    ("titanic", "survived", "passengers of the Titanic"),
    ("titanic", "passengerClass", "passengers of the Titanic"),
    ("iris", "species", "iris flowers"),
    ("salaries", "rank", "professors"),
    ("salaries", "discipline", "professors"),
    ("chickwts", "feed", "chicks"),
    ("wine", "cultivar", "wines"),
    ("un", "group", "nations"),
)


def _has_two_words(name: str, column: str) -> bool:
    return table(name)[column].nunique() == 2


@kind(transfer=True)
def two_dummies_of_one_column(generator: np.random.Generator) -> Exercise:
    """What two dummies of one column must show of each other."""
    has_two = bool(generator.integers(2))
    name, column, rows = one_of(
        generator, [each for each in _WORDS if _has_two_words(*each[:2]) == has_two]
    )
    whole = table(name)[column].dropna()
    drawn = whole.sample(frac=float(generator.uniform(0.5, 1)), random_state=generator)
    codes = pd.get_dummies(drawn.astype(str), dtype=float)
    kinds = codes.shape[1]
    one, other = map(str, generator.choice(list(codes.columns), 2, replace=False))
    counts = {word: int(codes[word].sum()) for word in codes}
    r = r_between(codes, one, other)
    a, b, n = counts[one], counts[other], len(codes)
    by_counts = -np.sqrt(a * b / ((n - a) * (n - b)))
    said = number_text(r)
    pair = f"`{one}` and `{other}`"
    complete = kinds == 2
    if generator.random() < 0.25:
        return _beside_not_the_other(
            f"{n} {rows}; their column `{column}` holds {kinds} different words: "
            + ", ".join(f"{word} ({count})" for word, count in counts.items()),
            (one, other),
            (a, b, n),
            -r,
        )
    first = [
        Reply(
            text=_MINUS_ONE,
            feedback=f"r is {said}: each of the two is one minus the other."
            if complete
            else "That would take a column in which every row is one or the other. Here there are "
            f"{kinds} words, and r is {said}.",
            right=complete,
            misconception=None if complete else "dummies_are_measurements",
            holds=(abs(r + 1) < 1e-9) == complete,
        ),
        Reply(
            text=_BELOW,
            feedback=f"Minus one it is: of {n} rows {a} are {one} and {b} are {other}, and "
            f"nothing else occurs. r is {said}."
            if complete
            else f"r is {said}. The counts alone give it: {a} and {b} of {n}.",
            right=not complete,
            misconception="dummies_are_measurements" if complete else None,
            holds=abs(r - by_counts) < 1e-9,
        ),
        Reply(
            text=_ABOUT,
            feedback="Zero would mean that knowing one dummy tells nothing of the other. But a row "
            f"that is {one} is not {other}: r is {said}.",
            misconception="dummies_are_measurements",
            holds=r < -0.01,
        ),
        Reply(
            text=_ABOVE,
            feedback=f"Above zero they would tend to be one together. They never are: r is {said}.",
            misconception="dummies_are_measurements",
            holds=r < 0,
        ),
    ]
    why = [
        Reply(
            text=_EVERY_ROW,
            feedback=f"{a} and {b} rows make {n}, all there are."
            if complete
            else f"{a} and {b} rows make {a + b} of {n}: the others are neither.",
            right=complete,
            misconception=None if complete else "dummies_are_measurements",
            holds=(a + b == n) == complete,
        ),
        Reply(
            text=_SOME_ROWS,
            feedback=f"{a} and {b} rows make {n}, all there are: none is neither."
            if complete
            else f"{a} and {b} rows make {a + b} of {n}, so {n - a - b} are neither.",
            right=not complete,
            misconception="dummies_are_measurements" if complete else None,
            holds=(a + b < n) != complete,
        ),
        Reply(
            text=f"it depends on what these {rows} are like",
            feedback="That is so of two measurements. Here no row is both, whatever the "
            f"{rows} are like: the counts alone give {said}.",
            misconception="dummies_are_measurements",
            holds=abs(r - by_counts) < 1e-9,
        ),
    ]
    question = (
        f"{n} {rows}; their column `{column}` holds {kinds} different words: "
        + ", ".join(f"{word} ({count})" for word, count in counts.items())
        + f". Each word becomes a dummy. What is r between the dummies {pair}?"
    )
    return TwoTier(
        question=question,
        first=ChooseOne(question=question, choices=first),
        why=ChooseOne(question="Why?", choices=why),
    )


_MINUS_ONE, _BELOW, _ABOUT, _ABOVE = (
    "exactly minus one",
    "below zero, above minus one",
    "about zero",
    "above zero",
)
_EVERY_ROW, _SOME_ROWS = (
    "no row is both, and every row is one of the two",
    "no row is both, and some are neither",
)


def _beside_not_the_other(
    column: str, words: tuple[str, str], counts: tuple[int, int, int], r: float
) -> Exercise:
    """The same two words, where the second column is one for all that the second word is not."""
    (one, other), (a, b, n) = words, counts
    complete, said = a + b == n, number_text(r)
    tells = f"A row that is {one} is not {other}, so it is one in both columns: r is {said}"
    question = (
        f"{column}. Two columns are made of it: in the first a row is one if it is `{one}`, in "
        f"the second if it is not `{other}`; else zero. What is r between the two columns?"
    )
    return TwoTier(
        question=question,
        first=ChooseOne(
            question=question,
            choices=[
                Reply(
                    text=_MINUS_ONE,
                    feedback="That takes columns of which the one is one minus the other. "
                    f"{tells}.",
                    misconception="dummies_are_measurements",
                    holds=r > 0,
                ),
                Reply(
                    text=_BELOW,
                    feedback=f"So two dummies of one column have it. But the second one is turned "
                    f"over. {tells}.",
                    misconception="dummies_are_measurements",
                    holds=r > 0,
                ),
                Reply(
                    text=_ABOUT,
                    feedback=f"Then the first column would tell nothing of the second. {tells}.",
                    misconception="dummies_are_measurements",
                    holds=r > 0.01,
                ),
                Reply(text=_ABOVE, feedback=f"{tells}.", right=True, holds=r > 0),
            ],
        ),
        why=ChooseOne(
            question="And what are the rows of the two words?",
            choices=[
                Reply(
                    text=_EVERY_ROW,
                    feedback=f"{a} and {b} rows make {n}, all there are. So both columns are the "
                    "same, and r is 1."
                    if complete
                    else f"{a} and {b} rows make {a + b} of {n}: the others are neither.",
                    right=complete,
                    misconception=None if complete else "dummies_are_measurements",
                    holds=(abs(r - 1) < 1e-9) == complete,
                ),
                Reply(
                    text=_SOME_ROWS,
                    feedback=f"{a} and {b} rows make {n}, all there are: none is neither."
                    if complete
                    else f"{a} and {b} rows make {a + b} of {n}. The other {n - a - b} are one in "
                    "the second column alone.",
                    right=not complete,
                    misconception="dummies_are_measurements" if complete else None,
                ),
            ],
        ),
    )


@kind(transfer=True)
def fewest_dummies(generator: np.random.Generator) -> Exercise:
    """How many dummies it takes to tell every word."""
    kinds = [int(count) for count in generator.integers(3, 8, size=int(generator.integers(1, 4)))]
    every = pd.MultiIndex.from_product([[f"w{word}" for word in range(count)] for count in kinds])
    codes = pd.get_dummies(every.to_frame(index=False), dtype=float)
    rank = int(np.linalg.matrix_rank(codes.assign(constant=1.0)))
    value, total = rank - 1, codes.shape[1]
    if len(kinds) == 1:
        columns, struck = f"a column of {kinds[0]} different words", "one dummy follows"
    else:
        listed = f"{', '.join(map(str, kinds[:-1]))} and {kinds[-1]}"
        columns = f"{len(kinds)} columns of {listed} different words, in all combinations"
        struck = "in each column one dummy follows"
    slips = {
        total: Slip(
            f"That is all of them. But {struck} from the others: where they are zero, it is one. "
            f"{value} will do.",
            "every_dummy_is_needed",
        )
    }
    if len(kinds) > 1:
        slips[total - 1] = Slip(
            f"One can be spared, and not one alone: {struck} from the others of its column. "
            f"{value} will do.",
            "every_dummy_is_needed",
        )
    too_few = Slip(
        f"With fewer than {value}, two words of some column would be zero throughout, and nobody "
        "could tell one from the other.",
        "no_dummy_is_needed",
    )
    too_many = Slip(
        f"There are {total} dummies in all, and {struck} from the others: {value} will do.",
        "every_dummy_is_needed",
    )
    return TypeNumber(
        question=f"A table has {columns}. How many dummies does it take at the least, so that "
        "every word of every row can still be told?",
        value=value,
        tolerance=0,
        low=0,
        high=40,
        unit="dummies",
        feedback=f"There are {total} dummies, and {struck} from the others: {value} will do.",
        bands=bands(value, 40, slips, too_few, too_many),
        holds=value == total - len(kinds),
    )
