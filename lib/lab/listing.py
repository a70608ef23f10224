"""Which instruments there are, in their order. Each module is loaded when its instrument is."""

from functools import cache
from importlib import import_module

from .instrument import Instrument

_CLASSES = {
    "association_map": "AssociationMap",
    "as_the_tutorial_draws_it": "AsTheTutorialDrawsIt",
    "one_against_all": "OneAgainstAll",
    "two_groups": "TwoGroups",
    "partial_map": "PartialMap",
    "redundancy": "Redundancy",
    "missing_values": "MissingValues",
    "two_series": "TwoSeries",
    "two_categories": "TwoCategories",
    "clustermap": "Clustermap",
    "interactions": "Interactions",
}
"""By the slug, which is the module's name as well."""


def slugs() -> tuple[str, ...]:
    """The slugs of all instruments, in their order; loads none.

    >>> slugs()[0]
    'association_map'
    """
    return tuple(_CLASSES)


@cache
def instrument(slug: str) -> Instrument:
    """The instrument of that slug; KeyError if there is none.

    >>> instrument("association_map").slug
    'association_map'
    """
    made: Instrument = getattr(import_module(f"lib.lab.{slug}"), _CLASSES[slug])()
    return made


def instruments() -> tuple[Instrument, ...]:
    """All instruments, in their order: loads every one."""
    return tuple(map(instrument, _CLASSES))
