"""Exercises on reading a file, building a matrix and drawing it."""

import numpy as np

from lib.course import Band, ChooseOne, Exercise, Reply, TypeNumber, kind


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
                feedback=f"{{said}} is too few. Each column meets all {columns - 1} others, not "
                f"one: that makes {pairs} pairs.",
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
def which_triangle_a_mask_leaves(generator: np.random.Generator) -> Exercise:
    """What a mask of `np.triu` or `np.tril` leaves to be seen."""
    call = str(generator.choice(["np.triu", "np.tril"]))
    side = int(generator.integers(5, 13))
    mask = getattr(np, call.removeprefix("np."))(np.ones((side, side), bool))
    # A cell of the mask that is True is not drawn.
    shown = int((~mask).sum())
    below = call == "np.triu"
    where, other = ("below", "above") if below else ("above", "below")
    return ChooseOne(
        question=f"`sns.heatmap(r, mask={call}(np.ones_like(r, dtype=bool)))` with {side} columns. "
        "Which cells are drawn?",
        choices=[
            Reply(
                text=f"those {where} the diagonal",
                feedback=f"True hides. `{call}` is True on its own side and on the diagonal, so "
                f"{shown} cells {where} it remain.",
                right=True,
                holds=bool((~mask)[2, 1]) == below and shown == side * (side - 1) // 2,
            ),
            Reply(
                text=f"those {other} the diagonal",
                feedback=f"That is where `{call}` is True, and True hides. The {shown} cells "
                f"{where} the diagonal remain.",
                misconception="true_shows",
            ),
            Reply(
                text="the diagonal and those on one side of it",
                feedback=f"`{call}` takes the diagonal along unless it is told `k`: that is True "
                f"as well, and hidden. {shown} cells remain, none of them on the diagonal.",
                misconception="mask_keeps_the_diagonal",
                holds=bool(mask.diagonal().all()),
            ),
        ],
    )
