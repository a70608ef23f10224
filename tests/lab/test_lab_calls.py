"""The one call under an instrument's code gives the numbers that are on its screen."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from playing import bundled, run

import lib
from lib.course import Exhibit
from lib.lab import instrument
from lib.notebook import Drawn


def called(slug: str, table: str, **setting: Any) -> tuple[Exhibit, Drawn[Any]]:
    """The exhibit, and what its call gives after its script."""
    sheet = bundled(table)
    exhibit = instrument(slug).exhibit(sheet, setting)
    return exhibit, eval(exhibit.call, run(exhibit, sheet) | {"hh": lib})  # noqa: S307 - ours


def same(found: pd.DataFrame, table: pd.DataFrame, *names: str) -> None:
    keys = ["x", "y"]
    found, table = (
        frame.astype(dict.fromkeys(keys, str)).set_index(keys)[list(names)].sort_index()
        for frame in (found, table)
    )
    pd.testing.assert_frame_equal(found.astype(float), table.astype(float), rtol=1e-9)


@pytest.mark.parametrize(
    ("slug", "table", "setting"),
    [
        ("association_map", "salaries", {"adjust": "BH", "level": "1 %", "order": "clustered"}),
        ("association_map", "airquality", {"method": "Spearman", "against": ("Ozone", "Wind")}),
        ("one_against_all", "salaries", {"target": "sex", "adjust": "none"}),
    ],
)
def test_a_map_of_pairs(slug, table, setting):
    exhibit, drawn = called(slug, table, **setting)
    pairs = drawn.found.pairs()
    pairs = pairs.rename(columns={"r": "value"})
    same(pairs, exhibit.table, "value", "n", "p", "p_adjusted", "low", "high")
    assert ("alpha=0.01" in exhibit.call) == ("level" in setting)
    if slug == "association_map":
        count = exhibit.facts["significant_count"]
        assert any(f"{count} of {len(pairs)} pairs" in each for each in drawn.says)


def test_no_call_where_the_library_has_none():
    weighted = instrument("association_map").exhibit(
        bundled("airquality"), {"method": "Pearson", "weights": "Day"}
    )
    as_it_is = instrument("clustermap").exhibit(bundled("iris"), {"scaled": "as it is"})
    assert weighted.figures
    assert as_it_is.figures
    assert weighted.call == as_it_is.call == ""


def test_two_groups():
    exhibit, drawn = called("two_groups", "salaries", method="Spearman", whole="199 shuffles")
    same(drawn.found.pairs(), exhibit.table, "difference", "p", "p_adjusted", "low", "high")
    assert drawn.found.whole["p"]["sum of squares"] == pytest.approx(exhibit.facts["whole_p"])


@pytest.mark.parametrize(
    "setting", [{}, {"side": "columns", "distance": "1 − r", "linkage": "complete"}]
)
def test_a_tree(setting):
    exhibit, drawn = called("clustermap", "iris", **setting)
    assert drawn.found.cophenetic == pytest.approx(exhibit.facts["cophenetic"], rel=1e-9)
    (shown,) = exhibit.figures
    assert np.allclose(drawn.found.linkage[:, 2], shown.rows.linkage[:, 2], rtol=1e-9)
    assert list(map(str, drawn.found.order)) == list(map(str, shown.rows.order))


@pytest.mark.play
@pytest.mark.parametrize("model", ["forest", "boosting"])
def test_the_interactions_of_a_model(model):
    exhibit, drawn = called("interactions", "airquality", target="Ozone", model=model)
    same(drawn.found.pairs(), exhibit.table, "rms", "h", "spread")
