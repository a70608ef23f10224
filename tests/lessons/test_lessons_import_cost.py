"""The lessons open fast: what is slow to import is imported where a step uses it."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
import lessons
slow = ["scipy.stats", "statsmodels", "sklearn", "matplotlib", "seaborn", "plotly", "streamlit"]
print(*[name for name in slow if name in sys.modules])
"""


def test_importing_the_course_imports_nothing_slow() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""
