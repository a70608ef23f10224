"""lib.stats opens fast: what is slow to import is imported where it is used."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import json, sys
import lib.stats
slow = ["scipy.stats", "statsmodels", "sklearn", "matplotlib", "seaborn", "plotly", "streamlit"]
imported = {}

def note(step):
    imported[step] = [name for name in slow if name in sys.modules]

note("import")
import pandas
table = pandas.DataFrame({"x": [1, 2, 3, 5], "y": [1, 3, 2, 4]})
for method in ["pearson", "spearman"]:
    lib.stats.correlate(table, method)
    note(method)
lib.stats.mutual_information(table)
note("mutual information")
print(json.dumps(imported))
"""


@pytest.fixture(scope="module")
def imported():
    """By step, the slow modules that a fresh interpreter has imported by then."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=root, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("step", ["import", "pearson", "spearman", "mutual information"])
def test_nothing_slow_is_imported(step, imported):
    assert imported[step] == []
