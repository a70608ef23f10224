from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from ui_failures import failures

from lib.ui import pressing

APP = Path(__file__).parents[2] / "streamlit_app.py"


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Say for how many seconds a button that has just turned hears nothing: a test presses fast."""

    def last(seconds: float) -> None:
        monkeypatch.setattr(pressing, "MOMENT", seconds)

    last(0.0)
    return last


@pytest.fixture
def open_app() -> Callable[..., AppTest]:
    """Open a screen of the app with parameters in its address."""

    def open_screen(screen: str = "home", **parameters: str | list[str]) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=60)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.switch_page(f"pages/{screen}.py").run()
        assert not failures(app)
        return app

    return open_screen
