"""Prose with places for facts: no number is typed where one can be computed."""

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any


class _Typesetter(Formatter):
    """str.format with typographic minus signs in numbers, and nothing else to call.

    What has no value yet, such as an answer that was not given, is said to have none.
    One format is its own: ``{p:p}`` is a p-value in words, "p = 0.034" or "p < 0.001".
    """

    def get_field(
        self, field_name: str, _args: Sequence[Any], facts: Mapping[str, Any]
    ) -> tuple[Any, str]:
        return facts[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None:
            return "nothing yet"
        text = str(value) if format_spec == "p" else str(super().format_field(value, format_spec))
        if not isinstance(value, int | float):
            return text
        # Not before words are filled: a course map needs nothing that draws.
        from lib.charts import minus_signs, p_text

        if format_spec == "p":
            return p_text(value)
        is_zero = not text.strip("-0.%")
        return text.replace("-", "") if is_zero else minus_signs(text)


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
    >>> fill("{p:p}", {"p": 0.00002})
    'p < 0.001'
    """
    return _Typesetter().vformat(text, (), facts)
