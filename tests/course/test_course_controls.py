"""Controls take what is allowed, in their own type; a ValueError refuses everything else."""

import dataclasses
import math

import pandas as pd
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from lib.course import (
    TRANSFORMS,
    Choice,
    Columns,
    Control,
    Guess,
    Number,
    Point,
    Redraws,
    Rows,
    Seed,
    Slider,
    Toggle,
    Transform,
    Write,
)

NAN, INF = float("nan"), float("inf")
HUGE = 10**400
HUGE_INTEGERS = [
    pytest.param(HUGE, id="10**400"),
    pytest.param(-HUGE, id="-10**400"),
    pytest.param(10**5000, id="more digits than str() writes"),
]
HOSTILE = (
    "",
    " ",
    "0",
    "upper ",
    "UPPER",
    "‮reppu",
    "uppеr",  # the e is Cyrillic
    "upper\0",
    "\ud800",
    "<script>alert(1)</script>",
    "![x](https://example.org/x.png)",
    "'; DROP TABLE roads; --",
    "{k.__class__}",
    "=1+1",
    "../../etc/passwd",
)
OTHER_TYPES = ({}, {"k": 0}, [], [0], [[]], (), b"0", object(), 1j)

WHOLE = Slider("k", -1, 2, default=0)
HALVES = Slider("x", -8.0, 8.0, default=0.0, step=0.5)
TENTHS = Slider("share", 0.0, 1.0, default=0.3, step=0.1)
COUNT = Number("How many pairs?", 0, 200)
SIDE = Choice("Hide", ("upper", "lower"), default="upper")
OPEN = Choice("Which?", ("adt–itg", "slim–acpt"), default=None)
TRIM = Toggle("Trim", default=False)
ROADS = Columns("Columns", ("rate", "len", "adt", "trks"), default=("rate", "adt"))
ANY = Columns("Columns", ("rate", "len"), default=(), at_least=0)
LEFT_OUT = Rows("Leave out", ("1", "2", "25"))
CHANGE = Transform("gdp")
SEED = Seed("Draw", high=12)
DRAWS = Redraws("Draws", 25)
POINT = Point("The extra point", (-8, 8), (-1, 1), default=(0, 1))
GUESS = Guess("Your map", ("rate", "len", "adt"))
LINES = Write("Your lines", gives="r", names=("highway",), lines=3)

CONTROLS = {
    "whole": WHOLE,
    "halves": HALVES,
    "tenths": TENTHS,
    "count": COUNT,
    "side": SIDE,
    "open": OPEN,
    "trim": TRIM,
    "roads": ROADS,
    "any": ANY,
    "left out": LEFT_OUT,
    "change": CHANGE,
    "seed": SEED,
    "draws": DRAWS,
    "point": POINT,
    "guess": GUESS,
    "lines": LINES,
}

each_control = pytest.mark.parametrize("control", CONTROLS.values(), ids=CONTROLS)


def accepted(control: Control, value: object) -> bool:
    """Whether the control takes `value`; any other exception than ValueError gets through."""
    try:
        control.clean(value)
    except ValueError:
        return False
    return True


# Slider


@pytest.mark.parametrize(
    ("slider", "value", "cleaned"),
    [
        (WHOLE, -1, -1),
        (WHOLE, 2, 2),
        (WHOLE, 1.0, 1),
        (WHOLE, -0.0, 0),
        (HALVES, 0.5, 0.5),
        (HALVES, -8, -8.0),
        (HALVES, 8, 8.0),
        (TENTHS, 0.7, 0.7),
        (TENTHS, 0.1 + 0.2, 0.3),
        (Slider("n", 3, 10, default=3, step=7), 10, 10),
    ],
)
def test_a_slider_takes_its_marks_in_its_own_type(slider, value, cleaned):
    result = slider.clean(value)
    assert result == pytest.approx(cleaned, abs=1e-12)
    assert type(result) is type(slider.default)


def test_sliders_of_ints_give_ints_and_sliders_of_floats_give_floats():
    assert type(WHOLE.clean(1.0)) is int
    assert type(HALVES.clean(1)) is float


@pytest.mark.parametrize("value", [True, False, None, NAN, INF, -INF, *OTHER_TYPES, *HOSTILE])
@pytest.mark.parametrize("slider", [WHOLE, HALVES, TENTHS])
def test_a_slider_refuses_what_is_no_finite_number(slider, value):
    assert not accepted(slider, value)


@pytest.mark.parametrize(
    ("slider", "value"),
    [
        (WHOLE, -2),
        (WHOLE, 3),
        (WHOLE, 10**18),
        (WHOLE, 1e308),
        (HALVES, 8.5),
        (HALVES, -8.0000001),
        (TENTHS, 1.0000000001),
        (TENTHS, math.nextafter(0.0, -1.0)),
    ],
)
def test_a_slider_refuses_what_is_out_of_range(slider, value):
    assert not accepted(slider, value)


@pytest.mark.parametrize(
    ("slider", "value"),
    [
        (WHOLE, 0.5),
        (WHOLE, 1.999),
        (HALVES, 0.25),
        (TENTHS, 0.05),
        (Slider("n", 3, 10, default=3, step=7), 9),
        # The last mark of 0, 0.3, 0.6, 0.9 lies below the upper bound.
        (Slider("x", 0.0, 1.0, default=0.0, step=0.3), 1.0),
    ],
)
def test_a_slider_refuses_what_lies_between_its_marks(slider, value):
    assert not accepted(slider, value)


@pytest.mark.parametrize("value", HUGE_INTEGERS)
def test_a_slider_refuses_a_huge_integer(value):
    assert not accepted(WHOLE, value)


def test_a_slider_of_halves_between_whole_bounds_keeps_its_halves():
    assert Slider("x", -8, 8, default=0, step=0.5).clean(0.5) == 0.5


@pytest.mark.parametrize(
    "slider",
    [Slider("x", -8, 8, default=0, step=0.5), Slider("share", 0, 1, default=0.5, step=0.1)],
)
def test_the_parts_of_a_slider_and_its_values_have_one_type(slider):
    parts = (slider.low, slider.high, slider.default, slider.step, slider.clean(1))
    assert {type(part) for part in parts} == {float}


def test_a_slider_goes_to_the_nearest_mark():
    assert WHOLE.clean(1 - 1e-10) == 1


@given(mark=st.integers(0, 32))
def test_every_mark_of_a_slider_is_allowed(mark):
    assert HALVES.clean(-8 + mark * 0.5) == -8 + mark * 0.5


@given(
    low=st.integers(-1000, 1000),
    step=st.sampled_from([1, 2, 5, 0.1, 0.05, 0.25, 1 / 3]),
    marks=st.integers(1, 200),
    data=st.data(),
)
def test_a_slider_takes_its_marks_and_refuses_the_middles_between_them(low, step, marks, data):
    slider = Slider("x", float(low), low + marks * step, default=float(low), step=step)
    mark = data.draw(st.integers(0, marks - 1))
    assert slider.clean(low + mark * step) == pytest.approx(low + mark * step)
    assert not accepted(slider, low + (mark + 0.5) * step)


# Number


@pytest.mark.parametrize(("value", "cleaned"), [(0, 0), (200, 200), (55, 55), (55.0, 55)])
def test_a_number_is_whole(value, cleaned):
    result = COUNT.clean(value)
    assert result == cleaned
    assert type(result) is int


def test_a_number_may_be_missing_until_it_is_typed():
    assert COUNT.default is None
    assert COUNT.clean(None) is None


@pytest.mark.parametrize(
    "value",
    [-1, 201, 0.5, 54.999999, NAN, INF, -INF, 1e308, *HUGE_INTEGERS, True, False],
)
def test_a_number_refuses_numbers_that_are_not_allowed(value):
    assert not accepted(COUNT, value)


@pytest.mark.parametrize("value", [*OTHER_TYPES, *HOSTILE, "55"])
def test_a_number_refuses_what_is_no_number(value):
    assert not accepted(COUNT, value)


# Choice


def test_a_choice_is_one_of_its_options():
    assert SIDE.clean("lower") == "lower"
    assert SIDE.clean("upper") == "upper"


@pytest.mark.parametrize("control", [SIDE, OPEN])
@pytest.mark.parametrize(
    "value", [*HOSTILE, *OTHER_TYPES, True, 0, 1, NAN, *HUGE_INTEGERS, ["upper"]]
)
def test_a_choice_refuses_everything_else(control, value):
    assert not accepted(control, value)


def test_nothing_chosen_is_allowed_only_where_it_is_the_default():
    assert OPEN.clean(None) is None
    assert OPEN.clean("adt–itg") == "adt–itg"
    assert not accepted(SIDE, None)


# Toggle


def test_a_toggle_is_on_or_off():
    assert TRIM.clean(True) is True
    assert TRIM.clean(False) is False


@pytest.mark.parametrize(
    "value", [0, 1, 0.0, None, "true", "True", *HUGE_INTEGERS, *HOSTILE, *OTHER_TYPES]
)
def test_a_toggle_refuses_what_only_looks_like_on_or_off(value):
    assert not accepted(TRIM, value)


# Columns


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        (["rate", "adt"], ("rate", "adt")),
        (["adt", "rate"], ("rate", "adt")),
        (("trks", "adt", "len", "rate"), ("rate", "len", "adt", "trks")),
        (["adt", "rate", "adt", "adt"], ("rate", "adt")),
    ],
)
def test_columns_come_in_the_order_of_the_table_and_once(value, cleaned):
    result = ROADS.clean(value)
    assert result == cleaned
    assert type(result) is tuple


@pytest.mark.parametrize(
    "value",
    [
        [],
        ["rate"],
        ["rate", "rate"],
        ["rate", "nothing"],
        ["rate", "adt", "nothing"],
        ["rate", None],
        ["rate", 0, True],
        ["rate", NAN],
        pytest.param(["rate", HUGE], id="10**400 among them"),
        {"rate": 1, "adt": 2},
        {"rate", "adt"},
        "rate",
        "rate,adt",
        b"rate",
        None,
        True,
        0,
        *HUGE_INTEGERS,
        *HOSTILE,
    ],
)
def test_columns_refuse_what_is_no_list_of_enough_columns(value):
    assert not accepted(ROADS, value)


@pytest.mark.parametrize("inside", [{}, [], ["rate", "adt"], {"rate": "adt"}])
def test_columns_refuse_what_cannot_be_hashed(inside):
    assert not accepted(ROADS, ["rate", "adt", inside])


def test_columns_may_be_asked_for_none_or_for_more():
    assert ANY.clean([]) == ()
    three = Columns("Columns", ("a", "b", "c"), default=("a", "b", "c"), at_least=3)
    assert three.clean(["c", "b", "a"]) == ("a", "b", "c")
    assert not accepted(three, ["a", "b", "a"])


@given(chosen=st.lists(st.sampled_from(ROADS.options)))
def test_any_columns_that_are_enough_are_allowed_whatever_their_order(chosen):
    assume(len(set(chosen)) >= ROADS.at_least)
    assert set(ROADS.clean(chosen)) == set(chosen)
    assert ROADS.clean(chosen) == ROADS.clean(chosen[::-1])


# Nearest


@pytest.mark.parametrize(
    ("slider", "value", "mark"),
    [
        (HALVES, 0.3, 0.5),
        (HALVES, -0.1, 0.0),
        (HALVES, 9.3, 8.0),
        (HALVES, -1e9, -8.0),
        (WHOLE, 1.4, 1),
        (TENTHS, 0.31, 0.3),
        (Slider("x", 0.0, 0.8, default=0.0, step=0.3), 0.8, 0.6),
    ],
)
def test_the_nearest_mark_lies_between_the_bounds_and_is_allowed(slider, value, mark):
    assert slider.nearest(value) == mark
    assert slider.clean(slider.nearest(value)) == mark


# Rows


@pytest.mark.parametrize(
    ("value", "cleaned"), [([], ()), (["25"], ("25",)), (("25", "1", "25"), ("1", "25"))]
)
def test_rows_come_in_the_order_of_the_table_and_may_be_none(value, cleaned):
    assert LEFT_OUT.clean(value) == cleaned
    assert LEFT_OUT.default == ()


@pytest.mark.parametrize("value", [["3"], [1], ["1", None], "1", None, {"1"}, [[]], *HOSTILE])
def test_rows_refuse_what_is_no_list_of_rows(value):
    assert not accepted(LEFT_OUT, value)


# Transform


def test_a_transform_is_chosen_by_name():
    assert CHANGE.default == "as it is"
    assert [CHANGE.clean(name) for name in ("log", "square root", "rank")] == [
        "log",
        "square root",
        "rank",
    ]
    assert not accepted(CHANGE, "square")
    assert Transform("gdp", ("as it is", "square")).clean("square") == "square"


def test_a_transform_that_nobody_has_written_is_refused_when_declared():
    with pytest.raises(ValueError, match="gdp: choose from as it is, log"):
        Transform("gdp", ("as it is", "cube"))


VALUES = pd.Series([4.0, 1.0, 0.25])


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("as it is", [4, 1, 0.25]),
        ("log", [2 * math.log(2), 0, -2 * math.log(2)]),
        ("exp", [math.e**4, math.e, math.e**0.25]),
        ("square", [16, 1, 0.0625]),
        ("square root", [2, 1, 0.5]),
        ("reciprocal", [0.25, 1, 4]),
        ("minus", [-4, -1, -0.25]),
        ("rank", [3, 2, 1]),
    ],
)
def test_a_transformation_changes_every_value(name, changed):
    assert TRANSFORMS[name](VALUES).to_list() == pytest.approx(changed)


def test_every_transformation_is_tested():
    assert set(TRANSFORMS) == {
        *("as it is", "log", "exp", "square"),
        *("square root", "reciprocal", "minus", "rank"),
    }


# Seed and Redraws


@pytest.mark.parametrize(("control", "low", "high"), [(SEED, 0, 12), (DRAWS, 1, 25)])
def test_seeds_and_draws_are_whole_numbers_between_bounds(control, low, high):
    assert control.default == low
    assert [type(control.clean(value)) for value in (low, high, float(high))] == [int] * 3
    for value in (low - 1, high + 1, low + 0.5, NAN, INF, True, None, str(low), *OTHER_TYPES):
        assert not accepted(control, value)


# Point


def test_a_point_is_two_marks():
    assert POINT.default == (0.0, 1.0)
    assert POINT.clean([8, -0.5]) == (8.0, -0.5)
    assert [type(part) for part in POINT.clean((8, 1))] == [float, float]


@pytest.mark.parametrize(
    "value", [(0,), (0, 0, 0), (0.3, 0), (0, 1.5), (9, 0), (NAN, 0), (True, 0), ("0", 0), "00", 0]
)
def test_a_point_refuses_what_lies_elsewhere(value):
    assert not accepted(POINT, value)


def test_the_sliders_of_a_point_begin_where_the_point_begins():
    across, up = POINT.sliders
    assert (across.low, across.high, across.default, across.step) == (-8.0, 8.0, 0.0, 0.5)
    assert (up.low, up.high, up.default, up.step) == (-1.0, 1.0, 1.0, 0.5)
    assert (across.label, up.label) == ("The extra point: x", "The extra point: y")


# Guess


def test_a_guess_is_one_level_a_pair_and_none_until_then():
    assert GUESS.pairs == (("len", "rate"), ("adt", "rate"), ("adt", "len"))
    assert GUESS.default == (None, None, None)
    assert GUESS.clean([0.8, None, 0]) == (0.8, None, 0.0)


@pytest.mark.parametrize(
    "value",
    [[], [0.8, None], [0.8, None, 0, 0], [0.3, None, None], [True, None, None], ["none", None, 0]],
)
def test_a_guess_refuses_other_levels_and_other_pairs(value):
    assert not accepted(GUESS, value)


# All of them

NAMES = st.sampled_from([*SIDE.options, *OPEN.options, *ROADS.options, *HOSTILE])
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-10, 210)
    | st.sampled_from([HUGE, -HUGE])
    | st.floats()
    | st.integers(-20, 20).map(lambda mark: mark / 10)
    | st.text()
    | NAMES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(NAMES, max_size=4)
        | st.dictionaries(st.text(max_size=3) | NAMES, inner, max_size=3)
    ),
    max_leaves=6,
)


def allowed(control: Control, value: object) -> bool:
    """What a value of this control may be, said once more in other words."""
    match control:
        case Slider():
            marks = (value - control.low) / control.step
            return (
                type(value) is type(control.default)
                and control.low <= value <= control.high
                and abs(marks - round(marks)) < 1e-6
            )
        case Number():
            return value is None or (type(value) is int and value in range(201))
        case Choice():
            return value in {*control.options} or (value is None and control.default is None)
        case Toggle():
            return value is True or value is False
        case Columns() | Rows():
            places = [control.options.index(name) for name in value]
            return (
                type(value) is tuple
                and len(value) >= control.at_least
                and places == sorted(set(places))
            )
        case Seed():
            return type(value) is int and value in range(13)
        case Redraws():
            return type(value) is int and value in range(1, 26)
        case Point():
            x, y = value
            return x in {n / 2 for n in range(-16, 17)} and y in {-1.0, -0.5, 0.0, 0.5, 1.0}
        case Guess():
            return len(value) == 3 and set(value) <= {None, -0.8, -0.5, -0.2, 0.0, 0.2, 0.5, 0.8}
        case Write():
            lines = [line for line in value.split("\n") if line]
            is_plain = all(sign.isprintable() or sign == "\n" for sign in value)
            return type(value) is str and len(lines) <= 3 and len(value) <= 600 and is_plain
    raise AssertionError(control)


# Write


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("", ""),
        ("   \n\n", ""),
        ("r.corr()  \r\nr\r\n", "r.corr()\nr"),
        ("r[“len”]", 'r["len"]'),
        ("r[‘len’]", "r['len']"),
        ("x = 1\n\n\ny = 2", "x = 1\n\n\ny = 2"),
        ("\tx", "    x"),
    ],
)
def test_lines_are_tidied(typed, cleaned):
    assert LINES.clean(typed) == cleaned


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("a\nb\nc\nd", "Your lines: at most 3 lines."),
        ("x" * 601, "Your lines: at most 600 characters."),
        ("x\0", "Your lines: letters, numbers and signs that can be seen."),
        ("x\u202ey", "Your lines: letters, numbers and signs that can be seen."),
    ],
)
def test_too_much_to_run_is_said(typed, sentence):
    assert LINES.wanting(typed) == sentence
    assert not accepted(LINES, typed)


@pytest.mark.parametrize("other", [*OTHER_TYPES, None, 3, True])
def test_lines_are_text(other):
    assert LINES.wanting(other) == ""
    assert not accepted(LINES, other)


@each_control
@given(value=JSON)
@example(value=HUGE)
@example(value=[{}])
def test_whatever_comes_in_an_allowed_value_comes_out_or_a_value_error(control, value):
    try:
        cleaned = control.clean(value)
    except ValueError:
        assert control.clean_or_default(value) == control.default
        return
    assert allowed(control, cleaned)
    assert control.clean_or_default(value) == cleaned


def values_of(control: Control) -> st.SearchStrategy:
    """Values that the control accepts, as JSON would bring them."""
    match control:
        case Slider():
            marks = round((control.high - control.low) / control.step)
            return st.integers(0, marks).map(lambda mark: control.low + mark * control.step)
        case Number():
            return st.none() | st.integers(control.low, control.high)
        case Choice():
            return st.sampled_from([*control.options, *[None][: control.default is None]])
        case Toggle():
            return st.booleans()
        case Columns() | Rows():
            return st.lists(st.sampled_from(control.options), max_size=6).map(
                lambda some: [*some, *control.options[: control.at_least]]
            )
        case Seed():
            return st.integers(0, 12)
        case Redraws():
            return st.integers(1, 25)
        case Point():
            return st.tuples(st.integers(-16, 16), st.integers(-2, 2)).map(
                lambda halves: [half / 2 for half in halves]
            )
        case Guess():
            level = st.none() | st.sampled_from(control.levels)
            return st.lists(level, min_size=3, max_size=3)
        case Write():
            line = st.text(st.characters(categories=("L", "N", "P")), max_size=100)
            return st.lists(line, max_size=3).map("\r\n".join)
    raise AssertionError(control)


@each_control
@given(data=st.data())
def test_cleaning_twice_changes_nothing(control, data):
    value = data.draw(values_of(control))
    cleaned = control.clean(value)
    assert allowed(control, cleaned)
    again = control.clean(cleaned)
    assert again == cleaned
    assert type(again) is type(cleaned)


@each_control
def test_a_default_is_allowed_by_its_own_control(control):
    cleaned = control.clean(control.default)
    assert cleaned == control.default
    assert type(cleaned) is type(control.default)


@pytest.mark.parametrize(
    ("kind", "arguments", "default"),
    [
        (Slider, ("k", -1, 2), 3),
        (Slider, ("k", -1, 2), True),
        (Choice, ("Hide", ("upper", "lower")), "middle"),
        (Toggle, ("Trim",), 0),
        (Columns, ("Columns", ("rate", "len")), ("rate",)),
    ],
)
def test_a_default_that_its_control_refuses_is_refused_when_declared(kind, arguments, default):
    with pytest.raises(ValueError, match="cannot be"):
        kind(*arguments, default=default)


@each_control
@pytest.mark.parametrize("value", [object(), "nonsense\0", 10**18, 1j])
def test_a_bad_value_falls_back_to_the_default(control, value):
    assert control.clean_or_default(value) == control.default


def test_a_control_that_is_broken_does_not_fall_back():
    class Broken(Control):
        def clean(self, value: object) -> int:
            if value == "good":
                return 0
            raise RuntimeError("What now?")

    with pytest.raises(RuntimeError, match="What now"):
        Broken("k", default="good").clean_or_default("bad")


def test_a_good_value_does_not_fall_back():
    assert WHOLE.clean_or_default(2) == 2
    assert TRIM.clean_or_default(True) is True
    assert OPEN.clean_or_default("slim–acpt") == "slim–acpt"
    assert ROADS.clean_or_default(["trks", "len"]) == ("len", "trks")
    assert COUNT.clean_or_default(7) == 7


def test_a_control_is_named_by_the_attribute_that_it_is_assigned_to():
    class Table:
        offset = Slider("k", -1, 2, default=0)

    assert Table.offset.name == "offset"
    assert WHOLE.name == ""


def test_a_refusal_names_the_control_and_quotes_the_value():
    class Table:
        offset = Slider("How far from the diagonal", -1, 2, default=0)

    with pytest.raises(ValueError, match=r"^offset cannot be 'three'\.$"):
        Table.offset.clean("three")
    with pytest.raises(ValueError, match=r"^How many pairs\? cannot be 201\.$"):
        COUNT.clean(201)


@each_control
def test_a_control_cannot_be_changed(control):
    with pytest.raises(dataclasses.FrozenInstanceError):
        control.default = None


def test_a_control_must_say_how_it_cleans():
    with pytest.raises(TypeError, match="abstract"):
        Control("k", default=0)


# Options that a table gives


def columns_of(table):
    return [str(name) for name in table.columns]


TABLE = pd.DataFrame({"rate": [1], "len": [2], "adt": [3]})


@pytest.mark.parametrize(("default", "expected"), [(None, None), ("len", "len"), ("gone", "rate")])
def test_a_choice_takes_its_options_from_a_table(default, expected):
    choice = Choice("Target", columns_of, default=default).on(TABLE)
    assert (choice.named, choice.default) == (("rate", "len", "adt"), expected)
    assert choice.clean("adt") == "adt"
    with pytest.raises(ValueError, match="gone"):
        choice.clean("gone")


@pytest.mark.parametrize(
    ("control", "default", "expected"),
    [
        (Columns, (), ("rate", "len", "adt")),
        (Columns, ("adt", "gone", "rate"), ("rate", "adt")),
        (Columns, ("adt", "gone"), ("rate", "len", "adt")),
        (Rows, (), ()),
        (Rows, ("gone", "len"), ("len",)),
    ],
)
def test_several_take_their_options_from_a_table(control, default, expected):
    several = control("Which", columns_of, default=default).on(TABLE)
    assert several.default == expected
    assert several.clean(["adt", "rate"]) == ("rate", "adt")


def test_options_that_no_table_has_given_cannot_be_chosen_from():
    with pytest.raises(TypeError, match="Target takes its options from a table"):
        Choice("Target", columns_of, default=None).clean("rate")


def test_a_control_with_options_of_its_own_stays_as_it_is():
    for control in (Choice("Hide", ("upper",), default=None), Seed("Draw")):
        assert control.on(TABLE) is control
