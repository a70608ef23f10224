"""The steps of a lesson by topic: their names at once, themselves when they are needed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import overload

from .step import Step, slug_of

_STEP = re.compile(r'^class (\w+)\(Step\):\n    """\s*### +([^"\n]+)', re.MULTILINE)


@dataclass(frozen=True)
class Stop:
    """A step as a table of contents has it."""

    slug: str
    title: str


class Steps(Sequence[Step]):
    """The steps that modules define, in their order.

    To open a lesson imports what its steps compute with. Who only wants their names, such as the
    course map, reads them from the text of the modules.

    Parameters
    ----------
    package
        The package of the modules, such as `__name__` of a lesson.
    modules
        Their names within it.
    """

    def __init__(self, package: str, *modules: str) -> None:
        self._modules = [f"{package}.{module}" for module in modules]

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """The names of the steps.

        Raises
        ------
        ModuleNotFoundError
            If there is no such module.
        """
        return tuple(stop for module in self._modules for stop in _stops_in(module))

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What each step says, by its slug, as it is written: with places, and without its title.

        To search a course is not to open it.
        """
        return {slug: text for module in self._modules for slug, text in _texts_in(module)}

    @cached_property
    def _steps(self) -> tuple[Step, ...]:
        return tuple(step for module in self._modules for step in _steps_in(module))

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Step]: ...
    def __getitem__(self, index: int | slice) -> Step | Sequence[Step]:
        return self._steps[index]

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps)

    def __len__(self) -> int:
        return len(self.stops)


def stops_of(steps: Sequence[Step]) -> tuple[Stop, ...]:
    """The names of steps, as cheaply as they can be had."""
    if isinstance(steps, Steps):
        return steps.stops
    return tuple(Stop(step.slug, step.title) for step in steps)


def texts_of(steps: Sequence[Step]) -> Mapping[str, str]:
    """What steps say, as cheaply as it can be had."""
    if isinstance(steps, Steps):
        return steps.texts
    return {step.slug: step.written for step in steps}


def _stops_in(module: str) -> Iterator[Stop]:
    for name, title in _STEP.findall(_source(module)):
        yield Stop(slug_of(name), title.strip())


def _texts_in(module: str) -> Iterator[tuple[str, str]]:
    for node in ast.parse(_source(module)).body:
        if isinstance(node, ast.ClassDef) and (text := ast.get_docstring(node) or "")[:4] == "### ":
            yield slug_of(node.name), text.partition("\n")[2].strip()


def _source(module: str) -> str:
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"There is no module {module}.")
    return Path(spec.origin).read_text(encoding="utf-8")


def _steps_in(module: str) -> Iterator[Step]:
    for member in vars(import_module(module)).values():
        is_step = isinstance(member, type) and issubclass(member, Step)
        if is_step and member.__module__ == module:
            yield member()
