"""What went wrong on a screen that runs without a browser."""

from streamlit.testing.v1 import AppTest

from lib.ui.failing import FAILURE


def failures(app: AppTest) -> list[str]:
    """Whether the course said so in its place, or Streamlit in the course's."""
    shown = [error.value for error in app.error if FAILURE in error.value]
    return [*shown, *(exception.value for exception in app.exception)]
