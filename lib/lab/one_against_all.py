"""One column beside all others, strongest first, each with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from lib.charts import Intervals
from lib.course import Choice, Exhibit, Fact, Value, fill
from lib.lab.checks import COLUMN_BEWARES, check_givens, checks
from lib.lab.columns import dates, everything, varying
from lib.lab.instrument import Instrument, Remark, table_of
from lib.lab.mapping import SYMBOLS, measured_map, with_days
from lib.lab.options import ADJUSTMENTS, LEVELS, adjust_choice, level_choice

if TYPE_CHECKING:
    from lib.tables import Sheet

MOST_COLUMNS = 300
_SHOWN = 40


class OneAgainstAll(Instrument):
    """Ranked by strength, with what the rows leave open."""

    title = "One column against all"
    question = "Which columns go together with this one, and how sure is the ranking?"
    lesson = ("significance", "survivors")
    example = "highway"
    checks = ("checks",)

    target = Choice("Column", varying, default="")
    adjust = adjust_choice()
    level = level_choice()

    findings = (
        Remark(
            "{best} goes together most strongly with {target}: {best_symbol} = "
            "{best_value:.2f} over {best_n:,} rows, 95 % interval {best_low:.2f} to "
            "{best_high:.2f}.",
            when=lambda s: bool(s["best"]) and s["best_low"] == s["best_low"],
            holds=lambda s: s["best_low"] <= s["best_high"],
        ),
        Remark(
            "{best} goes together most strongly with {target}: {best_symbol} = "
            "{best_value:.2f} over {best_n:,} rows.",
            when=lambda s: bool(s["best"]) and s["best_low"] != s["best_low"],
            holds=lambda s: s["best_n"] >= 2,
        ),
        Remark(
            "{significant_count:,} of {compared_count:,} {compared_count:column|columns} "
            "{significant_count:is|are} significant at {level} (correction: {adjust}).",
            when=lambda s: s["compared_count"] > 1,
            holds=lambda s: 0 <= s["significant_count"] <= s["compared_count"],
        ),
        Remark(
            "That is significant at {level}.",
            when=lambda s: s["compared_count"] == 1 and s["significant_count"] == 1,
            holds=lambda s: s["significant_count"] == 1,
        ),
        Remark(
            "That is not significant at {level}.",
            when=lambda s: s["compared_count"] == 1 and s["significant_count"] == 0,
            holds=lambda s: s["significant_count"] == 0,
        ),
    )
    bewares = (
        Remark(
            "The ranking is not sure. {rival} comes second with {rival_symbol} = "
            "{rival_value:.2f}, and the two intervals overlap.",
            when=lambda s: bool(s["rival"]) and s["rival_overlaps"],
            holds=lambda s: bool(s["rival"]),
        ),
        Remark(
            "{best} leaves {best_left:.1f} % of {target} unexplained, the next best "
            "{rival_left:.1f} %. If it was made from {target} or recorded afterwards, it would "
            "give away what is to be predicted.",
            when=lambda s: s["gives_away"],
            holds=lambda s: s["best_left"] <= s["rival_left"] / 2 + 1e-9,
        ),
        Remark(
            "The bars have different measures, and η and V have no sign. They share this axis "
            "and not a meaning.",
            when=lambda s: s["measure_count"] > 1,
            holds=lambda s: s["measure_count"] > 1,
        ),
        Remark(
            "Nothing is corrected: {compared_count:,} columns were looked at.",
            when=lambda s: s["adjust"] == "none" and s["compared_count"] > 1,
            holds=lambda s: s["compared_count"] > 1,
        ),
        Remark(
            "The figure shows the {shown_count:,} strongest of {compared_count:,}.",
            when=lambda s: s["shown_count"] < s["compared_count"],
            holds=lambda s: s["shown_count"] < s["compared_count"],
        ),
        *COLUMN_BEWARES,
    )

    def fits(self, sheet: Sheet) -> str:
        if table_of(sheet).shape[1] < 2 or len(sheet.frame) < 3:
            return "Two columns and three rows are needed. Change the kind of a column."
        return ""

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:
        chosen = _columns(sheet, values["target"])
        ordered = sheet.of_kind("ordered")
        return {
            **check_givens(sheet, chosen),
            "dates": tuple(dates(sheet.frame[chosen])),
            "ordered": tuple(name for name in chosen if name in ordered),
        }

    def measure(self, sheet: Sheet, *, target: str, adjust: str, level: str) -> Exhibit:
        chosen = _columns(sheet, target)
        found = measured_map(
            with_days(sheet.frame[chosen]), None, ADJUSTMENTS[adjust], against=[target]
        )
        pairs = found.pairs
        facts = _facts(pairs, LEVELS[level]) | checks(sheet, chosen)
        ranked = pairs[pairs["value"].notna()].head(_SHOWN)
        if ranked.empty:
            reason = f"{target} does not vary beside any other column. Choose another one."
            return Exhibit(
                facts=facts,
                table=pairs,
                description=f"There is no figure here. {reason}",
                readings=READINGS,
                stopped=reason,
            )
        names = [f"{x} ({SYMBOLS[m]})" for x, m in zip(ranked["x"], ranked["measure"], strict=True)]
        values = pd.DataFrame(
            {
                "low": ranked["low"].fillna(ranked["value"]).to_numpy(),
                "value": ranked["value"].to_numpy(),
                "high": ranked["high"].fillna(ranked["value"]).to_numpy(),
            },
            index=names,
        )
        return Exhibit(
            facts=facts,
            table=pairs,
            description=fill(
                "{compared_count:,} columns beside {target}, strongest first. The first is "
                "{best}, {best_symbol} = {best_value:.2f}.",
                {**facts, "target": target},
            ),
            readings=READINGS,
            figures=(
                Intervals(values, title=f"Beside {target}", x="value and 95 % interval", mark=0),
            ),
        )


READINGS = {
    "strongest": "{best_symbol} = {best_value:.2f}",
    "significant": "{significant_count:,} of {compared_count:,}",
}


def _columns(sheet: Sheet, target: str) -> list[str]:
    """The target and the others, as many as can be measured in a moment."""
    others = [name for name in everything(table_of(sheet)) if name != target]
    return [target, *others[: MOST_COLUMNS - 1]]


def _facts(pairs: pd.DataFrame, level: float) -> dict[str, Fact]:
    defined = pairs[pairs["value"].notna()]
    best, rival = _row(defined, 0), _row(defined, 1)
    overlap = best["low"] <= rival["high"] and rival["low"] <= best["high"]
    if best["value"] * rival["value"] < 0:  # the sizes are ranked, whatever their signs
        overlap = best["low"] <= -rival["low"] and -rival["high"] <= best["high"]
    left, rival_left = (100 * (1 - row["value"] ** 2) for row in (best, rival))
    return {
        "compared_count": len(defined),
        "shown_count": min(len(defined), _SHOWN),
        "significant_count": int((pairs["p_adjusted"] < level).sum()),
        "measure_count": int(defined["measure"].nunique()),
        "best": best["x"],
        "best_symbol": best["symbol"],
        "best_value": best["value"],
        "best_n": int(best["n"]),
        "best_low": best["low"],
        "best_high": best["high"],
        "rival": rival["x"],
        "rival_symbol": rival["symbol"],
        "rival_value": rival["value"],
        "rival_overlaps": bool(overlap),
        "best_left": left,
        "rival_left": rival_left,
        "gives_away": bool(abs(best["value"]) >= 0.9 and left <= rival_left / 2),
    }


def _row(pairs: pd.DataFrame, place: int) -> dict[str, Any]:
    if len(pairs) <= place:
        return {"x": "", "symbol": "r", "n": 0} | dict.fromkeys(("value", "low", "high"), np.nan)
    row = pairs.iloc[place]
    return {
        "x": str(row["x"]),
        "symbol": SYMBOLS[str(row["measure"])],
        **{name: float(row[name]) for name in ("value", "n", "low", "high")},
    }
