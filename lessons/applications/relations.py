"""The correlation map: what a cell measures, what its colour promises, who stands beside whom."""

from functools import cache
from typing import Any

import numpy as np

from lessons.applications.tables import nations
from lessons.tables import UN
from lib.charts import Heatmap, Scatter, below_diagonal
from lib.course import (
    TRANSFORMS,
    Band,
    Behind,
    Choice,
    Estimate,
    Exhibit,
    Goal,
    LabAddress,
    Mistake,
    Outcome,
    Step,
    Task,
    Toggle,
    Transform,
    fill,
)
from lib.stats import correlate

_DATA, _HALF, _WHOLE = "from the data", "0 to 1", "−1 to 1"


class Relate(Step):
    """
    ### Correlation: the same columns twice

    Six kinds of heatmap, six habits. The first is an old acquaintance: {nations} nations, {columns}
    numbers each, every column against every other.

    Its habits. *Normaliser*, what to divide by or to subtract: r is already free of units, but not
    of shape; straighten a bend before you measure it. *Scale*: from minus one to one, so that the
    middle of the colours is zero. *Order*: neighbours of one sign. *Trap*: limits that the data
    chose.

    The names, as the file has them: `ppgdp` is income, the gross domestic product per head;
    `infantMortality` the deaths before the first birthday; `lifeExpF` how long women live,
    `pctUrban` how many people live in towns, and `fertility` the children per woman.

    Income and infant mortality correlate at {raw_r:.2f}. That is what a straight line sees of a
    curve.
    """

    readings = {
        "income and infant mortality": "{shown_r:.2f}",
        "the neutral colour means": "{neutral:.2f}",
    }

    tables = (UN,)

    gdp = Transform("Income, ppgdp", ("as it is", "log", "rank"))
    mortality = Transform("Infant mortality", ("as it is", "log", "rank"))
    limits = Choice("Limits", (_DATA, _HALF, _WHOLE), default=_DATA)
    by_sign = Toggle("Order by sign", default=False)

    predict = Estimate(
        "r(income, infant mortality) is {raw_r:.2f}. Take the logarithm of both. r becomes about "
        "...",
        low=-1.0,
        high=0.0,
        step=0.01,
        tolerance=0.05,
        feedback="{log_r:.2f}. Income spans {income_decades:.1f} powers of ten, infant mortality "
        "{deaths_decades:.1f}, and on logarithmic scales the curve is nearly a line. The ranks "
        "agree: {rho:.2f}.",
        bands=[
            Band(
                low=-1.0,
                high=-0.8,
                feedback=(
                    "It becomes {log_r:.2f}: nearly a line, and the nations still scatter about it."
                ),
                misconception="transform_changes_units_only",
                holds=lambda state: -1 < state["log_r"] < -0.8,
            ),
            Band(
                low=-0.8,
                high=-0.6,
                feedback=(
                    "One logarithm alone, that of income, brings {one_log_r:.2f}. The second "
                    "brings {log_r:.2f}."
                ),
                holds=lambda state: state["log_r"] < state["one_log_r"] < state["raw_r"],
                misconception="transform_changes_units_only",
            ),
            Band(
                low=-0.6,
                high=0.01,
                feedback=(
                    "A logarithm would leave r alone if it only changed the units. It changes the "
                    "shape: {raw_r:.2f} becomes {log_r:.2f}."
                ),
                holds=lambda state: state["log_r"] < state["raw_r"],
                misconception="transform_changes_units_only",
            ),
        ],
        answer=lambda exhibit: float(exhibit.facts["log_r"]),
        seen_at={"gdp": "log", "mortality": "log"},
    )

    task = Task(
        "Draw it properly. Straighten income against infant mortality until |r| exceeds "
        "{goal:.2f}, put zero in the middle of the colours, and let pairs of one sign stand "
        "together.",
        goals=[
            Goal(
                "Between income and infant mortality |r| exceeds {goal:.2f}: now r is "
                "{shown_r:.2f}",
                met=lambda state: abs(state["shown_r"]) > state["goal"],
            ),
            Goal(
                "Zero is in the middle of the colours",
                met=lambda state: state["limits"] == _WHOLE,
            ),
            Goal(
                "Pairs of one sign stand together",
                met=lambda state: state["by_sign"],
            ),
        ],
        solution={"gdp": "log", "mortality": "log", "limits": _WHOLE, "by_sign": True},
        hints=[
            "Open the cell of the two and look at the bend. Income spans {income_decades:.1f} "
            "powers of ten, infant mortality {deaths_decades:.1f}.",
            "r has two ends. The colours need the same two.",
        ],
    )

    mistakes = [
        Mistake(
            "These colours begin at zero. {lost} of {pairs} pairs lie below, all painted like a "
            "pair that has nothing to do with each other.",
            when=lambda state: state["limits"] == _HALF,
            example={"limits": _HALF},
            misconception="correlation_has_one_end",
            holds=lambda state: state["lost"] == state["negative"] > 0,
        ),
        Mistake(
            "r between income and infant mortality is {shown_r:.2f} so far. Their points still lie "
            "on a bend: open the cell and look, along both axes.",
            when=lambda state: abs(state["shown_r"]) <= state["goal"],
            example={"gdp": "log", "limits": _WHOLE},
            misconception="transform_changes_units_only",
            holds=lambda state: _bend(state["gdp"], state["mortality"]) > 0.03,
        ),
        Mistake(
            "The data chose the limits, {low:.2f} to {high:.2f}. The neutral colour means "
            "{neutral:.2f}, and another value with every table.",
            when=lambda state: state["limits"] == _DATA,
            example={"gdp": "log", "mortality": "log"},
            misconception="pale_means_zero",
            holds=lambda state: abs(state["neutral"]) > 0.02,
        ),
        Mistake(
            "Measured and painted well. But the colour flips {changes} times between neighbours. "
            "Order the columns by sign, and it flips once a row.",
            when=lambda state: not state["by_sign"],
            example={"gdp": "log", "mortality": "log", "limits": _WHOLE},
            misconception="order_is_given",
            holds=lambda state: state["changes"] > state["columns"],
        ),
    ]

    learned = [
        Outcome(
            "Straightened, r between income and infant mortality goes from {raw_r:.3f} to "
            "{shown_r:.3f}. The limits are minus one and one, and in this order the sign changes "
            "{changes} times between neighbours: once a row.",
            holds=lambda state: (
                state["shown_r"] < state["raw_r"] and state["changes"] == state["columns"]
            ),
        )
    ]

    def in_the_lab(self, **_: Any) -> LabAddress:
        return LabAddress("un", "association_map", {"method": "Pearson"})

    def show(self, gdp: str, mortality: str, limits: str, by_sign: bool) -> Exhibit:
        measured = nations().assign(
            ppgdp=TRANSFORMS[gdp](nations()["ppgdp"]),
            infantMortality=TRANSFORMS[mortality](nations()["infantMortality"]),
        )
        r = correlate(measured, adjust="none").r
        if by_sign:
            order = r["lifeExpF"].sort_values(ascending=False).index
            r = r.loc[order, order]
        cells = r.to_numpy()
        low, high = {
            _DATA: (float(cells.min()), float(cells.max())),
            _HALF: (0.0, 1.0),
            _WHOLE: (-1.0, 1.0),
        }[limits]
        below = below_diagonal(r)
        facts: dict[str, Any] = {
            "nations": len(measured),
            "columns": len(r),
            "pairs": len(below),
            **_straightened(),
            "goal": 0.85,
            "shown_r": float(r["infantMortality"]["ppgdp"]),
            "negative": int((below < 0).sum()),
            "changes": int((np.diff(np.sign(cells), axis=1) != 0).sum()),
            "low": low,
            "high": high,
            "neutral": (low + high) / 2,
            "lost": int((below < low).sum()),
        }
        return Exhibit(
            figures=(Heatmap(r, (low, high), title="Five numbers of nations"),),
            facts=facts,
            table=r.round(3),
            description=fill(
                "A correlation matrix of {columns} measurements of {nations} nations, {negative} "
                "of {pairs} pairs negative. Income and infant mortality: r = {shown_r:.3f}; the "
                "colours run from {low:.2f} to {high:.2f}.",
                facts,
            ),
            behind=lambda row, column: Behind(
                Scatter(measured[column], measured[row]),
                fill("r = {r:.2f}", {"r": float(r[column][row])}),
            ),
        )


def _bend(gdp: str, mortality: str) -> float:
    """What a parabola explains of infant mortality by income beyond a straight line."""
    income = TRANSFORMS[gdp](nations()["ppgdp"])
    deaths = TRANSFORMS[mortality](nations()["infantMortality"])
    z = ((income - income.mean()) / income.std()).to_numpy(float)
    missed = [
        (deaths - np.polynomial.Polynomial.fit(z, deaths, degree)(z)).var() for degree in (1, 2)
    ]
    return float((missed[0] - missed[1]) / deaths.var())


@cache
def _straightened() -> dict[str, float]:
    """Income and infant mortality: how wide they are, and r with no, one, two logarithms; rho."""
    income, deaths = nations()["ppgdp"], nations()["infantMortality"]
    return {
        "income_decades": float(np.log10(income.max() / income.min())),
        "deaths_decades": float(np.log10(deaths.max() / deaths.min())),
        "raw_r": float(income.corr(deaths)),
        "one_log_r": float(np.log(income).corr(deaths)),
        "log_r": float(np.log(income).corr(np.log(deaths))),
        "rho": float(income.corr(deaths, method="spearman")),
    }
