"""Questions that an instructor types, on a map of the Lab or without."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lessons import COURSE
from lib.charts import Heatmap
from lib.course.spelling import PARTED
from lib.room import own
from lib.room.model import RoomError
from lib.room.questions import Questions

QUESTIONS = Questions(COURSE)
NAMES = ["x", "y", "z"]
R = pd.DataFrame([[1, 0.5, -0.9], [0.5, 1, 0.123456789], [-0.9, 0.123456789, 1]], NAMES, NAMES)
HOSTILE = ["*bold*", "`code`", "[a](javascript:1)", "<b>", "$x$", ":red[r]", "![i](http://e.org)"]


def test_choices_are_shown_as_they_were_typed():
    question = own.choice("Is *this* <b>right</b>?", HOSTILE, right=2)
    again = QUESTIONS.read(question.asked)
    assert again.plain == "Is *this* <b>right</b>?"
    assert again.text == r"Is \*this\* \<b\>right\</b\>?"
    assert list(again.names.values()) == HOSTILE
    assert again.choices["0"] == r"\*bold\*"
    assert again.choices["6"].replace(PARTED, "") == r"\!\[i\](http\://e.org)"
    assert [again.right(said) for said in "0123456"] == [place == 2 for place in range(7)]
    assert again.misconception("0") is None


def test_signs_that_cannot_be_seen_are_dropped():
    question = own.choice("a\u202eb\x00c\n\nd", ["x\x07", "y"])
    assert question.plain == "a b c d"
    assert list(question.names.values()) == ["x", "y"]


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: own.choice("", ["a", "b"]), "The question is empty."),
        (lambda: own.choice("?" * 501, ["a", "b"]), "The question has 501 letters; at most 500"),
        (lambda: own.choice("?", ["a"]), "Give two to 8 choices, not 1."),
        (lambda: own.choice("?", list("abcdefghi")), "Give two to 8 choices, not 9."),
        (lambda: own.choice("?", ["a", " "]), "A choice is empty."),
        (lambda: own.choice("?", ["a", "a "]), "Two choices are the same"),
        (lambda: own.choice("?", ["a", "b" * 121]), "A choice has 121 letters; at most 120"),
        (lambda: own.choice("?", ["a", "b"], right=2), "cannot be read"),
        (lambda: own.number("?", 3, 3), "needs a lower and a higher end"),
        (lambda: own.number("?", 0, 1e10), "within a billion of zero"),
        (lambda: own.number("?", 1e6, 1e6 + 1e-3), "too near each other"),
        (lambda: own.number("?", 0, float("inf")), "cannot be read"),
        (lambda: own.number("?", 0, 10, truth=11), "does not lie on the scale"),
        (lambda: own.cell("?", Heatmap(R), [("x", "q")]), "The right cell is not on this map."),
        (
            lambda: own.cell("?", Heatmap(pd.DataFrame(np.zeros((21, 2))))),
            "at most 20 rows and 20 columns; this one has 21 and 2.",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence(make, sentence):
    with pytest.raises(RoomError) as refused:
        make()
    assert sentence in str(refused.value)
    assert str(refused.value).endswith(".")


@given(
    st.floats(-1e9, 1e9, allow_nan=False),
    st.floats(1e-6, 1e9),
    st.floats(0, 1),
)
@settings(max_examples=60, deadline=None)
def test_a_scale_has_marks_that_can_be_said(low, span, share):
    high = low + span
    assume(high <= 1e9 and span >= max(1e-3, 1e-6 * max(abs(low), abs(high))))
    question = own.number("?", low, high, truth=min(high, low + share * span))
    assert question.low <= low + 1e-6 * span
    assert question.high >= high - 1e-6 * span
    steps = round((question.high - question.low) / question.step)
    assert 100 <= steps <= 1001
    for place in {0, 1, steps // 2, steps - 1, steps}:
        said = question.said_of(question.low + place * question.step)
        assert question.accepts(said)
        assert float(said) == pytest.approx(question.low + place * question.step)
    for said in ("", "nan", "inf", "1e3", "0x1", "१", f"{question.high + question.step:f}"):
        assert not question.accepts(said)


def test_near_is_a_twentieth_of_the_scale():
    question = own.number("How many?", 0, 200, truth=50, unit="rows")
    near = [value for value in range(201) if question.right(question.said_of(value))]
    assert (min(near), max(near)) == (40, 60)
    assert question.told == "The answer is *50*. What lies from 40 to 60 counts as right."


@pytest.mark.parametrize(
    ("low", "high", "truth", "told"),
    [
        # The truth lies between two marks, so that what is right is told and not what is near.
        (0, 100, 42.5, "The answer is *42.5*. What lies from 38 to 47 counts as right."),
        (0, 100, 1, "The answer is *1*. What lies from 0 to 6 counts as right."),
        (0, 1, 1, "The answer is *1.00*. What lies from 0.95 to 1.00 counts as right."),
    ],
)
def test_what_is_told_is_what_is_graded(low, high, truth, told):
    question = own.number("How many?", low, high, truth)
    assert question.told == told
    marks = [question.said_of(low + place * question.step) for place in range(101)]
    right = [said for said in marks if abs(float(said) - truth) <= (high - low) / 20 + 1e-9]
    assert [said for said in marks if question.right(said)] == right
    assert f"from {right[0]} to {right[-1]} " in told


@pytest.mark.parametrize("hidden", [None, "upper"])
def test_a_map_travels_whole(hidden):
    chart = Heatmap(R, title="A map") if hidden is None else Heatmap.lower(R, title="A map")
    question = QUESTIONS.read(own.cell("Where?", chart, own.largest(chart)).asked)
    assert np.allclose(question.chart.numbers, chart.numbers, atol=1e-6)
    assert (question.chart.shown == chart.shown).all()
    for name in ("range", "center", "colours", "decimals", "scale", "title"):
        assert getattr(question.chart, name) == getattr(chart, name)
    cells = [
        (row, column)
        for row in chart.values.index
        for column in chart.values.columns
        if chart.hidden is None or not chart.hidden.loc[row, column]
    ]
    assert question.cells == cells
    right = [question.cells[int(said)] for said in question.right_cells]
    assert right == ([("x", "z"), ("z", "x")] if hidden is None else [("z", "x")])
    assert question.right(str(cells.index(("z", "x"))))
    assert not question.right(str(cells.index(("y", "x"))))


def test_what_has_no_value_is_not_the_largest():
    values = pd.DataFrame([[np.nan, 0.2], [np.inf, -0.2]], ["a", "b"], ["c", "d"])
    assert own.largest(Heatmap(values)) == [("a", "d"), ("b", "d")]
    assert own.largest(Heatmap(pd.DataFrame({"a": [1.0]}, index=["a"]))) == []


def test_a_map_without_a_right_cell():
    question = own.cell("Where would you look?", Heatmap(R))
    assert not question.has_truth
    assert (question.truth, question.right("0")) == ("", None)


def test_names_of_columns_are_anyones():
    names = [*HOSTILE, "a\nb", "", "n" * 60, "m" * 20 + "o" * 40]
    values = pd.DataFrame(np.eye(len(names)), names, names)
    question = QUESTIONS.read(own.cell("Where?", Heatmap(values)).asked)
    told = [row for row, _ in question.cells[:: len(names)]]
    assert told[:8] == [*HOSTILE, "a b"]
    assert len(set(told)) == len(names)
    assert max(map(len, told)) <= 40
    assert question.in_words("0") == r"\*bold\* × \*bold\*"


@pytest.mark.parametrize("letter", ["a", '"', "\\", "é", "語", "\U0001f600"])
def test_the_largest_question_has_room(letter):
    names = [letter * 38 + f"{number:02}" for number in range(20)]
    values = pd.DataFrame(-np.random.default_rng(0).random((20, 20)) / 1e5, names, names)
    choices = [first + letter * 119 for first in "abcdefgh"]
    question = own.choice(letter * 500, choices, right=7, chart=Heatmap(values))
    assert len(question.asked.encode()) <= own.MOST_BYTES
    assert QUESTIONS.read(question.asked).choices == question.choices


def test_letters_in_the_cells_come_along():
    names = ["a", "b"]
    texts = pd.DataFrame([["1.00", "0.50 V"], ["0.50 V", "1.00"]], names, names)
    chart = Heatmap(pd.DataFrame([[1, 0.5], [0.5, 1]], names, names), text=texts, scale="strength")
    question = QUESTIONS.read(own.cell("Where?", chart).asked)
    assert question.chart.texts.tolist() == texts.to_numpy().tolist()
    told = json.loads(question.asked)
    told["map"]["text"] = [["0.50 V"]]
    with pytest.raises(RoomError):
        QUESTIONS.read(json.dumps(told))
    del told["map"]["text"]
    plain = QUESTIONS.read(json.dumps(told))
    assert plain.chart.texts.tolist() == [["1.00", "0.50"], ["0.50", "1.00"]]
