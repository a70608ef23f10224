"""Figures as specifications: Plotly draws them on the screen, seaborn on paper.

Nothing here knows Streamlit, and no plotting library is imported before something is drawn.
"""

from .bars import Bars
from .chart import Chart
from .clustermap import Clustermap
from .colour import (
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
from .drawing import Drawing, enlarge, without_numbers
from .grid import Grid, gathered, share_a_key
from .heatmap import Heatmap
from .histogram import Histogram
from .intervals import Intervals
from .lines import Lines
from .names import axis_names, name_text, title_of
from .numbers import (
    DECIMALS_OF_ONE,
    minus_signs,
    number_text,
    p_text,
    short_p_text,
    significant_text,
)
from .page import Page
from .paper import (
    Format,
    cell_width,
    missing_letters,
    new_figure,
    render,
    text_width,
)
from .plot import group_colours
from .scatter import Scatter
from .screen import PLOTLY_CONFIG, WIDE
from .sheet import sheet
from .theme import DARK, LIGHT, Theme, theme_named
from .tree import Branch, branches
from .triangle import below_diagonal, on_or_above_diagonal

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
