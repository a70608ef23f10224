"""An instructor's own question, with a map of the Lab or without: all of it travels as text.

What is typed is plain text. It is made harmless here, so that no mark in it works on the screen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import ceil, floor
from typing import Any

import numpy as np
import pandas as pd

from ..charts import Heatmap, axis_names, colour_map, name_text
from ..course import Cell, Slider, Verdict, fill
from ..course.checked import (
    read_integer,
    read_number,
    read_optional,
    read_several,
    read_text,
    typed,
)
from ..course.spelling import harmless
from .choosing import ChoiceQuestion
from .clicking import CellQuestion, mirrors
from .estimating import NumberQuestion
from .model import RoomError
from .question import Question

MOST_BYTES = 20_000
"""How long a question may be as text: what a store keeps of it."""
UNREADABLE = "This question cannot be read. Ask it anew."
LONGEST_TEXT, LONGEST_CHOICE, LONGEST_NAME, LONGEST_UNIT = 500, 120, 40, 20
MOST_CHOICES, MOST_ROWS = 8, 20
_TITLE = "Your own question"
_FARTHEST, _FINEST, _FINEST_SHARE = 1e9, 1e-6, 1e-9
"""The largest number of a scale, its finest step, and that as a share of the largest number."""
_LONGEST_IN_CELL = 12
_DIGITS = 6
"""Of the numbers of a map that travels."""


def choice(
    text: str, choices: Sequence[str], right: int | None = None, *, chart: Heatmap | None = None
) -> Question:
    """A question with two to eight choices, of which one is right or none.

    A RoomError says in a sentence what is too long, too many or missing.

    >>> asked = choice("Which is it?", ["this one", "*that* one"], right=1)
    >>> asked.choices["1"], asked.truth, asked.right("0")
    ('\\\\*that\\\\* one', 'B. \\\\*that\\\\* one', False)
    """
    return _asked("choice", text, chart, choices=list(choices), right=right)


def number(
    text: str,
    low: float,
    high: float,
    truth: float | None = None,
    *,
    unit: str = "",
    chart: Heatmap | None = None,
) -> Question:
    """A question for a number between two ends, in steps of a hundredth of the scale or so.

    Right is what lies within a twentieth of the scale of the truth. RoomError as in `choice`.

    >>> asked = number("How many?", 0, 100, truth=42)
    >>> asked.step, asked.right("45"), asked.right("48")
    (1.0, True, False)
    """
    return _asked("number", text, chart, low=low, high=high, truth=truth, unit=unit)


def cell(text: str, chart: Heatmap, right: Sequence[Cell] = ()) -> Question:
    """A cell to be clicked on a map of at most 20 rows and 20 columns.

    `right` are the cells that are right, by the map's own names; `largest` finds some. On a
    symmetric map the other cell of the same pair is right as well. RoomError as in `choice`.
    """
    rows, columns = (list(map(str, names)) for names in chart.values.axes)
    if any(row not in rows or column not in columns for row, column in right):
        raise RoomError("The right cell is not on this map.")
    shown = [(rows[row], columns[column]) for row, column in np.argwhere(chart.shown)]
    mirrored = mirrors(chart, shown)
    cells = dict.fromkeys(each for one in right for each in (one, mirrored.get(one, one)))
    places = [[rows.index(row), columns.index(column)] for row, column in cells]
    return _asked("cell", text, chart, right=places)


def largest(chart: Heatmap) -> list[Cell]:
    """The cells of a map that are farthest from zero; those of a name with itself do not count.

    >>> values = pd.DataFrame([[1, -0.5], [-0.5, 1]], ["x", "y"], ["x", "y"])
    >>> largest(Heatmap(values))
    [('x', 'y'), ('y', 'x')]
    """
    rows, columns = (list(map(str, names)) for names in chart.values.axes)
    own = np.array([[row == column for column in columns] for row in rows])
    size = np.where(chart.painted & ~own, np.abs(chart.numbers), -1.0)
    # As they travel: what is as large in all digits of the question is as right.
    size = np.array([[_shortened(value) for value in row] for row in size.tolist()])
    if size.max() < 0:
        return []
    return [(rows[row], columns[column]) for row, column in np.argwhere(size == size.max())]


def written(ask: str, **told: Any) -> str:
    """A question as text."""
    return json.dumps({"ask": ask, **told}, ensure_ascii=False, separators=(",", ":"))


def in_units(value: float, decimals: int, unit: str) -> str:
    """A number as it is said; of the units per cent alone, for others would need their plural.

    >>> in_units(-1.5, 1, "rows"), in_units(3, 0, "%")
    ('−1.5', '3 %')
    """
    return fill(f"{{value:.{decimals}f}}{' %' if unit == '%' else ''}", {"value": value})


def decimals_of(step: float) -> int:
    """With how many decimals a number is written, or the marks of a scale of such steps.

    >>> decimals_of(0.05), decimals_of(1), decimals_of(0.5)
    (2, 0, 1)
    """
    return max(0, -int(Decimal(repr(float(step))).normalize().as_tuple().exponent))


def _asked(kind: str, text: str, chart: Heatmap | None, **told: Any) -> Question:
    """What was typed, written and read back: one way in for it and for what a store has kept."""
    if chart is not None:
        told["map"] = _map_told(chart)
    asked = written("own", kind=kind, text=text, **told)
    try:
        return read_own(asked, json.loads(asked))
    except (KeyError, TypeError, ValueError):
        raise RoomError(UNREADABLE) from None


def read_own(asked: str, told: Mapping[str, Any]) -> Question:
    """An instructor's own question.

    Raises
    ------
    RoomError
        In a sentence, where it is too long, too large or has no choices.
    KeyError, TypeError, ValueError
        Where it is no question of this kind.
    """
    asked.encode("utf-8")
    chart = None if told.get("map") is None else _map_read(told["map"])
    text = _words(told["text"], "The question", LONGEST_TEXT)
    about: dict[str, Any] = {
        "asked": asked,
        "title": _TITLE,
        "text": harmless(text),
        "plain": text,
        "figures": () if chart is None else (chart,),
        "description": "" if chart is None else _described(chart),
    }
    if told["kind"] == "choice":
        return _choice(told, about)
    if told["kind"] == "number":
        return _number(told, about)
    if told["kind"] == "cell" and chart is not None:
        return _cell(told, about, chart)
    raise ValueError(told["kind"])


def _choice(told: Mapping[str, Any], about: dict[str, Any]) -> Question:
    names = [_words(each, "A choice", LONGEST_CHOICE) for each in typed(told["choices"], list)]
    if not 2 <= len(names) <= MOST_CHOICES:
        raise RoomError(f"Give two to {MOST_CHOICES} choices, not {len(names)}.")
    if len(set(names)) < len(names):
        raise RoomError("Two choices are the same: change one of them.")
    right = told["right"]
    if right is not None:
        right = str(read_integer(0, len(names) - 1, right))
    choices = {str(place): harmless(name) for place, name in enumerate(names)}
    return ChoiceQuestion(
        **about,
        choices=choices,
        names={str(place): name for place, name in enumerate(names)},
        right_one=right,
        grade=None if right is None else lambda said: Verdict(said == right, choices[said], ""),
    )


def _number(told: Mapping[str, Any], about: dict[str, Any]) -> Question:
    low, high = read_number(told["low"]), read_number(told["high"])
    truth = read_optional(read_number, told["truth"])
    if not -_FARTHEST <= low < high <= _FARTHEST:
        raise RoomError("The scale needs a lower and a higher end, within a billion of zero.")
    if truth is not None and not low <= truth <= high:
        raise RoomError("The true number does not lie on the scale: make the scale wider.")
    step, decimals = _step_of(high - low)
    if step < max(_FINEST, _FINEST_SHARE * max(abs(low), abs(high))):
        raise RoomError("The ends of the scale are too near each other: make the scale wider.")
    low = round(floor(low / step + 1e-9) * step, decimals)
    high = round(ceil(high / step - 1e-9) * step, decimals)
    allowed = round(floor((high - low) / 20 / step + 1e-9) * step, decimals)
    unit = harmless(_words(told["unit"], "The unit", LONGEST_UNIT)) if told["unit"] else ""
    scale = Slider("scale", low, high, default=low, step=step)

    def takes(said: str) -> bool:
        try:
            scale.clean(float(said))
        except ValueError:
            return False
        return True

    def grade(said: str) -> Verdict:
        assert truth is not None
        is_near = abs(float(said) - truth) <= allowed + step / 1e6
        return Verdict(is_near, in_units(float(said), decimals, unit), "")

    return NumberQuestion(
        **about,
        low=low,
        high=high,
        step=step,
        unit=unit,
        decimals=decimals,
        takes=takes,
        shown_as=lambda value: in_units(value, decimals, unit),
        value=truth,
        told_as="" if truth is None else in_units(truth, max(decimals, decimals_of(truth)), unit),
        allowed=allowed,
        grade=None if truth is None else grade,
    )


def _step_of(span: float) -> tuple[float, int]:
    """The power of ten of which a scale has a hundred to a thousand, and its decimals.

    >>> _step_of(100), _step_of(2), _step_of(2e6)
    ((1.0, 0), (0.01, 2), (10000.0, 0))
    """
    exponent = int(np.floor(np.log10(span) + 1e-9)) - 2
    return float(f"1e{exponent}"), max(0, -exponent)


def _cell(told: Mapping[str, Any], about: dict[str, Any], chart: Heatmap) -> Question:
    rows, columns = (list(names) for names in chart.values.axes)
    places = [(int(row), int(column)) for row, column in np.argwhere(chart.shown)]
    cells = [(rows[row], columns[column]) for row, column in places]
    right = [
        str(places.index((read_integer(0, MOST_ROWS, row), read_integer(0, MOST_ROWS, column))))
        for row, column in typed(told["right"], list)
    ]

    def grade(said: str) -> Verdict:
        return Verdict(said in right, " × ".join(map(harmless, cells[int(said)])), "")

    return CellQuestion(
        **about, chart=chart, cells=cells, right_cells=right, grade=grade if right else None
    )


def _words(value: object, what: str, most: int) -> str:
    """A typed text in one line, without signs that cannot be seen."""
    words = " ".join(name_text(read_text(value)).split())
    if not words:
        raise RoomError(f"{what} is empty.")
    if len(words) > most:
        raise RoomError(f"{what} has {len(words)} letters; at most {most} are shown.")
    return words


def _map_told(chart: Heatmap) -> dict[str, Any]:
    """A map as it travels: its numbers to six digits, its names, its colours and what they mean.

    What steps back or is struck through stays behind. What stands in its cells instead of numbers
    comes along: a letter there may name another measure.
    """
    if max(chart.shape) > MOST_ROWS:
        raise RoomError(
            f"A class can be asked about a map of at most {MOST_ROWS} rows and {MOST_ROWS} "
            f"columns; this one has {chart.shape[0]} and {chart.shape[1]}. Choose fewer in the Lab."
        )
    rows, columns = (_names_told(names) for names in chart.values.axes)
    return {
        "rows": rows,
        "columns": columns,
        "values": [
            [_shortened(value) if np.isfinite(value) else None for value in row]
            for row in chart.numbers.tolist()
        ],
        "shown": ["".join("01"[int(is_shown)] for is_shown in row) for row in chart.shown],
        "text": None
        if chart.text is None
        else [[name_text(text)[:_LONGEST_IN_CELL] for text in row] for row in chart.texts.tolist()],
        "limits": list(chart.range),
        "center": None if chart.center is None else float(chart.center),
        "colours": chart.colours,
        "decimals": chart.decimals,
        "scale": name_text(chart.scale)[:LONGEST_NAME],
        "title": name_text(chart.title)[:LONGEST_CHOICE],
    }


def _names_told(names: pd.Index[Any]) -> list[str]:
    """Names in one line each, the longest without their middle, and no two the same."""
    told = [
        " ".join(name.split())[:LONGEST_NAME] or "?" for name in axis_names(names, LONGEST_NAME)
    ]
    if len(set(told)) < len(told):
        raise RoomError("Two names on this map look the same: rename one of them in the Lab.")
    return told


def _map_read(told: Mapping[str, Any]) -> Heatmap:
    rows, columns = (_names(typed(told[axis], list)) for axis in ("rows", "columns"))
    values = [
        [read_optional(read_number, value) for value in typed(row, list)]
        for row in typed(told["values"], list)
    ]
    shown = [[sign == "1" for sign in read_text(row)] for row in typed(told["shown"], list)]
    # Questions of before had no texts.
    texts = read_optional(_read_texts, told.get("text"))
    tables: list[list[Any]] = [values, shown, *([] if texts is None else [texts])]
    for table in tables:
        if [len(row) for row in table] != [len(columns)] * len(rows):
            raise ValueError("The rows of a map are alike in length.")
    low, high = read_several(read_number, told["limits"])
    colour_map(read_text(told["colours"]))
    return Heatmap(
        pd.DataFrame(values, rows, columns, dtype=float),
        limits=(low, high) if low < high else None,
        center=read_optional(read_number, told["center"]),
        colours=told["colours"],
        hidden=~pd.DataFrame(shown, rows, columns, dtype=bool),
        decimals=read_optional(lambda value: read_integer(0, 9, value), told["decimals"]),
        text=None if texts is None else pd.DataFrame(texts, rows, columns, dtype=object),
        scale=_label(told["scale"]),
        title=_label(told["title"]),
    )


def _read_texts(told: object) -> list[list[str]]:
    return [
        [name_text(read_text(text))[:_LONGEST_IN_CELL] for text in typed(row, list)]
        for row in typed(told, list)
    ]


def _names(names: Sequence[object]) -> list[str]:
    if not 1 <= len(names) <= MOST_ROWS:
        raise RoomError(f"A map for a class has at most {MOST_ROWS} rows and {MOST_ROWS} columns.")
    return [_words(name, "A name on the map", LONGEST_NAME) for name in names]


def _label(text: object) -> str:
    return name_text(read_text(text))[:LONGEST_CHOICE]


def _shortened(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _described(chart: Heatmap) -> str:
    rows, columns = chart.shape
    what = f" of {chart.scale}" if chart.scale else ""
    return fill(
        "A heatmap{what} with {rows} {rows:row|rows} and {columns} {columns:column|columns}.",
        {"what": what, "rows": rows, "columns": columns},
    )
