import pytest

from lib.charts import DARK, LIGHT, theme_named


def test_themes_have_their_names():
    assert theme_named("light") is LIGHT
    assert theme_named("dark") is DARK


def test_there_is_no_other_theme():
    with pytest.raises(ValueError, match="no theme 'sepia'"):
        theme_named("sepia")
