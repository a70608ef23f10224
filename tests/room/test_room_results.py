"""What a class sees of its answers, against counts by hand and by numpy."""

import json
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons import COURSE
from lib.charts import LIGHT, Heatmap, Histogram
from lib.room.model import Answer, Phase
from lib.room.own import cell, choice, number
from lib.room.questions import Questions

QUESTIONS = Questions(COURSE)
HIDDEN, SEEN = (Phase.OPEN, Phase.CLOSED), (Phase.SHOWN, Phase.REVEALED)


def votes(*each):
    """Answers of devices a, b, c ... vote by vote; None for who did not answer."""
    return [
        Answer(round=1, vote=vote, device=device, said=said, at=0.0)
        for vote, said_by_all in enumerate(each, 1)
        for device, said in zip("abcdefghijklmnopqrstuvwxyz", said_by_all, strict=False)
        if said is not None
    ]


@pytest.fixture(scope="module")
def panels():
    """Its choices are 0 to 3, and 3 is right."""
    (question,) = QUESTIONS.of_step("methods", "four_panels")
    return question


def test_a_choice_counted_by_hand(panels):
    answers = votes("0013330", "3313303")
    result = panels.results(answers, vote=2, phase=Phase.REVEALED)
    assert result.answered == 7
    assert result.table["First vote"].tolist() == [3, 1, 0, 3]
    assert result.table["Second vote"].tolist() == [1, 1, 0, 5]
    (chart,) = result.figures
    assert chart.values["Second vote"].tolist() == pytest.approx([100 / 7, 100 / 7, 0, 500 / 7])
    assert chart.text["First vote"].tolist() == ["3 (43 %)", "1 (14 %)", "0 (0 %)", "3 (43 %)"]
    assert [name.startswith("✓ ") for name in chart.values.index] == [False, False, False, True]
    assert list(chart.faded) == chart.values.index[:3].tolist()
    assert chart.limits == (0, 100)
    # a 0-3, b 0-3, c 1-1, d 3-3, e 3-3, f 3-0, g 0-3
    assert result.sentences == (
        "7 answered in the first vote, 7 in the second.",
        "In the second vote, the most chosen is D, by 5 of 7 (71 %).",
        "The answer is *D. None: they are equal to two decimals*.",
        "In the first vote 3 of 7 (43 %) had it right, in the second 5 of 7 (71 %).",
        "In the second vote, 2 of 7 (29 %) answered as one does who believes: “Clouds with the "
        "same r look alike.”",
        "Of 7 who answered twice, 3 moved to the right answer, 1 away from it and 3 stayed.",
    )


def test_who_moved_is_told_by_devices_and_not_by_counts(panels):
    answers = votes(["3", "0", "1", None, "2"], ["0", "3", "2", "3", None])
    result = panels.results(answers, vote=2, phase=Phase.REVEALED)
    assert result.sentences[-1] == (
        "Of 3 who answered twice, 1 moved to the right answer, 1 away from it, "
        "1 from one wrong answer to another and 0 stayed."
    )
    shown = panels.results(answers, vote=2, phase=Phase.SHOWN)
    assert shown.sentences[-1] == "3 answered twice; of these, 3 changed their answer."


def test_from_one_right_number_to_another_is_no_move_between_wrong_ones():
    question = QUESTIONS.of_exercise("significance", "rows_for_a_narrower_interval", 1)
    said = sayable(question)
    right = [one for one in said if question.right(one)]
    wrong = [one for one in said if not question.right(one)]
    first = [right[0], right[1], wrong[0], wrong[0], right[0], right[0]]
    second = [right[2], right[0], wrong[1], right[0], wrong[1], right[0]]
    result = question.results(votes(first, second), vote=2, phase=Phase.REVEALED)
    assert result.sentences[-1] == (
        "Of 6 who answered twice, 1 moved to the right answer, 1 away from it, 1 from one wrong "
        "answer to another, 2 stayed right with another answer and 1 stayed."
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("0011", "A tie: A and B were chosen by 2 of 4 (50 %) each."),
        ("012", "A tie: A, B and C were chosen by 1 of 3 (33 %) each."),
        ("11", "All 2 who answered chose B."),
        ("2", "The only one who answered chose C."),
        ("0012", "The most chosen is A, by 2 of 4 (50 %)."),
    ],
)
def test_ties_unanimity_and_one_answer(panels, said, sentence):
    result = panels.results(votes(said), vote=1, phase=Phase.SHOWN)
    assert sentence in result.sentences


@pytest.mark.parametrize(
    ("count", "phase", "sentence"),
    [
        (0, Phase.OPEN, "Nobody has answered yet."),
        (0, Phase.CLOSED, "Nobody answered."),
        (0, Phase.SHOWN, "Nobody answered."),
        (1, Phase.OPEN, "1 has answered."),
        (12, Phase.CLOSED, "12 have answered."),
        (1, Phase.SHOWN, "1 answered."),
        (1, Phase.SHOWN, "Only 1 answer: these are people, not yet a class."),
        (4, Phase.SHOWN, "Only 4 answers: these are people, not yet a class."),
    ],
)
def test_few_and_none(panels, count, phase, sentence):
    assert sentence in panels.results(votes("0" * count), vote=1, phase=phase).sentences


@pytest.mark.parametrize(
    ("first", "second", "few"),
    [
        (2, 12, "2 answers in the first vote"),
        (12, 1, "1 answer in the second vote"),
        (2, 4, "2 answers in the first vote and 4 answers in the second vote"),
        (2, 0, "2 answers in the first vote"),
        (5, 12, None),
    ],
)
def test_few_in_either_vote(panels, first, second, few):
    result = panels.results(votes("0" * first, "1" * second), vote=2, phase=Phase.SHOWN)
    words = [one for one in result.sentences if one.startswith("Only ")]
    assert words == ([f"Only {few}: these are people, not yet a class."] if few else [])


def test_what_is_said_of_the_last_vote_with_answers_names_it(panels):
    result = panels.results(votes("0011", ""), vote=2, phase=Phase.SHOWN)
    tie = "In the first vote, a tie: A and B were chosen by 2 of 4 (50 %) each."
    assert tie in result.sentences
    asked = number("How many?", 0, 400)
    said = asked.results(votes(["0", "8"], ["300", "352", "312"]), vote=2, phase=Phase.SHOWN)
    spread = "In the second vote, the guesses run from 300 to 352; the median is 312."
    assert spread in said.sentences


def test_beliefs_that_as_many_hold_are_all_named():
    question = QUESTIONS.of_step("significance", "width")[0]
    # -0.90 lies below what is right, 0.00 and 0.10 above.
    tie = question.results(votes(["0.00", "-0.90"]), vote=1, phase=Phase.REVEALED)
    other = question.results(votes(["-0.90", "0.00"]), vote=1, phase=Phase.REVEALED)
    assert tie.sentences == other.sentences
    (held,) = [one for one in tie.sentences if "believes" in one]
    assert held.startswith("1 of 2 (50 %) each answered as one does who believes: ")
    for slug in ("interval_is_symmetric", "cell_is_exact"):
        assert f"“{COURSE.misconceptions[slug].belief}”" in held
    most = question.results(votes(["-0.90", "0.00", "0.10"]), vote=1, phase=Phase.REVEALED)
    (held,) = [one for one in most.sentences if "believes" in one]
    belief = COURSE.misconceptions["cell_is_exact"].belief
    assert held == f"2 of 3 (67 %) answered as one does who believes: “{belief}”"


def test_five_are_not_few(panels):
    sentences = panels.results(votes("00000"), vote=1, phase=Phase.SHOWN).sentences
    assert not any("Only" in sentence for sentence in sentences)


def every_kind():
    return [
        *QUESTIONS.of_step("methods", "your_map"),
        *QUESTIONS.of_step("methods", "one_outlier"),
        QUESTIONS.of_exercise("action", "first_to_go", 1),
    ]


def sayable(question):
    """Some answers to a question."""
    match question.kind:
        case "choice":
            return list(question.choices)
        case "cell":
            return [str(place) for place in range(len(question.cells))]
        case "map":
            levels = question.guess.levels
            return [question.said_of([level] * len(question.guess.pairs)) for level in levels]
    steps = round((question.high - question.low) / question.step)
    marks = [question.said_of(question.low + place * question.step) for place in range(steps + 1)]
    return [said for said in marks if question.accepts(said)]


@pytest.mark.parametrize("question", every_kind(), ids=lambda one: one.kind)
def test_nothing_but_how_many_is_seen_while_a_vote_is_hidden(question):
    said = sayable(question)
    answers = votes(said[:3], said[2::-1])
    for phase in HIDDEN:
        result = question.results(answers, vote=2, phase=phase)
        assert result.sentences == ("3 have answered.",)
        assert (result.figures, result.table, result.description) == ((), None, "")
    for vote in (1, 2):
        for phase in SEEN:
            assert question.results(answers, vote=vote, phase=phase).figures


@pytest.mark.parametrize("question", every_kind(), ids=lambda one: one.kind)
def test_the_truth_is_not_in_what_is_shown_before_it_is_revealed(question):
    said = sayable(question)
    shown = question.results(votes(said[:3], said[2::-1]), vote=2, phase=Phase.SHOWN)
    revealed = question.results(votes(said[:3], said[2::-1]), vote=2, phase=Phase.REVEALED)
    assert len(revealed.sentences) > len(shown.sentences)
    assert set(shown.table.columns) < set(revealed.table.columns) | set(shown.table.columns)
    for words in ("right", "measured", "belief"):
        assert words not in shown.table.columns
        assert words not in " ".join([*shown.sentences, shown.description]).lower()
    for chart in shown.figures:
        assert "true" not in " ".join(getattr(chart, "marks", {}))
        assert getattr(chart, "faded", None) in (None, ())
        assert "✓" not in str(getattr(chart, "text", ""))
        assert "✓" not in str(getattr(chart, "values", ""))


def test_what_cannot_be_answered_is_not_counted(panels):
    answers = votes(["0", "9", "", "skip", "-1", "3"])
    assert panels.results(answers, vote=1, phase=Phase.OPEN).answered == 2


def test_numbers_are_counted_on_their_scale():
    (question,) = QUESTIONS.of_step("methods", "one_outlier")
    said = ["0.70", "0.75", "0.75", "-1.00", "1.00", "0.00"]
    result = question.results(votes(said), vote=1, phase=Phase.REVEALED)
    (chart,) = result.figures
    assert isinstance(chart, Histogram)
    values = np.array(said, dtype=float)
    low, high = chart.edges[:-1, None], chart.edges[1:, None]
    assert chart.counts.tolist() == ((low < values) & (values < high)).sum(axis=1).tolist()
    assert chart.counts.sum() == 6
    assert chart.edges[0] < -1
    assert chart.edges[-1] > 1
    assert list(chart.marks.values()) == [np.median(values), pytest.approx(question.value)]
    # 0.73 is true, and 0.15 is allowed.
    assert "3 of 6 (50 %) had it right." in result.sentences
    table = result.table
    assert table["First vote"].tolist() == [3, 1, 1, 0, 1]
    assert list(table.index) == [
        "right", "−1 to below −0.1", "−0.1 to below 0.25", "0.25 to below 0.6", "0.6 and more",
    ]  # fmt: skip
    # A step says the same to guesses on both sides of what is true: no belief predicts both.
    assert not any(table["belief"])
    assert not any("believes" in sentence for sentence in result.sentences)
    assert "The answer is *0.73*. What lies from 0.60 to 0.85 counts as right." in result.sentences
    assert {question.misconception(one) for one in said} == {None}


def test_two_votes_are_drawn_on_one_scale():
    question = number("How many?", 0, 100)
    said = ["10"] * 3 + ["50"], ["10"] * 12 + ["90"]
    result = question.results(votes(*said), vote=2, phase=Phase.SHOWN)
    axes = [chart.screen(LIGHT).layout["yaxis"] for chart in result.figures]
    assert [chart.counts.max() for chart in result.figures] == [3, 12]
    assert axes[0]["range"] == axes[1]["range"]
    assert axes[0]["range"][0] == 0
    assert 12 < axes[0]["range"][1] < 13
    assert [axis.get("dtick") for axis in axes] == [None, None]
    assert len({chart.paper().axes[0].get_ylim() for chart in result.figures}) == 1


def test_a_belief_is_held_by_guesses_on_its_side_alone():
    (question,) = QUESTIONS.of_step("significance", "width")
    # -0.19 is true, and 0.10 is allowed: a and b are below, c is right, d to f are above.
    said = ["-0.90", "-0.30", "-0.20", "0.00", "0.10", "0.45"]
    result = question.results(votes(said), vote=1, phase=Phase.REVEALED)
    belief = COURSE.misconceptions["cell_is_exact"].belief
    held = f"3 of 6 (50 %) answered as one does who believes: “{belief}”"
    assert held in result.sentences
    assert [question.misconception(one) for one in said] == [
        *["interval_is_symmetric"] * 2, None, *["cell_is_exact"] * 3,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (["3"], "The only guess is 3."),
        (["3", "3"], "All 2 guesses are 3."),
        (["1", "2", "9"], "The guesses run from 1 to 9; the median is 2."),
        (["1", "2", "4", "9"], "The guesses run from 1 to 9; the median lies between 2 and 4."),
        (["1", "2", "2", "9"], "The guesses run from 1 to 9; the median is 2."),
    ],
)
def test_the_median_is_named(said, sentence):
    question = number("How many?", 0, 100)
    assert sentence in question.results(votes(said), vote=1, phase=Phase.SHOWN).sentences


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=25))
@settings(max_examples=40, deadline=None)
def test_a_long_scale_is_drawn_as_far_as_the_guesses_go(said):
    question = QUESTIONS.of_exercise("five_steps", "pairs_of_a_matrix", 0)
    for phase in SEEN:
        (chart,) = question.results(votes(map(str, said)), vote=1, phase=phase).figures
        drawn = said if phase is Phase.SHOWN else [*said, question.value]
        assert chart.counts.sum() == len(said)
        width = chart.edges[1] - chart.edges[0]
        assert min(drawn) - 1 < chart.edges[0] < min(drawn)
        assert max(drawn) < chart.edges[-1] <= max(drawn) + width
        assert len(chart.counts) <= 24


@pytest.mark.parametrize(
    ("said", "accepts"),
    [("0.70", True), ("0.7", False), ("0.700", False), ("-0.00", False), ("0.00", True),
     (" 0.70", False), ("0.72", False), ("1.05", False), ("nan", False), ("", False)],
)  # fmt: skip
def test_a_number_is_said_in_one_way(said, accepts):
    (question,) = QUESTIONS.of_step("methods", "one_outlier")
    assert question.accepts(said) == accepts


def test_clicks_are_counted_on_the_map():
    question = QUESTIONS.of_exercise("action", "first_to_go", 1)
    (right,) = question.right_cells
    wrong = next(said for said in sayable(question) if said != right)
    answers = votes([right, right, right, wrong, wrong], [right] * 5)
    result = question.results(answers, vote=2, phase=Phase.REVEALED)
    first, second, the_map = result.figures
    for chart, counts in ((first, {right: 3, wrong: 2}), (second, {right: 5})):
        assert isinstance(chart, Heatmap)
        assert chart.range == (0, 5)
        for said, (row, column) in enumerate(question.cells):
            assert chart.values.loc[row, column] == counts.get(str(said), 0)
            tick = "✓ " if str(said) == right else ""
            assert chart.text.loc[row, column] == f"{tick}{counts.get(str(said), 0)}"
        assert (chart.shown == question.chart.shown).all()
    row, column = question.cells[int(right)]
    assert not the_map.faded.loc[row, column]
    assert the_map.faded.to_numpy().sum() == the_map.faded.size - 1
    assert f"In the second vote, all 5 who answered clicked {row} × {column}." in result.sentences
    assert result.table["First vote"].tolist() == [3, 2]
    assert result.sentences[-1] == (
        "Of 5 who answered twice, 2 moved to the right answer, 0 away from it and 3 stayed."
    )


def test_nobody_clicked_alike():
    question = QUESTIONS.of_exercise("action", "first_to_go", 1)
    result = question.results(votes(["0", "1", "2"]), vote=1, phase=Phase.SHOWN)
    assert "No two clicked the same cell." in result.sentences


def said_in(question):
    """What a device says that touches the cell of a row and a column."""
    return lambda row, column: str(question.cells.index((row, column)))


@pytest.fixture
def triangle():
    """A symmetric map of three columns, of which x and z are the farthest from zero."""
    values = pd.DataFrame([[1, 0.2, 0.8], [0.2, 1, 0.4], [0.8, 0.4, 1]], [*"xyz"], [*"xyz"])
    return cell("Which is the strongest?", Heatmap(values), [("x", "z")])


def test_the_two_cells_of_a_pair_are_one(triangle):
    said = said_in(triangle)
    clicks = [said("x", "z")] * 3 + [said("z", "x")] * 3 + [said("x", "y")] * 4
    result = triangle.results(votes(clicks), vote=1, phase=Phase.SHOWN)
    assert "The most clicked is x × z or z × x, by 6 of 10 (60 %)." in result.sentences
    # Either cell is right, and who clicks the other one has not changed anything.
    assert [triangle.right(one) for one in (said("x", "z"), said("z", "x"), said("x", "y"))] == [
        True, True, False,
    ]  # fmt: skip
    answers = votes([said("x", "z"), said("x", "y")], [said("z", "x"), said("y", "x")])
    moved = triangle.results(answers, vote=2, phase=Phase.REVEALED).sentences[-1]
    assert moved == (
        "Of 2 who answered twice, 0 moved to the right answer, 0 away from it and 2 stayed."
    )
    hidden = triangle.results(answers, vote=2, phase=Phase.SHOWN).sentences
    assert "2 answered twice; of these, 0 changed their answer." in hidden
    assert triangle.tally([{"a": said("z", "x"), "b": said("x", "z")}]) == [("x × z", [2])]


def test_cells_of_a_map_that_is_not_symmetric_are_two():
    values = pd.DataFrame([[1, 0.2], [0.3, 1]], [*"xy"], [*"xy"])
    question = cell("Which is it?", Heatmap(values), [("x", "y")])
    said = said_in(question)
    clicks = [said("x", "y")] * 2 + [said("y", "x")]
    result = question.results(votes(clicks), vote=1, phase=Phase.SHOWN)
    assert "The most clicked is x × y, by 2 of 3 (67 %)." in result.sentences
    assert not question.right(said("y", "x"))


@pytest.fixture(scope="module")
def drawn():
    return QUESTIONS.of_step("methods", "your_map")[1]


def test_maps_are_averaged_cell_by_cell(drawn):
    generator = np.random.default_rng(3)
    maps = generator.choice(drawn.guess.levels, (2, 8, 10))
    said = [[drawn.said_of(one) for one in vote] for vote in maps.tolist()]
    result = drawn.results(votes(*said), vote=2, phase=Phase.REVEALED)
    measured, first, second, spread = result.figures
    assert result.projected == (measured, second)
    for chart, cells in (
        (first, maps[0].mean(axis=0)),
        (second, maps[1].mean(axis=0)),
        (spread, maps[1].std(axis=0)),
        (measured, drawn.measured),
    ):
        painted = [chart.values.loc[pair] for pair in drawn.guess.pairs]
        assert painted == pytest.approx(list(cells))
    error = maps[1].mean(axis=0) - np.array(drawn.measured)
    at = np.abs(error).argmax()
    row, column = drawn.guess.pairs[at]
    way = "too high" if error[at] > 0 else "too low"
    (sentence,) = [one for one in result.sentences if "farther off" in one]
    assert f"`{row}` and `{column}`" in sentence
    (off,) = re.findall(rf"That is ([\d.]+) {way}\.", sentence)
    assert float(off) == pytest.approx(abs(error[at]), abs=0.005)
    miss = np.abs(maps - drawn.measured).mean(axis=2)
    nearer, farther = (miss[1] < miss[0]).sum(), (miss[1] > miss[0]).sum()
    assert result.sentences[-1] == (
        f"Of 8 who answered twice, {nearer} came nearer to what was measured, "
        f"{farther} went farther from it and 0 stayed."
    )


def test_the_mean_of_the_maps_and_one_map_are_not_as_far_off(drawn):
    # One map is too high by a half in all cells that it can be, one too low: the mean is between.
    low, high = (drawn.said_of([level] * 10) for level in (-0.8, 0.8))
    r = np.array(drawn.measured)
    one = (np.abs(-0.8 - r).mean() + np.abs(0.8 - r).mean()) / 2
    mean = np.abs(r).mean()
    result = drawn.results(votes([low, high]), vote=1, phase=Phase.REVEALED)
    (off,) = [sentence for sentence in result.sentences if "One map is off by" in sentence]
    assert re.findall(r"off by ([\d.]+\d)", off) == [f"{one:.2f}", f"{mean:.2f}"]
    assert "cancel out" in off
    alike = drawn.results(votes([low, low]), vote=1, phase=Phase.REVEALED).sentences
    assert not any("cancel out" in sentence for sentence in alike)
    alone = drawn.results(votes([low]), vote=1, phase=Phase.REVEALED).sentences
    assert f"The map is off by {np.abs(-0.8 - r).mean():.2f}, averaged over its cells." in alone


def test_what_a_map_tells_of_the_second_vote_names_it(drawn):
    zeros, ones = (drawn.said_of([level] * 10) for level in (0.0, 0.8))
    twice = drawn.results(votes([zeros, zeros], [zeros, ones]), vote=2, phase=Phase.REVEALED)
    assert twice.figures[-1].title == "Second vote: where the class disagrees"
    assert "Second vote: standard deviation" in twice.table.columns
    for words in ("disagrees about no pair", "nowhere farther off"):
        (sentence,) = [one for one in twice.sentences if words in one]
        assert sentence.startswith("In the second vote, the class ")
    once = drawn.results(votes([zeros, ones]), vote=1, phase=Phase.REVEALED)
    assert once.figures[-1].title == "Where the class disagrees"


def test_what_is_true_of_a_map_is_a_sentence(drawn):
    at = int(np.abs(drawn.measured).argmax())
    row, column = drawn.guess.pairs[at]
    r = f"{drawn.measured[at]:.2f}".replace("-", "−")
    assert drawn.told == f"Farthest from zero is `{row}` and `{column}`: r is {r}."


def test_what_was_measured_is_pearson_s_r(drawn):
    import datasets

    table = datasets.load("highway")
    for (row, column), r in zip(drawn.guess.pairs, drawn.measured, strict=True):
        assert r == pytest.approx(np.corrcoef(table[row], table[column])[0, 1])


def test_one_map_disagrees_with_nobody(drawn):
    zeros = drawn.said_of([0.0] * 10)
    alone = drawn.results(votes([zeros]), vote=1, phase=Phase.SHOWN).sentences
    assert not any("disagree" in sentence for sentence in alone)
    alike = drawn.results(votes([zeros, zeros]), vote=1, phase=Phase.SHOWN).sentences
    assert "All drew the same map." in alike


def test_a_map_shows_the_misconceptions_of_its_step(drawn):
    guess = [0.0, 0.5, 0.2, 0.8, -0.2, -0.8, 0.5, 0.2, -0.5, 0.5]
    assert drawn.misconception(drawn.said_of(guess)) == "speed_is_danger"
    assert drawn.right(drawn.said_of(guess)) is None


@pytest.mark.parametrize(
    "said",
    ["", "[]", "[0.5]", json.dumps([None] * 10), json.dumps([0.5] * 11), json.dumps([True] * 10),
     "[" * 5000, json.dumps([0.3] * 10), " " + json.dumps([0.5] * 10), json.dumps(["0.5"] * 10)],
)  # fmt: skip
def test_no_map(drawn, said):
    assert not drawn.accepts(said)


@pytest.mark.parametrize("said", ["0", "1"])
def test_where_nothing_is_right_nothing_is_revealed(said):
    question = choice("Tea or coffee?", ["tea", "coffee"])
    assert question.right(said) is None
    result = question.results(votes([said], [said]), vote=2, phase=Phase.REVEALED)
    assert "belief" not in result.table.columns
    assert result.sentences[-1] == "1 answered twice; of these, 0 changed their answer."


@pytest.mark.parametrize("question", every_kind(), ids=lambda one: one.kind)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_whatever_was_said_the_numbers_add_up(question, data):
    said = st.one_of(st.none(), st.sampled_from(sayable(question)))
    first = data.draw(st.lists(said, min_size=1, max_size=9))
    second = data.draw(st.lists(said, max_size=9))
    answers = votes(first, second)
    for phase in SEEN:
        result = question.results(answers, vote=2, phase=phase)
        assert result.answered == sum(one is not None for one in second)
        if result.table is None or question.kind == "map":
            continue
        for title, vote in (("First vote", first), ("Second vote", second)):
            if title in result.table.columns:
                assert result.table[title].sum() == sum(one is not None for one in vote)


@pytest.mark.parametrize("question", every_kind(), ids=lambda one: one.kind)
def test_a_projector_shows_two_figures_at_most_and_the_last_vote_among_them(question):
    said = sayable(question)
    for phase in SEEN:
        result = question.results(votes(said[:3], said[2::-1]), vote=2, phase=phase)
        projected = result.projected or result.figures
        assert 1 <= len(projected) <= 2
        assert set(map(id, projected)) <= set(map(id, result.figures))
        titles = [chart.title for chart in projected]
        assert question.kind == "choice" or any("Second vote" in title for title in titles)


@pytest.mark.parametrize("question", every_kind(), ids=lambda one: one.kind)
def test_the_reason_is_what_whoever_is_right_reads(question):
    right = [said for said in sayable(question) if question.right(said)]
    reasons = {question.verdict(said).feedback for said in right}
    assert question.reason in (reasons or {""})


def test_a_vote_without_answers_has_no_map_of_zeros():
    question = QUESTIONS.of_exercise("action", "first_to_go", 1)
    result = question.results(votes(["0", "1"], []), vote=2, phase=Phase.SHOWN)
    assert [chart.title for chart in result.figures[:-1]] == ["First vote"]
