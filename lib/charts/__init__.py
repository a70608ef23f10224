"""Figures as specifications: Plotly draws them on the screen, seaborn on paper.

Nothing here knows Streamlit, and no plotting library is imported before something is drawn.
"""

from lib.charts.bars import Bars
from lib.charts.chart import Chart
from lib.charts.clustermap import Clustermap
from lib.charts.colour import (
    HOUSE,
    as_deuteranope,
    as_hex,
    as_rgb,
    colour_map,
    contrast_ratio,
    ends_distance,
    ends_distance_for_deuteranope,
    ink_on,
    is_diverging,
    lightness,
    relative_luminance,
)
from lib.charts.drawing import Drawing, enlarge, without_numbers
from lib.charts.grid import Grid, gathered, share_a_key
from lib.charts.heatmap import Heatmap
from lib.charts.histogram import Histogram
from lib.charts.intervals import Intervals
from lib.charts.lines import Lines
from lib.charts.names import axis_names, name_text, title_of
from lib.charts.numbers import (
    DECIMALS_OF_ONE,
    minus_signs,
    number_text,
    p_text,
    short_p_text,
    significant_text,
)
from lib.charts.page import Page
from lib.charts.paper import (
    Format,
    cell_width,
    missing_letters,
    new_figure,
    render,
    text_width,
)
from lib.charts.plot import group_colours
from lib.charts.scatter import Scatter
from lib.charts.screen import PLOTLY_CONFIG, WIDE
from lib.charts.sheet import sheet
from lib.charts.theme import DARK, LIGHT, Theme, theme_named
from lib.charts.tree import Branch, branches
from lib.charts.triangle import below_diagonal, on_or_above_diagonal

__all__ = [
    "DARK",
    "DECIMALS_OF_ONE",
    "HOUSE",
    "LIGHT",
    "PLOTLY_CONFIG",
    "WIDE",
    "Bars",
    "Branch",
    "Chart",
    "Clustermap",
    "Drawing",
    "Format",
    "Grid",
    "Heatmap",
    "Histogram",
    "Intervals",
    "Lines",
    "Page",
    "Scatter",
    "Theme",
    "as_deuteranope",
    "as_hex",
    "as_rgb",
    "axis_names",
    "below_diagonal",
    "branches",
    "cell_width",
    "colour_map",
    "contrast_ratio",
    "ends_distance",
    "ends_distance_for_deuteranope",
    "enlarge",
    "gathered",
    "group_colours",
    "ink_on",
    "is_diverging",
    "lightness",
    "minus_signs",
    "missing_letters",
    "name_text",
    "new_figure",
    "number_text",
    "on_or_above_diagonal",
    "p_text",
    "relative_luminance",
    "render",
    "share_a_key",
    "sheet",
    "short_p_text",
    "significant_text",
    "text_width",
    "theme_named",
    "title_of",
    "without_numbers",
]
