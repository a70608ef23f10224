"""The equations that a text prints: each has to be true as it is printed, to its last digit."""

import re
from collections.abc import Iterator
from itertools import pairwise
from math import sqrt

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_RUN = re.compile(rf"(?:(?:{_NUMBER}|[%²³√()+−×·/=-])[ \N{{NO-BREAK SPACE}}]*)+")
_PLAIN = re.compile(rf"[−-]?(?:{_NUMBER}) ?%?")
_COMPUTES = re.compile(r"[\d%²³)] *[+−×·/-] *[\d(√−-]|\d *[²³]|√")
_APART = re.compile(r"(?<=[\d%²³)])[ \N{NO-BREAK SPACE}]+(?=[\d(√])")
"""Between numbers that stand side by side: "of 55 3 × 4 = 12"."""

_PYTHON = {
    ",": "",
    "\N{NO-BREAK SPACE}": "",
    "−": "-",
    "×": "*",
    "·": "*",
    "²": "**2",
    "³": "**3",
    " ": "",
}


def false_equations(text: str) -> Iterator[str]:
    """Each "a op b = c" of the text that is not so to the last digit of c.

    >>> list(false_equations("3 × 6.3 = 19.0, and 29 / 35 = 83%"))
    ['3 × 6.3 = 19.0']
    """
    for run in _RUN.findall(text.replace("`", "").replace("*", "")):
        for one, other in pairwise(side.strip() for side in run.split("=")):
            left, right = _whole(_APART.split(one)[-1]), _whole(_APART.split(other)[0])
            if left and right and not _agree(left, right):
                yield f"{left} = {right}"


def _whole(side: str) -> str:
    """A side of an equation without brackets that belong to the sentence; empty if torn off."""
    side = side.strip(" \N{NO-BREAK SPACE}")
    while side.count("(") > side.count(")") and side.startswith("("):
        side = side[1:].strip()
    while side.count(")") > side.count("(") and side.endswith(")"):
        side = side[:-1].strip()
    is_torn = (
        not side or side[0] in "+×·/²³%=)" or side[-1] in "+−×·/-(√" or side[:2] in {"− ", "- "}
    )
    return "" if is_torn or side.count("(") != side.count(")") else side


def _agree(left: str, right: str) -> bool:
    """Whether both come to the same; what is a number alone may be rounded."""
    if not (_COMPUTES.search(left) or _COMPUTES.search(right)):
        return True
    off = abs(_value(left) - _value(right))
    room = max(_rounding(side) for side in (left, right))
    return off <= room + 1e-9


def _rounding(side: str) -> float:
    """Half a unit of the last digit of a number that stands alone; else none."""
    if not _PLAIN.fullmatch(side):
        return 0.0
    digits = len(side.rstrip("% ").partition(".")[2]) + (2 if "%" in side else 0)
    return float(10**-digits / 2)


def _value(side: str) -> float:
    for printed, code in _PYTHON.items():
        side = side.replace(printed, code)
    side = re.sub(r"(\d+(?:\.\d+)?)%", r"(\1/100)", side)
    side = re.sub(r"√(\d+(?:\.\d+)?)", r"sqrt(\1)", side).replace("√(", "sqrt(")
    # Nothing but digits and signs has come this far.
    return float(eval(side, {"__builtins__": {}}, {"sqrt": sqrt}))  # noqa: S307
