"""Draw the favicon, the social picture and the cover with the project's own charts."""

from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from lessons import COURSE
from lib.charts import DARK, LIGHT, Heatmap, Theme, as_hex, colour_map

STATIC = Path(__file__).parents[1] / "static"


def favicon() -> Figure:
    """Six cells of the house colours: a lower triangle, as on a masked map."""
    figure = Figure(figsize=(0.64, 0.64), dpi=100)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 3), ylim=(0, 3))
    axes.set_axis_off()
    colours = as_hex(colour_map("house", LIGHT)[[255, 40, 215, 90, 0, 255]])
    cells = [(0, 2), (0, 1), (1, 1), (0, 0), (1, 0), (2, 0)]
    for (x, y), colour in zip(cells, colours, strict=True):
        corner = (x + 0.12, y + 0.12)
        axes.add_patch(
            FancyBboxPatch(
                corner, 0.76, 0.76, "round,pad=0,rounding_size=0.1", fc=colour, ec="none"
            )
        )
    return figure


def social_picture() -> Figure:
    """The honest map of lesson one beside the course's name, 1200 by 630 pixels."""
    figure = _heatmap_of("read").paper(width=12, height=6.3, font_size=9)
    figure.set_facecolor(LIGHT.background)
    axes, bar = figure.axes
    axes.set_facecolor(LIGHT.background)
    axes.set_position((0.5, 0.1, 0.42, 0.82))
    bar.set_position((0.935, 0.1, 0.012, 0.82))
    axes.set_title("", loc="left")
    bar.set_ylabel("")
    figure.text(
        0.05, 0.58, COURSE.title.replace(" ", "\n"),
        fontsize=52, family="serif", color=LIGHT.text, linespacing=1.05,
    )  # fmt: skip
    figure.text(
        0.05, 0.45, "Predict. Tweak real data.\nSee what is true.",
        fontsize=22, color=LIGHT.muted, va="top", linespacing=1.5,
    )  # fmt: skip
    return figure


def cover(theme: Theme) -> Figure:
    """The map of lesson one as tutorials draw it, on the ground of a page in this theme."""
    figure = _heatmap_of("colour").paper(width=7, height=5.9, font_size=10)
    figure.set_facecolor(theme.background)
    axes, bar = figure.axes
    axes.set_position((0.08, 0.06, 0.79, 0.93))
    bar.set_position((0.9, 0.06, 0.022, 0.93))
    bar.set_box_aspect(None)
    axes.set_title("", loc="left")
    for part in (axes, bar):
        part.tick_params(color=theme.muted, labelcolor=theme.text, length=0)
    bar.set_ylabel("")
    axes.collections[0].set_edgecolor(theme.background)
    return figure


def _heatmap_of(step: str) -> Heatmap:
    heatmap = COURSE.lesson("five_steps").step(step).exhibit().figures[0]
    assert isinstance(heatmap, Heatmap)
    return heatmap


def main() -> None:
    # The browser sets the text in the font of the page.
    mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "cover"})
    STATIC.mkdir(exist_ok=True)
    for theme in (LIGHT, DARK):
        file = STATIC / f"cover-{theme.name}.svg"
        cover(theme).savefig(file, metadata={"Date": None})
    favicon().savefig(STATIC / "favicon.png", transparent=True)
    social_picture().savefig(STATIC / "social.png", facecolor=LIGHT.background)


if __name__ == "__main__":
    main()
