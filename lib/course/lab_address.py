"""Where the Lab shows what a step shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .controls import Value


@dataclass(frozen=True)
class LabAddress:
    """A bundled table as an instrument of the Lab shows it.

    table        the table's name: that of its file, without the ending
    instrument   the slug of the instrument
    settings     values of the instrument's controls by their names; the others begin as they do
    same_map     whether the first figure there has every number of the first figure here, and the
                 same tree and groups where both have a tree

    >>> LabAddress("highway", "association_map", {"method": "Pearson"}).settings["method"]
    'Pearson'
    """

    table: str
    instrument: str
    settings: Mapping[str, Value] = field(default_factory=dict)
    same_map: bool = False
