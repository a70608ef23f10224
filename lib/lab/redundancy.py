"""Which columns of numbers say what others say already?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..charts import Bars
from ..course import Columns, Exhibit, Fact, Slider, Value, fill
from ..stats import Pruning, correlate, prune, vif
from .checks import COLUMN_BEWARES, check_givens, checks
from .columns import everything, listed, numbers
from .instrument import Instrument, Remark, table_of
from .mapping import kept

if TYPE_CHECKING:
    from ..tables import Sheet

MOST_COLUMNS = 150
_SHOWN = 40
_HIGH = 0.9  # of a column, less what so many others would explain by chance
_BY_CHANCE = 0.2


class Redundancy(Instrument):
    """Variance inflation, pruning, and how many directions the columns have."""

    title = "Redundancy"
    question = "Which columns follow from the others, and how few would say nearly the same?"
    lesson = ("action", "hidden")
    example = "breast_cancer"
    checks = ("checks",)

    columns = Columns("Columns", numbers, default=())
    threshold = Slider("Drop above |r|", 0.5, 0.99, default=0.8, step=0.01)

    findings = (
        Remark(
            "{high_names} {high_count:follows|follow} almost from the others: they explain "
            "{high_limit:.0%} or more of {high_count:it|each}. This is adjusted R², which takes "
            "off what so many columns would explain by chance.",
            when=lambda s: s["high_count"] > 0,
            holds=lambda s: s["worst_adjusted"] >= s["high_limit"],
        ),
        Remark(
            "The others explain {worst_share:.0%} of {worst}, and no more of any other column: a "
            "variance inflation factor of {worst_vif:.1f}.",
            when=lambda s: s["high_count"] == 0 and s["worst_vif"] == s["worst_vif"],
            holds=lambda s: s["worst_share"] < 1 and s["worst_adjusted"] < s["high_limit"],
        ),
        Remark(
            "{kept_count:,} of {column_count:,} columns are left when a column goes whose |r| "
            "with one that is kept is above {threshold:.2f}. {dropped_names} "
            "{dropped_count:goes|go}.",
            when=lambda s: s["dropped_count"] > 0,
            holds=lambda s: s["kept_count"] + s["dropped_count"] == s["column_count"],
        ),
        Remark(
            "No pair has an |r| above {threshold:.2f}, so all {column_count:,} columns stay.",
            when=lambda s: s["dropped_count"] == 0,
            holds=lambda s: s["kept_count"] == s["column_count"],
        ),
        Remark(
            "{component_count:,} of {varying_count:,} principal components "
            "{component_count:holds|hold} {share_percent:.0f} % of the variance of the "
            "standardised columns.",
            when=lambda s: s["component_count"] > 0,
            holds=lambda s: s["component_count"] <= s["varying_count"],
        ),
    )
    bewares = (
        Remark(
            "{worst} is determined by the others: nothing of it is left when they are known. Is "
            "it a total of them, or the same in other units?",
            when=lambda s: s["worst_vif"] == float("inf"),
            holds=lambda s: s["worst_vif"] > 1e14,
        ),
        Remark(
            "What is kept depends on the order of the columns: of two that say the same, the "
            "first stays.",
            when=lambda s: s["dropped_count"] > 0,
            holds=lambda s: s["dropped_count"] > 0,
        ),
        Remark(
            "Pruning by pairs keeps {worst}, although the others together leave "
            "{worst_left:.1f} % of it.",
            when=lambda s: s["high_count"] > 0 and s["worst_kept"],
            holds=lambda s: s["worst_left"] <= 100 * (1 - s["high_limit"]) + 1e-9,
        ),
        Remark(
            "{rows_used:,} rows are few for {varying_count:,} columns. Of a column of pure noise "
            "the others would explain {noise_share:.0%} on average. Allowing for that, they "
            "explain {worst_adjusted:.0%} of {worst}, and not {worst_share:.0%}.",
            when=lambda s: s["noise_share"] >= _BY_CHANCE and s["worst_share"] < 1,
            holds=lambda s: s["noise_share"] >= 0.2 and s["worst_adjusted"] < s["worst_share"],
        ),
        Remark(
            "{rows_used:,} of {row_count:,} rows have a value in every column. Inflation and "
            "components know only those.",
            when=lambda s: 0 < s["rows_used"] < s["row_count"],
            holds=lambda s: s["rows_used"] < s["row_count"],
        ),
        Remark(
            "There are {rows_used:,} complete {rows_used:row|rows} for {column_count:,} columns, "
            "so no variance inflation factor can be computed.",
            when=lambda s: s["worst_vif"] != s["worst_vif"],
            holds=lambda s: s["rows_used"] <= s["column_count"] or s["varying_count"] < 2,
        ),
        Remark(
            "{left_out:,} columns are left out: the figure keeps those that go together most "
            "strongly with another.",
            when=lambda s: s["left_out"] > 0,
            holds=lambda s: s["left_out"] > 0,
        ),
        *COLUMN_BEWARES,
    )

    def fits(self, sheet: Sheet) -> str:
        if len(numbers(table_of(sheet))) < 2 or len(sheet.frame) < 3:
            return "Two columns of numbers and three rows are needed. Change the kind of a column."
        return ""

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:
        shown = kept(sheet.frame[list(values["columns"])], MOST_COLUMNS)
        return {
            **check_givens(sheet, shown),
            "left_out": len(values["columns"]) - len(shown),
        }

    def measure(self, sheet: Sheet, *, columns: Sequence[str], threshold: float) -> Exhibit:
        shown = kept(sheet.frame[list(columns)], MOST_COLUMNS)
        found = _found(sheet.frame[shown].astype(float), threshold)
        facts = _facts(found, len(columns) - len(shown)) | checks(sheet, shown)
        explained = (1 - 1 / found.vif).sort_values(ascending=False, kind="stable").dropna()
        figures = []
        if len(explained):
            top = explained.head(_SHOWN).rename("explained by the others").to_frame()
            figures.append(Bars(top, title="Of each column", x="share that the others explain"))
        if len(found.shares):
            first = found.shares[:_SHOWN]
            names = [f"component {number}" for number in range(1, len(first) + 1)]
            figures.append(
                Bars(
                    pd.DataFrame({"share": first}, index=names),
                    title="Of all columns together",
                    x="share of the variance",
                )
            )
        table = pd.DataFrame(
            {
                "vif": found.vif,
                "explained": explained.reindex(shown),
                "kept": [name in found.pruning.kept for name in shown],
            },
            index=shown,
        )
        stopped = "" if figures else "No two columns vary in the rows that are complete."
        return Exhibit(
            facts=facts,
            table=table,
            description=fill(
                "Bars for {column_count:,} columns: the share of each that the others explain. "
                "{kept_count:,} are left after pruning; {component_count:,} principal "
                "{component_count:component holds|components hold} {share_percent:.0f} %.",
                facts,
            ),
            readings={
                "columns": "{column_count:,}",
                "kept": "{kept_count:,}",
                "components": "{component_count:,}",
            },
            figures=tuple(figures),
            across=2,
            stopped=stopped,
        )


_SHARE = 0.9


@dataclass(frozen=True, eq=False)
class _Found:
    rows: int
    rows_used: int
    vif: pd.Series[float]
    pruning: Pruning
    shares: list[float]
    varying: int


def _found(table: pd.DataFrame, threshold: float) -> _Found:
    complete = table.dropna()
    varying = [name for name in everything(complete) if complete[name].max() > complete[name].min()]
    inflation = pd.Series(np.nan, table.columns, name="vif")
    if len(complete) > table.shape[1]:
        inflation = vif(complete)
    shares: list[float] = []
    if len(varying) > 1 and len(complete) > 2:
        spread = np.linalg.eigvalsh(correlate(complete[varying], adjust="none").r.to_numpy())
        shares = (np.clip(spread[::-1], 0, None) / len(varying)).tolist()
    return _Found(
        len(table), len(complete), inflation, prune(table, threshold), shares, len(varying)
    )


def _facts(found: _Found, left_out: int) -> dict[str, Fact]:
    inflation = found.vif.dropna()
    # What p columns of noise explain of another one in n rows: p / (n - 1) of it on average.
    others, freedom = found.varying - 1, found.rows_used - 1
    by_chance = freedom / (freedom - others) if others < freedom else float("nan")
    adjusted = (1 - by_chance / inflation).clip(lower=0)
    high = adjusted[adjusted >= _HIGH].sort_values(ascending=False, kind="stable")
    worst_vif = float(inflation.max()) if len(inflation) else float("nan")
    worst = str((inflation >= worst_vif * (1 - 1e-9)).idxmax()) if len(inflation) else ""
    dropped = found.pruning.dropped["column"].tolist()
    reached = np.flatnonzero(np.cumsum(found.shares) >= _SHARE - 1e-9)
    return {
        "column_count": len(found.vif),
        "left_out": left_out,
        "row_count": found.rows,
        "rows_used": found.rows_used,
        "high_limit": _HIGH,
        "high_count": len(high),
        "high_names": listed(map(str, high.index)),
        "worst": worst,
        "worst_vif": worst_vif,
        "worst_left": 100 / worst_vif,
        "worst_share": 1 - 1 / worst_vif,
        "worst_adjusted": float(adjusted[worst]) if worst else float("nan"),
        "noise_share": others / freedom if worst else float("nan"),
        "worst_kept": worst in found.pruning.kept,
        "kept_count": len(found.pruning.kept),
        "dropped_count": len(dropped),
        "dropped_names": listed(dropped),
        "varying_count": found.varying,
        "component_count": int(reached[0]) + 1 if len(reached) else 0,
        "share_percent": 100 * _SHARE,
    }
