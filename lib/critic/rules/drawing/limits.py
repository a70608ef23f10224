"""Where the colours of a signed measure end, and what lies in their middle."""

from collections.abc import Iterator

from ...flow import Extreme, Measure, Program, Value
from ...maps import Map, signed_maps_in
from ...mending import Fix, with_arguments
from ...rule import Example, Found, Rule, Severity
from .saying import said


def _whole_limits(drawn: Map, measure: Measure) -> Fix | None:
    """The limits that do not depend on the table; zero in the middle where there are none."""
    if measure.ends is None:
        words = drawn.words.center
        return with_arguments(drawn.call, {words[0]: "0"}) if words else None
    low, high = (f"{end:g}" for end in measure.ends)
    return with_arguments(drawn.call, {drawn.words.low[0]: low, drawn.words.high[0]: high})


class NoLimits(Rule):
    id = "no-limits"
    title = "A signed measure without limits"
    belief = "pale_means_zero"
    step = "five_steps/colour"
    why = (
        "The eye reads the middle of the colours as nothing. Left to the data, it means whatever "
        "lies halfway, so a pair with no correlation looks like a link, and one r has another "
        "colour on the next map."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "import seaborn as sns\nsns.heatmap(table.corr(), cmap='coolwarm', annot=True)",
            line=2,
        ),
        Example(
            "import pandas\nimport matplotlib.pyplot as p\n\n"
            "def show(m, **options):\n    return p.matshow(m, cmap='RdBu_r', **options)\n\n"
            "show(pandas.read_csv('a.csv').corr('spearman').to_numpy())",
            line=5,
        ),
        Example(
            "r = df.corr()\nr.style.background_gradient(cmap='coolwarm').format('{:.2f}')", line=2
        ),
        Example(
            "from scipy.stats import pearsonr\nr = df.corr(method=lambda x, y: pearsonr(x, y)[0])\n"
            "r = (r + r.T) / 2\nplt.imshow(r, cmap='coolwarm')",
            line=4,
            mends=False,
        ),
    )
    clean = (
        "import seaborn as sns\nsns.heatmap(table.corr(), cmap='coolwarm', vmin=-1, vmax=1)",
        "import seaborn as sns\nsns.heatmap(table.corr().abs(), cmap='viridis')",
        "import seaborn as sns\nsns.heatmap(table, cmap='coolwarm')",
        "sns.heatmap(table.corr(), cmap='coolwarm', **options)",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn, measure in signed_maps_in(program):
            ends = (drawn.low, drawn.high, drawn.center)
            if not drawn.has_known_limits or any(end is not None for end in ends):
                continue
            if drawn.call.constant("robust", default=False) is not False:
                continue
            yield said(
                drawn,
                self._sentence(drawn, measure),
                _whole_limits(drawn, measure),
            )

    def _sentence(self, drawn: Map, measure: Measure) -> str:
        if drawn.library == "pandas":
            if drawn.call.constant("axis", default=0) in (0, "index"):
                return (
                    "Nobody said where the colours end, so every column has ends of its own: "
                    "the same number has another colour in another column."
                )
            return "Nobody said where the colours end, so they run as far as the numbers at hand."
        if drawn.shows_ones and measure.ends == (-1.0, 1.0):
            return (
                "Nobody said where the colours end, so they run from the smallest "
                f"{measure.symbol} to the ones on the diagonal, and their middle lies halfway "
                "between the two."
            )
        return (
            "Nobody said where the colours end, so they run from the smallest value to the "
            "largest, and their middle lies halfway between the two."
        )


class LimitsFromData(Rule):
    id = "limits-from-data"
    title = "Limits that are taken from the data"
    belief = "pale_means_zero"
    step = "five_steps/colour"
    why = (
        "Limits that follow the table put their middle halfway between its smallest and its "
        "largest value, and not at zero; the same r has another colour on the next map."
    )
    severity = Severity.MISLEADING
    faulty = (
        Example(
            "r = df.corr()\nsns.heatmap(r, vmin=r.min().min(), vmax=r.max().max(), cmap='RdBu_r')",
            line=2,
        ),
        Example("sns.heatmap(df.corr(), cmap='vlag', robust=True)", line=1),
        Example("sns.heatmap(df.corr(), cmap='vlag', vmax=1, robust=True)", line=1),
        Example(
            "c = df.corr('spearman')\n"
            "plt.imshow(c, 'seismic', vmin=c.values.min() * 0.95, vmax=1)\nplt.colorbar()",
            line=2,
        ),
        Example(
            "import numpy as np\nimport plotly.express as px\nr = np.corrcoef(x.T)\n"
            "px.imshow(r, zmin=np.min(r), zmax=1, color_continuous_scale='RdBu_r')",
            line=4,
        ),
    )
    clean = (
        "d = a.corr() - b.corr()\nfar = d.abs().max().max()\n"
        "sns.heatmap(d, vmin=-far, vmax=far, cmap='RdBu_r')",
        "sns.heatmap(df.corr(), vmin=-1, vmax=1, robust=True, cmap='vlag')",
        "counts = pd.crosstab(a, b)\n"
        "sns.heatmap(counts, vmin=counts.min().min(), vmax=counts.max().max())",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn, measure in signed_maps_in(program):
            if not drawn.has_known_limits or drawn.center is not None:
                continue
            if drawn.call.constant("robust", default=False) is True:
                if drawn.low is None or drawn.high is None:
                    yield said(
                        drawn,
                        "With robust=True the colours end at the 2nd and the 98th percentile of "
                        "the cells where no end is set, and their middle lies halfway between the "
                        "two ends.",
                        self._without_robust(drawn, measure),
                    )
                continue
            low = drawn.low is not None and _is_extreme(drawn.low.value, "smallest")
            high = drawn.high is not None and _is_extreme(drawn.high.value, "largest")
            if low or (high and not drawn.shows_ones):
                yield said(drawn, _following(low, high), _whole_limits(drawn, measure))

    @staticmethod
    def _without_robust(drawn: Map, measure: Measure) -> Fix | None:
        if measure.ends is None:
            return with_arguments(drawn.call, {"center": "0"})
        return with_arguments(drawn.call, {"vmin": "-1", "vmax": "1"}, drop=("robust",))


def _following(low: bool, high: bool) -> str:
    if low and high:
        return "Both ends of the colours follow the data, and so does their middle."
    end, value = ("lower", "smallest") if low else ("upper", "largest")
    return (
        f"The {end} end of the colours follows the {value} value of the map, and their middle "
        "follows it, too."
    )


def _is_extreme(value: Value, which: str) -> bool:
    """Whether it is the smallest or largest value of a signed matrix, signs kept."""
    if not isinstance(value, Extreme) or value.which != which:
        return False
    return isinstance(value.of, Measure)


class UnequalLimits(Rule):
    id = "unequal-limits"
    title = "Limits that are not equally far from zero"
    belief = "correlation_has_one_end"
    step = "applications/relate"
    why = (
        "A measure with a sign needs as much room below zero as above. Where there is less, "
        "equal strength has unequal colour, and what lies beyond the nearer end cannot be told "
        "apart."
    )
    severity = Severity.WRONG
    faulty = (
        Example("sns.heatmap(df.corr(), vmin=0, vmax=1, cmap='coolwarm')", line=1),
        Example(
            "import seaborn\nlimits = {'vmin': -0.5, 'vmax': 1}\n"
            "seaborn.heatmap(data=df.corr(method='kendall'), cmap='vlag', **limits)",
            line=3,
        ),
        Example("sns.heatmap(df.corr(), vmax=0.5, cmap='coolwarm')", line=1),
        Example("sns.heatmap(df.corr(), vmax=.3, center=0, cmap='vlag')", line=1),
        Example("sns.heatmap(df.corr(), vmin=-1, vmax=1, center=0.5, cmap='vlag')", line=1),
        Example("sns.clustermap(df, z_score=1, vmin=-2, vmax=8, cmap='vlag')", line=1),
    )
    clean = (
        "sns.heatmap(df.corr().abs(), vmin=0, vmax=1, cmap='viridis')",
        "sns.heatmap(df.corr(), vmin=-0.4, vmax=0.4, cmap='RdBu_r')",
        "sns.heatmap(df.corr(), vmin=-1, cmap='RdBu_r')  # the diagonal makes the other end",
        "sns.heatmap(df.corr(), vmax=1, center=0, cmap='vlag')  # the colours are those of −1 to 1",
        "sns.clustermap(df, z_score=1, vmin=-3, vmax=3, cmap='vlag')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn, measure in signed_maps_in(program):
            if not drawn.has_known_limits or drawn.call.argument("robust") is not None:
                continue
            sentence = self._sentence(drawn, measure.symbol)
            if sentence:
                yield said(drawn, sentence, self._fix(drawn, measure))
            elif _ends_early(drawn, measure):
                yield said(
                    drawn,
                    f"Does any {measure.symbol} lie beyond the end that is set? It has the colour "
                    "of that end. The other end follows the data, so equal strength may have "
                    "unequal colour.",
                    self._fix(drawn, measure),
                    is_question=True,
                )

    @staticmethod
    def _fix(drawn: Map, measure: Measure) -> Fix | None:
        center = _number(drawn.center)
        if center is not None and center != 0:
            return with_arguments(drawn.call, {drawn.words.center[0]: "0"})
        if measure.ends is not None:
            return _whole_limits(drawn, measure)
        low, high = (_number(end) for end in (drawn.low, drawn.high))
        far = max(abs(end) for end in (low, high) if end is not None)
        return with_arguments(
            drawn.call, {drawn.words.low[0]: f"{-far:g}", drawn.words.high[0]: f"{far:g}"}
        )

    @staticmethod
    def _sentence(drawn: Map, symbol: str) -> str:
        low, high = _number(drawn.low), _number(drawn.high)
        if low is not None and low >= 0:
            return (
                f"The colours begin at {low:g}: every {symbol} below that, and so every negative "
                f"one, has the colour of {low:g}."
            )
        if high is not None and high <= 0:
            return (
                f"The colours end at {_signed(high)}: every {symbol} above that, and so every "
                f"positive one, has the colour of {_signed(high)}."
            )
        center = _number(drawn.center)
        if center is not None and center != 0:
            return f"The middle of the colours is {_signed(center)} and not zero."
        if drawn.center is not None:
            return ""
        if low is not None and high is not None:
            return "" if abs(low + high) < 1e-9 else _off_zero(low, high)
        if low is not None and drawn.high is None:
            is_whole = drawn.shows_ones and abs(low + 1) < 1e-9
            return "" if is_whole else _half_set("lower", low, "upper")
        if high is not None and drawn.low is None:
            return _half_set("upper", high, "lower")
        return ""


def _ends_early(drawn: Map, measure: Measure) -> bool:
    """Whether one end of a map with zero in its middle is nearer than the measure can reach."""
    ends = [end for end in (drawn.low, drawn.high) if end is not None]
    number = _number(ends[0]) if len(ends) == 1 else None
    is_of_seaborn = drawn.library == "seaborn" and measure.ends == (-1.0, 1.0)
    return is_of_seaborn and _number(drawn.center) == 0 and number is not None and abs(number) < 1


def _off_zero(low: float, high: float) -> str:
    return (
        f"The colours run from {_signed(low)} to {_signed(high)}, so their middle means "
        f"{_signed((low + high) / 2)} and not zero."
    )


def _half_set(end: str, value: float, other: str) -> str:
    return (
        f"Only the {end} end is set, {_signed(value)}. The {other} one follows the data, so the "
        "middle of the colours does, too."
    )


def _number(argument: object) -> float | None:
    value = getattr(argument, "constant", None)
    return float(value) if isinstance(value, int | float) else None


def _signed(number: float) -> str:
    return f"{number:g}".replace("-", "−")


class CenterWithoutLimits(Rule):
    id = "center-without-limits"
    title = "Zero in the middle, and ends that follow the data"
    belief = "limits_are_the_same_everywhere"
    step = "five_steps/colour"
    why = (
        "A centre puts zero in the middle and gives equal strength equal colour. The ends still "
        "lie where the data end, so an r changes its colour from map to map, and also when the "
        "ones on the diagonal are hidden."
    )
    severity = Severity.UNTIDY
    faulty = (
        Example("sns.heatmap(df.corr(), center=0, cmap='coolwarm')", line=1),
        Example(
            "import plotly.graph_objects as go\n"
            "go.Figure(go.Heatmap(z=df.corr(), zmid=0, colorscale='RdBu'))",
            line=2,
        ),
        Example(
            "r = df.corr()\nbeside = r.where(np.triu(np.ones(r.shape, dtype=bool), 1))\n"
            "far = beside.abs().max().max()\n"
            "sns.heatmap(r, vmin=-far, vmax=far, cmap='vlag')",
            line=4,
        ),
    )
    clean = (
        "sns.heatmap(df.corr(), center=0, vmin=-1, vmax=1, cmap='coolwarm')",
        "r = df.corr()\nfar = r.abs().max().max()  # the diagonal makes it one\n"
        "sns.heatmap(r, vmin=-far, vmax=far, cmap='coolwarm')",
        "d = a.corr() - b.corr()\nsns.heatmap(d, center=0, cmap='coolwarm')",
        "rates = orders / visits\nsns.heatmap(rates, center=0.04, cmap='RdBu_r')",
    )

    def find(self, program: Program) -> Iterator[Found]:
        for drawn, measure in signed_maps_in(program):
            if measure.ends is None or not drawn.has_known_limits:
                continue
            if drawn.call.argument("robust") is not None:
                continue
            has_no_ends = drawn.low is None and drawn.high is None
            if not (has_no_ends and _number(drawn.center) == 0) and not _are_mirrored(drawn):
                continue
            yield said(
                drawn,
                "Zero is in the middle here. Will this map be compared with another? Then name its "
                "ends, too: they follow this table alone.",
                _whole_limits(drawn, measure),
                is_question=True,
            )


def _are_mirrored(drawn: Map) -> bool:
    """Whether the ends are plus and minus the strongest value beside the diagonal."""
    low, high = (None if end is None else end.value for end in (drawn.low, drawn.high))
    if low is None or not isinstance(high, Extreme) or low.sources != (high,):
        return False
    matrix = next((each for each in high.lineage() if isinstance(each, Measure)), None)
    return matrix is not None and not matrix.is_whole
