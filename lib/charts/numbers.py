"""Numbers as figures write them, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, isfinite, log10

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
# Nearer to one than this is one, but for the rounding of floating point.
_NOTHING = 1e-9
DECIMALS_OF_ONE = 9
"""So many decimals tell every number from one that is not one itself."""


def minus_signs(text: str) -> str:
    """The text of a number with a minus sign (U+2212) for the hyphen.

    >>> minus_signs("-0.47")
    '−0.47'
    """
    return text.replace("-", "\N{MINUS SIGN}")


def number_text(value: float, decimals: int = 2, most: int | None = None) -> str:
    """A number as figures write it: with a minus sign, and without one where it rounds to zero.

    What is almost one is not written as one. It gets up to two decimals more, or up to ``most``
    of them in all; where these do not suffice, the text says on which side of them it lies.

    >>> number_text(-0.466), number_text(-0.001)
    ('−0.47', '0.00')
    >>> number_text(0.999), number_text(-0.9999999), number_text(1)
    ('0.999', '<−0.9999', '1.00')
    >>> number_text(-0.9999999, most=9)
    '−0.9999999'
    """
    text = f"{value:z.{decimals}f}"
    if decimals and _is_almost_one(value, text):
        text = _beside_one(value, decimals, most or decimals + 2)
    return minus_signs(text)


def _is_almost_one(value: float, text: str) -> bool:
    return abs(value) < 1 - _NOTHING and abs(float(text)) == 1


def _beside_one(value: float, decimals: int, most: int) -> str:
    for more in range(decimals + 1, most + 1):
        text = f"{value:.{more}f}"
        if not _is_almost_one(value, text):
            return text
    nines = "0." + "9" * most
    return f">{nines}" if value > 0 else f"<-{nines}"


def p_text(p: float) -> str:
    """A p-value in words: three decimals, and below them an inequality.

    >>> p_text(0.0341), p_text(0.00002), p_text(1)
    ('p = 0.034', 'p < 0.001', 'p = 1.000')
    """
    return "p < 0.001" if p < 0.001 else f"p = {number_text(p, 3)}"


def short_p_text(p: float) -> str:
    """A p-value as a cell writes it.

    >>> short_p_text(0.0341), short_p_text(0.00002)
    ('0.034', '<0.001')
    """
    return p_text(p).removeprefix("p ").removeprefix("= ").replace("< ", "<")


def significant_text(value: float, digits: int = 3) -> str:
    """A number of any size in so many significant digits; more of what would become one.

    >>> [significant_text(value) for value in (-0.4651, 1000, 2.1e-6, 0)]
    ['−0.465', '1,000', '2.1×10⁻⁶', '0']
    >>> significant_text(-0.99999)
    '−0.99999'
    """
    if value == 0 or not isfinite(value):
        return minus_signs(f"{value:z.0f}").replace("inf", "∞")
    exponent = floor(log10(abs(value)))
    if -5 <= exponent < digits:
        decimals = max(0, digits - 1 - exponent)
        text = f"{value:,.{decimals}f}"
        if exponent == -1 and _is_almost_one(value, text):
            text = _beside_one(value, decimals, DECIMALS_OF_ONE)
        return minus_signs(_without_zeros(text))
    if digits <= exponent < 12:
        return minus_signs(f"{value:,.0f}")
    factor, power = f"{value:.{digits - 1}e}".split("e")
    return minus_signs(_without_zeros(factor)) + "×10" + str(int(power)).translate(_SUPERSCRIPTS)


def tick_texts(values: Sequence[float], decimals: int | None) -> list[str]:
    """Different numbers on one scale as different texts, none of which rounds to zero.

    So many decimals, without zeros at their end, where that keeps them apart; else as many digits
    as they need.

    >>> tick_texts([-1, 0, 0.5], 2), tick_texts([-2.1e-6, 0, 1.4e-6], 2)
    (['−1', '0', '0.5'], ['−2.1×10⁻⁶', '0', '1.4×10⁻⁶'])
    """
    if decimals is not None:
        texts = [_without_zeros(number_text(value, decimals)) for value in values]
        if _tell_apart(values, texts):
            return texts
    for digits in range(3, 17):
        texts = [significant_text(value, digits) for value in values]
        if _tell_apart(values, texts):
            break
    return texts


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _tell_apart(values: Sequence[float], texts: list[str]) -> bool:
    reads_zero = any(text == "0" and value != 0 for value, text in zip(values, texts, strict=True))
    return not reads_zero and len(set(texts)) == len(set(values))


def log_ticks(low: float, high: float) -> list[float]:
    """Where a logarithmic scale is labelled: at 1, 2 and 5 of each decade, or at each decade.

    A scale of less than that has labels at its ends.

    >>> log_ticks(10, 1000)
    [10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]
    >>> log_ticks(1, 1e5)
    [1.0, 10.0, 100.0, 1000.0, 10000.0, 100000.0]
    """
    first, last = floor(log10(low) + _NOTHING), ceil(log10(high) - _NOTHING)
    steps = (1, 2, 5) if last - first <= 3 else (1,)
    ticks = [float(f"{step}e{power}") for power in range(first, last + 1) for step in steps]
    within = [tick for tick in ticks if low * (1 - 1e-9) <= tick <= high * (1 + 1e-9)]
    return within if len(within) > 1 else [low, high]


def round_ticks(high: float, most: int = 3) -> list[float]:
    """At most so many round numbers from zero up to a height, beside zero itself.

    >>> round_ticks(0.93), round_ticks(140)
    ([0.0, 0.5], [0.0, 50.0, 100.0])
    """
    power = 10.0 ** floor(log10(high / most))
    step = next(step * power for step in (1, 2, 5, 10) if high / (step * power) < most + 1)
    return [round(number * step, 12) for number in range(floor(high / step + _NOTHING) + 1)]
