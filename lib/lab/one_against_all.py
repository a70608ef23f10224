"""One column beside all others, strongest first, each with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ..charts import Intervals
from ..course import Choice, Exhibit, Fact, Value, fill, one_call
from ..notebook.mapping import SYMBOLS
from ..stats import compare_dependent, correlate
from .checks import BEWARES, LEAK, check_givens, checks
from .columns import dates, everything, listed, numbers, varying
from .instrument import Instrument, Remark, table_of
from .mapping import measured_map, unsigned, with_days
from .options import ADJUSTMENTS, LEVELS, adjust_choice, level_choice, significance_settings

if TYPE_CHECKING:
    from ..tables import Sheet

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
            when=lambda s: s["tied_count"] == 1 and s["best_low"] == s["best_low"],
            holds=lambda s: s["best_low"] - 1e-9 <= s["best_value"] <= s["best_high"] + 1e-9,
        ),
        Remark(
            "{best} goes together most strongly with {target}: {best_symbol} = "
            "{best_value:.2f} over {best_n:,} rows.",
            when=lambda s: s["tied_count"] == 1 and s["best_low"] != s["best_low"],
            holds=lambda s: s["best_n"] >= 2,
        ),
        Remark(
            "{tied_count:,} columns go together equally strongly with {target}, and none more "
            "strongly: {tied_names}. Their strength is {best_size:.2f}.",
            when=lambda s: s["tied_count"] > 1,
            holds=lambda s: s["tied_count"] <= s["compared_count"],
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
            "The ranking is not sure. {rival} comes second with r = {rival_value:.2f}. Whether the "
            "two differ in size is what Williams' test asks, over the {rival_shared:,} rows that "
            "{target} shares with both: {rival_p:p}.",
            when=lambda s: s["rival_p"] >= LEVELS[s["level"]],
            holds=lambda s: s["best_symbol"] == s["rival_symbol"] == "r",
        ),
        Remark(
            "{rival} comes second with {rival_symbol} = {rival_value:.2f}. That is another measure "
            "than {best_symbol} of {best}: they share no scale, so this order says little.",
            when=lambda s: (
                s["tied_count"] == 1 and bool(s["rival"]) and s["best_symbol"] != s["rival_symbol"]
            ),
            holds=lambda s: s["measure_count"] > 1,
        ),
        Remark(
            "{rival} comes second with {rival_symbol} = {rival_value:.2f}. No test here says "
            "whether that is truly less than {best_value:.2f}.",
            when=lambda s: (
                s["tied_count"] == 1
                and bool(s["rival"])
                and s["best_symbol"] == s["rival_symbol"] != "r"
            ),
            holds=lambda s: abs(s["rival_value"]) < abs(s["best_value"]),
        ),
        Remark(
            "{best} gives {target} almost away: {best_symbol} = {best_value:.2f}, and that of the "
            "next best is {rival_value:.2f}. Ask whether it was made from {target} or recorded "
            "afterwards.",
            when=lambda s: s["gives_away"] and not s["best_explains"],
            holds=lambda s: abs(s["best_value"]) >= 0.9,
        ),
        Remark(
            "{best} leaves {best_left:.1f} % of {target} unexplained, the next best "
            "{rival_left:.1f} %. If it was made from {target} or recorded afterwards, it would "
            "give away what is to be predicted.",
            when=lambda s: s["gives_away"] and s["best_explains"],
            holds=lambda s: s["best_left"] <= s["rival_left"] / 2 + 1e-9,
        ),
        Remark(
            "The bars have different measures. They share this axis and not a meaning.",
            when=lambda s: s["measure_count"] > 1,
            holds=lambda s: s["measure_count"] > 1,
        ),
        Remark(
            "{unsigned_symbols} {unsigned_kinds:has|have} no sign, and {unsigned_kinds:is|are} "
            "shown without what chance adds where levels are many.",
            when=lambda s: s["unsigned_count"] > 0,
            holds=lambda s: s["unsigned_count"] <= s["compared_count"],
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
        *(remark for remark in BEWARES if remark is not LEAK),
        replace(LEAK, when=lambda s: LEAK.when(s) and not _is_said(s)),
    )

    def fits(self, sheet: Sheet) -> str:
        if table_of(sheet).shape[1] < 2 or len(sheet.frame) < 3:
            return "Two columns and three rows are needed. Change the kind of a column."
        return ""

    def givens(self, sheet: Sheet, **values: Any) -> Mapping[str, Value]:
        target = values["target"]
        chosen = _columns(sheet, target)
        ordered = sheet.of_kind("ordered")
        return {
            **check_givens(sheet, chosen, beside=[target]),
            "dates": tuple(dates(sheet.frame[chosen])),
            "ordered": tuple(name for name in chosen if name in ordered),
        }

    def measure(self, sheet: Sheet, *, target: str, adjust: str, level: str) -> Exhibit:
        chosen = _columns(sheet, target)
        table = with_days(sheet.frame[chosen])
        pairs = measured_map(table, None, ADJUSTMENTS[adjust], against=[target]).pairs
        facts = _facts(pairs, table, target, LEVELS[level]) | checks(sheet, chosen, beside=[target])
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
            call=one_call(
                "heatmap", "table[columns]", "y=target", **significance_settings(adjust, level)
            ),
        )


def _is_said(state: Mapping[str, Any]) -> bool:
    """Whether the pair of columns that say almost the same was named as what gives away."""
    return bool(state["gives_away"] and state["best"] in (state["leak_x"], state["leak_y"]))


READINGS = {
    "strongest": "{best_symbol} = {best_value:.2f}",
    "significant": "{significant_count:,} of {compared_count:,}",
}


def _columns(sheet: Sheet, target: str) -> list[str]:
    """The target and the others, as many as can be measured in a moment."""
    others = [name for name in everything(table_of(sheet)) if name != target]
    return [target, *others[: MOST_COLUMNS - 1]]


def _facts(pairs: pd.DataFrame, table: pd.DataFrame, target: str, level: float) -> dict[str, Fact]:
    defined = pairs[pairs["value"].notna()]
    best, rival = _row(defined, 0), _row(defined, 1)
    sizes = defined["value"].abs().round(10)
    tied = defined.loc[sizes == sizes.max(), "x"].astype(str)
    shared, p = 0, np.nan
    if best["symbol"] == rival["symbol"] == "r" and rival["x"] and len(tied) == 1:
        shared, p = _williams(table[[target, best["x"], rival["x"]]].dropna())
    left, rival_left = (100 * (1 - row["value"] ** 2) for row in (best, rival))
    return {
        "compared_count": len(defined),
        "shown_count": min(len(defined), _SHOWN),
        "significant_count": int((pairs["p_adjusted"] < level).sum()),
        "measure_count": int(defined["measure"].nunique()),
        **unsigned(defined["measure"]),
        "tied_count": len(tied),
        "tied_names": listed(tied),
        "best": best["x"],
        "best_symbol": best["symbol"],
        "best_value": best["value"],
        "best_size": abs(best["value"]),
        "best_explains": best["symbol"] in ("r", "η") and target in numbers(table),
        "best_n": int(best["n"]),
        "best_low": best["low"],
        "best_high": best["high"],
        "rival": rival["x"],
        "rival_symbol": rival["symbol"],
        "rival_value": rival["value"],
        "rival_shared": shared,
        "rival_p": p,
        "best_left": left,
        "rival_left": rival_left,
        "gives_away": bool(abs(best["value"]) >= 0.9 and left <= rival_left / 2),
    }


def _williams(three: pd.DataFrame) -> tuple[int, float]:
    """The rows, and p of the test that the second and third column go with the first alike."""
    if len(three) < 4:
        return len(three), np.nan
    r = correlate(three, adjust="none").r.to_numpy()
    signs = np.where(r[0] < 0, -1, 1)  # the sizes are ranked, whatever their signs
    r = r * signs * signs[:, np.newaxis]
    if np.isnan(r).any() or abs(r[1, 2]) > 1 - 1e-9:  # of two that are one, neither is larger
        return len(three), np.nan
    return len(three), compare_dependent(r[0, 1], r[0, 2], r[1, 2], len(three)).p


def _row(pairs: pd.DataFrame, place: int) -> dict[str, Any]:
    if len(pairs) <= place:
        return {"x": "", "symbol": "r", "n": 0} | dict.fromkeys(("value", "low", "high"), np.nan)
    row = pairs.iloc[place]
    return {
        "x": str(row["x"]),
        "symbol": SYMBOLS[str(row["measure"])],
        **{name: float(row[name]) for name in ("value", "n", "low", "high")},
    }
