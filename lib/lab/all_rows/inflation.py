"""How far columns follow from the others, over all rows of a stored table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ...charts import Bars
from ...course import Columns, Exhibit, Fact, Value, fill
from ...tables import Refused
from ..columns import numbers
from ..instrument import Remark
from ..stored import inflated
from .instrument import OfAllRows, stopped

if TYPE_CHECKING:
    from ...tables import Sheet

_SHOWN = 40


class InflationOfAllRows(OfAllRows):
    """Variance inflation of columns of numbers, from products that add up."""

    of = "redundancy"
    title = "Redundancy"
    question = "Which columns follow from the others?"
    lesson = ("action", "hidden")
    example = "breast_cancer"

    columns = Columns("Columns", numbers, default=())

    findings = (
        Remark(
            "The others explain {worst_share:.0%} of {worst}, and no more of any other column: a "
            "variance inflation factor of {worst_vif:.1f}.",
            when=lambda s: 1 <= s["worst_vif"] < float("inf"),
            holds=lambda s: s["worst_share"] < 1,
        ),
    )
    bewares = (
        Remark(
            "{rows_used:,} of {row_count:,} rows have a value in every column. Inflation knows "
            "only those.",
            when=lambda s: 0 < s["rows_used"] < s["row_count"],
            holds=lambda s: s["rows_used"] < s["row_count"],
        ),
        Remark(
            "{worst} is determined by the others: nothing of it is left when they are known. Is "
            "it a total of them, or the same in other units?",
            when=lambda s: s["worst_vif"] == float("inf"),
            holds=lambda s: s["worst_vif"] > 1e14,
        ),
        Remark(
            "Pruning and principal components are not computed over all rows. The sample shows "
            "them.",
            when=lambda s: s["column_count"] > 1,
            holds=lambda s: s["column_count"] > 1,
        ),
    )

    def words(self) -> str:
        return (
            f"All numbers here are of the stored table, {self.table.table.rows:,} rows, of which "
            "those without a value in a chosen column are left out."
        )

    def fits(self, sheet: Sheet) -> str:  # noqa: ARG002
        if len(self.numeric(self.table.measurable)) < 2:
            return "Two columns of numbers are needed."
        return ""

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:  # noqa: ARG002
        return {"columns": self.numeric(values["columns"])}

    def measure(self, sheet: Sheet, *, columns: Sequence[str]) -> Exhibit:  # noqa: ARG002
        shown = self.numeric(columns)
        nothing = _inflation_facts(pd.Series(np.nan, list(shown)), 0, self.table.table.rows)
        try:
            if len(shown) < 2:
                raise Refused("Fewer than two columns of numbers are left. Choose more of them.")
            factors, rows = self.read(inflated, shown)
        except Refused as refused:
            return stopped(nothing, shown, str(refused))
        facts = _inflation_facts(factors, rows, self.table.table.rows)
        explained = (1 - 1 / factors).sort_values(ascending=False, kind="stable").dropna()
        if explained.empty:
            return stopped(nothing, shown, "No column varies in the rows that are complete.")
        top = explained.head(_SHOWN).rename("explained by the others").to_frame()
        return Exhibit(
            facts=facts,
            table=pd.DataFrame({"vif": factors, "explained": explained.reindex(list(shown))}),
            description=fill(
                "Bars for {column_count:,} columns: the share of each that the others explain, "
                "over all rows that are complete.",
                facts,
            ),
            readings={"columns": "{column_count:,}", "largest": "{worst_vif:.1f}"},
            figures=(Bars(top, title="Of each column", x="share that the others explain"),),
            call=self.call("vif", shown),
        )


def _inflation_facts(factors: pd.Series[float], rows: int, all_rows: int) -> dict[str, Fact]:
    known = factors.dropna()
    worst_vif = float(known.max()) if len(known) else float("nan")
    return {
        "column_count": len(factors),
        "rows_used": rows,
        "row_count": all_rows,
        "worst": str(known.idxmax()) if len(known) else "",
        "worst_vif": worst_vif,
        "worst_share": 1 - 1 / worst_vif,
    }
