"""Prose is filled with facts, and with nothing that a fact could lead to."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lib.course import fill

FACTS = {
    "r": -0.8461,
    "n": -3,
    "rows": 1234567,
    "share": 0.256,
    "none": math.nan,
    "nothing": None,
    "almost": 0.9996,
    "tiny": -0.0 + 1e-7,
    "fits": False,
    "name": "adt–itg",
    "code": "select-dtypes(-1)",
    "pairs": ("a", "b"),
}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("r is {r:.2f}", "r is −0.85"),
        ("r is {r:+.3f}", "r is −0.846"),
        ("{n}", "−3"),
        ("{n:d} and {n:+d}", "−3 and −3"),
        ("{share:+.2f}", "+0.26"),
        ("{none:.2f}, {nothing}", "undefined, nothing yet"),
        ("{almost:.2f} and {almost:.1f}", "0.9996 and 1.0"),
        ("{tiny:.2f} and {tiny:p}", "0.00 and p < 0.001"),
        ("{share:.0%}", "26 %"),
        ("{rows:,}", "1,234,567"),
        ("{rows}", "1234567"),
        ("{share:e}", "2.560000e−01"),
        ("{fits}", "False"),
        ("{name}", "adt–itg"),
        ("{name:>9}", "  adt–itg"),
        ("{n:>5}|{n:<5}|", "   −3|−3   |"),
        ("{share:{spec}}", "0.3"),
        ("twice {n}, {n}", "twice −3, −3"),
        ("", ""),
    ],
)
def test_places_are_filled(text, filled):
    assert fill(text, {**FACTS, "spec": ".1f"}) == filled


def test_only_numbers_get_a_minus_sign():
    assert fill("{code}", FACTS) == "select-dtypes(-1)"
    assert fill("{code!s:.6}", FACTS) == "select"
    assert fill("well-known: {n}, not -3", FACTS) == "well-known: −3, not -3"


@given(text=st.text())
def test_a_text_is_put_in_as_it_is(text):
    assert fill("{text}", {"text": text}) == text
    assert fill("-{text}-", {"text": text}) == f"-{text}-"


@given(value=st.floats(min_value=0.01) | st.integers(min_value=1))
def test_a_negative_number_is_its_positive_one_behind_a_minus_sign(value):
    assert fill("{value:.2f}", {"value": -value}) == "−" + fill("{value:.2f}", {"value": value})


@given(value=st.floats() | st.integers() | st.booleans())
def test_no_number_has_a_hyphen(value):
    assume(value != 0 and value == value)
    filled = fill("{value}", {"value": value})
    assert "-" not in filled
    assert filled.replace("−", "-") == str(value)


@pytest.mark.parametrize(
    ("value", "place", "filled"),
    [
        (-0.001, "{value:.2f}", "0.00"),
        (-0.0, "{value}", "0.0"),
        (-0.4, "{value:.0f}", "0"),
        (-1e-17, "{value:.1%}", "0.0 %"),
    ],
)
def test_zero_has_no_minus_sign(value, place, filled):
    assert fill(place, {"value": value}) == filled


def test_infinity_keeps_its_sign():
    assert fill("{low} {high} {nothing}", {"low": -math.inf, "high": math.inf, "nothing": math.nan})
    assert fill("{low}", {"low": -math.inf}) == "−inf"


@given(text=st.text())
def test_a_text_without_braces_stays_as_it_is(text):
    text = text.replace("{", "").replace("}", "")
    assert fill(text, {}) == text


@given(text=st.text())
def test_doubled_braces_are_braces(text):
    assert fill(text.replace("{", "{{").replace("}", "}}"), {}) == text


def test_what_stands_in_doubled_braces_is_no_place():
    assert fill("{{r}} {{missing}} {{{n}}}", FACTS) == "{r} {missing} {−3}"


def test_what_a_fact_says_is_not_filled_again():
    assert fill("{name}", {"name": "{secret} {{}}", "secret": "told"}) == "{secret} {{}}"


@pytest.mark.parametrize("place", ["missing", "R", " r", "r ", "", "0", "1", "-r"])
def test_an_unknown_name_is_a_key_error(place):
    with pytest.raises(KeyError) as caught:
        fill("{" + place + "}", FACTS)
    assert caught.value.args[0] in (place, "0")


@pytest.mark.parametrize(
    "place",
    [
        "r.__class__",
        "r.real",
        "name.upper",
        "name.__class__.__mro__",
        "pairs[0]",
        "name[0]",
        "pairs[-1]",
        "pairs[0].__class__",
        "r.__class__!r",
        "r.real:.2f",
        "r:{n.real}",
        "r:{pairs[0]}",
        "[r]",
        ".r",
    ],
)
def test_no_way_leads_from_a_name_into_its_fact(place):
    with pytest.raises(KeyError):
        fill("{" + place + "}", FACTS)


def test_a_dotted_name_is_looked_up_as_it_stands():
    assert fill("{a.b} {c[0]}", {"a.b": 1, "c[0]": 2}) == "1 2"


@pytest.mark.parametrize("text", ["{r", "r}", "{r:.2f} and {", "}{"])
def test_a_lonely_brace_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"'[{}]'"):
        fill(text, FACTS)


def test_a_format_that_the_fact_does_not_know_is_a_value_error():
    with pytest.raises(ValueError, match="Unknown format code 'f'"):
        fill("{name:.2f}", FACTS)


def test_facts_stay_as_they_are():
    facts = dict(FACTS)
    fill("{r:.2f} {name}", facts)
    assert facts == FACTS
