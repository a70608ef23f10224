"""The front of the library opens at once, and loads what is asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

import lib
import lib.notebook

SCRIPT = """
import sys
import lib
slow = ["matplotlib", "seaborn", "plotly", "lib.notebook"]
print(*[name for name in ["numpy", "pandas", *slow] if name in sys.modules])
import lib.stats, lib.charts
print(*[name for name in slow if name in sys.modules])
"""


def test_neither_the_front_nor_the_packages_load_what_draws():
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["", ""]


def test_the_front_gives_the_calls_and_nothing_that_is_not_there():
    for name in lib.__all__:
        assert getattr(lib, name) is getattr(lib.notebook, name)
    assert lib.charts.Heatmap.__name__ == "Heatmap"
    # In the library it is honest_heatmaps.datasets; here it stands beside lib.
    assert not hasattr(lib, "datasets")
    with pytest.raises(AttributeError, match="has no attribute 'pie'"):
        lib.pie  # noqa: B018
