"""Colours that a signed measure cannot be read in."""

from collections.abc import Iterator

from ...colours import Colours, named
from ...flow import Program
from ...maps import Map, signed_maps_in
from ...mending import Fix, with_arguments
from ...rule import Example, Found, Rule, Severity
from .saying import said

_DEFAULTS = {
    "seaborn": "`rocket`, seaborn's own choice",
    "matplotlib": "`viridis`, matplotlib's own choice",
    "plotly": "plotly's own choice",
    "pandas": "`PuBu`, the choice of pandas",
}
_DIVERGING = {"plotly": '"RdBu_r"'}


def _diverging(drawn: Map) -> Fix | None:
    """Blue for minus, neutral for zero, red for plus."""
    name = _DIVERGING.get(drawn.library, '"RdBu_r"')
    return with_arguments(drawn.call, {drawn.words.colours[0]: name})


def _name(drawn: Map) -> str:
    given = drawn.colours_argument
    name = named(given.value) if given is not None else None
    if given is None:
        return _DEFAULTS[drawn.library]
    return f"`{name}`" if name else "This palette"


def _of_kind(program: Program, kind: Colours) -> Iterator[Map]:
    return (drawn for drawn, _ in signed_maps_in(program) if drawn.colours is kind)


class SequentialColours(Rule):
    id = "sequential-colours"
    title = "Colours with one arm for a measure with two signs"
    belief = "any_colours_will_do"
    step = "five_steps/colour"
    why = (
        "A signed number needs a neutral middle and two equal arms. In colours that run in one "
        "sweep, zero looks like nothing in particular, and the strongest negative value looks "
        "like the least of all."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example("sns.heatmap(df.corr(), vmin=-1, vmax=1, annot=True)", line=1),
        Example(
            "from matplotlib import pyplot as plt, cm\n"
            "ax = plt.gca()\nax.imshow(df.corr(), vmin=-1, vmax=1, cmap=cm.Blues)",
            line=3,
        ),
        Example(
            "import plotly.express as px\npx.imshow(df.corr(), zmin=-1, zmax=1)",
            line=2,
        ),
        Example(
            "import plotly.express as px\ndark = ['#0a0814', '#1a1442', '#8d74d3']\n"
            "fig = px.imshow(df.corr(), zmin=-1, zmax=1, color_continuous_scale=dark)\n"
            "fig.update_layout(coloraxis_reversescale=True)",
            line=3,
        ),
    )
    clean = (
        "sns.heatmap(df.corr(), vmin=-1, vmax=1, annot=True, cmap='vlag')",
        "sns.heatmap(df.corr() ** 2, vmin=0, vmax=1, cmap='viridis')",
        "sns.heatmap(df.isna(), cmap='viridis')",
        "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap=['#2166ac', '#f7f7f7', '#b2182b'])",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn in _of_kind(program, Colours.SEQUENTIAL):
            what = _name(drawn)
            sentence = f"{what} runs in one sweep, and zero has no colour of its own."
            if drawn.colours_argument is None:
                sentence = f"Nothing was said of the colours, so they are {what}: one sweep."
                sentence += " Zero has no colour of its own."
            yield said(drawn, sentence, _diverging(drawn))


class RainbowColours(Rule):
    id = "rainbow-colours"
    title = "A rainbow"
    belief = "any_colours_will_do"
    step = "five_steps/colour"
    why = (
        "A rainbow has edges where the numbers have none, and no order that the eye knows. Its "
        "middle is as bright as anything, so zero stands out like a finding."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example("sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='jet')", line=1),
        Example(
            "import matplotlib.pyplot as plt\n"
            "plt.pcolormesh(df.corr(), vmin=-1, vmax=1, cmap=plt.cm.get_cmap('gist_rainbow'))",
            line=2,
        ),
    )
    clean = (
        "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='RdYlBu_r')",
        "plt.imshow(depth, cmap='jet')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn in _of_kind(program, Colours.RAINBOW):
            yield said(
                drawn,
                f"{_name(drawn)} is a rainbow: it has no neutral colour for zero, and the eye "
                "cannot tell which of its colours is more.",
                _diverging(drawn),
            )


class RedGreenColours(Rule):
    id = "red-green-colours"
    title = "Red against green"
    belief = "red_and_green_are_opposites"
    step = "five_steps/colour"
    why = (
        "To a deuteranope, whose eyes lack the cones for green, the two ends are almost one "
        "colour: a strong plus and a strong minus look the same."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example("sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='RdYlGn')", line=1),
        Example(
            "colours = sns.diverging_palette(10, 130, as_cmap=True)\n"
            "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap=colours)",
            line=2,
        ),
    )
    clean = (
        "sns.heatmap(df.corr(), vmin=-1, vmax=1, cmap='PiYG')",
        "sns.heatmap(df.corr(), vmin=-1, vmax=1, "
        "cmap=sns.diverging_palette(220, 20, as_cmap=True))",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn in _of_kind(program, Colours.RED_GREEN):
            yield said(
                drawn,
                f"{_name(drawn)} sets red against green, and many people cannot tell its two "
                "ends apart.",
                _diverging(drawn),
            )
