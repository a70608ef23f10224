"""Tables of counts: what is expected, what is left over, and what V makes of it."""

import math

import numpy as np
import pandas as pd

from lessons.practising import Slip, bands
from lib.charts import Heatmap, minus_signs, p_text
from lib.course import ChooseOne, ClickCell, Exercise, Reply, TypeNumber, kind
from lib.stats import cramers_v

_SURVEYS = (
    ("guests", "came by train", "stayed for a week"),
    ("readers", "live in a town", "read on paper"),
    ("flats", "have a balcony", "are let"),
    ("pupils", "learn an instrument", "walk to school"),
)


@kind
def expected_by_head(generator: np.random.Generator) -> Exercise:
    """What a cell would hold without any link."""
    who, one, other = _SURVEYS[int(generator.integers(len(_SURVEYS)))]
    while True:
        people = int(generator.choice([100, 200, 300, 400, 500, 600, 800]))
        row, column = (int(share * people) for share in generator.integers(1, 9, 2) / 10)
        value = row * column / people
        count = int(value + generator.choice([-1, 1]) * generator.integers(5, 30))
        apart = sorted([value, float(count), people / 4, float(min(row, column))])
        possible = max(4, row + column - people) < count < min(row, column)
        if value.is_integer() and possible and min(np.diff(apart)) > 2:
            break
    right = f"{row} × {column} / {people} is {value:.0f}"
    tempting = {
        count: Slip(
            f"{{said}} is what the cell holds. Without a link {right.replace('is', 'gives')}.",
            "large_counts_make_the_link",
        ),
        people // 4: Slip(
            f"{{said}} would be a quarter, as if all four cells were alike. The sums of row and "
            f"column say otherwise: {right}.",
            "v_is_everywhere",
        ),
        min(row, column): Slip(
            f"{{said}} would be all of the smaller group. Without a link the cell has its share "
            f"of both: {right}.",
            "large_counts_make_the_link",
        ),
    }
    return TypeNumber(
        question=f"Of {people} {who} {row} {one} and {column} {other}; {count} do both. How many "
        "would, if the one had nothing to do with the other?",
        value=value,
        tolerance=0,
        low=0,
        high=1000,
        unit=who,
        feedback=f"{right}. There are {count}, {abs(count - value):.0f} "
        f"{'more' if count > value else 'fewer'} than that.",
        bands=bands(
            value,
            1000,
            tempting,
            Slip(
                f"{{said}} is too few: a smaller share of the {column} than the {row} are of all "
                f"{people}. {right}.",
                "large_counts_make_the_link",
            ),
            Slip(
                f"{{said}} is too many: a larger share of the {column} than the {row} are of all "
                f"{people}. {right}.",
                "large_counts_make_the_link",
            ),
        ),
    )


@kind
def residual_by_head(generator: np.random.Generator) -> Exercise:
    """How far a cell is from what is expected."""
    root = int(generator.integers(4, 13))
    value = int(generator.choice([-4, -3, -2, -1, 1, 2, 3, 4]))
    if root + value <= 0:
        value = -value
    expected, count = root**2, root**2 + value * root
    gap = count - expected
    signed = minus_signs(str(value))
    right = (
        f"{count} − {expected} is {minus_signs(str(gap))}, and over {root}, the root of "
        f"{expected}, that is {signed}"
    )
    tempting = {
        gap: Slip(
            f"{{said}} is the plain difference. A hundred too many mean little among thousands, so "
            f"it is divided by the root of what is expected. {right}.",
            "one_kind_of_residual",
        ),
        -value: Slip(
            f"The size is right, and {{said}} would say that there are "
            f"{'fewer' if value > 0 else 'more'} than expected. {right}.",
            "large_counts_make_the_link",
        ),
    }
    if abs(value) > 1:
        tempting[value**2] = Slip(
            f"{{said}} is the square: what the cell adds to chi-square. {right}.",
            "one_kind_of_residual",
        )
    return TypeNumber(
        question=f"A cell holds {count} people where {expected} were expected. What is its Pearson "
        "residual?",
        value=value,
        tolerance=0,
        low=-300,
        high=300,
        feedback=f"{right}. Its square, {value**2}, is what the cell adds to chi-square.",
        bands=bands(
            value,
            300,
            tempting,
            Slip(
                f"With a residual of {{said}} the cell would hold fewer than {count}: {right}.",
                "one_kind_of_residual",
            ),
            Slip(
                f"With a residual of {{said}} the cell would hold more than {count}: {right}.",
                "one_kind_of_residual",
            ),
            low=-300,
        ),
    )


@kind
def v_by_head(generator: np.random.Generator) -> Exercise:
    """How chi-square becomes V."""
    rows, columns = (int(levels) for levels in generator.integers(2, 7, 2))
    value = int(generator.integers(1, 8)) / 10
    people = int(generator.choice([100, 200, 300, 400, 500, 1000]))
    free = min(rows, columns) - 1
    chi_square = round(value**2 * people * free, 1)
    left = f"({people} × {free})" if free > 1 else str(people)
    right = f"{chi_square:g} / {left} is {value**2:.2f}, and its root is {value:.1f}"
    tempting = {
        value**2: Slip(
            f"{{said}} is V squared; the root is missing. {right}.", "chi_square_is_strength"
        ),
        chi_square: Slip(
            f"{{said}} is chi-square itself, which grows with the people. {right}.",
            "chi_square_is_strength",
        ),
    }  # fmt: skip
    if free > 1:
        tempting[math.sqrt(chi_square / people)] = Slip(
            f"{{said}} forgets the size of the table: {rows} by {columns} can have a chi-square of "
            f"{people * free}. {right}.",
            "v_has_one_scale",
        )
    return TypeNumber(
        question=f"A table of {rows} by {columns} words, {people} people, has a chi-square of "
        f"{chi_square:g}. How large is V, uncorrected?",
        value=value,
        tolerance=0.01,
        low=0,
        high=10000,
        decimals=2,
        feedback=f"{right}. {chi_square:g} of at most {people * free}.",
        bands=bands(
            value,
            10000,
            tempting,
            Slip(
                f"{{said}} is too little: so weak a link would have a chi-square below "
                f"{chi_square:g}. {right}.",
                "chi_square_is_strength",
            ),
            Slip(
                f"{{said}} is too much: no V is above 1, and one above {value:.1f} would take a "
                f"larger chi-square. {right}.",
                "chi_square_is_strength",
            ),
        ),
    )


@kind
def everybody_more_than_once(generator: np.random.Generator) -> Exercise:
    """What becomes of chi-square, V and p when everybody is counted again."""
    from scipy.stats import chi2_contingency  # slow to import

    times = int(generator.integers(2, 6))
    asked = str(generator.choice(["chi-square", "V", "p"]))
    while True:
        counts = generator.poisson(generator.integers(8, 30, (2, 3)))
        if counts.min() < 3:
            continue
        once, more = (
            chi2_contingency(table, correction=False) for table in (counts, times * counts)
        )
        v_once, v_more = (
            cramers_v(table=pd.DataFrame(table), corrected=False)
            for table in (counts, times * counts)
        )
        if 0.01 < once.pvalue < 0.4:
            break
    people = int(counts.sum())
    said = {
        "chi-square": f"chi-square goes from {once.statistic:.2f} to {more.statistic:.2f}",
        "V": f"V is {v_once:.3f} before and {v_more:.3f} after",
        "p": f"{p_text(once.pvalue)} becomes {p_text(more.pvalue)}",
    }
    grows = f"{times} times as large as before"
    same, smaller = "The same as before", "Smaller than before"
    reasons = {
        "chi-square": {
            grows: "Each difference from what is expected grows with the people, and so does what "
            "chi-square adds up",
            same: "The shares in the table are what they were, and so is V. Chi-square is made of "
            "counts",
            smaller: f"That is what p does: {said['p']}. The larger chi-square is, the smaller p",
        },
        "V": {
            grows: f"That is what chi-square does: {said['chi-square']}. V divides it by the "
            f"people, who are {times} times as many, too",
            same: "V divides chi-square by the people, and both grow alike",
            smaller: f"V divides by the people, and they are {times} times as many. But so is "
            "chi-square, which it divides",
        },
        "p": {
            grows: f"That is what chi-square does: {said['chi-square']}. The larger that is, the "
            "smaller is p",
            same: f"Nobody new was asked, and so {said['V']}. But p takes each row for a person "
            "of its own",
            smaller: "p asks whether there is something, and more people make that easier to see, "
            "even where they are the same ones",
        },
    }[asked]
    right = {"chi-square": grows, "V": same, "p": smaller}[asked]
    misconception = "small_p_is_strong" if asked == "p" else "chi_square_is_strength"
    return ChooseOne(
        question=f"A table of {people} people, two words by three. By mistake everybody is counted "
        f"{times} times. What becomes of {asked + ', uncorrected' if asked == 'V' else asked}?",
        choices=[
            Reply(
                text=text,
                feedback=f"{reason}: {said[asked]}.",
                right=text == right,
                misconception=None if text == right else misconception,
                holds=math.isclose(times * once.statistic, more.statistic)
                and math.isclose(v_once, v_more)
                and bool(more.pvalue < once.pvalue),
            )
            for text, reason in reasons.items()
        ],
    )


_TOWNS = ("Ashby", "Birch", "Cedar", "Dale")
_THINGS = (
    ("tea", "coffee", "juice", "water"),
    ("bus", "bike", "car", "train"),
    ("cat", "dog", "fish", "bird"),
)


@kind(transfer=True)
def cell_that_adds_most(generator: np.random.Generator) -> Exercise:
    """Which cell of a table makes most of V."""
    columns = list(_THINGS[int(generator.integers(len(_THINGS)))])
    while True:
        rows, things = generator.dirichlet([3] * 4), generator.dirichlet([3] * 4)
        shares = np.outer(rows, things)
        row, column = (int(place) for place in generator.integers(0, 4, 2))
        shares[row, column] *= float(generator.choice([0.3, 2.0, 2.5]))
        people = int(generator.integers(300, 801))
        counts = generator.multinomial(people, (shares / shares.sum()).ravel()).reshape(4, 4)
        expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / people
        if expected.min() < 5:
            continue
        parts = (counts - expected) ** 2 / expected
        most, following = np.sort(parts.ravel())[[-1, -2]]
        if most > 2 * following and parts.argmax() != counts.argmax() and most > 8:
            break
    frame = pd.DataFrame(counts, pd.Index(_TOWNS, name="town"), columns)
    text = pd.DataFrame(
        [
            [f"{count} ({wanted:.0f})" for count, wanted in zip(*both, strict=True)]
            for both in zip(counts, expected, strict=True)
        ],
        frame.index,
        columns,
    )
    part = pd.DataFrame(parts, frame.index, columns)
    there = pd.DataFrame(expected, frame.index, columns)
    town, thing = _TOWNS[int(parts.argmax()) // 4], columns[int(parts.argmax()) % 4]

    def said(of: str, at: str) -> str:
        return (
            f"{of} and {at}: {frame[at][of]} where {there[at][of]:.1f} were expected, which adds "
            f"{part[at][of]:.1f}"
        )

    right = f"{said(town, thing)} of {parts.sum():.1f}"

    def reply(of: str, at: str) -> Reply:
        if (of, at) == (town, thing):
            return Reply(text=f"{of}, {at}", feedback=f"{right}.", right=True)
        is_largest = frame[at][of] == counts.max()
        why = "Most people are there, and most were to be expected. " if is_largest else ""
        return Reply(
            text=f"{of}, {at}",
            feedback=f"{why}{said(of, at)}. {right}.",
            misconception="large_counts_make_the_link" if is_largest else "v_is_everywhere",
        )

    return ClickCell(
        question=f"{people} people of four towns. Each cell has its count and, in brackets, what "
        "the sums of its row and column would give. Click the cell that adds most to chi-square.",
        chart=(
            chart := Heatmap(
                frame, limits=None, colours="viridis", text=text, title="Counted (expected)",
                scale="people",
            )
        ),
        figures=[chart],
        description="A map of four towns by four things, the count and in brackets the count "
        "expected. "
        + " ".join(
            f"{of}: {', '.join(f'{at} {text[at][of]}' for at in columns)}." for of in _TOWNS
        ),
        cells=[(of, at) for of in _TOWNS for at in columns],
        reply=reply,
    )  # fmt: skip
