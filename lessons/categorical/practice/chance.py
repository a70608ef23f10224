"""What chance adds to V, and which way a share of uncertainty is read."""

import math

import numpy as np
import pandas as pd

from lessons.categorical.tables import after_bergsma
from lessons.practising import Slip, bands
from lessons.tables import table
from lib.charts import Heatmap
from lib.course import Arrange, ClickCell, Exercise, Reply, TypeNumber, kind
from lib.stats import theils_u


@kind
def v_of_chance(generator: np.random.Generator) -> Exercise:
    """How large V is where there is nothing."""
    while True:
        levels = int(generator.integers(2, 21))
        rows = int(generator.choice([50, 80, 100, 150, 200, 300, 500, 1000]))
        value = math.sqrt((levels - 1) / (rows - 1))
        if 0.09 < value < 0.65 and rows >= 4 * levels:
            break
    right = f"The root of {levels - 1} / {rows - 1} is {value:.2f}"
    return TypeNumber(
        question=f"Two columns that know nothing of each other, {levels} levels each, {rows} rows. "
        "How large is V by chance, uncorrected? Take the root of its mean square; within 0.03 will "
        "do.",
        value=value,
        tolerance=0.03,
        low=0,
        high=1,
        decimals=2,
        feedback=f"{right}: levels less one over rows less one. So much is no finding.",
        bands=bands(
            value,
            1,
            {},
            Slip(
                f"{{said}} is too little. V cannot be negative, so what chance adds does not "
                f"cancel. {right}.",
                "independent_means_no_v",
            ),
            Slip(f"{{said}} would take more levels or fewer rows. {right}.", "v_has_one_scale"),
        ),
    )


@kind
def what_the_correction_leaves(generator: np.random.Generator) -> Exercise:
    """Which V is more than chance gives."""
    count = int(generator.integers(3, 5))
    while True:
        sizes = [_SIZES[int(place)] for place in generator.choice(len(_SIZES), count)]
        levels, rows = zip(*sizes, strict=True)
        wanted = generator.permutation(generator.uniform(0.02, 0.1) + 0.16 * np.arange(count))
        printed = [
            round(_printed(float(v), k, n), 2) for v, (k, n) in zip(wanted, sizes, strict=True)
        ]
        left = [after_bergsma(v, k, n) for v, (k, n) in zip(printed, sizes, strict=True)]
        apart = np.diff(np.sort(left)).min() > 0.12 and np.diff(np.sort(printed)).min() > 0.04
        if apart and (np.argsort(printed) != np.argsort(left)).any():
            break
    items = [
        f"V = {v:.2f} of {k} levels by {k} in {n} rows"
        for v, k, n in zip(printed, levels, rows, strict=True)
    ]
    chances = [math.sqrt((k - 1) / (n - 1)) for k, n in zip(levels, rows, strict=True)]
    told = "; ".join(
        f"{items[place]}: chance gives {chances[place]:.2f}, {left[place]:.2f} is left"
        for place in np.argsort(left)[::-1]
    )

    def wrong(order: tuple[int, ...]) -> Reply:
        is_by_size = order == tuple(int(place) for place in np.argsort(printed)[::-1])
        why = "That is the order in print." if is_by_size else "Not in this order."
        return Reply(
            text="",
            feedback=f"{why} Many levels in few rows have a large V by chance alone. {told}.",
            misconception="v_has_one_scale" if is_by_size else "independent_means_no_v",
        )

    return Arrange(
        question="Values of V in print, none of them corrected. Put them in order by what "
        "Bergsma's correction leaves, most first. Chance gives about the root of levels less one "
        "over rows less one.",
        items=items,
        values=left,
        feedback=f"So it is. {told}.",
        wrong=wrong,
    )


_SIZES = [
    (levels, rows)
    for levels in (2, 3, 5, 10, 15, 20)
    for rows in (50, 100, 200, 400, 1000)
    if rows >= 4 * levels
]


def _printed(left: float, levels: int, rows: int) -> float:
    """The V of which the correction leaves so much."""
    chance = (levels - 1) / (rows - 1)
    return math.sqrt(left**2 * (1 - chance) + chance)


_ASKED = {
    "titanic": ("survived", "sex", "passengerClass"),
    "chile": ("region", "sex", "education", "vote"),
}


@kind(transfer=True)
def told_by_u(generator: np.random.Generator) -> Exercise:
    """Which cell says what one column tells of another."""
    data = str(generator.choice(list(_ASKED)))
    names = list(_ASKED[data])
    rows = int(generator.integers(300, 901))
    people = table(data)[names].dropna()
    places = generator.choice(len(people), rows, replace=False)
    codes = {name: people[name].cat.codes.to_numpy()[places] for name in names}
    u = pd.DataFrame(np.eye(len(names)), pd.Index(names, name="told"), names)
    for row in names:
        for column in names:
            if row != column:
                counts = pd.DataFrame(_counted(codes[row], codes[column]))
                u.loc[row, column] = theils_u(table=counts)
    told, known = (str(name) for name in generator.choice(names, 2, replace=False))
    right = (
        f"knowing `{known}` removes {u[known][told]:.3f} of the uncertainty about `{told}`: row "
        f"`{told}`, column `{known}`"
    )

    def reply(row: str, column: str) -> Reply:
        value = float(u[column][row])
        text = f"{row}, given {column}: {value:.3f}"
        if (row, column) == (told, known):
            return Reply(text=text, feedback=f"Just so: {right}.", right=True)
        if row == column:
            feedback = f"A column tells all about itself. But {right}."
            return Reply(text=text, feedback=feedback, misconception="diagonal_is_a_finding")
        if (row, column) == (known, told):
            feedback = (
                f"The right pair, the wrong way round: {value:.3f} of `{row}` is told by "
                f"`{column}`. But {right}."
            )
            return Reply(text=text, feedback=feedback, misconception="association_is_symmetric")
        feedback = f"That is `{row}` given `{column}`, {value:.3f}. But {right}."
        return Reply(text=text, feedback=feedback, misconception="association_is_symmetric")

    return ClickCell(
        question=f"{rows} people, drawn from the table *{data}*. The map shows Theil's U, of the "
        f"row, given the column. You are told each one's `{known}`. Which cell says how much of "
        f"the uncertainty about `{told}` that removes?",
        chart=(
            chart := Heatmap(
                u, (0, 1), colours="viridis", decimals=3, title="U of the row, given the column",
                scale="U",
            )
        ),
        figures=[chart],
        description="A map of U, a row for what is told and a column for what is known. "
        + " ".join(
            f"{row}: {', '.join(f'given {column} {u[column][row]:.3f}' for column in names)}."
            for row in names
        ),
        cells=[(row, column) for row in names for column in names],
        reply=reply,
    )  # fmt: skip


def _counted(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    counts = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(counts, (rows, columns), 1)
    return counts
