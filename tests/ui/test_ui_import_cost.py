"""The frame opens fast: what computes is imported while the browser reads what draws figures."""

import json
import subprocess
import sys
from pathlib import Path

# Streamlit's AppTest imports Pillow itself.
SCRIPT = """
import json, sys
from streamlit.testing.v1 import AppTest
import lib.ui
slow = ["numpy", "pandas", "scipy", "matplotlib", "sklearn", "seaborn"]
seen = []
lib.ui.preload_plotly = lambda: seen.append([name for name in slow if name in sys.modules])
AppTest.from_file("streamlit_app.py", default_timeout=60).switch_page("pages/five_steps.py").run()
print(json.dumps(seen))
"""


def test_nothing_that_computes_is_imported_before_plotly_is_sent_for() -> None:
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=root, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [[]]
