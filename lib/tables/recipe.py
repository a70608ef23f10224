"""A recipe: tweaks in their order, each of which can be switched off, moved and undone."""

import sys
from dataclasses import dataclass, fields, replace
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from . import tweaks
from .sheet import Sheet
from .tweaks import Tweak

Recipe = tuple[Tweak, ...]
TWEAKS: dict[str, type[Tweak]] = {
    each.__name__: each
    for each in vars(tweaks).values()
    if isinstance(each, type) and issubclass(each, Tweak) and each is not Tweak
}
MOST_TWEAKS = 200
LONGEST_TEXT = 10_000


@dataclass(frozen=True)
class Applied:
    """A sheet after a recipe, the code of what was done, and what could not be done.

    `failed` has the place of a tweak in the recipe, and why it was left out.
    """

    sheet: Sheet
    lines: tuple[str, ...]
    failed: tuple[tuple[int, str], ...]


def apply_recipe(recipe: Recipe, sheet: Sheet) -> Applied:
    """The sheet after all tweaks that are on; one that cannot be done is left out, and said.

    >>> import pandas as pd
    >>> from . import from_frame
    >>> from .tweaks import DropColumns, Log
    >>> sheet = from_frame(pd.DataFrame({"a": [1.0, 2.0], "b": [3, 4]}), "two")
    >>> done = apply_recipe((DropColumns(("a",)), Log("a")), sheet)
    >>> list(done.sheet.frame), done.failed
    (['b'], ((1, "There is no column 'a'."),))
    """
    lines: list[str] = []
    failed = []
    for place, tweak in enumerate(recipe):
        if not tweak.on:
            continue
        try:
            sheet = tweak.apply(sheet)
        except (ValueError, TypeError, OverflowError) as error:
            words = str(error) if type(error) is ValueError else "It does not fit the column."
            failed.append((place, words))
        else:
            lines += [_comment(tweak.words()), *tweak.code()]
    return Applied(sheet, tuple(lines), tuple(failed))


def _comment(words: str) -> str:
    """A comment of one line, whatever a name of a column holds."""
    return "# " + "".join(letter if letter.isprintable() else " " for letter in words)


def switched(recipe: Recipe, place: int, on: bool) -> Recipe:
    """The recipe with one tweak switched on or off."""
    return tuple(
        replace(tweak, on=on) if each == place else tweak for each, tweak in enumerate(recipe)
    )


def moved(recipe: Recipe, place: int, to: int) -> Recipe:
    """The recipe with one tweak at another place."""
    others = [*recipe[:place], *recipe[place + 1 :]]
    return (*others[:to], recipe[place], *others[to:])


def undone(recipe: Recipe) -> Recipe:
    """The recipe without its last tweak."""
    return recipe[:-1]


def recipe_to_json(recipe: Recipe) -> list[dict[str, Any]]:
    """The recipe as lists and dicts of plain values.

    >>> from .tweaks import Log
    >>> recipe_to_json((Log("size"),))
    [{'tweak': 'Log', 'column': 'size'}]
    """
    return [
        {"tweak": type(tweak).__name__}
        | {
            each.name: list(value) if isinstance(value, tuple) else value
            for each in fields(tweak)
            if (value := getattr(tweak, each.name)) != each.default
        }
        for tweak in recipe
    ]


def recipe_from_json(plain: object) -> Recipe:
    """The recipe of lists and dicts from wherever; ValueError for what is none.

    >>> recipe_from_json([{"tweak": "Log", "column": "size"}])
    (Log(on=True, column='size'),)
    """
    if not isinstance(plain, list) or len(plain) > MOST_TWEAKS:
        raise ValueError(f"A recipe is a list of at most {MOST_TWEAKS} tweaks.")
    return tuple(_tweak(each) for each in plain)


def _tweak(plain: object) -> Tweak:
    name = plain.get("tweak") if isinstance(plain, dict) else None
    if not isinstance(plain, dict) or not isinstance(name, str) or name not in TWEAKS:
        raise ValueError("There is no such tweak.")
    kind = TWEAKS[name]
    types = get_type_hints(kind)
    told = {name: value for name, value in plain.items() if name != "tweak"}
    if unknown := set(told) - {each.name for each in fields(kind)}:
        raise ValueError(f"{kind.__name__} knows no {sorted(map(str, unknown))[0]}.")
    try:
        return kind(**{name: _checked(value, types[name]) for name, value in told.items()})
    except TypeError as error:
        raise ValueError(f"{kind.__name__} lacks a setting.") from error


def _checked(value: object, kind: Any) -> Any:
    """A value of the type of a tweak's setting; ValueError for any other."""
    if get_origin(kind) is Literal and isinstance(value, str) and value in get_args(kind):
        return value
    if get_origin(kind) is tuple and isinstance(value, list) and len(value) <= LONGEST_TEXT:
        return tuple(_checked(each, get_args(kind)[0]) for each in value)
    if get_origin(kind) is UnionType and (value is None or isinstance(value, str | int | float)):
        options = [each for each in get_args(kind) if each is not type(None)]
        if value is None:
            return None
        return _checked(value, str if isinstance(value, str) else options[0])
    if kind is str and isinstance(value, str) and len(value) <= LONGEST_TEXT:
        return value
    if kind is bool and isinstance(value, bool):
        return value
    if kind is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    # Compared as it is: a whole number can be too large for a float.
    if (
        kind is float
        and isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) <= sys.float_info.max
    ):
        return float(value)
    raise ValueError(f"{str(value)[:40]!r} does not fit the tweak.")
