"""Prose with places for facts: no number is typed where one can be computed."""

import re
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

# As figures write coefficients and shares: what is almost one is not printed as one.
_DECIMALS = re.compile(r"\.([2-9])f")


NOTHING_YET = "nothing yet"
"""How words say that something has no value so far."""


HIDDEN = "…"
"""Stands where a number is not told yet."""

# A number by itself, with what belongs to it; not the digit of a name such as "sigs1".
_NUMBER = re.compile(r"(?<![\w.])[-\N{MINUS SIGN}]?\d[\d,]*(?:\.\d+)?(?: ?%)?(?!\w)")


class _Typesetter(Formatter):
    """str.format with typographic minus signs in numbers, and nothing else to call.

    What has no value yet, such as an answer that was not given, is said to have none;
    so is a number that is not defined, such as r of a constant.
    A share is written as a percentage is in all prose here: "63 %".
    Two formats are its own: ``{p:p}`` is a p-value in words, "p = 0.034" or "p < 0.001", and
    ``{n:star|stars}`` is the word for so many.
    """

    def get_field(
        self, field_name: str, _args: Sequence[Any], facts: Mapping[str, Any]
    ) -> tuple[Any, str]:
        return facts[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None:
            return NOTHING_YET
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return one if value == 1 else many
        text = str(value) if format_spec == "p" else str(super().format_field(value, format_spec))
        if not isinstance(value, int | float):
            return text
        if value != value:
            return "undefined"
        # Not before words are filled: a course map needs nothing that draws.
        from ..charts import DECIMALS_OF_ONE, minus_signs, number_text, p_text

        if format_spec == "p":
            return p_text(value)
        if (plain := _DECIMALS.fullmatch(format_spec)) is not None:
            return number_text(value, int(plain[1]), DECIMALS_OF_ONE)
        is_zero = not text.strip("-0.%")
        signed = text.replace("-", "") if is_zero else minus_signs(text)
        return signed.replace("%", " %")


def fill(text: str, facts: Mapping[str, Any]) -> str:
    """Return `text` with each {name:format} replaced by that fact.

    Raises
    ------
    KeyError
        If the text names a fact that is not there.

    Examples
    --------
    >>> fill("r is {r:.2f}", {"r": -0.846})
    'r is −0.85'
    >>> fill("r is {r:.2f}", {"r": -0.99999})
    'r is −0.99999'
    >>> fill("{p:p}", {"p": 0.00002})
    'p < 0.001'
    >>> fill("{share:.0%}", {"share": 0.63})
    '63 %'
    >>> fill("{n} {n:star|stars}", {"n": 1})
    '1 star'
    """
    return _Typesetter().vformat(text, (), facts)


def hide_numbers(text: str) -> str:
    """The text before its numbers are told.

    Examples
    --------
    >>> hide_numbers("acpt and sigs1: r = −0.85, 1,000 rows, 63 %")
    'acpt and sigs1: r = …, … rows, …'
    """
    return _NUMBER.sub(HIDDEN, text)


class _Untold(_Typesetter):
    """Tells no number but those that it is given as told."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told

    def get_field(
        self, field_name: str, args: Sequence[Any], facts: Mapping[str, Any]
    ) -> tuple[Any, str]:
        value, name = super().get_field(field_name, args, facts)
        is_hidden = field_name not in self._told and isinstance(value, int | float)
        return (_Hidden(value) if is_hidden else value), name

    def format_field(self, value: Any, format_spec: str) -> str:
        if not isinstance(value, _Hidden):
            return super().format_field(value, format_spec)
        if "|" in format_spec:
            return super().format_field(value.value, format_spec)
        return hide_numbers(super().format_field(value.value, format_spec))


class _Hidden:
    """A number that is not told."""

    def __init__(self, value: float) -> None:
        self.value = value


def fill_without_facts(text: str, facts: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    """As `fill`, before the facts are told: of the numbers only those that are `told` are named.

    Examples
    --------
    >>> fill_without_facts("{n} rows: r is {r:.2f}", {"r": -0.846, "n": 9}, {"n": 9})
    '9 rows: r is …'
    """
    # The sign ends a sentence by itself.
    return _Untold(told).vformat(text, (), facts).replace(f"{HIDDEN}.", HIDDEN)
