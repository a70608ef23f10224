"""A step declares, and plays: its names, its exhibits, its judgement."""

import pandas as pd
import pytest

from lib.course import (
    Choice,
    Columns,
    Exhibit,
    Goal,
    Mistake,
    Number,
    Option,
    Outcome,
    Predict,
    Reached,
    Slider,
    Standing,
    Step,
    Task,
    Toggle,
)


def exhibit(**facts) -> Exhibit:
    return Exhibit(facts=facts, table=pd.DataFrame(facts, [0]), description="")


class FourSquares(Step):
    """
    ### How large is a square?

    A side of {side_length} makes {area}.

    {{Braces}} stay, and so does -1.
    """

    side = Slider("Side", -5, 5, default=1)
    shape = Choice("Shape", ("square", "circle"), default="square")
    filled = Toggle("Filled", default=False)

    predict = Predict(
        "Side 3 makes?",
        choices=[
            Option(text="{value}", value=9, feedback=""),
            Option(text="{value}", value=6, feedback="", misconception="doubling"),
        ],
        answer=lambda shown: shown.facts["area"],
        answer_at={"side": 3},
    )
    task = Task(
        "Make 16.",
        goals=[
            Goal("16: now {area}", met=lambda state: state["area"] == 16),
            Goal("A square: now a {shape}", met=lambda state: state["shape"] == "square"),
        ],
        solution={"side": 4},
        hints=("Larger than {area}.",),
    )
    mistakes = (
        Mistake(
            "A circle with side {side} has no side.",
            when=lambda state: state["shape"] == "circle",
            example={"shape": "circle"},
            misconception="circles_have_sides",
        ),
        Mistake(
            "{area} of 16, at {side}.",
            when=lambda state: state["area"] < 16 and state["filled"],
            example={"filled": True},
            misconception="too_small",
        ),
        Mistake(
            "Never said while filled: {area}.",
            when=lambda state: state["side"] < 0 or state["filled"],
            example={"side": -1},
            misconception="negative",
        ),
    )
    learned = (
        Outcome("Backwards, {side} makes {area}.", when=lambda state: state["side"] < 0),
        Outcome("A side of {side_length} makes {area}."),
    )

    def __init__(self) -> None:
        self.shown: list[dict] = []

    def show(self, side: int, shape: str, filled: bool) -> Exhibit:
        self.shown.append({"side": side, "shape": shape, "filled": filled})
        return exhibit(side_length=side, area=side * side)


# What a declaration gives


def test_the_heading_is_the_title():
    assert FourSquares.title == "How large is a square?"


def test_the_slug_comes_from_the_name_of_the_class():
    assert FourSquares.slug == "four_squares"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Mask", "mask"),
        ("OneOutlier", "one_outlier"),
        ("WhiteIsNotZero", "white_is_not_zero"),
        ("already_small", "already_small"),
    ],
)
def test_a_slug_has_an_underscore_before_each_capital_that_follows_a_small_letter(name, slug):
    assert type(name, (Step,), {"__doc__": "### A title"}).slug == slug


def test_controls_come_in_the_order_of_their_declaration_and_know_their_names():
    assert list(FourSquares.controls) == ["side", "shape", "filled"]
    assert [control.name for control in FourSquares.controls.values()] == [
        "side",
        "shape",
        "filled",
    ]
    assert FourSquares.controls["shape"] is FourSquares.shape


def test_a_step_may_have_no_controls_and_each_has_its_own():
    class Bare(Step):
        """### Nothing to change"""

    assert Bare.controls == {}
    assert Bare().defaults == {}
    assert Step.controls == {}
    assert len(FourSquares.controls) == 3


def test_the_defaults_are_those_of_the_controls():
    assert FourSquares().defaults == {"side": 1, "shape": "square", "filled": False}


@pytest.mark.parametrize(
    "doc",
    [
        None,
        "",
        "A title",
        "## Too large",
        "#### Too small",
        "###No space",
        "Words first\n\n### A title",
    ],
)
def test_a_step_without_a_heading_is_refused_by_name(doc):
    message = r"^The docstring of Headless must begin with .*'### .*\.$"
    with pytest.raises(TypeError, match=message):
        type("Headless", (Step,), {"__doc__": doc})


def test_a_heading_is_not_inherited():
    with pytest.raises(TypeError, match="docstring of Heir must"):

        class Heir(FourSquares):
            pass


@pytest.mark.parametrize("doc", ["### ", "###  ", "### \n\nProse."])
def test_an_empty_heading_is_refused(doc):
    with pytest.raises(TypeError, match="docstring of Silent must"):
        type("Silent", (Step,), {"__doc__": doc})


# What it says


def test_prose_is_the_docstring_below_the_heading_filled_with_the_facts_at_the_defaults():
    assert FourSquares().prose == "A side of 1 makes 1.\n\n{Braces} stay, and so does -1."


def test_a_heading_alone_leaves_the_prose_empty():
    class Short(Step):
        """### A title"""

        def show(self) -> Exhibit:
            return exhibit()

    assert Short.title == "A title"
    assert Short().prose == ""


def test_prose_that_names_no_fact_is_a_key_error():
    class Wrong(Step):
        """
        ### Wrong

        There is no {such_fact}.
        """

        def show(self) -> Exhibit:
            return exhibit(other=1)

    with pytest.raises(KeyError, match="such_fact"):
        _ = Wrong().prose


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ({"side": 4}, "A side of 4 makes 16."),
        ({"side": 3}, "A side of 3 makes 9."),
        ({"side": -4}, "Backwards, −4 makes 16."),
    ],
)
def test_the_first_outcome_that_fits_is_filled_with_the_state_at_hand(values, outcome):
    assert FourSquares().outcome(values) == outcome


def test_where_no_outcome_fits_nothing_is_said():
    class Narrow(FourSquares):
        """### Narrow"""

        side = Slider("Side", -5, 5, default=1)
        shape = Choice("Shape", ("square", "circle"), default="square")
        filled = Toggle("Filled", default=False)
        learned = FourSquares.learned[:1]

    assert Narrow().outcome({"side": 4}) == ""


def test_an_outcome_needs_no_task():
    class Reading(Step):
        """### Read"""

        side = Slider("Side", 0, 5, default=2)
        learned = [Outcome("A side of {side_length}.")]

        def show(self, side: int) -> Exhibit:
            return exhibit(side_length=side)

    assert Reading().outcome({}) == "A side of 2."
    assert Reading().outcome({"side": 3}) == "A side of 3."


# What it shows


def test_the_exhibit_is_shown_at_the_defaults_changed_by_the_values():
    step = FourSquares()
    assert step.exhibit().facts == {"side_length": 1, "area": 1}
    assert step.exhibit({"side": -3}).facts == {"side_length": -3, "area": 9}
    assert step.shown == [
        {"side": 1, "shape": "square", "filled": False},
        {"side": -3, "shape": "square", "filled": False},
    ]


def test_an_exhibit_is_shown_once_for_equal_values():
    step = FourSquares()
    first = step.exhibit()
    assert step.exhibit(None) is first
    assert step.exhibit({}) is first
    assert step.exhibit({"side": 1}) is first
    assert step.exhibit({"filled": False, "shape": "square", "side": 1}) is first
    assert len(step.shown) == 1
    assert step.exhibit({"side": 2}) is not first
    assert step.exhibit({"shape": "circle", "side": 2}) is step.exhibit(
        {"side": 2, "shape": "circle"}
    )
    assert len(step.shown) == 3


def test_going_back_shows_nothing_anew():
    step = FourSquares()
    for _ in range(2):
        for side in range(-5, 6):
            step.exhibit({"side": side})
    assert len(step.shown) == 11


def test_two_steps_do_not_share_their_exhibits():
    one, other = FourSquares(), FourSquares()
    assert one.exhibit() is not other.exhibit()
    assert len(one.shown) == len(other.shown) == 1


def test_what_went_wrong_is_not_remembered():
    class Moody(Step):
        """### Moody"""

        calls = 0

        def show(self) -> Exhibit:
            self.calls += 1
            if self.calls == 1:
                raise RuntimeError("not today")
            return exhibit(calls=self.calls)

    step = Moody()
    with pytest.raises(RuntimeError, match="not today"):
        step.exhibit()
    assert step.exhibit().facts == {"calls": 2}


def test_a_value_without_a_control_is_an_error():
    with pytest.raises(TypeError, match="colour"):
        FourSquares().exhibit({"colour": "red"})


def test_columns_can_be_shown():
    class Some(Step):
        """### Some columns"""

        columns = Columns("Columns", ("a", "b", "c"), default=("a", "b"))

        def show(self, columns: tuple[str, ...]) -> Exhibit:
            return exhibit(count=len(columns))

    step = Some()
    assert step.exhibit().facts["count"] == 2
    assert step.exhibit({"columns": step.columns.clean(["c", "b", "a"])}).facts["count"] == 3


def test_a_step_that_shows_nothing_says_so_by_name():
    class Unfinished(Step):
        """### Unfinished"""

    with pytest.raises(AttributeError, match="'Unfinished' object has no attribute 'show'"):
        Unfinished().exhibit()


def test_the_state_is_facts_and_control_values_together():
    assert FourSquares().state({"side": 2}) == {
        "side": 2,
        "shape": "square",
        "filled": False,
        "side_length": 2,
        "area": 4,
    }


def test_a_fact_may_not_bear_the_name_of_a_control():
    class Trimmed(Step):
        """### Trimmed"""

        rows = Slider("Rows asked for", 0, 9, default=9)

        def show(self, rows: int) -> Exhibit:
            return exhibit(rows=rows - 1)

    with pytest.raises(TypeError, match="trimmed has both a control and a fact named rows"):
        Trimmed().exhibit()


class Counted(Step):
    """
    ### Counted

    {sides} sides are {area:.1f}.
    """

    side = Slider("Side", 0, 9, default=2)
    answers = {
        "count": Number("Your count", 0, 99),
        "kind": Choice("Kind", ("a", "b"), default=None),
    }
    task = Task(
        "Count them.",
        goals=[
            Goal("Three", met=lambda state: state["side"] == 3),
            Goal("None missing: now {missing} by {count}", met=lambda s: s["missing"] == 0),
        ],
        solution={"side": 3, "count": 9},
        hints=[],
    )
    mistakes = [
        Mistake(
            "You counted {count} of {area}: {missing} more.",
            when=lambda state: state["missing"] > 0,
            example={"side": 3, "count": 2},
            misconception="few",
        )
    ]
    drawn = 0

    def show(self, side: int) -> Exhibit:
        Counted.drawn += 1
        return exhibit(sides=4, area=side * side)

    def appraise(self, exhibit: Exhibit, count: int | None, kind: str | None) -> dict:
        return {"missing": exhibit.facts["area"] - (count or 0), "is_named": kind is not None}


def test_giving_an_answer_draws_nothing_anew():
    step = Counted()
    before = Counted.drawn
    assert step.exhibit({"count": 3}) is step.exhibit({"count": 4, "kind": "a"}) is step.exhibit()
    assert Counted.drawn == before + 1


def test_the_state_is_controls_answers_facts_and_what_follows_from_the_answers():
    assert Counted().state({"count": 3, "kind": "b"}) == {
        **{"side": 2, "count": 3, "kind": "b"},
        **{"sides": 4, "area": 4, "missing": 1, "is_named": True},
    }
    assert Counted().inputs.keys() == Counted().defaults.keys() == {"side", "count", "kind"}


def test_answers_are_judged_and_refused_like_controls():
    step = Counted()
    assert step.judge({}).standing is Standing.UNTOUCHED
    assert step.judge({"side": 3, "count": 9}).standing is Standing.PASSED
    assert step.judge({"count": 1}).text == "You counted 1 of 4: 3 more."
    with pytest.raises(ValueError, match="count cannot be 100"):
        step.judge({"count": 100})


def test_words_of_an_exhibit_are_its_controls_and_facts():
    assert Counted().exhibit({"side": 3, "count": 1}).words == {"side": 3, "sides": 4, "area": 9}


@pytest.mark.parametrize("said", [None, "9", "nan", "", "-1", "x" * 100_000, "<b>0</b>", "0.0"])
def test_what_cannot_be_said_here_is_not_known(said):
    assert FourSquares().known_prediction(said) is None


def test_what_can_be_said_here_is_known():
    for said in ("0", "1", "skip"):
        assert FourSquares().known_prediction(said) == said
    assert Counted().known_prediction("skip") is None


def test_the_state_leaves_values_and_facts_as_they_are():
    step, values = FourSquares(), {"side": 2}
    step.state(values)["area"] = 99
    assert values == {"side": 2}
    assert step.exhibit(values).facts == {"side_length": 2, "area": 4}


def test_a_prediction_can_be_graded_where_its_answer_is_computed():
    step = FourSquares()
    shown = step.exhibit(step.predict.answer_at)
    assert step.predict.right_choice(shown) == 0
    assert step.predict.verdict("1", shown).misconception == "doubling"


# How it judges


@pytest.mark.parametrize(
    "values",
    [{}, {"side": 1}, {"filled": False}, {"side": 1, "shape": "square", "filled": False}],
)
def test_the_defaults_are_untouched_however_they_are_said(values):
    assert FourSquares().judge(values).standing is Standing.UNTOUCHED


def test_what_is_untouched_is_not_scolded_but_its_goals_are_known():
    judgement = FourSquares().judge({})
    assert (judgement.text, judgement.misconception) == ("", None)
    assert judgement.goals == (Reached("16: now 1", False), Reached("A square: now a square", True))


@pytest.mark.parametrize(
    ("values", "met"),
    [
        ({"side": 3}, (False, True)),
        ({"side": 4, "shape": "circle"}, (True, False)),
        ({"side": 3, "shape": "circle"}, (False, False)),
        ({"side": 4}, (True, True)),
    ],
)
def test_an_attempt_is_told_which_goals_are_met(values, met):
    goals = FourSquares().judge(values).goals
    assert tuple(goal.met for goal in goals) == met
    assert goals[0].text == f"16: now {values['side'] ** 2}"


def test_a_goal_says_that_an_answer_is_missing():
    assert Counted().judge({"side": 2}).goals[1].text == "None missing: now 4 by nothing yet"


def test_defaults_that_would_pass_are_untouched():
    class Easy(FourSquares):
        """### Easy"""

        side = Slider("Side", 0, 5, default=4)
        shape = Choice("Shape", ("square", "circle"), default="square")
        filled = Toggle("Filled", default=False)
        task = Task("Make 16.", goals=[Goal("16", met=lambda _: True)], solution={}, hints=())

    assert Easy().judge({}).standing is Standing.UNTOUCHED


@pytest.mark.parametrize("values", [{"side": 2}, {"side": 5}, {"side": 0}])
def test_an_attempt_without_a_named_mistake_is_not_yet(values):
    assert FourSquares().judge(values).standing is Standing.NOT_YET


@pytest.mark.parametrize(
    "values", [{"side": 4}, {"side": -4}, {"side": 4, "filled": True}, {"side": -4, "filled": True}]
)
def test_any_setting_with_the_property_passes_even_where_a_mistake_would_match(values):
    assert FourSquares().judge(values).standing is Standing.PASSED


@pytest.mark.parametrize(
    ("values", "text", "misconception"),
    [
        ({"side": -4, "shape": "circle"}, "A circle with side −4 has no side.", None),
        ({"shape": "circle", "filled": True}, "A circle with side 1 has no side.", None),
        ({"side": 3, "filled": True}, "9 of 16, at 3.", "too_small"),
        ({"side": -3, "filled": True}, "9 of 16, at −3.", "too_small"),
        ({"side": 5, "filled": True}, "Never said while filled: 25.", "negative"),
        ({"side": -2}, "Never said while filled: 4.", "negative"),
    ],
)
def test_the_first_mistake_that_matches_speaks(values, text, misconception):
    judgement = FourSquares().judge(values)
    assert judgement.standing is Standing.MISTAKE
    assert judgement.text == text
    assert judgement.misconception == (misconception or "circles_have_sides")


@pytest.mark.parametrize("number", range(3))
def test_every_example_shows_its_own_mistake(number):
    mistake = FourSquares.mistakes[number]
    assert FourSquares().judge(mistake.example).misconception == mistake.misconception


def test_a_step_without_a_task_is_never_judged():
    class Reading(FourSquares):
        """### Read"""

        side = Slider("Side", -5, 5, default=1)
        shape = Choice("Shape", ("square", "circle"), default="square")
        filled = Toggle("Filled", default=False)
        task = None

    assert Reading().judge({"shape": "circle"}).standing is Standing.UNTOUCHED


class LookedAt(FourSquares):
    """### Looked at"""

    side = Slider("Side", -5, 5, default=1)
    shape = Choice("Shape", ("square", "circle"), default="square")
    filled = Toggle("Filled", default=False)
    views = ("shape", "filled")


@pytest.mark.parametrize(
    "values",
    [{"shape": "circle"}, {"filled": True}, {"side": 1, "shape": "circle", "filled": True}],
)
def test_to_change_a_view_is_no_attempt(values):
    assert FourSquares().judge(values).standing is Standing.MISTAKE
    assert LookedAt().judge(values).standing is Standing.UNTOUCHED


def test_an_attempt_is_judged_by_its_views_as_well():
    step = LookedAt()
    assert step.judge({"side": 4, "filled": True}).standing is Standing.PASSED
    assert step.judge({"side": 4, "shape": "circle"}).misconception == "circles_have_sides"
    assert step.judge({"side": 2}).standing is Standing.NOT_YET
    assert step.exhibit({"filled": True}) is not step.exhibit()


def test_standings_have_their_names():
    names = [standing.value for standing in Standing]
    assert names == ["untouched", "not yet", "mistake", "stopped", "passed"]


def test_a_view_that_is_no_control_is_refused():
    body = {"__doc__": "### A heading", "views": ("stag",)}
    with pytest.raises(TypeError, match="Misspelt names a control in views"):
        type("Misspelt", (Step,), body)


@pytest.mark.parametrize(
    ("text", "least", "x", "shown"),
    [
        ("at least {least:.1f}: now {x:.2f}", 0.9, 0.8999, "at least 0.9: now 0.8999"),
        ("at least {least:.0%}: now {x:.0%}", 0.5, 0.4962, "at least 50 %: now 49.6 %"),
        ("at least {least:.1f}: now {x:.2f}", 0.9, 0.8123, "at least 0.9: now 0.81"),
        ("at least {least:.1f}: now {x:.2f}", 0.9, 0.9123, "at least 0.9: now 0.91"),
        ("at least {least}: now {x}", 9, 8, "at least 9: now 8"),
    ],
)
def test_a_goal_that_is_not_met_prints_no_number_that_meets_it(text, least, x, shown):
    goal = Goal(text, met=lambda state: state["x"] >= state["least"])
    assert goal.filled({"least": least, "x": x}) == shown


@pytest.mark.parametrize("kind", ["outcome", "mistake"])
@pytest.mark.parametrize(
    ("r", "shown"),
    [
        (0.6, "0.60 is not above 0.70"),
        (0.698, "0.698 is not above 0.70"),
        (0.69996, "0.69996 is not above 0.70"),
        # Two numbers that agree to so many digits are meant to be the same.
        (0.7 - 1e-9, "0.70 is not above 0.70"),
    ],
)
def test_no_number_is_rounded_to_one_that_the_text_denies(kind: str, r: float, shown: str) -> None:
    text = "{r:.2f} is not above {limit:.2f}"
    said = {
        "outcome": Outcome(text, holds=lambda s: s["r"] < s["limit"]),
        "mistake": Mistake(text, when=lambda s: s["r"] < s["limit"], example={}, misconception="m"),
    }[kind]
    assert said.filled({"r": r, "limit": 0.7}) == shown
