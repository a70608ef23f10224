"""What the app is configured with, where the code relies on it."""

import tomllib
from pathlib import Path

import pytest

from lib.charts import DARK, LIGHT, Theme, contrast_ratio

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_figures_and_pages_share_a_palette(theme: Theme) -> None:
    page = CONFIG["theme"][theme.name]
    assert page["backgroundColor"] == theme.background
    assert page["secondaryBackgroundColor"] == theme.second_background
    assert page["primaryColor"] == theme.accent
    assert page["borderColor"] == theme.border
    assert page["linkColor"] == theme.link


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["green", "red", "orange", "gray"])
def test_verdicts_can_be_read(theme: Theme, name: str) -> None:
    page = CONFIG["theme"][theme.name]
    assert contrast_ratio(page[f"{name}TextColor"], page["backgroundColor"]) >= 4.5


def test_no_rerun_pays_for_a_garbage_collection() -> None:
    assert CONFIG["runner"]["postScriptGC"] is False


def test_uploads_are_limited_and_protected() -> None:
    assert CONFIG["server"]["maxUploadSize"] <= 50
    assert CONFIG["server"]["enableXsrfProtection"] is True


def test_streamlit_shows_no_navigation_of_its_own() -> None:
    """It would, for a moment, where a fresh server begins with a page alone."""
    assert CONFIG["client"]["showSidebarNavigation"] is False


def test_every_requirement_of_the_app_is_pinned() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert lines
    assert all("==" in line for line in lines)
