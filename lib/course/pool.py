"""Pools: the kinds of exercises that a lesson can ask, each with fresh numbers at every draw."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias, overload

from .exercise import Exercise

if TYPE_CHECKING:
    from numpy.random import Generator

Generate: TypeAlias = "Callable[[Generator], Exercise]"


@dataclass(frozen=True)
class Kind:
    """A kind of exercise: the same question with other numbers at each draw.

    slug       the name of the function that generates it
    title      what it practises: the first line of that function's docstring
    transfer   whether it asks about a case that the lesson did not show
    """

    slug: str
    title: str
    generate: Generate
    transfer: bool = False

    def exercise(self, draw: int) -> Exercise:
        """The exercise with the numbers of this draw: the same for everyone, in every process."""
        return _generated(self, draw)


@lru_cache(maxsize=256)
def _generated(kind: Kind, draw: int) -> Exercise:
    from numpy.random import default_rng

    return kind.generate(default_rng([draw, *kind.slug.encode()]))


@overload
def kind(generate: Generate) -> Kind: ...
@overload
def kind(*, transfer: bool) -> Callable[[Generate], Kind]: ...
def kind(
    generate: Generate | None = None, *, transfer: bool = False
) -> Kind | Callable[[Generate], Kind]:
    """Make a kind of a function that takes a generator of random numbers and gives an exercise.

    Examples
    --------
    >>> from . import Band, TypeNumber
    >>> @kind
    ... def pairs(generator):
    ...     "How many pairs there are."
    ...     k = int(generator.integers(4, 20))
    ...     return TypeNumber(
    ...         question=f"{k} columns make how many pairs?",
    ...         value=k * (k - 1) / 2, tolerance=0, low=0, high=500, feedback="Half of k (k - 1).",
    ...         bands=[Band(low=0, high=501, feedback="No.", misconception="every_cell")],
    ...     )
    >>> pairs.title, pairs.exercise(3) == pairs.exercise(3)
    ('How many pairs there are', True)
    """
    if generate is None:
        return lambda function: _kind(function, transfer)
    return _kind(generate, transfer)


def _kind(generate: Generate, transfer: bool) -> Kind:
    title = inspect.cleandoc(generate.__doc__ or "").partition("\n")[0].rstrip(".")
    if not title:
        raise TypeError(f"{generate.__name__} needs a docstring that says what it practises.")
    return Kind(generate.__name__, title, generate, transfer)


class Pool(Sequence[Kind]):
    """The kinds that a module defines, in their order; it is imported when they are asked for.

    Parameters
    ----------
    module
        Its name, such as "lessons.methods.practice".
    """

    def __init__(self, module: str) -> None:
        self._module = module

    @cached_property
    def _kinds(self) -> tuple[Kind, ...]:
        members = vars(import_module(self._module)).values()
        return tuple(member for member in members if isinstance(member, Kind))

    def kind(self, slug: str) -> Kind:
        """The kind with that slug; KeyError if there is none."""
        for one in self:
            if one.slug == slug:
                return one
        raise KeyError(slug)

    @overload
    def __getitem__(self, index: int) -> Kind: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Kind]: ...
    def __getitem__(self, index: int | slice) -> Kind | Sequence[Kind]:
        return self._kinds[index]

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)
