"""The course in a process that can write nowhere; prints what cannot be shown.

Run by test_unwritable.py. The folders are none, so that it holds for root as well.
"""

import os
import tempfile
from pathlib import Path

from streamlit.testing.v1 import AppTest

os.environ.update(dict.fromkeys(("HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME"), "/dev/null/none"))


def nowhere(*_: object, **__: object) -> str:
    raise FileNotFoundError("No usable temporary directory found")


# AppTest has a temporary folder of its own by now; nothing of the course's gets one.
tempfile.mkdtemp = tempfile._get_default_tempdir = nowhere  # type: ignore[attr-defined]

from ui_failures import failures  # noqa: E402

from lessons import COURSE  # noqa: E402
from lib.charts import DARK, LIGHT, Page  # noqa: E402
from lib.ui import warm  # noqa: E402

APP = Path(__file__).parents[2] / "streamlit_app.py"


def failed(screen: str, **parameters: str) -> list[str]:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return failures(app.switch_page(f"pages/{screen}.py").run())


print(failed("home"), failed("progress"), failed("five_steps", step="colour", said="skip"))
for lesson in COURSE.lessons:
    for step in lesson.steps[:2]:
        for chart in step.exhibit().figures:
            assert not isinstance(chart, Page)
            chart.screen(LIGHT)
            chart.screen(DARK)
print(len(failed("five_steps", step="export", said="skip")))
warm._first_page_is_out.set()
warm._open_all(COURSE)
print(warm._is_warm.is_set())
