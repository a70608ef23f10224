"""All pairs as a map, over all rows of a stored table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from ...course import Choice, Columns, Exhibit, Value, fill, unless
from ...notebook.mapping import Map, cell_texts, in_order, painted, ranked
from ...tables import Refused
from ..association_map import (
    HALVES,
    NO_STRONGEST,
    ORDERS,
    READINGS,
    AssociationMap,
    Choosing,
    map_facts,
)
from ..columns import categories, numbers
from ..instrument import Remark
from ..options import ADJUSTMENTS, LEVELS, adjust_choice, level_choice
from ..stored import associated, correlated
from .instrument import OfAllRows, stopped

if TYPE_CHECKING:
    from ...tables import Sheet

METHODS = {"by kind": None, "Pearson": "pearson", "Spearman": "spearman"}


def _measurable(table: pd.DataFrame) -> list[str]:
    return [name for name in table if name in {*numbers(table), *categories(table)}]


class MapOfAllRows(OfAllRows):
    """All pairs as a map, from counts and products that add up."""

    of = "association_map"
    title = "Association map"
    question = AssociationMap.question
    lesson = AssociationMap.lesson
    example = AssociationMap.example
    foremost = ("method", "order")

    columns = Columns("Columns", _measurable, default=())
    method = Choice("Measure", tuple(METHODS), default="by kind")
    half = Choice("Show", HALVES, default="lower half")
    order = Choice("Order", ORDERS, default="as filed")
    cells = Choice("In the cells", ("value", "rows", "interval", "nothing"), default="value")
    marks = Choice("Marks", ("stars", "pale", "none"), default="pale")
    adjust = adjust_choice()
    level = level_choice()

    findings = AssociationMap.findings
    bewares = (
        *AssociationMap.bewares[:3],
        Remark(
            "{dropped_names} {dropped_count:is|are} not in the map: the stored table has no such "
            "{dropped_count:column|columns} that can be measured.",
            when=lambda s: s["dropped_count"] > 0 and s["method"] == "by kind",
            holds=lambda s: bool(s["dropped_names"]),
        ),
        Remark(
            "{dropped_names} {dropped_count:is|are} not in the map: this measure takes stored "
            "columns of numbers alone. By kind, those of words have a measure as well.",
            when=lambda s: s["dropped_count"] > 0 and s["method"] != "by kind",
            holds=lambda s: bool(s["dropped_names"]),
        ),
        Remark(
            "Whether single rows make a pair, or a curve or a third column does, is not looked at "
            "over all rows. The sample shows it.",
            when=lambda s: s["tested_count"] > 0,
            holds=lambda s: s["tested_count"] > 0,
        ),
    )

    def fits(self, sheet: Sheet) -> str:  # noqa: ARG002
        if self.table.table.rows < 3:
            return "This table has fewer than three rows: nothing can be said of its columns."
        if len(self.table.measurable) < 2:
            return "A map of all rows needs two columns of numbers or words."
        return ""

    def script_name(self, sheet: Sheet, **values: Any) -> str:  # noqa: ARG002
        words = self._words(self._choose(**values).columns)
        return "association_map" if words else "association_map_of_numbers"

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:  # noqa: ARG002
        chosen = self._choose(**values)
        words = self._words(chosen.columns)
        ordered = tuple(name for name in words if self.table.kinds[name] == "ordinal")
        nothing = ("against", "dates", "identifiers", "crossed", "amounts", "beside")
        return {
            **dict.fromkeys(nothing, ()),
            "columns": chosen.columns,
            "weights": "none",
            "weights_are": "a survey's weights",
            "numbers": tuple(name for name in chosen.columns if name not in words),
            "categories": words,
            "ordered": ordered,
            "row_counts": "",
            "dropped": chosen.dropped,
            "left_out": 0,
        }

    def _choose(self, *, columns: Sequence[str], method: str, **_: Any) -> Choosing:
        taken = self.table.measurable
        if method != "by kind":
            taken = self.numeric(taken)
        return Choosing(
            columns=tuple(name for name in columns if name in taken),
            against=(),
            dropped=tuple(name for name in columns if name not in taken),
            left_out=0,
        )

    def _words(self, columns: Sequence[str]) -> tuple[str, ...]:
        numeric = self.numeric(columns)
        return tuple(name for name in columns if name not in numeric)

    def measure(
        self,
        sheet: Sheet,  # noqa: ARG002
        *,
        columns: Sequence[str],
        method: str,
        half: str,
        order: str,
        cells: str,
        marks: str,
        adjust: str,
        level: str,
    ) -> Exhibit:
        chosen = self._choose(columns=columns, method=method)
        try:
            found = self._found(chosen, method, adjust)
        except Refused as refused:
            return stopped(map_facts(None, chosen, "5 %"), chosen.columns, str(refused))
        facts = map_facts(found, chosen, level) | {"fewest_rows": int(found.pairs["n"].min())}
        shown = in_order(found, order)
        significant = shown.p_adjusted < LEVELS[level]
        figure = painted(
            shown,
            half=half,
            texts=cell_texts(shown, cells, significant if marks == "stars" else None),
            faded=~significant if marks == "pale" else None,
            title=self.named_rows(),
        )
        return Exhibit(
            facts=facts,
            table=found.pairs,
            description=fill(
                "A map of {map_columns} columns with {pair_count:,} {pair_count:pair|pairs}, over "
                "all rows. {significant_count:,} {significant_count:is|are} significant.",
                facts,
            ),
            readings=_READINGS if facts["strong_x"] else _READINGS | _NONE,
            figures=(figure,),
            call=self._call(chosen, method, adjust),
        )

    def _call(self, chosen: Choosing, method: str, adjust: str) -> str:
        correction = unless(ADJUSTMENTS[adjust], "holm")
        name = METHODS[method]
        if name is None and self._words(chosen.columns):
            return self.call("associate", chosen.columns, corrected=True, adjust=correction)
        method_asked = unless(name or "pearson", "pearson")
        return self.call("correlate", chosen.columns, method=method_asked, adjust=correction)

    def _found(self, chosen: Choosing, method: str, adjust: str) -> Map:
        if len(chosen.columns) < 2:
            raise Refused("Fewer than two columns are left to compare. Choose more of them.")
        correction, name = ADJUSTMENTS[adjust], METHODS[method]
        if name is None and self._words(chosen.columns):
            mixed = self.read(associated, chosen.columns, correction)
            pairs = ranked(mixed.pairs(), mixed.value)
            return Map(
                mixed.value, mixed.measure, mixed.n, mixed.p_adjusted, mixed.low, mixed.high, pairs
            )
        name = name or "pearson"
        drawn = self.table.sheet.frame[list(chosen.columns)]
        if name == "spearman" and drawn.isna().any(axis=None):
            raise Refused(
                "Ranks of all rows are not computed where values are missing: each pair would have "
                "rows, and ranks, of its own. Choose Pearson, or columns without gaps, or look at "
                "the sample."
            )
        found = self.read(correlated, chosen.columns, name, correction)
        pairs = found.pairs().rename(columns={"r": "value"})
        pairs.insert(3, "measure", name)
        measure = pd.DataFrame(name, found.r.index, found.r.columns)
        low, high = found.low, found.high
        return Map(found.r, measure, found.n, found.p_adjusted, low, high, ranked(pairs, found.r))


_READINGS = {
    name: text for name, text in READINGS.items() if name in ("strongest", "pairs", "significant")
} | {"fewest rows of a pair": "{fewest_rows:,}"}
_NONE = {"strongest": NO_STRONGEST["strongest"]}
