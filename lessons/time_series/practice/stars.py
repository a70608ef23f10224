"""How many false stars unrelated series earn, and how many rows they are worth."""

from itertools import pairwise

import numpy as np

from lessons.practising import Slip, ranges
from lessons.time_series.practice.starred import starred
from lib.charts import number_text
from lib.course import Arrange, ChooseOne, Exercise, Reply, TypeNumber, kind


@kind
def stars_on_a_map_of_walks(generator: np.random.Generator) -> Exercise:
    """How many stars a map of unrelated walks has."""
    columns, rows = int(generator.integers(6, 13)), int(generator.choice([20, 100, 1000]))
    pairs = columns * (columns - 1) // 2
    share = starred("walks", "nothing", rows)
    by_level, value = 0.05 * pairs, share * pairs / 100
    right = (
        f"Of unrelated pairs of walks with {rows} rows {share:.0f} % have a star, and {columns} "
        f"columns make {pairs} pairs: about {value:.0f}"
    )
    return TypeNumber(
        question=f"{columns} random walks of {rows} rows, none with anything to do with another, "
        "make one map. Each pair is tested at 5 %, as if its rows were independent. How many stars "
        "do you expect? Within a quarter will do.",
        value=value,
        tolerance=0.25 * value,
        low=0,
        high=pairs,
        unit=f"of {pairs} pairs",
        feedback=f"{right}. The level alone would promise {by_level:.1f}.",
        bands=ranges(
            0,
            (
                2 * by_level,
                Slip(
                    f"{{said}} would be near the level, {by_level:.1f} of {pairs}. That is for "
                    f"rows that do not know each other. {right}.",
                    "rows_are_always_independent",
                ),
            ),
            (
                value,
                Slip(
                    f"{{said}} is too few. Two walks often go the same way, or opposite ways, for "
                    f"a long time. {right}.",
                    "rows_are_always_independent",
                ),
            ),
            (
                pairs + 1,
                Slip(f"{{said}} is too many, walks as they are. {right}.", "nothing_helps_walks"),
            ),
        ),
    )


@kind
def rows_of_an_echo(generator: np.random.Generator) -> Exercise:
    """How many independent rows series with an echo are worth."""
    while True:
        phi = int(generator.integers(2, 10)) / 10
        rows = int(generator.choice([200, 300, 400, 500, 600, 800, 1000, 1500]))
        value = rows * (1 - phi**2) / (1 + phi**2)
        # With fewer the short formula is off by more than a twentieth.
        if value > 80:
            break
    of_a_mean = rows * (1 - phi) / (1 + phi)
    right = (
        f"The short formula has phi squared: {rows} × {number_text(1 - phi**2)} / "
        f"{number_text(1 + phi**2)} is "
        f"{value:.0f}"
    )
    return TypeNumber(
        question=f"Two unrelated sensors, {rows} readings each. Each reading keeps {phi:.1f} of "
        "the last one and adds something new. How many independent rows are the pair's readings "
        "worth, as far as r is concerned? Within a tenth will do.",
        value=value,
        tolerance=0.1 * value,
        low=1,
        high=3000,
        unit="rows",
        feedback=f"{right}.",
        bands=ranges(
            1,
            (
                value,
                Slip(
                    f"{{said}} is too few. With phi itself in the formula it would be "
                    f"{of_a_mean:.0f}: so many are worth the rows of *one* series for its mean. "
                    f"{right}.",
                    "overlap_costs_everything",
                ),
            ),
            (
                rows,
                Slip(
                    f"{{said}} is too many: each reading repeats a part of the last one. {right}.",
                    "little_echo_no_harm",
                ),
            ),
            (
                3001,
                Slip(
                    f"{{said}} would count each of the {rows} readings in full, or as more than "
                    f"one. Each repeats a part of the last. {right}.",
                    "rows_are_always_independent",
                ),
            ),
        ),
        holds=of_a_mean < value < rows,
    )


_PAIRS_OF = {
    "noise": ("noise", "nothing", (50, 100, 500)),
    "series that keep half of their last value": ("0.5", "nothing", (50, 100, 500)),
    "series that keep nine tenths of their last value": ("0.9", "nothing", (100, 500)),
    "walks": ("walks", "nothing", (20, 100, 1000)),
    "walks less their straight lines": ("walks", "detrend", (100,)),
    "noise about a wave that comes every year": ("seasons", "nothing", (96, 192)),
}


@kind
def most_false_stars(generator: np.random.Generator) -> Exercise:
    """Which unrelated series have false stars most often."""
    while True:
        names = [str(name) for name in generator.choice(list(_PAIRS_OF), 4, replace=False)]
        sizes = [int(generator.choice(_PAIRS_OF[name][2])) for name in names]
        shares = [
            starred(_PAIRS_OF[name][0], _PAIRS_OF[name][1], rows)
            for name, rows in zip(names, sizes, strict=True)
        ]
        ordered = sorted(shares)
        if all(b - a > 20 or b > 2 * a for a, b in pairwise(ordered)):
            break
    items = [f"{rows} rows of {name}" for name, rows in zip(names, sizes, strict=True)]
    told = "; ".join(
        f"{item}: {share:.0f} %"
        for share, item in sorted(zip(shares, items, strict=True), reverse=True)
    )

    def wrong(order: tuple[int, ...]) -> Reply:
        first, best = shares[order[0]], max(shares)
        step = next(
            (items[one], items[other])
            for one, other in pairwise(order)
            if shares[one] < shares[other]
        )
        feedback = (
            f"*{step[0]}* has a false star less often than *{step[1]}*. What adds up, or comes "
            f"back for all, makes the most of them. By thousands of pairs: {told}."
        )
        is_noise = first < best and first < 20
        return Reply(
            text="",
            feedback=feedback,
            misconception="rows_are_always_independent" if is_noise else "more_rows_cure_drift",
        )

    return Arrange(
        question="Pairs of series without any link, tested at 5 % as if their rows were "
        "independent. Put them in order: which have a false star most often?",
        items=items,
        values=shares,
        feedback=f"So thousands of pairs say: {told}.",
        wrong=wrong,
    )


_TEN_TIMES = {
    "random walks": ("walks", "nothing", (20, 50, 100)),
    "differences of random walks": ("walks", "difference", (20, 50, 100)),
    "noise about a line that rises by a twentieth of the noise's standard deviation each row": (
        "trends",
        "nothing",
        (25, 30),
    ),
    "the same noise about a line, less the line": ("trends", "detrend", (25, 50, 100)),
    "series that keep seven tenths of their last value": ("0.7", "nothing", (50, 100)),
}


@kind
def ten_times_the_rows(generator: np.random.Generator) -> Exercise:
    """What more rows do to false stars."""
    while True:
        name = str(generator.choice(list(_TEN_TIMES)))
        cause, change, sizes = _TEN_TIMES[name]
        rows = int(generator.choice(sizes))
        few, many = (starred(cause, change, count) for count in (rows, 10 * rows))
        grows, stays = many - few > 10, abs(many - few) < 3
        if grows or stays:
            break
    said = f"With {rows} rows {few:.0f} % of such pairs have a star, with {10 * rows} {many:.0f} %."
    one = "is about the level" if few < 8 else "is above the level, and stays there"
    return ChooseOne(
        question=f"Unrelated pairs of {name.replace('the same ', '')}, {rows} rows each, tested at "
        f"5 % as if the rows were independent. Somebody waits until there are {10 * rows} rows. "
        "How many such pairs have a star then?",
        choices=[
            Reply(
                text="More of them than before",
                feedback=f"{said} What adds up, or goes on one way, has longer to drift."
                if grows
                else f"{said} Nothing is left in them that adds up without end, so that {few:.0f} "
                f"% {one}.",
                right=grows,
                misconception=None if grows else "nothing_helps_walks",
                holds=many > few + 10 if grows else abs(many - few) < 3,
            ),
            Reply(
                text="About as many, by less than three points",
                feedback=f"{said} That would hold for rows that repeat no others, or repeat them "
                "for a while only. These go on drifting."
                if grows
                else f"{said} Each row is worth as much as before. More of them narrow r and the "
                "range that it must leave alike.",
                right=stays,
                misconception=None if stays else "rows_are_always_independent",
            ),
            Reply(
                text="Fewer: chance evens out",
                feedback=f"{said} r comes nearer to zero where rows do not drift; but so does the "
                "r that earns a star.",
                misconception="more_rows_cure_drift",
                holds=many > few - 3,
            ),
        ],
    )
