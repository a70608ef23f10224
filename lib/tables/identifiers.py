"""Digits that name something and measure nothing."""

import re

import pandas as pd

from . import numbers
from .candidates import MOSTLY, Candidate

# Capitals tell customerId and userID from lwid and grid.
IDENTIFIER_NAME = re.compile(
    r"(?i:(?:^|[_\W])ids?$)|[a-z]I[Dd]s?$"
    r"|(?i:(?:^|[_\W])(?:uuid|guid|zip|zip ?code|post ?code|plz|phone|tel|telephone|mobile|fax"
    r"|isbn|issn|ean|upc|gtin|sku|iban|bic|ssn|imei|barcode|fips|cusip|isin)(?:$|[_\W]))"
)
NAMED = "Its name says that its numbers are names."
REPEATED = "Its name says that its numbers are names; they repeat, and group the rows."
POWERS = "It has digits with a letter among them, which as numbers would be powers of ten."
MANY_LEVELS = 50
COUNTER_NAME = re.compile(
    r"(?:index|idx|nr\.?|no\.?|num|number|row|line|obs|case|record|rownames|lfd\.? ?nr\.?|#|n°|№)",
    re.IGNORECASE,
)


def identifies(one: Candidate) -> str:
    """Why a column of digits is a name and no quantity, or nothing."""
    if one.given.kind == "number" or (one.numbers.before | one.numbers.after):
        return ""
    texts = one.texts
    whole = texts.str.fullmatch(r"[+-]?\d+").fillna(False).astype(bool)
    codes = texts.str.fullmatch(r"\d+[eEdD]\d+").fillna(False).astype(bool)
    if not (whole | codes).any():
        return ""
    if texts.str.fullmatch(r"[+-]?0\d+").fillna(False).any() and whole.sum() >= MOSTLY * (
        texts != ""
    ).sum() - len(one.missing):
        return "Some of its numbers begin with 0, which a number would lose."
    if codes.any() and bool(codes[(texts != "").to_numpy()].all()):
        return POWERS
    if one.numbers.fortran and not texts.str.contains(r"[.,]|[eEdD][+-]").any():
        return POWERS
    if texts.str.fullmatch(r"[+-]?\d{16,}").fillna(False).any():
        long = [int(text) for text in texts[texts.str.fullmatch(r"[+-]?\d{16,}").fillna(False)]]
        if any(abs(number) > numbers.EXACT for number in long):
            return "Its numbers have more digits than a number keeps exactly."
    if not whole[(texts != "").to_numpy()].all():
        return ""
    return names_rows(one.name, pd.to_numeric(texts, errors="coerce"))


def group_rows(distinct: int, n: int) -> bool:
    """Whether so many names of n rows are few enough to be levels of a category."""
    return distinct <= min(MANY_LEVELS, n / 2)


def names_rows(name: str, values: pd.Series) -> str:
    """Why whole numbers name or count the rows, or nothing."""
    if IDENTIFIER_NAME.search(name):
        return NAMED
    if COUNTER_NAME.fullmatch(name.strip()) or name.startswith("column "):
        steps = values.diff().iloc[1:]
        if len(steps) > 2 and bool((steps == 1).all()):
            return "It counts the rows."
    return ""
