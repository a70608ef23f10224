"""Which features of a model do something together."""

from __future__ import annotations

from math import floor, log10
from typing import Any

from ..charts import Heatmap, name_text, number_text, significant_text
from ..stats import Strengths, interaction_strengths
from ..stats.table import Table
from .drawn import Backend, Drawn, check_backend, drawn_map

# Of the spread of the predictions: less is left by rounding.
_ROUNDING = 1e-9
_UNITS = {
    "probability": "of probability",
    "log-odds": "of log-odds",
    "response": "in units of the target",
}


def interactions(
    model: Any,
    data: Table,
    *,
    target: Any = None,
    background: int | None = None,
    title: str = "",
    backend: Backend = "matplotlib",
) -> Drawn[Strengths]:
    """How much every two features of a fitted model do beyond the sum of what each does alone.

    The cells are sizes, in units of the prediction, and begin at 0: they can be compared with each
    other and with what the model predicts. Friedman's H is in `found`; a ratio, it is large as
    well where two features hardly matter.

    Parameters
    ----------
    model, data
        A fitted model with scikit-learn's interface, and the table that it was fitted on.
    target, background
        The class that is explained, and at most how many rows are averaged over: as
        `interaction_strengths` has them.
    title, backend
        As for `heatmap`.

    Returns
    -------
    Drawn
        Its `found` is what `interaction_strengths` gives.

    Raises
    ------
    ValueError
        As `interaction_strengths`; for an unknown backend.

    Examples
    --------
    >>> from sklearn.tree import DecisionTreeRegressor
    >>> table = [[0, 0], [0, 1], [1, 0], [1, 1]]
    >>> either = DecisionTreeRegressor().fit(table, [0, 1, 1, 0])
    >>> interactions(either, table).says[2]
    'The strongest pair is 0 and 1: 0.5, where both together move the prediction by 0.5 (H = 1.00).'
    """
    check_backend(backend)
    found = interaction_strengths(model, data, target=target, background=background)
    pairs = found.pairs()
    rounding = _ROUNDING * pairs["spread"].max()
    rms = found.rms.where(found.rms.isna() | (found.rms > rounding), 0.0)
    top = float(rms.max().max()) or 1.0
    chart = Heatmap.lower(
        rms,
        limits=(0, top),
        colours="viridis",
        decimals=max(0, 2 - floor(log10(top))),
        scale=f"typical size, {_UNITS[found.scale]}",
        title=title,
    )
    return drawn_map(chart, _said(found, rounding), found, backend)


def _said(found: Strengths, rounding: float) -> tuple[str, ...]:
    first = found.pairs().iloc[0]
    if first["rms"] > rounding:
        strongest = (
            f"The strongest pair is {name_text(first['x'])} and {name_text(first['y'])}: "
            f"{significant_text(first['rms'])}, where both together move the prediction by "
            f"{significant_text(first['spread'])} (H = {number_text(first['h'])})."
        )
    else:
        strongest = "No two features do anything together: the model adds up what each does alone."
    counted = (
        "Counted exactly, in the leaves of its trees."
        if found.exact
        else "Computed from the model's predictions."
    )
    return (
        "A cell is the typical size of what two features do beyond the sum of what each does "
        f"alone, {_UNITS[found.scale]}, over {found.n:,} rows.",
        counted,
        strongest,
        "Nothing is tested: a model can show interactions of a target that adds up. Compare a "
        "pair with the others.",
    )
