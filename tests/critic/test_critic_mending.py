"""What the critic writes is run: every mended example draws its map."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import pytest
import seaborn as sns
from scipy.cluster.hierarchy import linkage

from lib.critic import Example, Rule, review_text
from lib.critic.rules.drawing import RULES

_MENDED = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.faulty, 1)
    if example.mends
]


def _names() -> dict[str, object]:
    """What fragments take for granted: tables of numbers, a tree of three columns, libraries."""
    generator = np.random.default_rng(0)
    df = pd.DataFrame(generator.normal(size=(30, 3)), columns=["a", "b", "c"])
    libraries = {"np": np, "pd": pd, "plt": plt, "sns": sns, "px": px, "go": go}
    tree = linkage(df.T, "average")
    return {**libraries, "df": df, "table": df, "x": df.to_numpy(), "tree": tree}


@pytest.mark.play
@pytest.mark.parametrize(("rule", "example"), _MENDED)
def test_mended_code_runs(
    rule: Rule, example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = _names()
    names["df"].to_csv(tmp_path / "a.csv", index=False)  # type: ignore[attr-defined]
    monkeypatch.chdir(tmp_path)
    finding = next(each for each in review_text(example.code).findings if each.rule == rule.id)
    assert finding.fix is not None
    (cell,) = finding.fix.cells
    exec(finding.fix.applied(cell), names)
    plt.close("all")
