"""Measures have cards: a fresh plot or claim, and the number that decides."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from .exhibit import Fact
from .prose import fill

if TYPE_CHECKING:
    import numpy as np

    from ..charts import Chart


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Fresh data, and what a measure says of them.

    facts         named numbers: front and back are filled from them
    figures       what is to be seen, if anything
    description   stands for the figures, for who cannot see them; does not give the answer
    """

    facts: Mapping[str, Fact]
    figures: Sequence[Chart] = ()
    description: str = ""


@dataclass(frozen=True)
class Measure:
    """A measure, and how to ask for it.

    slug     the name of the function in `module` that draws a sample
    title    the measure by its name
    ask      Markdown, with places for the facts of a sample: what the front says
    tell     the same for the back
    lesson, step   where it is taught
    """

    slug: str
    title: str
    ask: str
    tell: str
    lesson: str
    step: str
    module: str

    def sample(self, draw: int) -> Sample:
        """The sample of this draw: the same for everyone, in every process."""
        return _sampled(self, draw)

    def front(self, draw: int) -> str:
        return fill(self.ask, self.sample(draw).facts)

    def back(self, draw: int) -> str:
        return fill(self.tell, self.sample(draw).facts)


@lru_cache(maxsize=64)
def _sampled(measure: Measure, draw: int) -> Sample:
    import numpy as np

    draw_sample: Callable[[np.random.Generator], Sample]
    draw_sample = getattr(import_module(measure.module), measure.slug)
    return draw_sample(np.random.default_rng([draw, *measure.slug.encode()]))


def read_measures(path: Path, module: str) -> dict[str, Measure]:
    """Read measures.toml, a table for each; `module` is imported when a sample is drawn."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))
    return {slug: Measure(slug=slug, module=module, **entry) for slug, entry in entries.items()}
