"""lib.stats opens fast: what is slow to import is imported where it is used."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
import lib.stats
slow = ["scipy.stats", "statsmodels", "sklearn", "matplotlib", "seaborn", "plotly", "streamlit"]
print(*[name for name in slow if name in sys.modules])
"""
USE = """
import pandas, sys
from lib.stats import correlate
correlate(pandas.DataFrame({{"x": [1, 2, 3], "y": [1, 3, 2]}}), {method!r})
print("scipy.stats" in sys.modules)
"""


def run(script):
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_importing_lib_stats_imports_nothing_slow():
    assert run(SCRIPT) == ""


@pytest.mark.parametrize("method", ["pearson", "spearman"])
def test_pearson_and_spearman_never_need_scipy_stats(method):
    assert run(USE.format(method=method)) == "False"
