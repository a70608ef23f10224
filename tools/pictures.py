"""Draw the favicon and the social picture with the project's own charts: make pictures."""

from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from lessons import COURSE
from lib.charts import LIGHT, Heatmap, as_hex, colour_map

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
    heatmap = COURSE.lesson("five_steps").step("read").exhibit().figures[0]
    assert isinstance(heatmap, Heatmap)
    figure = heatmap.paper(width=12, height=6.3, font_size=9)
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


def main() -> None:
    STATIC.mkdir(exist_ok=True)
    favicon().savefig(STATIC / "favicon.png", transparent=True)
    social_picture().savefig(STATIC / "social.png", facecolor=LIGHT.background)


if __name__ == "__main__":
    main()
