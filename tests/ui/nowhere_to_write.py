"""The course in a process that can write nowhere; prints what cannot be shown.

Run by test_unwritable.py. The folders are none, so that it holds for root as well.
"""

import os
import tempfile
from pathlib import Path

from streamlit.testing.v1 import AppTest
from ui_failures import failures

APP = Path(__file__).parents[2] / "streamlit_app.py"


def forbid_writing() -> None:
    """AppTest has a temporary folder of its own by now; nothing of the course's gets one."""

    def nowhere(*_: object, **__: object) -> str:
        raise FileNotFoundError("No usable temporary directory found")

    os.environ.update(dict.fromkeys(("HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME"), "/dev/null/none"))
    tempfile.mkdtemp = tempfile._get_default_tempdir = nowhere  # type: ignore[attr-defined]


def forbid_warming_up() -> None:
    """Pages import one at a time; what is drawn here beside them would not wait for its turn."""
    from lib.ui import frame

    frame.warm_up = lambda *_, **__: None


def failed(screen: str, **parameters: str) -> list[str]:
    app = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    return failures(app.switch_page(f"pages/{screen}.py").run())


def draw_some_steps() -> None:
    """The first two of each lesson, on the screen."""
    from lessons import COURSE
    from lib.charts import DARK, LIGHT, Page

    for lesson in COURSE.lessons:
        for step in lesson.steps[:2]:
            for chart in step.exhibit().figures:
                assert not isinstance(chart, Page)
                chart.screen(LIGHT)
                chart.screen(DARK)


def is_warm() -> bool:
    """Whether the warm-up comes to its end."""
    from lessons import COURSE
    from lib.ui import warm

    warm._first_page_is_out.set()
    warm._open_all(COURSE)
    return warm._is_warm.is_set()


if __name__ == "__main__":
    forbid_writing()
    forbid_warming_up()
    print(failed("home"), failed("progress"), failed("five_steps", step="colour", said="skip"))
    draw_some_steps()
    print(len(failed("five_steps", step="export", said="skip")))
    print(is_warm())
