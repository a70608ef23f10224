"""Numbers as people write them: marks, signs, currencies, units.

A column is a number where one way of writing fits all its cells. What can be read two ways, like
1,234 or 1.234, is settled by the other columns of the file, or asked.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

# Blanks that no keyboard shows: no-break, narrow no-break, thin, figure.
BLANKS = " \u00a0\u202f\u2009\u2007"
APOSTROPHES = "'’"
MINUS = "−–-"  # the hyphen last, so that it is no range in a class
PLAIN = r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?"
CURRENCY = (
    r"(?:[$€£¥₹₽₩₺₴฿₫₦₪]|[A-Z]{1,3}\$|USD|EUR|GBP|CHF|JPY|CNY|INR|SEK|NOK|DKK|PLN|CZK|HUF|BRL"
    r"|kr\.?|zł|Kč|Fr\.?|Rs\.?)"
)
# A unit is short, and no exponent: kg, °C, m/s, km², µg/l, hrs.
UNIT = r"(?:%|‰|[°µμ]?[A-Za-zµμΩÅ]{1,8}[²³]?(?:/[A-Za-z0-9²³.]{1,8})?|°|\"|')"
# What points to a footnote: 1200*, 1200[1].
REMARK = r"\s?(?:[*†‡§]{1,3}|\[[^\[\]]{1,4}\])"
NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[+{MINUS}])?\s?(?P<before>{CURRENCY})?\s?(?P<inner>[+{MINUS}])?\s?"
    rf"(?P<core>\d[\d.,'’{BLANKS}]*\d|\d|[.,]\d+)(?P<point>[.,])?(?P<exponent>[eEdD][+-]?\d+)?"
    rf"\s?(?P<after>{CURRENCY}|{UNIT})?(?P<trailing>[-−])?(?P<close>\))?(?P<remark>{REMARK})?"
)
# Fortran writes a power of ten with a D.
FORTRAN = r"(?<=[\d.,])[dD](?=[+-]?\d)"
INFINITE = re.compile(rf"[+{MINUS}]?(?:inf(?:inity)?|∞)", re.IGNORECASE)
LIMIT = re.compile(rf"[<>≤≥]=?\s?(?P<core>\d[\d.,]*\d|\d|[.,]\d+)\s?{UNIT}?")
EXACT = 2**53


@dataclass(frozen=True)
class Style:
    """A decimal mark, and a mark between thousands ("" for none)."""

    decimal: str
    thousands: str

    @cached_property
    def cores(self) -> re.Pattern[str]:
        """What the digits of a number look like; nobody writes a thousand that begins with 0."""
        point, mark = re.escape(self.decimal), _mark(self.thousands)
        whole = r"\d+" if not mark else rf"(?:[1-9]\d{{0,2}}(?:{mark}\d{{3}})+|\d+)"
        if self.thousands == ",":
            whole = r"(?:[1-9]\d{0,2}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+)"
        return re.compile(rf"(?:{whole}(?:{point}\d*)?|{point}\d+)")


def _mark(thousands: str) -> str:
    return {"": "", " ": f"[{BLANKS}]", "'": f"[{APOSTROPHES}]"}.get(
        thousands, re.escape(thousands)
    )


STYLES = tuple(
    Style(decimal, thousands)
    for decimal, other in ((".", ","), (",", "."))
    for thousands in ("", other, " ", "'")
)


@dataclass(frozen=True)
class Found:
    """The numbers among some texts: their styles, what stands around them, and what is none."""

    styles: tuple[Style, ...]
    before: frozenset[str]
    after: frozenset[str]
    brackets: bool
    trailing_minus: bool
    odd_signs: bool
    remarks: bool
    fortran: bool
    odd_digits: frozenset[str]
    numbers: int
    others: tuple[str, ...]

    @property
    def two_ways(self) -> bool:
        """Whether a mark may be a decimal mark, and as well one between thousands."""
        return (
            {Style(".", ""), Style(",", ".")} <= set(self.styles)
            and (Style(",", "") not in self.styles)
        ) or (
            {Style(",", ""), Style(".", ",")} <= set(self.styles)
            and (Style(".", "") not in self.styles)
        )

    @property
    def decimal(self) -> str | None:
        """The decimal mark, where the numbers leave no doubt."""
        marks = {style.decimal for style in self.styles}
        return marks.pop() if len(marks) == 1 else None


def find(texts: Iterable[str]) -> Found:
    """What is written in texts that have no blanks around them.

    Infinities are numbers where some number is among them.
    """
    cores, powers, before, after, others = set(), set(), set(), set(), []
    brackets = trailing = odd = remarks = fortran = False
    digits: set[str] = set()
    numbers, infinite = 0, []
    for text in texts:
        if INFINITE.fullmatch(text):
            infinite.append(text)
            continue
        match = NUMBER.fullmatch(text)
        if not match or bool(match["open"]) != bool(match["close"]):
            others.append(text)
            continue
        core = match["core"] + (match["point"] or "")
        if core not in cores and not any(style.cores.fullmatch(core) for style in STYLES):
            others.append(text)
            continue
        numbers += 1
        cores.add(core)
        if match["exponent"]:
            powers.add(core)
            fortran |= match["exponent"][0] in "dD"
        if not core.isascii():
            digits |= {digit for digit in core if digit.isdigit() and not digit.isascii()}
        remarks |= bool(match["remark"])
        before |= {match["before"]} - {None}
        after |= {match["after"]} - {None}
        brackets |= bool(match["open"])
        trailing |= bool(match["trailing"])
        odd |= bool({match["sign"], match["inner"], match["trailing"]} & {"−", "–"})
    fitting = [style for style in STYLES if _fits(style, cores, powers)]
    # The digits of a limit are no value, and may tell how values are written: <0.041.
    limits = {match["core"] for match in map(LIMIT.fullmatch, others) if match}
    styles = tuple(style for style in fitting if _fits(style, limits, set())) or tuple(fitting)
    return Found(
        styles,
        frozenset(before),
        frozenset(after),
        brackets,
        trailing,
        odd,
        remarks,
        fortran,
        frozenset(digits),
        numbers + len(infinite) if numbers else 0,
        tuple(others if numbers else (*others, *infinite)),
    )


def _fits(style: Style, cores: set[str], powers: set[str]) -> bool:
    """Whether all digits are written so; those before a power of ten have no thousands."""
    ungrouped = Style(style.decimal, "")
    return all(map(style.cores.fullmatch, cores)) and all(map(ungrouped.cores.fullmatch, powers))


def replacing(found: Found, style: Style) -> tuple[tuple[str, str], ...]:
    """The regular expressions that leave a plain number, one after the other."""
    pairs = []
    pairs += [(digit, str(unicodedata.digit(digit))) for digit in sorted(found.odd_digits)]
    if found.odd_signs:
        pairs.append(("[−–]", "-"))
    if found.fortran:
        pairs.append((FORTRAN, "e"))
    if found.remarks:
        pairs.append((f"{REMARK}$", ""))
    around = sorted(found.before | found.after, key=len, reverse=True)
    if around:
        pairs.append(("|".join(map(re.escape, around)), ""))
    if found.brackets:
        pairs.append((r"^\((.*)\)$", r"-\1"))
    if found.trailing_minus:
        pairs.append((r"^(.*)-$", r"-\1"))
    if style.thousands and style.thousands != " ":
        pairs.append((_mark(style.thousands), ""))
    if style.decimal == ",":
        pairs.append((",", "."))
    pairs.append((f"[{BLANKS}]", ""))
    return tuple(pairs) if len(pairs) > 1 or style.thousands == " " else ()


def plain(texts: pd.Series) -> "pd.Series[bool]":
    """Which texts are numbers as a computer writes them."""
    return texts.str.fullmatch(PLAIN).fillna(False).astype(bool)
