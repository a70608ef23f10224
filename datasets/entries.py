"""The catalogue: one entry a table."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Dataset:
    """What the catalogue says about one table.

    `types` names every column, in the order of the file, with its type as the catalogue writes it
    ("float", "AsstProf < AssocProf < Prof"). `columns` gives meanings and units, not always for
    every column. `index` is the column that names the rows: None if there is none, "" if that
    column has no name.

    >>> salaries = catalogue()["salaries"]
    >>> salaries.rows, salaries.types["rank"], salaries.columns["salary"]
    (397, 'AsstProf < AssocProf < Prof', 'US dollars')
    """

    name: str
    title: str
    file: Path
    rows: int
    about: str
    source: str
    licence: str
    types: Mapping[str, str]
    columns: Mapping[str, str]
    index: str | None


def catalogue() -> dict[str, Dataset]:
    """Every bundled table by its name, in the order of catalogue.toml.

    >>> list(catalogue())[:3]
    ['highway', 'breast_cancer', 'anscombe']
    """
    return dict(_read_catalogue())


def entry(name: str) -> Dataset:
    """The catalogue's entry for the table `name`.

    Raises KeyError, naming the tables that there are.

    >>> entry("lynx").title
    'Canadian lynx, 1821-1934'
    """
    entries = _read_catalogue()
    if name not in entries:
        raise KeyError(
            f"Table {name!r} is not in the catalogue. The catalogue has: {', '.join(entries)}."
        )
    return entries[name]


@cache
def _read_catalogue() -> dict[str, Dataset]:
    text = (_FOLDER / "catalogue.toml").read_text(encoding="utf-8")
    return {name: _dataset(name, fields) for name, fields in tomllib.loads(text).items()}


def _dataset(name: str, fields: Mapping[str, Any]) -> Dataset:
    return Dataset(
        name=name,
        title=fields["title"],
        file=_FOLDER / fields["file"],
        rows=fields["rows"],
        about=fields["about"],
        source=fields["source"],
        licence=fields["licence"],
        types={column: kind for kind, *columns in fields["types"] for column in columns},
        columns=fields.get("columns", {}),
        index=fields.get("index"),
    )
