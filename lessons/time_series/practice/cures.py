"""What made two series wander, and what has to be done to both before they are correlated."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from lessons.practising import Slip, bands
from lessons.tables import table
from lessons.time_series.practice.starred import (
    CURED,
    drawn,
    seed_from,
    starred,
    told,
    told_by_line,
)
from lib.charts import Heatmap, Lines, minus_signs, number_text
from lib.course import ChooseOne, Exercise, Reply, TwoTier, TypeNumber, kind

_CURES = {
    "walks": ("difference", "Take differences"),
    "trends": ("detrend", "Take out the straight line"),
    "seasons": ("season out", "Take the season out, the mean of each month"),
}
_ONES = {"walks": "walks", "trends": "noise about a line", "seasons": "noise about a yearly wave"}
_MISTAKEN = {
    "walks": "differencing_cures_everything",
    "trends": "detrending_cures_everything",
    "seasons": "one_cure_for_all",
}
_LEFT = {
    ("walks", "trends"): "A walk does not follow a line, and what is left wanders on.",
    ("walks", "seasons"): "A walk has no months that are always high.",
    ("trends", "walks"): "Differences in a row share a value, so that they repeat each other.",
    ("trends", "seasons"): "Without the means of the months the line is still there.",
    ("seasons", "walks"): "The step from June to July comes back every year, too.",
    ("seasons", "trends"): "What comes and goes every year does not follow a line.",
}


def _cures(cause: str, rows: int) -> list[Reply]:
    """The three cures, with what each leaves of unrelated pairs of this kind."""
    before = starred(cause, "nothing", rows)
    replies = []
    for other, (change, text) in _CURES.items():
        left = starred(cause, change, rows)
        pairs = f"of unrelated pairs of {_ONES[cause]}, drawn as in the lesson over {rows} months,"
        if other == cause:
            feedback = (
                f"It fits. Untreated, {before:.0f} % {pairs} have a star at a level of 5 %; after "
                f"this {left:.0f} %, as chance gives."
            )
            replies.append(Reply(text=text, feedback=feedback, right=True, holds=left <= CURED))
        else:
            feedback = f"{_LEFT[cause, other]} {left:.0f} % {pairs} still have a star after this."
            replies.append(
                Reply(text=text, feedback=feedback, misconception=_MISTAKEN[other],
                      holds=left > CURED)
            )  # fmt: skip
    return replies


@kind
def what_made_them_wander(generator: np.random.Generator) -> Exercise:
    """Which cure fits two series that are drawn."""
    cause = str(generator.choice(list(_CURES)))
    months = int(generator.choice([96, 120, 144, 192]))
    while True:
        one, other = drawn(cause, 2, months, seed_from(generator))
        # A walk that looks like a line would be a riddle.
        if cause != "walks" or max(told_by_line(one), told_by_line(other)) < 0.6:
            break
    frame = pd.DataFrame({"one": one, "other": other}, pd.RangeIndex(1, months + 1, name="month"))
    return ChooseOne(
        question=f"Two series over {months} months, made without any link. Unrelated pairs of "
        "their kind shall have a star as rarely as the level of 5 % says. What has to be done to "
        "both first?",
        figures=[Lines(frame, title="Both, month by month", y="value")],
        description=f"Two lines over {months} months. "
        f"{told('the one', one)} {told('the other', other)}",
        choices=_cures(cause, months),
    )


_STORIES = {
    "walks": (
        "Two gamblers in two towns. Each month each wins or loses something, as a fair coin says. "
        "Written down is what is in their purses",
        "Two buoys in two oceans. Each month the currents carry each a little way east or west of "
        "where it was. Written down is how far east they are",
    ),
    "trends": (
        "Two glaciers on two continents retreat by the same length every month. Each reading is "
        "off by some metres, anew each time",
        "Two old bridges sink by the same amount each month. Each survey is a little off, one "
        "independent of the next",
    ),
    "seasons": (
        "Heating oil sold in one country and gloves sold in another. Both are high every winter, "
        "with a little chance in each month",
        "Mosquitoes caught at one lake and ice cream sold at another. Both are high every summer, "
        "with a little chance in each month",
    ),
}
_REASONS = {
    "walks": "What was added stays: each value is the last one and something new",
    "trends": "Every month goes the same way on, and the scatter about that does not add up",
    "seasons": "The same months are high in every year",
}


@kind(transfer=True)
def cure_of_a_story(generator: np.random.Generator) -> Exercise:
    """Which cure a story asks for, and why."""
    cause = str(generator.choice(list(_CURES)))
    rows = int(generator.choice([96, 144, 192, 240]))
    story = str(generator.choice(_STORIES[cause]))
    reasons = []
    for other, text in _REASONS.items():
        change = _CURES[other][0]
        left = starred(cause, change, rows)
        if other == cause:
            feedback = f"That is how these numbers are made, and it is what *{change}* takes away."
            reasons.append(Reply(text=text, feedback=feedback, right=True))
        else:
            feedback = (
                f"If that were how they are made, *{change}* would do. It leaves {left:.0f} % of "
                f"unrelated pairs of {_ONES[cause]} with a star."
            )
            reasons.append(
                Reply(text=text, feedback=feedback, misconception=_MISTAKEN[other],
                      holds=left > CURED)
            )  # fmt: skip
    question = (
        f"{story}. There are {rows} months of it, and the two have nothing to do with each other. "
        "What has to be done to both before r is computed?"
    )
    return TwoTier(
        question=question,
        first=ChooseOne(question=question, choices=_cures(cause, rows)),
        why=ChooseOne(question="Why does that fit?", choices=reasons),
    )


@kind(transfer=True)
def season_out_by_head(generator: np.random.Generator) -> Exercise:
    """What is left of one value when the season is taken out."""
    years, quarters = 3, 4
    for _ in range(500):
        first = int(generator.integers(1995, 2018))
        values = generator.integers(10, 32, (years, quarters)) + np.array([0, 20, 40, 10])
        row, column = int(generator.integers(1, years)), int(generator.integers(1, quarters))
        here = int(values[row, column])
        mean = values[:, column].sum() / years
        own = values[row].sum() / quarters
        left, year_ago, before = (
            here - mean, here - values[row - 1, column], here - values[row, column - 1]
        )  # fmt: skip
        apart = sorted([left, float(year_ago), float(before), here - own])
        if mean.is_integer() and left != 0 and min(np.diff(apart)) > 1:
            break
    table_ = pd.DataFrame(
        values,
        pd.Index([str(first + year) for year in range(years)], name="year"),
        ["Q1", "Q2", "Q3", "Q4"],
    )
    name, year = table_.columns[column], table_.index[row]
    left_text = minus_signs(f"{left:g}")
    column_text = ", ".join(map(str, values[:, column]))
    right = (
        f"The three values of {name} have a mean of {mean:.0f}: {here} − {mean:.0f} is {left_text}"
    )
    tempting: dict[float, Slip] = {
        float(year_ago): Slip(
            f"{{said}} is what {name} of {year} has more than {name} of the year before, year on "
            f"year. The season is the mean of all three. {right}.",
            "any_difference_will_do",
        ),
        float(before): Slip(
            f"{{said}} is the difference from the quarter before. That leaves the season in. "
            f"{right}.",
            "differencing_cures_everything",
        ),
        here - own: Slip(
            f"{{said}} compares it with the mean of its own year, {own:g}. That takes out how good "
            f"the year was, and leaves the season in. {right}.",
            "one_cure_for_all",
        ),
    }
    return TypeNumber(
        question=f"Visitors of a museum, in hundreds. The *season* is taken out. What becomes of "
        f"the {here} in {name} of {year}?",
        figures=[
            Heatmap(
                table_, limits=None, colours="viridis", decimals=0, title="Visitors by quarter",
                scale="hundreds",
            )
        ],
        description=f"A map with a row for each of {years} years and a column for each quarter. "
        f"{year}: {', '.join(map(str, values[row]))}. {name} over the years: {column_text}.",
        value=left,
        tolerance=0,
        low=-100,
        high=100,
        feedback=f"{right}. It is that much {'above' if left > 0 else 'below'} what is usual in "
        f"{name}.",
        bands=bands(
            left, 100, tempting,
            Slip(
                f"For {{said}} the usual {name} would be more than {mean:.0f}. {right}.",
                "any_difference_will_do",
            ),
            Slip(
                f"For {{said}} the usual {name} would be less than {mean:.0f}. {right}.",
                "any_difference_will_do",
            ),
            low=-100, near=0.5,
        ),
    )  # fmt: skip


_Change = Callable[["pd.Series[float]"], "pd.Series[float]"]
_CODE: dict[str, tuple[str, _Change, str]] = {
    "x.diff()": (
        "each month less the month before", lambda x: x.diff(), "differencing_cures_everything"
    ),
    "x.diff(12)": (
        "each month less the same month of the year before", lambda x: x.diff(12),
        "any_difference_will_do",
    ),
    'x - x.groupby(x.index.month).transform("mean")': (
        "each month less the mean of all months of its name",
        lambda x: x - x.groupby(x.index.month).transform("mean"),  # type: ignore[attr-defined]
        "one_cure_for_all",
    ),
    "np.log(x).diff()": (
        "the change from the month before, nearly as a share",
        lambda x: x.transform(np.log).diff(), "any_difference_will_do",
    ),
    "x - x.mean()": (
        "each month less the mean of the whole series", lambda x: x - x.mean(), "one_cure_for_all"
    ),
}  # fmt: skip
_SERIES = {"air_passengers": "passengers", "nottingham": "temperature"}


@kind
def lines_of_code(generator: np.random.Generator) -> Exercise:
    """Which line of pandas computes it."""
    name = str(generator.choice(list(_SERIES)))
    years = int(generator.integers(4, 9))
    whole = table(name)[_SERIES[name]].astype(float)
    start = int(generator.integers(0, len(whole) // 12 - years)) * 12
    x = whole.iloc[start : start + 12 * years]
    while True:
        target = str(generator.choice(list(_CODE)))
        month = x.index[int(generator.integers(12, len(x)))]
        found = {line: float(change(x)[month]) for line, (_, change, _) in _CODE.items()}
        texts = {line: number_text(value, 3) for line, value in found.items()}
        if len(set(texts.values())) == len(texts):
            break
    asked = _CODE[target][0]
    choices = []
    for line, (does, _, misconception) in _CODE.items():
        if line == target:
            feedback = f"It gives {does}: {texts[line]} for {month}, where x is {x[month]:g}."
            choices.append(Reply(text=f"`{line}`", feedback=feedback, right=True))
        else:
            feedback = (
                f"That is {does}: {texts[line]} for {month}, where {texts[target]} is asked for."
            )
            choices.append(Reply(text=f"`{line}`", feedback=feedback, misconception=misconception))
    return ChooseOne(
        question=f"`x` has a value for each month from {x.index[0]} to {x.index[-1]}. Which line "
        f"computes {asked}?",
        choices=choices,
    )
