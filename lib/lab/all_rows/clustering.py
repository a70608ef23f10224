"""Columns in the order of a tree, over all rows of a stored table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ...charts import Clustermap as Drawing
from ...course import Choice, Columns, Exhibit, Fact, Slider, Value, fill, unless
from ...stats import Clustering, Linkage, cluster
from ...tables import Refused
from ..clustermap import MOST, Clustermap
from ..columns import listed, numbers
from ..instrument import Remark
from ..stored import correlated
from .instrument import OfAllRows, stopped

if TYPE_CHECKING:
    from ...tables import Sheet

DISTANCES = {"1 − |r|": "1-|r|", "1 − r": "1-r"}
LINKAGES: tuple[Linkage, ...] = ("average", "complete", "single")


class TreeOfAllRows(OfAllRows):
    """The map of r in the order of its tree: r adds up, and the tree is made of r."""

    of = "clustermap"
    title = "Clustermap"
    question = "Which columns hang together?"
    lesson = Clustermap.lesson
    example = Clustermap.example
    foremost = ("k", "distance")

    columns = Columns("Columns", numbers, default=())
    distance = Choice("Distance", tuple(DISTANCES), default="1 − |r|")
    linkage = Choice("Linkage", LINKAGES, default="average")
    k = Slider("Groups to cut into", 2, 8, default=3)

    findings = (
        Remark(
            "Cut into {k}, the {leaves} columns fall into groups of {smallest} to {largest}.",
            when=lambda s: s["leaves"] > 0,
            holds=lambda s: 1 <= s["smallest"] <= s["largest"] <= s["leaves"],
        ),
        Remark(
            "The mean |r| of two columns is {mean_r:.2f}.",
            when=lambda s: s["leaves"] > 0,
            holds=lambda s: 0 <= s["mean_r"] <= 1,
        ),
        Remark(
            "The heights of the tree and the distances that they stand for have r = "
            "{cophenetic:.2f}.",
            when=lambda s: s["cophenetic"] == s["cophenetic"],
            holds=lambda s: abs(s["cophenetic"]) <= 1 + 1e-9,
        ),
    )
    bewares = (
        Remark(
            "{undefined_names} {undefined_count:has|have} no r with another column, and "
            "{undefined_count:is|are} left out.",
            when=lambda s: s["undefined_count"] > 0,
            holds=lambda s: bool(s["undefined_names"]),
        ),
        Remark(
            "A tree finds groups in noise as well. Whether they would come again, and what noise "
            "gives, is not computed over all rows. The sample shows it, and so does the tree of "
            "rows.",
            when=lambda s: s["leaves"] > 0,
            holds=lambda s: s["leaves"] > 0,
        ),
    )

    def fits(self, sheet: Sheet) -> str:  # noqa: ARG002
        if len(self.numeric(self.table.measurable)) < 2:
            return "A tree of columns needs two columns of numbers."
        return ""

    def script_name(self, sheet: Sheet, **values: Any) -> str:  # noqa: ARG002
        return "tree_of_all_rows"

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:  # noqa: ARG002
        return {"columns": self.numeric(values["columns"])}

    def measure(
        self,
        sheet: Sheet,  # noqa: ARG002
        *,
        columns: Sequence[str],
        distance: str,
        linkage: Linkage,
        k: int,
    ) -> Exhibit:
        asked = self.numeric(columns)
        try:
            r = self._r(asked)
            shown = _defined(r)
            if len(shown.columns) < max(k, 2):
                raise Refused(
                    f"There are {len(shown.columns)} columns that vary together: they cannot be "
                    f"cut into {k} groups."
                )
        except Refused as refused:
            return stopped(_facts(None, (), pd.DataFrame(), k), asked, str(refused))
        apart = 1 - (shown.abs() if DISTANCES[distance] == "1-|r|" else shown)
        tree = cluster(apart, distance="precomputed", linkage=linkage)
        left_out = [str(name) for name in r if name not in shown]
        facts = _facts(tree, left_out, shown, k)
        heights = tree.linkage[:, 2]
        cut = float(heights[-k : len(heights) - k + 2].mean()) if k <= len(heights) else 0.0
        return Exhibit(
            facts=facts,
            table=pd.DataFrame({"group": tree.cut_into(k).loc[tree.order]}),
            description=fill(
                "{leaves} columns in the order of a tree of their correlations over all rows, with "
                "the tree beside them. A line cuts it into groups of {smallest} to {largest}.",
                facts,
            ),
            readings={"leaves": "{leaves}", "sizes of the groups": "{smallest} to {largest}"},
            figures=(Drawing(shown, tree, tree, cut=cut),),
            call=""
            if left_out
            else self.call(
                "cluster",
                asked,
                distance=unless(DISTANCES[distance], "1-|r|"),
                linkage=unless(linkage, "average"),
            ),
        )

    def _r(self, columns: Sequence[str]) -> pd.DataFrame:
        if len(columns) < 2:
            raise Refused("Fewer than two columns of numbers are left. Choose more of them.")
        if len(columns) > MOST:
            raise Refused(f"A tree of more than {MOST} columns cannot be seen. Choose fewer.")
        r: pd.DataFrame = self.read(correlated, columns, "pearson", "holm").r
        return r


def _defined(r: pd.DataFrame) -> pd.DataFrame:
    """Without columns that have no r with another: the one that lacks most goes first."""
    while (lacking := r.isna().sum()).any():
        worst = lacking.idxmax()
        r = r.drop(index=worst, columns=worst)
    return r


def _facts(
    tree: Clustering | None, left_out: Sequence[str], r: pd.DataFrame, k: int
) -> dict[str, Fact]:
    facts: dict[str, Fact] = {
        "leaves": len(r),
        "smallest": 0,
        "largest": 0,
        "cophenetic": np.nan,
        "mean_r": np.nan,
        "undefined_count": len(left_out),
        "undefined_names": listed(left_out),
    }
    if tree is None:
        return facts
    sizes = tree.cut_into(k).value_counts()
    pairs = r.to_numpy()[np.triu_indices(len(r), 1)]
    return facts | {
        "smallest": int(sizes.min()),
        "largest": int(sizes.max()),
        "cophenetic": float(tree.cophenetic),
        "mean_r": float(np.abs(pairs).mean()),
    }
