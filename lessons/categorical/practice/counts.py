"""Tables of counts: what is expected, what is left over, and what V makes of it."""

import math

import numpy as np
import pandas as pd

from lessons.bands import Said, bands_at
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
    tempting: dict[float, Said] = {
        float(count): (
            f"{{said}} is what the cell holds. Without a link {right.replace('is', 'gives')}.",
            "large_counts_make_the_link",
        ),
        people / 4: (
            f"{{said}} would be a quarter, as if all four cells were alike. The sums of row and "
            f"column say otherwise: {right}.",
            "v_is_everywhere",
        ),
        float(min(row, column)): (
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
        bands=bands_at(
            0, 1001, tempting, (f"Not {{said}}: {right}.", "large_counts_make_the_link")
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
    tempting: dict[float, Said] = {
        float(gap): (
            f"{{said}} is the plain difference. A hundred too many mean little among thousands, so "
            f"it is divided by the root of what is expected. {right}.",
            "one_kind_of_residual",
        ),
        float(-value): (f"The size is right. {right}.", "large_counts_make_the_link"),
    }
    if abs(value) > 1:
        tempting[float(value**2)] = (
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
        bands=bands_at(-300, 301, tempting, (f"Not {{said}}: {right}.", "one_kind_of_residual")),
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
    tempting: dict[float, Said] = {
        value**2: (
            f"{{said}} is V squared; the root is missing. {right}.", "chi_square_is_strength"
        ),
        chi_square: (
            f"{{said}} is chi-square itself, which grows with the people. {right}.",
            "chi_square_is_strength",
        ),
    }  # fmt: skip
    if free > 1:
        tempting[math.sqrt(chi_square / people)] = (
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
        bands=bands_at(
            0, 10001, tempting, (f"Not {{said}}: {right}.", "chi_square_is_strength"), near=0.006
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
    right = {"chi-square": grows, "V": "The same as before", "p": "Smaller than before"}[asked]
    reasons = {
        "chi-square": "Each difference from what is expected grows with the people, and so does "
        "their sum",
        "V": "V divides by the people again",
        "p": "p asks whether there is something, and more people make that easier to see, even "
        "where they are the same ones",
    }
    tempting = {
        "chi-square": "chi_square_is_strength",
        "V": "chi_square_is_strength",
        "p": "small_p_is_strong",
    }
    return ChooseOne(
        question=f"A table of {people} people, two words by three. By mistake everybody is counted "
        f"{times} times. What becomes of {asked + ', uncorrected' if asked == 'V' else asked}?",
        choices=[
            Reply(
                text=text,
                feedback=f"{reasons[asked]}: {said[asked]}.",
                right=text == right,
                misconception=None if text == right else tempting[asked],
                holds=math.isclose(times * once.statistic, more.statistic)
                and math.isclose(v_once, v_more)
                and bool(more.pvalue < once.pvalue),
            )
            for text in (grows, "The same as before", "Smaller than before")
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
