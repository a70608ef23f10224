"""lib.charts opens fast: plotting libraries are imported where they draw."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
import lib.charts
slow = ["matplotlib", "seaborn", "plotly", "scipy", "streamlit"]
print(*[name for name in slow if name in sys.modules])
"""


def test_importing_lib_charts_imports_no_plotting_library():
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
