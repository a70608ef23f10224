"""Predictions are graded against a computed answer, and nothing else is read into what was said."""

import math
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.course import Band, Estimate, Exhibit, Option, Predict, Verdict


def exhibit(**facts) -> Exhibit:
    return Exhibit(facts=facts, table=pd.DataFrame(), description="")


HOSTILE = (
    "",
    " ",
    "-1",
    "+1",
    " 1",
    "1 ",
    "1\n",
    "01",
    "00",
    "1.0",
    "1e0",
    "1e9",
    "0x1",
    "1_0",
    "²",
    "٣",
    "１",
    "½",
    "Ⅷ",
    "999",
    "1000",
    "99999999999999999999",
    "None",
    "True",
    "skip",
    "nan",
    "\0",
    "1\0",
    "\ud800",
    "<b>1</b>",
    "__import__('os')",
)

# Choices

CELLS = Predict(
    "The matrix has {cells} cells. How many can you still see?",
    choices=[
        Option(
            text="Only {value}",
            value=55,
            feedback="Each pair once, of {cells} cells.",
            misconception=None,
        ),
        Option(
            text="All of the {value}",
            value=66,
            feedback="The diagonal went too: {visible} stay.",
            misconception="diagonal",
        ),
        Option(
            text="{value:+d}", value=-110, feedback="None can be negative.", misconception="sign"
        ),
    ],
    answer=lambda shown: shown.facts["visible"],
    answer_at={"k": 0},
)
MASKED = exhibit(cells=121, visible=55)


def test_the_right_choice_is_the_one_that_equals_the_answer():
    assert CELLS.right_choice(MASKED) == 0
    assert CELLS.right_choice(exhibit(cells=121, visible=66)) == 1
    assert CELLS.right_choice(exhibit(cells=121, visible=-110)) == 2


def test_no_right_choice_is_refused():
    with pytest.raises(ValueError, match=r"^0 choices equal the answer 54: The matrix has"):
        CELLS.right_choice(exhibit(visible=54))


def test_two_right_choices_are_refused():
    twice = replace(
        CELLS, choices=[*CELLS.choices, Option(text="{value}", value=55, feedback="Once more.")]
    )
    with pytest.raises(ValueError, match=r"^2 choices equal the answer 55: The matrix has"):
        twice.right_choice(MASKED)


def test_nan_is_no_choice():
    numbers = replace(CELLS, choices=[Option(text="?", value=math.nan, feedback="?")])
    with pytest.raises(ValueError, match=r"^0 choices equal the answer nan"):
        numbers.right_choice(exhibit(visible=math.nan))


@pytest.mark.parametrize(
    ("answer", "right"), [(0.16, 1), (0.164, 1), (0.156, 1), (0.004, 0), (-0.16, 2)]
)
def test_the_tolerance_says_how_near_is_right(answer, right):
    middles = Predict(
        "Which r is pale?",
        choices=[Option(text="{value}", value=value, feedback="") for value in (0.0, 0.16, -0.16)],
        answer=lambda shown: shown.facts["neutral"],
        tolerance=0.005,
    )
    assert middles.right_choice(exhibit(neutral=answer)) == right


def test_the_tolerance_includes_its_edge_and_nothing_beyond():
    halves = Predict(
        "?",
        choices=[Option(text="", value=1, feedback="")],
        answer=lambda shown: shown.facts["x"],
        tolerance=0.25,
    )
    assert halves.right_choice(exhibit(x=1.25)) == 0
    assert halves.right_choice(exhibit(x=0.75)) == 0
    for outside in (1.25 + 1e-9, 0.75 - 1e-9, -1):
        with pytest.raises(ValueError, match=r"^0 choices"):
            halves.right_choice(exhibit(x=outside))


def test_without_a_tolerance_only_the_answer_itself_is_right():
    exact = Predict(
        "?", choices=[Option(text="", value=1, feedback="")], answer=lambda shown: shown.facts["x"]
    )
    assert exact.right_choice(exhibit(x=1.0)) == 0
    with pytest.raises(ValueError, match=r"^0 choices"):
        exact.right_choice(exhibit(x=1 + 1e-12))


def test_words_equal_words_only():
    words = Predict(
        "?",
        choices=[
            Option(text="", value="1", feedback=""),
            Option(text="", value="matrix", feedback=""),
        ],
        answer=lambda shown: shown.facts["outcome"],
        tolerance=100,
    )
    assert words.right_choice(exhibit(outcome="matrix")) == 1
    assert words.right_choice(exhibit(outcome="1")) == 0
    for other in (1, "Matrix", "matri", ""):
        with pytest.raises(ValueError, match=r"^0 choices"):
            words.right_choice(exhibit(outcome=other))


@pytest.mark.parametrize("fits", [True, False])
def test_yes_and_no_are_choices(fits):
    question = Predict(
        "?",
        choices=[
            Option(text="Yes", value=True, feedback=""),
            Option(text="No", value=False, feedback=""),
        ],
        answer=lambda shown: shown.facts["fits"],
    )
    assert question.right_choice(exhibit(fits=fits)) == (0 if fits else 1)


@given(answer=st.integers(-5, 5), values=st.lists(st.integers(-5, 5), max_size=6))
def test_a_choice_is_right_if_it_alone_equals_the_answer(answer, values):
    question = Predict(
        "?",
        choices=[Option(text="", value=value, feedback="") for value in values],
        answer=lambda _: answer,
    )
    if values.count(answer) == 1:
        assert question.right_choice(exhibit()) == values.index(answer)
    else:
        with pytest.raises(ValueError, match=f"^{values.count(answer)} choices"):
            question.right_choice(exhibit())


def test_choices_are_read_with_their_own_value_and_the_facts():
    assert CELLS.texts(MASKED) == ["Only 55", "All of the 66", "−110"]


def test_the_value_of_a_choice_comes_before_a_fact_of_that_name():
    facts = {**MASKED.facts, "value": "a fact"}
    assert CELLS.texts(exhibit(**facts))[0] == "Only 55"
    assert CELLS.verdict("0", exhibit(**facts)).said == "Only 55"


def test_a_right_choice_earns_its_feedback():
    assert CELLS.verdict("0", MASKED) == Verdict(
        right=True, said="Only 55", feedback="Each pair once, of 121 cells.", misconception=None
    )


def test_a_wrong_choice_names_its_misconception():
    assert CELLS.verdict("1", MASKED) == Verdict(
        right=False,
        said="All of the 66",
        feedback="The diagonal went too: 55 stay.",
        misconception="diagonal",
    )


def test_the_truth_is_the_verdict_on_the_right_choice():
    assert CELLS.truth(MASKED) == CELLS.verdict("0", MASKED)


def test_a_choice_is_named_by_its_index():
    assert [said for said in map(str, range(10)) if CELLS.accepts(said)] == ["0", "1", "2"]


@pytest.mark.parametrize("said", HOSTILE)
def test_nothing_else_names_a_choice(said):
    few = replace(CELLS, choices=CELLS.choices[:1])
    assert few.accepts("0")
    assert not few.accepts(said)


@pytest.mark.parametrize("said", ["01", "²", "٣", "１", "1_0", "+1", "1 ", "1.0", "-1"])
def test_nothing_else_names_one_of_many_choices(said):
    assert not replace(CELLS, choices=CELLS.choices * 10).accepts(said)


def test_choices_beyond_nine_can_be_named():
    many = replace(CELLS, choices=CELLS.choices * 5)
    assert many.accepts("10")
    assert many.accepts("14")
    assert not many.accepts("15")


@pytest.mark.parametrize("digit", "19")
def test_thousands_of_digits_name_no_choice(digit):
    assert not CELLS.accepts(digit * 5000)


@given(said=st.text() | st.integers().map(str))
def test_what_is_accepted_can_be_graded(said):
    if CELLS.accepts(said):
        assert CELLS.verdict(said, MASKED) == CELLS.verdict(str(int(said)), MASKED)
        assert said in {"0", "1", "2"}


# Estimates

DUMMIES = Estimate(
    "What is r between {pa} and {ma}?",
    low=-1,
    high=1,
    step=0.001,
    tolerance=0.125,
    feedback="r is {r:.2f}; you said {value:+.2f}.",
    bands=[
        Band(low=-1, high=-0.5, feedback="Not that far: {r:.2f}.", misconception="too_far"),
        Band(
            low=-0.5,
            high=0,
            feedback="The sign is right, {value:.2f} is not.",
            misconception="too_near",
        ),
        Band(low=0, high=0.25, feedback="Zero would say nothing: {r:.2f}.", misconception="zero"),
        Band(low=0.25, high=1.25, feedback="The sign is wrong: {r:.2f}.", misconception="sign"),
    ],
    answer=lambda shown: shown.facts["r"],
)
ROADS = exhibit(pa="PA", ma="MA", r=-0.5)


def test_a_band_includes_its_lower_end_and_excludes_its_upper():
    band = Band(low=-0.5, high=0, feedback="", misconception="")
    assert band.contains(-0.5)
    assert band.contains(-0.0001)
    assert not band.contains(0)
    assert not band.contains(-0.5001)
    assert not band.contains(math.nan)


def test_zero_is_a_bound_like_any_other():
    from_zero, to_zero = (
        Band(low=0, high=1, feedback="", misconception=""),
        Band(low=-1, high=0, feedback="", misconception=""),
    )
    assert from_zero.contains(0)
    assert from_zero.contains(-0.0)
    assert not to_zero.contains(0)
    assert not to_zero.contains(-0.0)
    assert not Band(low=0, high=0, feedback="", misconception="").contains(0)


@given(value=st.floats(-1, 1))
def test_bands_that_meet_hold_every_value_once(value):
    assert sum(band.contains(value) for band in DUMMIES.bands) == 1


@pytest.mark.parametrize("said", ["-0.5", "-0.375", "-0.625", "-0.4", "-0.50"])
def test_an_estimate_within_the_tolerance_is_right_whatever_the_bands_say(said):
    verdict = DUMMIES.verdict(said, ROADS)
    assert verdict.right
    assert verdict.misconception is None
    assert verdict.feedback.startswith("r is −0.50; you said −0.")


@pytest.mark.parametrize(
    ("said", "text", "feedback", "misconception"),
    [
        ("-1", "−1.00", "Not that far: −0.50.", "too_far"),
        ("-0.626", "−0.63", "Not that far: −0.50.", "too_far"),
        ("-0.374", "−0.37", "The sign is right, −0.37 is not.", "too_near"),
        ("-0.01", "−0.01", "The sign is right, −0.01 is not.", "too_near"),
        ("0", "0.00", "Zero would say nothing: −0.50.", "zero"),
        ("0.24", "0.24", "Zero would say nothing: −0.50.", "zero"),
        ("0.25", "0.25", "The sign is wrong: −0.50.", "sign"),
        ("1", "1.00", "The sign is wrong: −0.50.", "sign"),
    ],
)
def test_a_wrong_estimate_gets_the_words_of_its_band(said, text, feedback, misconception):
    assert DUMMIES.accepts(said)
    assert DUMMIES.verdict(said, ROADS) == Verdict(False, text, feedback, misconception)


def test_an_answer_of_zero_has_its_tolerance_on_both_sides():
    zero = exhibit(r=0.0)
    assert DUMMIES.verdict("0", zero).right
    assert DUMMIES.verdict("-0.125", zero).right
    assert DUMMIES.verdict("0.125", zero).right
    assert not DUMMIES.verdict("0.126", zero).right


def test_the_first_band_that_holds_speaks():
    twice = replace(
        DUMMIES,
        bands=[
            Band(low=-1, high=2, feedback="First.", misconception="a"),
            Band(low=-1, high=2, feedback="Second.", misconception="b"),
        ],
    )
    assert twice.verdict("1", ROADS).feedback == "First."


def test_an_estimate_that_no_band_holds_is_refused_by_name():
    gap = replace(
        DUMMIES, bands=[Band(low=-1, high=1, feedback="Only below one.", misconception="too_far")]
    )
    assert gap.accepts("1")
    with pytest.raises(ValueError, match="What is r between"):
        gap.verdict("1", ROADS)


def test_the_truth_is_right_and_is_the_answer():
    truth = DUMMIES.truth(ROADS)
    assert truth == Verdict(True, "−0.50", "r is −0.50; you said −0.50.", None)


@given(r=st.floats(-1, 1))
def test_the_truth_is_right_without_any_tolerance(r):
    assert replace(DUMMIES, tolerance=0).truth(exhibit(r=r)).right


def test_an_estimate_is_shown_as_it_asks_to_be():
    percent = replace(DUMMIES, shown_as="{value:.0%} of {pa}")
    assert percent.verdict("-0.25", ROADS).said == "−25 % of PA"


@pytest.mark.parametrize("said", ["-1", "1", "0", "-0", "0.5", "-0.05", "1e-3"])
def test_numbers_in_range_are_accepted(said):
    assert DUMMIES.accepts(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        " ",
        "-1.01",
        "1.0001",
        "2",
        "999",
        "1e9",
        "1e999",
        "-1e999",
        "nan",
        "-nan",
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        "½",
        "²",
        "0,5",
        "0x0",
        "0.5.5",
        "--1",
        "−1",
        "1j",
        "\0",
        "0\0",
        "\ud800",
        "None",
        "True",
        "skip",
        "0" * 5000,
        "0." + "0" * 5000,
        "<b>0</b>",
    ],
)
def test_everything_else_is_not(said):
    assert not DUMMIES.accepts(said)


def test_infinity_is_out_of_range_even_of_a_range_without_end():
    endless = replace(DUMMIES, low=0, high=1e308, step=1e307)
    assert endless.accepts("1e308")
    assert not endless.accepts("1e309")


@pytest.mark.parametrize("said", ["٣", "３", "1_0", " 5", "5 ", "5\n"])
def test_a_number_is_written_in_plain_digits(said):
    assert not replace(DUMMIES, low=0, high=10).accepts(said)


@given(mark=st.integers(0, 2000))
def test_every_step_of_the_scale_is_accepted_as_python_writes_it(mark):
    """With the noise of adding up steps, as a slider's value may have it."""
    assert DUMMIES.accepts(str(-1 + mark * 0.001))


@pytest.mark.parametrize("said", ["-0.73000001", "0.0005", "0.9999", "-0.9995", "1e-7"])
def test_what_lies_between_two_steps_is_no_estimate(said):
    assert not DUMMIES.accepts(said)


def test_steps_are_counted_from_the_lower_end():
    odd = replace(DUMMIES, low=0.1, high=0.6, step=0.2)
    assert [said for said in ("0.1", "0.2", "0.3", "0.4", "0.5", "0.6") if odd.accepts(said)] == [
        "0.1",
        "0.3",
        "0.5",
    ]


@given(said=st.text(max_size=12) | st.floats().map(repr))
def test_what_is_accepted_is_in_range_and_can_be_graded(said):
    if DUMMIES.accepts(said):
        assert -1 <= float(said) <= 1
        verdict = DUMMIES.verdict(said, ROADS)
        assert verdict.right == (verdict.misconception is None)
        assert verdict.right == (abs(float(said) + 0.5) <= 0.125)


@pytest.mark.parametrize(("begin", "start"), [(None, 0.5), (0, 0), (-1, -1), (2.0, 2.0)])
def test_a_scale_begins_in_the_middle_or_where_it_says(begin, start):
    estimate = Estimate(
        "?", -1, 2, 0.5, 0.1, "", [], answer=lambda shown: shown.facts["r"], begin=begin
    )
    assert estimate.start == start
